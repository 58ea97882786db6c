"""What others see of a person's evidence."""

from __future__ import annotations

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch_api.people.cards import as_others_see
from skillmatch_api.people.evidence_rows import to_row
from tests.api.conftest import NOW


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
    row = to_row(piece, tenant_id="t", person_id="p", place=0, at=NOW)

    seen = as_others_see(row, blind=False)

    assert seen.reason == "recipient: it was issued to another address"
