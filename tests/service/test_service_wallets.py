"""A wallet changes a gap: proven, claimed or not accepted, always with the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.errors import UnreadableError
from skillmatch.gap.states import state_rank
from skillmatch.issuing.keys import SigningKey, new_key
from skillmatch.issuing.signing import sign_jwt
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState
from skillmatch.readers.credentials import credential_of
from skillmatch.service.matcher import Matcher
from skillmatch.service.verifying import Verifier
from skillmatch.service.wallets import current, end_of_day
from tests.mini_engine import uri
from tests.readers import badge_samples as samples
from tests.readers.badge_samples import alignment, archive, as_bytes, baked_png
from tests.service.wallet_samples import (
    DAY,
    gap_with,
    python,
    signed,
    unsigned,
    verifier,
    write,
)


@pytest.fixture(scope="module")
def key() -> SigningKey:
    """The key of the school, which is also its id."""
    return new_key()


def test_a_verified_badge_of_a_known_issuer_proves(
    mini_matcher: Matcher, tmp_path: Path, key: SigningKey
) -> None:
    """This is what badges are for."""
    path = write(tmp_path, signed(key))

    found = python(gap_with(mini_matcher, path, verifier(key)))

    assert found.state is GapState.PROVEN
    assert found.assurance is Assurance.VERIFIED
    assert "its own alignment" in found.reason
    assert found.evidence[0].pointer == "/credentialSubject/achievement/alignment/0"


def test_a_token_proves_as_well(mini_matcher: Matcher, tmp_path: Path, key: SigningKey) -> None:
    """Many wallets keep nothing else."""
    path = write(tmp_path, sign_jwt(unsigned(key), key), "badge.jwt")

    assert python(gap_with(mini_matcher, path, verifier(key))).state is GapState.PROVEN


def test_an_unknown_issuer_leaves_a_badge_a_claim_and_says_what_would_mend_it(
    mini_matcher: Matcher, tmp_path: Path, key: SigningKey
) -> None:
    """Anyone can make a key and call themselves a school."""
    path = write(tmp_path, signed(key))

    found = python(gap_with(mini_matcher, path))

    assert found.state is GapState.CLAIMED
    assert "issuer: " in found.reason
    assert "to mend it" in found.reason


def test_a_badge_in_the_name_of_a_known_issuer_proves_nothing(
    mini_matcher: Matcher, tmp_path: Path, key: SigningKey
) -> None:
    """The name is only text; the key is another's."""
    path = write(tmp_path, signed(new_key()))

    found = python(gap_with(mini_matcher, path, verifier(key)))

    assert found.state in {GapState.CLAIMED, GapState.NOT_ACCEPTED}
    assert "issuer: " in found.reason


@pytest.mark.parametrize(
    ("more", "why"),
    [({"validUntil": "2026-02-01T00:00:00Z"}, "dates: "), ({"name": "Another name"}, "proof: ")],
    ids=["expired", "tampered with"],
)
def test_what_is_invalid_is_not_accepted_and_says_why(
    mini_matcher: Matcher, tmp_path: Path, key: SigningKey, more: dict[str, Any], why: str
) -> None:
    """It is shown, so that the person knows what to renew."""
    whole = signed(key, **more) if why == "dates: " else signed(key) | more
    path = write(tmp_path, whole)

    found = python(gap_with(mini_matcher, path, verifier(key)))

    assert found.state is GapState.NOT_ACCEPTED
    assert why in found.reason


def test_somebody_elses_badge_is_not_accepted(
    mini_matcher: Matcher, tmp_path: Path, key: SigningKey
) -> None:
    """A wallet is a folder, and a folder can hold anything."""
    path = write(tmp_path, signed(key))

    found = python(gap_with(mini_matcher, path, verifier(key, names=("did:example:tom",))))

    assert found.state is GapState.NOT_ACCEPTED
    assert "recipient: " in found.reason


def test_that_nobody_was_named_is_a_note(
    mini_matcher: Matcher, tmp_path: Path, key: SigningKey
) -> None:
    """What was not checked must not look checked."""
    path = write(tmp_path, signed(key))

    result = gap_with(mini_matcher, path, verifier(key, names=()))

    assert any("--recipient" in note for note in result.notes)


def test_a_folder_of_everything_is_read_whole(
    mini_matcher: Matcher, tmp_path: Path, key: SigningKey
) -> None:
    """JSON, pictures and archives count alike; whatever shows nothing is a note."""
    token = sign_jwt(unsigned(key, "version-control"), key)
    (tmp_path / "b.png").write_bytes(baked_png(token))
    (tmp_path / "a.zip").write_bytes(archive({"a.json": as_bytes(signed(key))}))
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    write(tmp_path, samples.badge_class(), "class.json")

    result = gap_with(mini_matcher, tmp_path, verifier(key))

    assert {one.state for one in result.gaps} == {GapState.PROVEN}
    assert {one.evidence[0].source for one in result.gaps} == {"a.zip!a.json", "b.png"}
    assert any(note.startswith("notes.txt holds no credential") for note in result.notes)
    assert any("awards it to nobody" in note for note in result.notes)


def test_a_single_file_that_is_no_badge_is_an_error(mini_matcher: Matcher, tmp_path: Path) -> None:
    """The person named it, so they expect it to count."""
    path = write(tmp_path, {"type": "Issuer"})

    with pytest.raises(UnreadableError, match="the profile of an issuer"):
        gap_with(mini_matcher, path)


def linked_badge() -> dict[str, Any]:
    return samples.open_badge_2(badge="https://club.example/badges/first-aid", expires=None)


def described() -> dict[str, Any]:
    return samples.badge_class() | {"alignment": alignment("x", uri("python"))}


def test_a_badge_class_from_the_wallet_itself_proves_nothing(
    mini_matcher: Matcher, tmp_path: Path
) -> None:
    """Its holder could have written it, whatever the assertion is worth."""
    write(tmp_path, linked_badge())
    write(tmp_path, described(), "class.json")

    found = python(gap_with(mini_matcher, tmp_path))

    assert found.state is GapState.CLAIMED
    assert "read from class.json, which anyone could have written" in found.reason


def test_a_badge_class_of_the_map_is_used(mini_matcher: Matcher, tmp_path: Path) -> None:
    """The same document that the assertion is verified with."""
    import hashlib

    data = as_bytes(described())
    (tmp_path / "class.json").write_bytes(data)
    address = "https://club.example/badges/first-aid"
    entry = {address: {"path": "class.json", "sha256": hashlib.sha256(data).hexdigest()}}
    (tmp_path / "map.json").write_text(json.dumps(entry), encoding="utf-8")
    badge = write(tmp_path, linked_badge(), "assertion.json")
    by = Verifier.open(at=end_of_day(DAY), documents=tmp_path / "map.json")

    found = python(gap_with(mini_matcher, badge, by))

    assert found.evidence[0].source == "assertion.json"
    assert "anyone could have written" not in found.reason


def test_of_several_versions_the_best_assured_and_then_the_newest_counts() -> None:
    """A newer version that nobody can verify takes no verified one's place."""
    old, new, forged = (
        credential_of(samples.open_badge_3(validFrom=f"{year}-01-01T00:00:00Z"), source=f"{year}")
        for year in (2024, 2025, 2026)
    )
    other = credential_of(samples.open_badge_3(id="urn:other"), source="other")
    nameless = credential_of(samples.open_badge_3(id=None), source="nameless")

    kept = current(
        [old, new, forged, other, nameless, nameless],
        lambda one: (Assurance.INVALID if one is forged else Assurance.VERIFIED, ""),
    )

    assert [one.source for one in kept] == ["2025", "other", "nameless", "nameless"]


def test_a_day_ends_with_its_last_second() -> None:
    """What was issued on the day of the comparison counts on it."""
    assert end_of_day(DAY).isoformat() == "2026-03-01T23:59:59+00:00"


SKILLS = ("python", "version-control", "develop-software", "java")


@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    picked=st.lists(st.tuples(st.sampled_from(SKILLS), st.booleans()), min_size=1, max_size=3),
    more=st.tuples(st.sampled_from(SKILLS), st.booleans()),
)
def test_another_badge_never_widens_a_gap(
    mini_matcher: Matcher,
    tmp_path_factory: pytest.TempPathFactory,
    key: SigningKey,
    picked: list[tuple[str, bool]],
    more: tuple[str, bool],
) -> None:
    """Signed or not, whatever skill it is for."""
    folder = tmp_path_factory.mktemp("wallet")
    by = verifier(key)
    for place, (skill, proven) in enumerate(picked):
        badge = signed(key, skill) if proven else unsigned(key, skill)
        write(folder, badge, f"{place}.json")

    before = {one.requirement.uri: one for one in gap_with(mini_matcher, folder, by).gaps}
    write(folder, signed(key, more[0]) if more[1] else unsigned(key, more[0]), "more.json")
    after = gap_with(mini_matcher, folder, by).gaps

    for one in after:
        assert state_rank(one.state) <= state_rank(before[one.requirement.uri].state)
        assert one.priority <= before[one.requirement.uri].priority
