"""When an endorsement counts as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from skillmatch.issuing.endorsing import (
    completed_endorsement,
    content_digest,
    endorsement,
    is_body,
)
from skillmatch.issuing.issuers import issuer_profile
from skillmatch.issuing.keys import KeyKind
from skillmatch.issuing.signing import sign_data_integrity, sign_jwt
from skillmatch.issuing.vouching import endorsed_evidence, endorsement_assurance
from skillmatch.model.concept import ConceptUri
from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.verification import Verification
from skillmatch.readers.credentials import credential_of, read_credential_bytes
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.issuers import KnownIssuer, KnownIssuers
from skillmatch.trust.verify import verify
from tests.issuing.issuing_samples import DAY, key
from tests.issuing.portfolio_samples import CUTTING, LEADING, as_token, signed

ROSA = key(KeyKind.P256)
BADGE = signed("Pass", LEADING)


def by_rosa(badge: Credential, **changes: Any) -> Credential:  # noqa: ANN401 - any JSON
    """An endorsement signed by somebody who is not the issuer."""
    profile = issuer_profile({"type": ["Profile"], "name": "Rosa"}, ROSA)
    made = endorsement(badge.document, by=profile, comment="Calm and exact.", valid_from=DAY)
    (read,) = read_credential_bytes(sign_jwt({**made, **changes}, ROSA).encode(), "rosa.jwt")
    return read


def checks(one: Credential, *known: str) -> Verification:
    """Verify with a file that knows these issuers."""
    issuers = KnownIssuers(issuers=tuple(KnownIssuer(id=name) for name in known))
    return verify(one, documents=NoDocuments(), issuers=issuers, at=DAY)


def worth(one: Credential, badge: Credential, *known: str) -> Assurance:
    return endorsement_assurance(one, checks(one, *known), endorsed=badge)[0]


def test_a_known_endorser_of_this_badge_counts() -> None:
    """Signed, known, about this badge with this content."""
    assert worth(by_rosa(BADGE), BADGE, ROSA.did) is Assurance.ENDORSED


def test_an_endorser_whom_nobody_knows_does_not_count() -> None:
    """The learner could have made that key this morning."""
    assurance, reason = endorsement_assurance(
        by_rosa(BADGE), checks(by_rosa(BADGE)), endorsed=BADGE
    )

    assert assurance is Assurance.DOCUMENTED
    assert "--issuers" in reason


def test_an_endorsement_that_was_changed_is_refused() -> None:
    """Its signature no longer holds."""
    good = by_rosa(BADGE)
    head, payload, signature = good.token.split(".")
    other = by_rosa(BADGE, name="Praise").token.split(".")[1]
    assert other != payload
    (forged,) = read_credential_bytes(f"{head}.{other}.{signature}".encode(), "forged.jwt")

    assert worth(forged, BADGE, ROSA.did) is Assurance.INVALID


def test_an_endorsement_of_another_badge_does_not_count() -> None:
    """However well it is signed."""
    assert worth(by_rosa(signed("Knives", CUTTING)), BADGE, ROSA.did) is Assurance.DOCUMENTED


def test_a_badge_that_took_the_id_of_an_endorsed_one_gets_nothing() -> None:
    """Anybody can make a badge with any id; the digest is of the content."""
    swapped = signed("Pass", CUTTING)
    assert swapped.id == BADGE.id

    assert worth(by_rosa(BADGE), swapped, ROSA.did) is Assurance.DOCUMENTED


def test_an_endorsement_that_names_only_an_id_is_a_document() -> None:
    """As other programs write them."""
    bare = by_rosa(BADGE, relatedResource=[])

    assert worth(bare, BADGE, ROSA.did) is Assurance.DOCUMENTED


def test_nobody_endorses_themselves() -> None:
    """Neither the earner nor the issuer adds a second voice."""
    own = replace(BADGE, recipient=replace(BADGE.recipient, id=ROSA.did))
    issuers = replace(BADGE, issuer=replace(BADGE.issuer, id=ROSA.did))

    assert worth(by_rosa(BADGE), own, ROSA.did) is Assurance.DOCUMENTED
    assert worth(by_rosa(BADGE), issuers, ROSA.did) is Assurance.DOCUMENTED


def test_a_badge_with_a_token_can_be_endorsed_too() -> None:
    """Its content is the payload."""
    badge = as_token("Pass", LEADING)

    assert worth(by_rosa(badge), badge, ROSA.did) is Assurance.ENDORSED


@pytest.mark.parametrize("added", ["proof", "endorsement", "endorsementJwt"])
def test_an_endorsement_can_be_put_into_the_badge_that_it_is_about(added: str) -> None:
    """The digest leaves out what is not the issuer's word."""
    assert content_digest({**BADGE.document, added: ["x"]}) == content_digest(BADGE.document)


def test_the_digest_depends_on_content_and_not_on_its_order() -> None:
    """Two programs write one document in two orders."""
    turned = dict(reversed(list(BADGE.document.items())))

    assert content_digest(turned) == content_digest(BADGE.document)
    assert content_digest({**turned, "name": "Other"}) != content_digest(BADGE.document)


def piece(assurance: Assurance = Assurance.ENDORSED, reason: str = "") -> Evidence:
    """A skill that the badge would show if it were believed."""
    return Evidence(
        uri=ConceptUri("https://skills.example/lead"),
        label="lead a team",
        kind=EvidenceKind.BADGE,
        assurance=assurance,
        source="badge.json",
        pointer="/credentialSubject/achievement/alignment/0",
        reason=reason,
    )


def test_the_skills_of_an_endorsed_badge_become_evidence_of_the_endorser() -> None:
    """Of its own kind, beside the badge's own, and found in the endorsement."""
    said = by_rosa(BADGE)
    given = [piece(reason="its own alignment")]

    (made,) = endorsed_evidence(said, checks(said, ROSA.did), endorsed=BADGE, evidence=given)

    assert (made.kind, made.assurance) == (EvidenceKind.ENDORSEMENT, Assurance.ENDORSED)
    assert (made.uri, made.issuer, made.issued) == (given[0].uri, "Rosa", DAY.date())
    assert (made.source, made.pointer, made.span) == ("rosa.jwt", "", None)
    assert made.reason == "endorsed by Rosa (its own alignment)"


@pytest.mark.parametrize("held", [Assurance.DOCUMENTED, Assurance.INVALID])
def test_an_endorsement_makes_no_skill_better_than_the_badge_lets_it_be(held: Assurance) -> None:
    """A skill that was only read into its words, or one that was not passed."""
    said = by_rosa(BADGE)
    given = [piece(held, "its result says Failed")]

    (made,) = endorsed_evidence(said, checks(said, ROSA.did), endorsed=BADGE, evidence=given)

    assert (made.assurance, made.reason) == (held, "its result says Failed")


def test_an_unsigned_endorsement_is_a_document() -> None:
    """Like a letter of reference."""
    made = endorsement(
        BADGE.document, by=issuer_profile({"name": "Rosa"}, ROSA), comment="Good.", valid_from=DAY
    )

    assert worth(credential_of(made, source="e.json"), BADGE, ROSA.did) is Assurance.DOCUMENTED


def test_a_signed_one_by_data_integrity_counts_as_well() -> None:
    """Both kinds of proof are alike."""
    rosa = key()
    other = replace(BADGE, issuer=replace(BADGE.issuer, id="https://school.example"))
    profile = issuer_profile({"type": ["Profile"], "name": "Rosa"}, rosa)
    made = endorsement(other.document, by=profile, comment="Calm.", valid_from=DAY)
    said = credential_of(sign_data_integrity(made, rosa, created=DAY), source="e.json")

    assert worth(said, other, rosa.did) is Assurance.ENDORSED


def test_a_body_from_a_review_is_completed_and_can_be_signed() -> None:
    """It lacks only who says it and when; its words stay unless others are given."""
    said = endorsement(BADGE.document, by={"name": "x"}, comment="Aligned.", valid_from=DAY)
    body = {name: said[name] for name in said if name not in {"issuer", "validFrom"}}
    by = issuer_profile({"type": ["Profile"], "name": "Rosa"}, key())

    made = completed_endorsement(body, by=by, valid_from=DAY)
    other = completed_endorsement(body, by=by, valid_from=DAY, comment="Well aligned.")

    assert is_body(body)
    assert not is_body(made)
    assert sign_data_integrity(made, key(), created=DAY)["proof"]
    assert made["credentialSubject"]["endorsementComment"] == "Aligned."
    assert other["credentialSubject"]["endorsementComment"] == "Well aligned."
    assert made["id"] != other["id"]
