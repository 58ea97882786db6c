"""Keeping the packed profile of a person equal to what the person shows and allows.

Whoever changes evidence, consent or what filters read calls ``refresh`` in the same transaction;
whoever erases a person calls ``forget``. Each raises the tenant's count of changes and so holds
the tenant's row until the transaction ends: versions become visible in their order, and an index
that has read up to one has missed none below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from skillmatch.gap.assurance import assurance_rank
from skillmatch.gap.levels import WORD_SCALE, YEARS_SCALE, level_value
from skillmatch.model.evidence import Assurance
from skillmatch_api.errors import AbsentError
from skillmatch_api.ranking.consents import PURPOSE, live_consent
from skillmatch_api.ranking.numbers import SCALE, numbers_for
from skillmatch_api.ranking.packing import AT_ONCE, PackedLevel, PackedPerson, PackedPiece, pack
from skillmatch_api.store.tables import Consent, Departure, EvidenceRow, Person, Profile, Tenant

__all__ = ["PURPOSE", "forget", "refresh"]


def refresh(session: Session, *, tenant_id: str, person_id: str, at: datetime) -> None:
    """Write a person's profile anew from their rows, in the caller's transaction.

    Without a live consent the profile is empty: the index then lets go of the person.

    Raises:
        AbsentError: The tenant has no such person.
    """
    session.flush()
    version = _next_version(session, tenant_id)
    person = session.get(Person, (tenant_id, person_id))
    if person is None:
        raise AbsentError(f"there is no person {person_id}")
    consent = live_consent(session, tenant_id=tenant_id, person_id=person_id, at=at)
    packed = None if consent is None else _packed(session, person, consent)
    row = session.get(Profile, (tenant_id, person_id))
    if row is None:
        row = Profile(tenant_id=tenant_id, person_id=person_id, number=person.number)
        session.add(row)
    row.version, row.packed = version, packed
    session.flush()


def forget(session: Session, *, tenant_id: str, number: int) -> None:
    """Tell every index to let go of an erased person, in the transaction that erases them.

    Args:
        session: The profile itself goes with the person's row.
        tenant_id: Whose person it was.
        number: ``Person.number``.
    """
    version = _next_version(session, tenant_id)
    session.add(Departure(tenant_id=tenant_id, number=number, version=version))
    session.flush()


def _next_version(session: Session, tenant_id: str) -> int:
    version = session.scalar(
        update(Tenant)
        .where(Tenant.id == tenant_id)
        .values(changes=Tenant.changes + 1)
        .returning(Tenant.changes)
    )
    if version is None:
        raise AbsentError("there is no such organisation")
    return int(version)


def _packed(session: Session, person: Person, consent: Consent) -> bytes:
    shared = frozenset(consent.fields)
    rows = session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.tenant_id == person.tenant_id, EvidenceRow.person_id == person.id)
        .order_by(EvidenceRow.place, EvidenceRow.id)
    ).all()
    return pack(
        PackedPerson(
            pieces=_pieces(session, rows),
            expires_at=consent.expires_at,
            shares_evidence="evidence" in shared,
            available_from=(person.available_from or AT_ONCE) if "availability" in shared else None,
            place=person.place if "place" in shared else "",
            languages=tuple(person.languages) if "languages" in shared else (),
        )
    )


def _pieces(session: Session, rows: Sequence[EvidenceRow]) -> tuple[PackedPiece, ...]:
    levels = {row.id: dict(_levels(row)) for row in rows}
    scales = {SCALE + scale for held in levels.values() for scale in held}
    numbers = numbers_for(session, {*(row.uri for row in rows), *scales})
    return tuple(
        PackedPiece(
            concept=numbers[row.uri],
            assurance=assurance_rank(Assurance(row.assurance)),
            issued=row.issued,
            levels=tuple(
                PackedLevel(scale=numbers[SCALE + scale], value=value)
                for scale, value in sorted(levels[row.id].items())
            ),
        )
        for row in rows
    )


def _levels(row: EvidenceRow) -> Iterator[tuple[str, float]]:
    """Yield scale and value as the gap reads them; a value on a scale beats words on it."""
    if row.years is not None:
        yield YEARS_SCALE, row.years
    words = level_value(row.level)
    if words is not None:
        yield WORD_SCALE, words
    if row.level_value is not None and row.level_scale != YEARS_SCALE:
        yield row.level_scale, row.level_value
