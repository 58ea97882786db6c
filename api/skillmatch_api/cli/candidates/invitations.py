"""Invitations in a file that only its owner can read: each is a key to somebody's record."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import StorageError
from skillmatch_api.cli.candidates.noting import note_invitation
from skillmatch_api.people.importing import Imported, Outcome
from skillmatch_api.people.inviting import invite
from skillmatch_api.people.registering import get_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_COLUMNS = ("external_id", "contact", "code", "expires_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation for one person."""

    external_id: str
    contact: str
    code: str
    expires_at: datetime


def invite_all(
    session: Session, imported: Sequence[Imported], tenant_id: str, *, at: datetime, days: int
) -> tuple[Invited, ...]:
    """Invite everybody of a list who has not claimed their record."""
    invited = []
    for one in imported:
        if one.outcome is Outcome.CLAIMED:
            continue
        person = get_person(session, one.person_id, tenant_id=tenant_id)
        note_invitation(session, person, at=at)
        invited.append(
            Invited(
                external_id=one.external_id,
                contact=person.contact,
                code=invite(session, person, at=at, days=days),
                expires_at=at + timedelta(days=days),
            )
        )
    return tuple(invited)


def write_invitations(path: Path, invited: Sequence[Invited]) -> None:
    """Write invitations as CSV that nobody else can read.

    Raises:
        StorageError: The file cannot be written.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(
        (one.external_id, one.contact, one.code, one.expires_at.isoformat()) for one in invited
    )
    try:
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(buffer.getvalue())
    except OSError as error:
        raise StorageError(
            f"the invitations cannot be written to {path}: {error.strerror}; import the list "
            "again, which makes new ones"
        ) from error
