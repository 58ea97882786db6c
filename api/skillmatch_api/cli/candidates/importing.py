"""Importing a list from a file, with invitations for those in it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import NotFoundError, StorageError
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.tenants import get_tenant
from skillmatch_api.cli.candidates.invitations import Invited, invite_all
from skillmatch_api.cli.opening import OPERATOR, opened_store
from skillmatch_api.errors import TooLargeError
from skillmatch_api.people import importing
from skillmatch_api.routes.candidate_import import MAX_CHARACTERS, ImportReport
from skillmatch_api.routes.candidate_models import language_tag
from skillmatch_api.store import audit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedList:
    """What became of a list."""

    report: ImportReport
    invited: tuple[Invited, ...]


def import_list(file: Path, *, tenant: str, days: int | None) -> ImportedList:
    """Import a file, with invitations that hold for ``days``; none without.

    Raises:
        NotFoundError: There is no such file, or nothing is installed.
        DataError: It is no such list; all faulty rows are named.
        TooLargeError: It is too large for one go.
    """
    from skillmatch_api.wire.services import now

    rows = importing.read_people(_read(file), tag=language_tag, place=file)
    with opened_store() as (settings, store):
        with Matcher.open(settings=settings.library) as matcher:
            skills = importing.link_skills(matcher, rows)
        at = now()
        with store.writing() as session:
            tenant_id = get_tenant(session, tenant, at=at).id
            imported = importing.write_people(session, rows, skills, tenant_id=tenant_id, at=at)
            report = ImportReport.of(imported)
            _note(session, report, tenant_id=tenant_id, at=at)
            invited = invite_all(session, imported, tenant_id, at=at, days=days) if days else ()
    return ImportedList(report=report, invited=invited)


def _read(file: Path) -> bytes:
    if str(file) == "-":
        data = sys.stdin.buffer.read(MAX_CHARACTERS * 4 + 1)
    else:
        try:
            data = file.read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError(f"there is no file {file}") from error
        except OSError as error:
            raise StorageError(f"{file} cannot be read: {os.strerror(error.errno or 0)}") from error
    if len(data) > MAX_CHARACTERS * 4:
        raise TooLargeError(f"the list has more than {MAX_CHARACTERS * 4:,} bytes; split it")
    return data


def _note(session: Session, report: ImportReport, *, tenant_id: str, at: datetime) -> None:
    audit.record(
        session,
        tenant_id=tenant_id,
        by=OPERATOR,
        action="candidate.import",
        details={"created": report.created, "updated": report.updated},
        at=at,
    )
