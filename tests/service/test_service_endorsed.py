"""An endorsement is evidence of its own kind: it proves what a known endorser saw, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.gap.states import state_rank
from skillmatch.issuing.endorsing import endorsement
from skillmatch.issuing.issuers import issuer_profile
from skillmatch.issuing.keys import SigningKey, new_key
from skillmatch.issuing.signing import sign_data_integrity, sign_jwt
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import GapResult, GapState
from skillmatch.service.matcher import Matcher
from skillmatch.service.named_files import read_named
from skillmatch.service.sharing import gather
from skillmatch.service.verifying import verify_files
from tests.mini_engine import uri
from tests.readers import badge_samples as samples
from tests.readers.badge_samples import alignment
from tests.service.wallet_samples import (
    CREATED,
    gap_with,
    python,
    signed,
    unsigned,
    verifier,
    write,
)


@pytest.fixture(scope="module")
def school() -> SigningKey:
    """A school that nobody knows, unless a test says so."""
    return new_key()


@pytest.fixture(scope="module")
def rosa() -> SigningKey:
    """A supervisor."""
    return new_key()


@pytest.fixture(scope="module")
def keys(school: SigningKey, rosa: SigningKey) -> tuple[SigningKey, SigningKey]:
    """Both of them."""
    return school, rosa


def said_by(by: SigningKey, badge: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - members of a JSON object
    """Return a signed endorsement of a badge."""
    profile = issuer_profile({"type": ["Profile"], "name": "Rosa"}, by)
    made = endorsement(badge, by=profile, comment="She tested all of it.", valid_from=CREATED)
    return sign_data_integrity({**made, **more}, by, created=CREATED)


def vouched(result: GapResult) -> list[Evidence]:
    """Return what the endorsements show for the skill of the badge."""
    return [one for one in python(result).evidence if one.kind is EvidenceKind.ENDORSEMENT]


def test_a_known_endorser_proves_what_a_badge_of_an_unknown_issuer_says(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """The employer knows the supervisor, and not the school."""
    badge = signed(school)
    write(tmp_path, badge)
    write(tmp_path, said_by(rosa, badge), "rosa.json")

    found = python(gap_with(mini_matcher, tmp_path, verifier(rosa)))

    assert found.state is GapState.PROVEN
    assert found.assurance is Assurance.ENDORSED
    assert "in the endorsement rosa.json from Rosa" in found.reason
    assert "someone else vouches for it: endorsed by Rosa (its own alignment)" in found.reason
    assert {one.kind for one in found.evidence} == {EvidenceKind.BADGE, EvidenceKind.ENDORSEMENT}


def test_an_endorsement_inside_the_badge_counts_as_one_beside_it(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """Issuers put what others say into the badge."""
    bare = signed(school)
    write(tmp_path, signed(school, endorsement=[said_by(rosa, bare)]))

    (piece,) = vouched(gap_with(mini_matcher, tmp_path, verifier(rosa)))

    assert piece.assurance is Assurance.ENDORSED
    assert (piece.source, piece.pointer) == ("badge.json", "/endorsement/0")


def test_an_endorsement_as_a_token_counts_as_well(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """Both kinds of proof are alike."""
    badge = signed(school)
    said = {name: value for name, value in said_by(rosa, badge).items() if name != "proof"}
    write(tmp_path, badge)
    write(tmp_path, sign_jwt(said, rosa), "rosa.jwt")

    found = python(gap_with(mini_matcher, tmp_path, verifier(rosa)))

    assert found.assurance is Assurance.ENDORSED


def test_badge_and_endorsement_in_one_presentation_find_each_other(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """A wallet hands over both in one file."""
    badge = signed(school)
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [badge, said_by(rosa, badge)],
    }
    path = write(tmp_path, presentation)

    found = python(gap_with(mini_matcher, path, verifier(rosa)))

    assert found.assurance is Assurance.ENDORSED


def test_an_endorser_whom_nobody_knows_is_a_document_with_its_reason(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """The learner could have made that key this morning."""
    badge = signed(school)
    write(tmp_path, badge)
    write(tmp_path, said_by(rosa, badge), "rosa.json")

    result = gap_with(mini_matcher, tmp_path, verifier())

    assert python(result).state is GapState.CLAIMED
    (piece,) = vouched(result)
    assert piece.assurance is Assurance.DOCUMENTED
    assert "the endorsement's issuer: " in piece.reason
    assert "to mend it" in piece.reason


def test_an_endorsement_that_was_changed_is_not_accepted(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """The badge stays what it is without it."""
    badge = signed(school)
    write(tmp_path, badge)
    write(tmp_path, said_by(rosa, badge) | {"name": "Praise"}, "rosa.json")

    result = gap_with(mini_matcher, tmp_path, verifier(rosa))

    assert python(result).state is GapState.CLAIMED
    assert [one.assurance for one in vouched(result)] == [Assurance.INVALID]


@pytest.mark.parametrize("changed", ["another badge with its id", "the issuer's own word"])
def test_what_is_about_something_else_or_adds_no_second_voice_is_a_document(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey, changed: str
) -> None:
    """The digest holds it to this content, and the issuer has spoken already."""
    badge = signed(school)
    other = signed(school, name="Another") if changed.startswith("another") else badge
    by = rosa if changed.startswith("another") else school
    write(tmp_path, badge)
    write(tmp_path, said_by(by, other), "said.json")

    (piece,) = vouched(gap_with(mini_matcher, tmp_path, verifier(rosa)))

    assert piece.assurance is Assurance.DOCUMENTED


@pytest.mark.parametrize("fault", ["expired", "somebody else's", "changed", "failed"])
def test_nobody_can_vouch_for_a_badge_that_is_not_accepted(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey, fault: str
) -> None:
    """Who endorsed it cannot know that it ended, or who shows it now."""
    more = {"validUntil": "2026-02-01T00:00:00Z"} if fault == "expired" else {}
    badge = signed(school, **more) | ({"name": "Other"} if fault == "changed" else {})
    if fault == "failed":
        badge = failed(school)
    names = ("did:example:tom",) if fault == "somebody else's" else ("did:example:lia",)
    write(tmp_path, badge)
    write(tmp_path, said_by(rosa, badge), "rosa.json")

    result = gap_with(mini_matcher, tmp_path, verifier(rosa, names=names))

    assert python(result).state is GapState.NOT_ACCEPTED
    assert "The badge “" in python(result).reason
    assert [one.assurance for one in vouched(result)] == [Assurance.INVALID]


def failed(school: SigningKey) -> dict[str, Any]:
    """Return a badge whose result says that it was not passed."""
    subject = signed(school)["credentialSubject"]
    return signed(
        school, credentialSubject={**subject, "result": [{"type": ["Result"], "status": "Failed"}]}
    )


def test_a_badge_that_names_nobody_is_not_proven_by_an_endorsement_either(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """A person was named, and nothing says that the badge is theirs."""
    subject = {
        name: value for name, value in signed(school)["credentialSubject"].items() if name != "id"
    }
    badge = unsigned(school, credentialSubject=subject)
    write(tmp_path, badge)
    write(tmp_path, said_by(rosa, badge), "rosa.json")

    result = gap_with(mini_matcher, tmp_path, verifier(rosa))
    shared = gather([tmp_path], verifier(rosa)).portfolio

    assert python(result).state is GapState.CLAIMED
    assert "of the badge that it vouches for" in vouched(result)[0].reason
    assert {one.state.value for one in shared.badges} != {"endorsed"}


def test_a_skill_that_the_words_of_an_endorsed_badge_name_is_proven(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """Most badges have no alignment, and words that name the skill itself are enough."""
    subject = signed(school)["credentialSubject"]
    plain = {**subject["achievement"], "alignment": [], "tag": ["Python"]}
    badge = signed(school, credentialSubject={**subject, "achievement": plain})
    write(tmp_path, badge)
    write(tmp_path, said_by(rosa, badge), "rosa.json")

    found = python(gap_with(mini_matcher, tmp_path, verifier(rosa)))

    assert found.assurance is Assurance.ENDORSED
    assert "read from its outcomes" in found.reason


def test_nobody_vouches_for_a_badge_class_that_its_holder_could_have_written(
    mini_matcher: Matcher, tmp_path: Path, rosa: SigningKey
) -> None:
    """The digest is of the assertion, which only links to the class."""
    linked = samples.open_badge_2(badge="https://club.example/badges/first-aid", expires=None)
    own = samples.badge_class() | {"alignment": alignment("x", uri("python"))}
    write(tmp_path, linked)
    write(tmp_path, own, "class.json")
    write(tmp_path, said_by(rosa, linked), "rosa.json")

    result = gap_with(mini_matcher, tmp_path, verifier(rosa, names=()))

    assert python(result).state is GapState.CLAIMED
    assert all("anyone could have written" in one.reason for one in python(result).evidence)


def test_an_endorsement_of_no_badge_here_is_a_note(
    mini_matcher: Matcher, tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """Nothing is left out silently."""
    write(tmp_path, signed(school))
    write(tmp_path, said_by(rosa, signed(school, "version-control")), "rosa.json")

    result = gap_with(mini_matcher, tmp_path, verifier(rosa))

    assert [note for note in result.notes if "rosa.json" in note] == [
        "“Endorsement by Rosa” (rosa.json) vouches for none of these badges, so it shows nothing"
    ]


def test_an_endorsement_is_not_asked_whose_it_is(
    tmp_path: Path, school: SigningKey, rosa: SigningKey
) -> None:
    """It is about a badge, so that a person named as recipient is no matter of its own."""
    path = write(tmp_path, said_by(rosa, signed(school)), "rosa.json")

    (checked,) = verify_files(read_named([path]), verifier(rosa)).credentials

    assert "recipient" not in {one.check.value for one in checked.checks}


KINDS = ("known", "unknown", "changed", "of another")


@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    picked=st.lists(
        st.tuples(st.sampled_from(("python", "java")), st.booleans()), min_size=1, max_size=2
    ),
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=3),
)
def test_another_endorsement_never_widens_a_gap(
    mini_matcher: Matcher,
    tmp_path_factory: pytest.TempPathFactory,
    keys: tuple[SigningKey, SigningKey],
    picked: list[tuple[str, bool]],
    kinds: list[str],
) -> None:
    """Good or bad, of whatever badge."""
    school, rosa = keys
    folder = tmp_path_factory.mktemp("wallet")
    by = verifier(rosa)
    for place, (skill, ended) in enumerate(picked):
        end = {"validUntil": "2026-02-01T00:00:00Z"} if ended else {}
        write(folder, signed(school, skill, **end), f"{place}.json")

    before = {one.requirement.uri: one for one in gap_with(mini_matcher, folder, by).gaps}
    for place, kind in enumerate(kinds):
        write(folder, drawn(kind, school, rosa), f"{place}.endorsement.json")
        after = {one.requirement.uri: one for one in gap_with(mini_matcher, folder, by).gaps}
        for name, one in after.items():
            assert state_rank(one.state) <= state_rank(before[name].state)
            assert one.priority <= before[name].priority
        before = after


def drawn(kind: str, school: SigningKey, rosa: SigningKey) -> dict[str, Any]:
    """Return an endorsement of the badge for Python, in one of ``KINDS``."""
    about = signed(school, "version-control" if kind == "of another" else "python")
    made = said_by(new_key() if kind == "unknown" else rosa, about)
    return made | ({"name": "Praise"} if kind == "changed" else {})
