"""What is said of the evidence behind a candidate's skill."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from skillmatch.model.evidence import Assurance, EvidenceKind
from skillmatch_api.pages.language import words_of
from skillmatch_api.pages.recruiter.wording import behind_parts
from skillmatch_api.ranking.found import Behind


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (EvidenceKind.BADGE, ("Badge geprüft am 22. November 2026",)),
        (EvidenceKind.CLAIM, ()),
        (EvidenceKind.DOCUMENT, ()),
    ],
)
def test_only_a_badge_is_said_to_have_been_checked(
    kind: EvidenceKind, told: tuple[str, ...]
) -> None:
    """A date of checking beside somebody's own word reads as if it had been found true."""
    behind = Behind(
        evidence_id="1",
        skill="SQL",
        kind=kind,
        assurance=Assurance.CLAIMED,
        verified_at=datetime(2026, 11, 22, tzinfo=UTC),
    )

    assert behind_parts(words_of("de"), behind) == told
