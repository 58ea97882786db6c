"""Open Badges 2 that are proved by lying where their issuer put them."""

from __future__ import annotations

from typing import Any

import pytest

from skillmatch.model.verification import CheckState
from skillmatch.trust.hosted import HostedFinding, check_hosted
from skillmatch.trust.linked import Gone
from tests.trust.badge_samples import ASSERTION, BADGE_CLASS, PROFILE, Files, changed, read

VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN
URL = ASSERTION["id"]


def check(
    here: dict[str, Any] = ASSERTION, there: object = ASSERTION, **others: object
) -> HostedFinding:
    """Check a badge against what lies at its address, and at the addresses that it links to."""
    documents = {URL: there, BADGE_CLASS["id"]: BADGE_CLASS, PROFILE["id"]: PROFILE, **others}
    return check_hosted(read(here), Files(documents))


def test_the_same_badge_at_its_own_address_is_proved() -> None:
    """Only the issuer can put a document on its own host."""
    finding = check()

    assert (finding.proof.state, finding.issuer.state, finding.status.state) == (VALID,) * 3
    assert PROFILE["id"] in finding.controllers


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("recipient/identity", "thief@example.org"),
        ("issuedOn", "2025-02-01T00:00:00Z"),
        ("badge", "https://guild.example/badges/surgery"),
        ("expires", "2099-01-01T00:00:00Z"),
        ("evidence", "https://guild.example/evidence"),
    ],
)
def test_whatever_was_changed_or_added_in_the_file_is_caught(path: str, value: str) -> None:
    """The hosted copy is the original; the file is what somebody sent."""
    finding = check(here=changed(ASSERTION, path, value))

    assert finding.proof.state is INVALID
    assert path.split("/", maxsplit=1)[0] in finding.proof.reason
    assert finding.issuer.state is UNKNOWN


def test_a_badge_class_written_out_in_the_file_is_held_against_the_hosted_one() -> None:
    """Baked badges carry their class; a flattering description in it must not pass."""
    honest = {**ASSERTION, "badge": BADGE_CLASS}
    flattering = changed(honest, "badge/name", "Brain surgery")

    assert check(here=honest).proof.state is VALID
    assert check(here=flattering).proof.state is INVALID


def test_a_class_written_out_whose_original_is_not_at_hand_is_unknown() -> None:
    """What cannot be compared is not proved."""
    documents = Files({URL: ASSERTION})

    finding = check_hosted(read({**ASSERTION, "badge": BADGE_CLASS}), documents)

    assert finding.proof.state is UNKNOWN


def test_what_is_hosted_may_say_more() -> None:
    """Issuers add fields over the years."""
    there = {**ASSERTION, "narrative": "More.", "badge": BADGE_CLASS, "type": ["Assertion"]}

    assert check(there=there).proof.state is VALID


def test_another_badge_at_the_address_proves_nothing() -> None:
    """An id that is not its own address could point at anybody's badge."""
    other = changed(ASSERTION, "id", "https://guild.example/assertions/2")

    assert check(there=other).proof.state is INVALID


def test_a_revoked_or_removed_badge_is_invalid() -> None:
    """A host says so with ``revoked`` or with 410 Gone, and may keep nothing else."""
    revoked = check(there={"id": URL, "revoked": True, "revocationReason": "a mistake"})
    gone = check(there=Gone("gone for good"))

    assert (revoked.proof.state, revoked.status.state) == (INVALID, INVALID)
    assert "a mistake" in revoked.status.reason
    assert (gone.proof.state, gone.status.state) == (INVALID, INVALID)


def test_what_was_not_looked_at_is_unknown_and_says_how_to_look() -> None:
    """Offline is the default; the person decides."""
    finding = check_hosted(read(ASSERTION), Files({}))

    assert {finding.proof.state, finding.issuer.state, finding.status.state} == {UNKNOWN}
    assert finding.proof.mend == "bring it"


def test_a_hosted_badge_without_an_address_cannot_be_hosted() -> None:
    """A urn lies nowhere."""
    nowhere = changed(ASSERTION, "id", "urn:uuid:1")

    assert check(here=nowhere).proof.state is INVALID


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        (None, VALID),
        ({"startsWith": "https://guild.example/assertions/"}, VALID),
        ({"startsWith": ["https://x.example/", "https://guild.example/"]}, VALID),
        ({"startsWith": ["https://x.example/"]}, INVALID),
        ({"allowedOrigins": ["guild.example"]}, VALID),
        ({"allowedOrigins": "https://guild.example"}, VALID),
        ({"allowedOrigins": ["example"]}, INVALID),
        ({"startsWith": "https://guild.example/", "allowedOrigins": ["x.example"]}, INVALID),
    ],
)
def test_the_badge_must_lie_in_its_issuers_scope(
    rules: dict[str, object] | None, state: CheckState
) -> None:
    """Somebody else's host may hold a badge that names this issuer."""
    profile = PROFILE if rules is None else {**PROFILE, "verification": rules}

    assert check(**{PROFILE["id"]: profile}).issuer.state is state


def test_a_badge_on_another_host_than_its_issuer_is_not_the_issuers() -> None:
    """The default scope is the issuer's own host."""
    elsewhere = {**PROFILE, "id": "https://university.example/issuer"}
    badge_class = {**BADGE_CLASS, "issuer": elsewhere["id"]}

    finding = check(**{BADGE_CLASS["id"]: badge_class, elsewhere["id"]: elsewhere})

    assert finding.issuer.state is INVALID
    assert "university.example" in finding.issuer.reason


def test_a_profile_may_not_claim_another_hosts_id() -> None:
    """A profile at the forger's address that calls itself the university's is the forger's."""
    claimed = {
        **PROFILE,
        "id": "https://university.example/issuer",
        "verification": {"allowedOrigins": ["guild.example"]},
    }

    finding = check(**{PROFILE["id"]: claimed})

    assert finding.issuer.state is INVALID
    assert finding.controllers == frozenset()


def test_a_profile_written_out_in_place_is_fetched_all_the_same() -> None:
    """What stands in the badge class says nothing of who it is."""
    inline = {**BADGE_CLASS, "issuer": {**PROFILE, "verification": {"startsWith": "https://"}}}
    documents: dict[str, object] = {URL: ASSERTION, BADGE_CLASS["id"]: inline}

    finding = check_hosted(read(ASSERTION), Files(documents))

    assert finding.issuer.state is UNKNOWN


def test_an_issuer_without_a_web_address_cannot_be_shown_by_hosting() -> None:
    """Its host would be nobody's."""
    profile = {**PROFILE, "id": "urn:uuid:issuer"}

    assert check(**{PROFILE["id"]: profile}).issuer.state is UNKNOWN
