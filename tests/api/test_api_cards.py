"""What others see of a person's evidence."""

from __future__ import annotations

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch_api.people.cards import as_others_see


def test_advice_to_the_owner_is_told_to_nobody_else() -> None:
    """Who searches would read it as a reproach to somebody whom it does not concern."""
    piece = Evidence(
        uri=ConceptUri("urn:x"),
        label="Git",
        kind=EvidenceKind.BADGE,
        assurance=Assurance.DOCUMENTED,
        source="badge.json",
        reason="recipient: it was issued to another address; to mend it, give that address",
    )

    seen = as_others_see(piece, blind=False)

    assert seen.reason == "recipient: it was issued to another address"
