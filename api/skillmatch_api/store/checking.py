"""Whether a database is whole: its file, its references, and what rows say of each other."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from skillmatch_api.errors import DatabaseDamagedError
from skillmatch_api.store.database import Store
from skillmatch_api.store.erasures import digest_of
from skillmatch_api.store.migrating import lost_rows, newest
from skillmatch_api.store.snapshots.live import Live


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        about: A word of the program: ``damage``, ``revision``, ``mode``, ``durability``,
            ``reference``, ``number``, ``erasure`` or ``profile``.
        detail: What it is, and what to do; ids only.
    """

    about: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found.

    Attributes:
        revision: That the tables are at, None for an empty database.
        rows: How many each table has.
        findings: Empty where all is well.
    """

    revision: str | None
    newest: str
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def is_damaged(self) -> bool:
        """Whether a backup is needed."""
        return any(one.about == "damage" for one in self.findings)


# Which column of which table names a row of another one without a foreign key.
_LOOSE = (
    ("api_keys", "person_id", "persons"),
    ("browser_sessions", "person_id", "persons"),
    ("postings", "owner", "persons"),
    ("plans", "owner", "persons"),
    ("evidence", "document_id", "documents"),
)

_LOOSE_ROWS = """
SELECT count(*) FROM {table} a
WHERE a.{column} IS NOT NULL AND a.{column} <> '' AND NOT EXISTS (
    SELECT 1 FROM {target} b WHERE b.tenant_id = a.tenant_id AND b.id = a.{column})
"""

_NUMBERS = (
    (
        "people have a number that their organisation has not given out",
        "SELECT count(*) FROM persons p JOIN tenants t ON t.id = p.tenant_id "
        "WHERE p.number > t.people",
    ),
    (
        "profiles carry another number than their person",
        "SELECT count(*) FROM profiles r JOIN persons p "
        "ON p.tenant_id = r.tenant_id AND p.id = r.person_id WHERE p.number <> r.number",
    ),
    (
        "profiles are of a later change than their organisation knows",
        "SELECT count(*) FROM profiles r JOIN tenants t ON t.id = r.tenant_id "
        "WHERE r.version > t.changes",
    ),
)

_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def check_store(store: Store) -> Checked:
    """Read the database and say what is wrong with it; nothing is changed.

    Raises:
        DatabaseBusyError: It is away or busy.
        StorageError: It cannot be opened.
    """
    try:
        with store.reading() as session:
            connection = session.connection()
            live = Live(connection)
            revision = live.revision()
            findings = [*_of_file(store, connection), *_of_revision(revision)]
            if revision == newest():
                findings.extend(_of_rows(connection))
            rows = {shape.name: live.count(shape) for shape in live.shapes()}
    except DatabaseDamagedError as error:
        damage = Finding(about="damage", detail=str(error))
        return Checked(revision=None, newest=newest(), rows={}, findings=(damage,))
    return Checked(revision=revision, newest=newest(), rows=rows, findings=tuple(findings))


def _of_file(store: Store, connection: Connection) -> Iterator[Finding]:
    if not store.is_sqlite:
        for name in _DURABLE:
            if connection.scalar(text(f"SHOW {name}")) == "off":
                yield Finding(
                    about="durability",
                    detail=f"the server runs with {name} = off: a crash may lose what was "
                    "acknowledged. Set it to on",
                )
        return
    for row in connection.execute(text("PRAGMA integrity_check(20)")):
        if row[0] != "ok":
            yield Finding(about="damage", detail=f"{row[0]}; restore a backup")
    lost = lost_rows(connection)
    for table in sorted({table for table, _ in lost}):
        count = sum(one == table for one, _ in lost)
        detail = f"{count} rows of {table} refer to rows that are not there; restore a backup"
        yield Finding(about="damage", detail=detail)
    path = Path(str(store.engine.url.database))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(
            about="mode", detail=f"others on this machine may open {path}: chmod 600 {path}"
        )


def _of_revision(revision: str | None) -> Iterator[Finding]:
    if revision is None:
        yield Finding(
            about="revision", detail="the database is empty; skillmatch store migrate makes tables"
        )
    elif revision != newest():
        yield Finding(
            about="revision",
            detail=f"the database is at revision {revision} and this program works with "
            f"{newest()}: back it up, then run skillmatch store migrate with the newer of the two",
        )


def _of_rows(connection: Connection) -> Iterator[Finding]:
    for table, column, target in _LOOSE:
        query = _LOOSE_ROWS.format(table=table, column=column, target=target)
        count = connection.scalar(text(query)) or 0
        if count:
            detail = f"{count} rows of {table} name rows of {target} that are not there"
            yield Finding(about="reference", detail=detail)
    for what, query in _NUMBERS:
        count = connection.scalar(text(query)) or 0
        if count:
            yield Finding(about="number", detail=f"{count} {what}")
    yield from _of_erasures(connection)


def _of_erasures(connection: Connection) -> Iterator[Finding]:
    erased = {
        (str(row[0]), str(row[1]))
        for row in connection.execute(text("SELECT tenant_id, digest FROM erasures"))
    }
    if not erased:
        return
    for tenant_id, person_id in connection.execute(text("SELECT tenant_id, id FROM persons")):
        if (tenant_id, digest_of(tenant_id, person_id)) in erased:
            yield Finding(
                about="erasure",
                detail=f"person {person_id} was erased and is there again; "
                f"skillmatch candidates erase {person_id}",
            )
