"""What others see of a person: the fields that the person's live consent shares, and no more.

Blind cards keep skills and how far they are proven. Whatever names the person or may point at a
protected trait is left out: name, contact, place, languages, words of their own, who issued a
badge and what it is called (a women's college, a church), and dates and years, which tell an age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from skillmatch.model.evidence import Evidence, EvidenceKind
from skillmatch_api.people.consents import Field, shared_fields
from skillmatch_api.store.tables import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCard:
    """A person as others see them.

    Attributes:
        shares: The fields that the person shares; one that is empty here and named there was
            left empty by the person, or is hidden because the card is blind.
        available_from: None for at once, and where it is not shared.
    """

    id: str
    blind: bool
    shares: tuple[Field, ...] = ()
    name: str = ""
    contact: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    available_from: date | None = None


_SEEN: Final = select(
    Person.id,
    Person.name,
    Person.contact,
    Person.place,
    Person.languages,
    Person.available_from,
)
"""The columns of a card; reading them alone takes a fraction of reading a whole person."""


def cards(
    session: Session, *, tenant_id: str, person_ids: Sequence[str], blind: bool, at: datetime
) -> dict[str, CandidateCard]:
    """Return the cards of those who share anything at this moment, by person id.

    Who does not, or is of another tenant, is left out.
    """
    shared = shared_fields(session, person_ids, tenant_id=tenant_id, at=at)
    found: dict[str, CandidateCard] = {}
    asked = list(shared)
    for start in range(0, len(asked), 500):
        rows = session.execute(
            _SEEN.where(Person.tenant_id == tenant_id, Person.id.in_(asked[start : start + 500]))
        )
        found.update(
            (row.id, card_of(cast("Person", row), shared[row.id], blind=blind)) for row in rows
        )
    return found


def card_of(person: Person, shared: frozenset[Field], *, blind: bool) -> CandidateCard:
    """Return a person's card, given what they share."""
    seen = shared - BLINDED if blind else shared
    return CandidateCard(
        id=person.id,
        blind=blind,
        shares=_in_order(shared),
        name=person.name if Field.NAME in seen else "",
        contact=person.contact if Field.CONTACT in seen else "",
        place=person.place if Field.PLACE in seen else "",
        languages=tuple(person.languages) if Field.LANGUAGES in seen else (),
        available_from=person.available_from if Field.AVAILABILITY in seen else None,
    )


@cache
def _in_order(shared: frozenset[Field]) -> tuple[Field, ...]:
    return tuple(one for one in Field if one in shared)


def as_others_see(evidence: Evidence, *, blind: bool) -> Evidence:
    """Return shared evidence without what only its owner sees.

    That is the name of the file, which often holds a person's name, the place in it, and what they
    could do to have it accepted; blind also what the module names.
    """
    reason = evidence.reason.partition(_ADVICE)[0]
    seen = replace(evidence, source=_SOURCES[evidence.kind], pointer="", span=None, reason=reason)
    if not blind:
        return seen
    return replace(seen, text="", issuer="", issued=None, reason="", years=None)


BLINDED = frozenset({Field.NAME, Field.CONTACT, Field.PLACE, Field.LANGUAGES})
"""Fields that no blind card shows, shared or not."""

_ADVICE = "; to mend it, "
"""What a reason ends with where its owner can do something; it speaks to nobody else."""

_SOURCES = {
    EvidenceKind.BADGE: "a badge",
    EvidenceKind.ENDORSEMENT: "an endorsement",
    EvidenceKind.DOCUMENT: "a document",
    EvidenceKind.CLAIM: "their own word",
}
