"""A shortlist as a file: the people whom a recruiter chose, with what they share, and no more."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from skillmatch.gap.assurance import PROVES
from skillmatch.model.evidence import Assurance
from skillmatch_api.people.cards import CandidateCard, cards
from skillmatch_api.people.consents import Field
from skillmatch_api.people.evidence_rows import rows_of
from skillmatch_api.people.registering import get_person
from skillmatch_api.people.showing import ShownEvidence, for_others

COLUMNS = (
    "id",
    "name",
    "contact",
    "place",
    "languages",
    "available_from",
    "proven_skills",
    "claimed_skills",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person on a shortlist.

    Attributes:
        evidence: Empty where the person does not share it.
    """

    card: CandidateCard
    evidence: tuple[ShownEvidence, ...]


def shortlist(
    session: Session, person_ids: Sequence[str], *, tenant_id: str, blind: bool, at: datetime
) -> tuple[Listed, ...]:
    """Return those of the people who share anything now, in the order given."""
    found = cards(session, tenant_id=tenant_id, person_ids=person_ids, blind=blind, at=at)
    return tuple(
        Listed(card=found[one], evidence=_evidence(session, found[one], tenant_id=tenant_id))
        for one in dict.fromkeys(person_ids)
        if one in found
    )


def as_csv(listed: Sequence[Listed]) -> str:
    """Return a shortlist as a table; no cell is one that a spreadsheet would calculate."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in listed:
        writer.writerow([_cell(value) for value in _row(one)])
    return buffer.getvalue()


def _evidence(
    session: Session, card: CandidateCard, *, tenant_id: str
) -> tuple[ShownEvidence, ...]:
    if Field.EVIDENCE not in card.shares:
        return ()
    person = get_person(session, card.id, tenant_id=tenant_id)
    shared = frozenset(card.shares)
    return tuple(for_others(row, shared, blind=card.blind) for row in rows_of(session, person))


def _row(one: Listed) -> tuple[str, ...]:
    proven = {each.evidence.label for each in one.evidence if each.evidence.assurance in PROVES}
    claimed = {
        each.evidence.label
        for each in one.evidence
        if each.evidence.assurance not in {*PROVES, Assurance.INVALID}
    }
    card = one.card
    return (
        card.id,
        card.name,
        card.contact,
        card.place,
        ", ".join(card.languages),
        card.available_from.isoformat() if card.available_from else "",
        "; ".join(sorted(proven)),
        "; ".join(sorted(claimed - proven)),
    )


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
