"""A shortlist as a file: the people whom a recruiter chose, with what they share, and no more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from skillmatch.gap.assurance import PROVES
from skillmatch.model.evidence import Assurance
from skillmatch_api.access.principal import Principal
from skillmatch_api.people.cards import CandidateCard, cards
from skillmatch_api.people.consents import Field
from skillmatch_api.people.evidence_rows import rows_of
from skillmatch_api.people.lapsing import lapse
from skillmatch_api.people.registering import get_person
from skillmatch_api.people.showing import ShownEvidence, for_others
from skillmatch_api.people.views import note_sight

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
_TOLD = (
    *("uri", "label", "kind", "assurance", "reason", "issuer", "issued", "text", "source"),
    *("level", "years", "confidence"),
)
"""What a shortlist tells of a piece of evidence, as attributes of it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person on a shortlist.

    Attributes:
        evidence: Empty where the person does not share it.
    """

    card: CandidateCard
    evidence: tuple[ShownEvidence, ...]


def take_along(
    session: Session, person_ids: Sequence[str], *, caller: Principal, blind: bool, at: datetime
) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """Return a shortlist and the ids that are left out of it; who is on it can see that."""
    lapse(session, tenant_id=caller.tenant_id, at=at, among=person_ids)
    listed = shortlist(session, person_ids, tenant_id=caller.tenant_id, blind=blind, at=at)
    ids = [one.card.id for one in listed]
    if ids:
        note_sight(session, ids, caller=caller, action="candidate.shortlist", blind=blind, at=at)
    return listed, tuple(one for one in dict.fromkeys(person_ids) if one not in ids)


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


def as_json(listed: Sequence[Listed], left_out: Sequence[str]) -> str:
    """Return a shortlist as the HTTP API does."""
    items = [
        {
            "seen_as": "shared",
            **asdict(one.card),
            "evidence": [_piece(each) for each in one.evidence],
        }
        for one in listed
    ]
    value = {"items": items, "left_out": list(left_out)}
    return json.dumps(value, default=_told, ensure_ascii=False, indent=2) + "\n"


def _piece(shown: ShownEvidence) -> dict[str, object]:
    one = shown.evidence
    return {
        "id": shown.id,
        "checked_at": shown.checked_at,
        "badge": shown.badge,
        "document": shown.document_id,
        **{name: getattr(one, name) for name in _TOLD},
    }


def _told(value: date) -> str:
    return value.isoformat().replace("+00:00", "Z")


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
