"""What others see of a person: the fields that the person's live consent shares, and no more.

Blind cards keep skills and how far they are proven. Whatever names the person or may point at a
protected trait is left out: name, contact, place, languages, words of their own, who issued a
badge and what it is called (a women's college, a church), and dates and years, which tell an age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final, cast

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch_api.people.consents import OLDEST_FIRST, Field, live, shared_by
from skillmatch_api.store.among import among
from skillmatch_api.store.tables import Consent, EvidenceRow, Person, Profile


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


_SEEN: Final = (
    select(
        Person.id,
        Person.name,
        Person.contact,
        Person.place,
        Person.languages,
        Person.available_from,
        Consent.fields,
    )
    .join(
        Consent,
        and_(Consent.tenant_id == Person.tenant_id, Consent.person_id == Person.id),
    )
    .where(
        Person.tenant_id == bindparam("tenant_id"),
        among(Person.id, "ids"),
        # Of both, so that a database may begin with either.
        Consent.tenant_id == bindparam("tenant_id"),
        among(Consent.person_id, "ids"),
    )
    .order_by(*OLDEST_FIRST)
)
"""The columns of a card; reading them alone takes a fraction of reading a whole person."""
_UNCHANGED: Final = exists().where(
    Profile.tenant_id == Person.tenant_id,
    Profile.person_id == Person.id,
    Profile.packed.is_not(None),
    Profile.version <= bindparam("version"),
)
"""Not a join: SQLite would begin with all that did not change."""


def cards(
    session: Session,
    *,
    tenant_id: str,
    person_ids: Sequence[str],
    blind: bool,
    at: datetime,
    version: int | None = None,
) -> dict[str, CandidateCard]:
    """Return the cards of those who share anything at this moment, by person id.

    Args:
        session: Where they are read.
        tenant_id: Whose people they are; who is of another tenant is left out.
        person_ids: Who is asked for; who shares nothing is left out.
        blind: Whether the cards are blind.
        at: This moment.
        version: Leaves out, too, who changed after this version of the index, or is in none.
    """
    asked = _SEEN.where(live(at=at))
    if version is not None:
        asked = asked.where(_UNCHANGED)
    given = {"tenant_id": tenant_id, "ids": person_ids, "version": version}
    return {
        row.id: card_of(cast("Person", row), shared_by(row.fields), blind=blind)
        for row in session.connection().execute(asked, given)
    }


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


def as_others_see(row: EvidenceRow, *, blind: bool) -> Evidence:
    """Return shared evidence without what only its owner sees.

    That is the name of the file, which often holds a person's name, the place in it, and what they
    could do to have it accepted; blind also what the module names.
    """
    kind = EvidenceKind(row.kind)
    return Evidence(
        uri=ConceptUri(row.uri),
        label=row.label,
        kind=kind,
        assurance=Assurance(row.assurance),
        source=_SOURCES[kind],
        text="" if blind else row.text,
        confidence=row.confidence,
        level=row.level,
        level_value=row.level_value,
        level_scale=row.level_scale,
        years=None if blind else row.years,
        issued=None if blind else row.issued,
        issuer="" if blind else row.issuer,
        reason="" if blind else row.reason.partition(_ADVICE)[0],
    )


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
