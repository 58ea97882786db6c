"""Evidence: read from what was sent, checked, and kept with the document that it comes from.

Reading takes a moment and needs no database; ``add`` then writes all of it, or nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from skillmatch.linking.evidence import Claim
from skillmatch.model.credential import Credential, Wallet
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.posting import Posting
from skillmatch.service.matcher import Matcher
from skillmatch.service.verifying import Verifier
from skillmatch_api.errors import AbsentError, ConflictError, TooLargeError
from skillmatch_api.people.documents import bytes_of, find_same
from skillmatch_api.people.evidence_rows import count_of, rows_of, to_row
from skillmatch_api.people.lapsing import lapses_at
from skillmatch_api.store.tables import EvidenceRow, Person, StoredDocument

MAX_ROWS = 2_000
"""Pieces of evidence of one person."""
MAX_STORED = 50_000_000
"""Bytes of all documents of one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A document that a person brings.

    Attributes:
        name: No other document that is brought along has it.
        read: What the engine reads of it.
    """

    name: str
    media_type: str
    content: bytes
    read: Posting | Wallet


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of evidence with what lies behind it.

    Attributes:
        document: Place of its document among those brought, None for a claim.
        badge: What the badge is called.
        lapses_at: When the badge ends; None for never.
    """

    evidence: Evidence
    document: int | None = None
    badge: str = ""
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read.

    Attributes:
        unread: Names of skills that no concept was found for.
        notes: What was left out and why.
    """

    found: tuple[Found, ...]
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(
    matcher: Matcher, *, have: Sequence[Claim], documents: Sequence[Brought], verifier: Verifier
) -> Reading:
    """Return the skills that claims and documents show.

    Raises:
        UnreadableError: A document shows nothing that can be read.
        NotFoundError: One is written in a language that no framework at hand has labels in.
    """
    shown = matcher.shown([one.read for one in documents], have=have, verifier=verifier)
    credentials = tuple(
        one
        for brought in documents
        if isinstance(brought.read, Wallet)
        for credential in brought.read.credentials
        for one in _with_parts(credential)
    )
    names = tuple((one, _title(one)) for one in credentials)
    found = (
        Found(
            evidence=_own(one, claimed=one.kind is EvidenceKind.CLAIM),
            document=_place_of(one, documents),
            badge=_badge_of(one, names),
            lapses_at=lapses_at(one, credentials),
        )
        for one in shown.evidence
    )
    return Reading(found=tuple(found), unread=shown.unread, notes=shown.notes)


def refuse_other_contact(person: Person, *, checked_for: str) -> None:
    """Let badges in only where the person's contact is the one that they were checked for.

    Reading takes a moment, in which the contact may become another one.

    Raises:
        ConflictError: It is another.
    """
    if person.contact != checked_for:
        raise ConflictError("the contact changed while badges were checked; send them again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was kept, in the order in which it was brought."""

    rows: tuple[EvidenceRow, ...]
    documents: tuple[StoredDocument, ...]


def add(
    session: Session,
    person: Person,
    *,
    documents: Sequence[Brought],
    found: Sequence[Found],
    at: datetime,
) -> Added:
    """Keep documents and what they show.

    A document that is there already, byte for byte, takes the place of the older copy: this is
    how a badge is checked again. So does a claim of the same skill.

    Raises:
        TooLargeError: The person would have more than ``MAX_ROWS`` or ``MAX_STORED``.
    """
    documents_by_place = [_stored(session, person, one, at=at) for one in documents]
    session.flush()
    held = list(rows_of(session, person))
    renewed = {one.id for one in documents_by_place}
    claimed = {one.evidence.uri for one in found if one.document is None}
    for row in held:
        if row.document_id in renewed or (row.document_id is None and row.uri in claimed):
            session.delete(row)
    first = 1 + max((row.place for row in held), default=-1)
    rows = tuple(
        to_row(
            one.evidence,
            tenant_id=person.tenant_id,
            person_id=person.id,
            # Rows of one call are ordered by place alone.
            place=first + place,
            at=at,
            document_id=None if one.document is None else documents_by_place[one.document].id,
            badge=one.badge,
        )
        for place, one in enumerate(found)
    )
    for row, one in zip(rows, found, strict=True):
        row.lapses_at = None if one.evidence.assurance is Assurance.INVALID else one.lapses_at
    session.add_all(rows)
    session.flush()
    _check_amount(session, person)
    return Added(rows=rows, documents=tuple(documents_by_place))


def remove(session: Session, person: Person, evidence_id: str) -> None:
    """Remove a piece of evidence, or a document with all that it shows.

    A document goes with the last piece of evidence that it shows.

    Raises:
        AbsentError: The person has neither of that id.
    """
    rows = rows_of(session, person)
    gone = [row for row in rows if evidence_id in {row.id, row.document_id}]
    for row in gone:
        session.delete(row)
    session.flush()
    kept = {row.document_id for row in rows if row not in gone}
    document_ids = {evidence_id, *(row.document_id for row in gone)} - kept
    removed = session.scalars(
        delete(StoredDocument)
        .where(
            StoredDocument.tenant_id == person.tenant_id,
            StoredDocument.person_id == person.id,
            StoredDocument.id.in_([one for one in document_ids if one]),
        )
        .returning(StoredDocument.id)
    ).all()
    if not gone and not removed:
        raise AbsentError("there is no such evidence")


def doubt_badges(session: Session, person: Person) -> None:
    """Let badges prove nothing until they are checked again: whose they are has changed.

    A badge counts as verified only for the contact that it was issued to; without this, somebody
    could prove another's badge and then give their own address.
    """
    for row in rows_of(session, person):
        if row.kind in {EvidenceKind.BADGE, EvidenceKind.ENDORSEMENT} and row.assurance in _PROVEN:
            row.assurance = "documented"
            row.reason = "the contact has changed since it was checked; add the badge again"
    session.flush()


_PROVEN = frozenset({"verified", "endorsed"})


def _stored(session: Session, person: Person, brought: Brought, *, at: datetime) -> StoredDocument:
    same = find_same(session, person, brought.content)
    if same is not None:
        same.name, same.media_type, same.added_at = brought.name, brought.media_type, at
        return same
    made = StoredDocument(
        tenant_id=person.tenant_id,
        person_id=person.id,
        id=str(uuid.uuid4()),
        name=brought.name,
        media_type=brought.media_type,
        content=brought.content,
        added_at=at,
    )
    session.add(made)
    session.flush()
    return made


def _check_amount(session: Session, person: Person) -> None:
    rows = count_of(session, person)
    stored = bytes_of(session, person)
    if rows > MAX_ROWS:
        raise TooLargeError(f"that makes {rows:,} pieces of evidence; at most {MAX_ROWS:,} fit")
    if stored > MAX_STORED:
        raise TooLargeError(f"that makes {stored:,} bytes of documents; {MAX_STORED:,} fit")


def _own(evidence: Evidence, *, claimed: bool) -> Evidence:
    return replace(evidence, source="") if claimed else evidence


def _place_of(evidence: Evidence, documents: Sequence[Brought]) -> int | None:
    if evidence.kind is EvidenceKind.CLAIM:
        return None
    fitting = [
        (len(one.name), place)
        for place, one in enumerate(documents)
        if evidence.source == one.name or evidence.source.startswith(f"{one.name}!")
    ]
    return max(fitting, default=(0, None), key=lambda one: one[0])[1]


def _with_parts(credential: Credential) -> Iterator[Credential]:
    yield credential
    for part in (*credential.parts, *credential.endorsements):
        yield from _with_parts(part)


def _title(credential: Credential) -> str:
    names = (credential.name, *(one.name for one in credential.achievements))
    return next((name for name in names if name), "")


def _badge_of(evidence: Evidence, names: Sequence[tuple[Credential, str]]) -> str:
    """Return the name of the innermost credential that holds the place of the evidence."""
    inside = [
        (len(one.pointer), name)
        for one, name in names
        if one.source == evidence.source and evidence.pointer.startswith(one.pointer)
    ]
    return max(inside, key=lambda one: one[0], default=(0, ""))[1]
