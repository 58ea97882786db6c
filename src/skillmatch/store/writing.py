"""Write a framework into its SQLite file: all of it, or nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from skillmatch.atomic import replacing
from skillmatch.errors import StorageError
from skillmatch.model.framework import Framework, Rating
from skillmatch.store.canonical import canonical, content_digest
from skillmatch.store.rows import Row, concept_row, text_rows
from skillmatch.store.schema import APPLICATION_ID, INDEXES, SCHEMA_VERSION, TABLES
from skillmatch.store.values import Source

# What SQLite answers when the place, not the program, is at fault.
STORAGE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


def write_framework(framework: Framework, path: Path, *, sources: tuple[Source, ...] = ()) -> None:
    """Write ``framework`` to ``path``; the same framework and sources give the same bytes.

    The file is built beside ``path`` under a temporary name (``.<name>.*.part``), flushed to
    the disk and renamed, so that a reader sees the old file or the new one, never a half.

    Raises:
        DataError: The framework contradicts itself (see ``canonical``).
        StorageError: The folder cannot be written or the disk is full; an old file stays.
    """
    ordered = canonical(framework)
    meta = _meta(ordered, sources)
    with _writes_reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part, closing(_connect(part)) as connection:
            _fill(connection, ordered, meta)


@contextmanager
def _writes_reported(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if isinstance(error, sqlite3.OperationalError) and not _is_storage(error):
            raise
        raise StorageError(
            f"cannot write {path}: {error}. Make room on the disk, or set SKILLMATCH_DATA to a "
            "folder that can be written; what was there before is untouched"
        ) from error


def _is_storage(error: sqlite3.OperationalError) -> bool:
    # Extended codes carry the primary one in their low byte.
    return error.sqlite_errorcode & 0xFF in STORAGE


def _connect(part: Path) -> sqlite3.Connection:
    # Nothing but the rename makes this file visible, so it needs no journal of its own.
    connection = sqlite3.connect(part, isolation_level=None)
    connection.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY;"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};"
    )
    return connection


def _fill(connection: sqlite3.Connection, framework: Framework, meta: list[Row]) -> None:
    numbers = {uri: number for number, uri in enumerate(sorted(_uris(framework)), start=1)}
    tables = _concept_tables(framework, numbers) | _relation_tables(framework, numbers)
    connection.execute("BEGIN")
    _run(connection, TABLES)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
    connection.executemany(
        "INSERT INTO node VALUES (?, ?)", ((number, uri) for uri, number in numbers.items())
    )
    for insert, rows in tables.items():
        connection.executemany(f"INSERT INTO {insert}", rows)
    _run(connection, INDEXES)
    connection.execute("COMMIT")
    # Statistics let the planner choose the small side of a join.
    connection.execute("ANALYZE")


def _run(connection: sqlite3.Connection, statements: str) -> None:
    """Run statements inside the open transaction, which ``executescript`` would close."""
    for statement in statements.split(";\n"):
        connection.execute(statement)


def _uris(framework: Framework) -> set[str]:
    uris: set[str] = {concept.uri for concept in framework.concepts}
    for relation in framework.relations:
        uris.update((relation.subject, relation.object))
    for rating in framework.ratings:
        uris.update((rating.occupation, rating.element))
    for use in framework.technology_uses:
        uris.update((use.occupation, use.technology))
    for collection in framework.collections:
        uris.update(collection.members)
    return uris


def _concept_tables(framework: Framework, numbers: dict[str, int]) -> dict[str, Iterator[Row]]:
    numbered = [(numbers[concept.uri], concept) for concept in framework.concepts]
    return {
        "concept VALUES (?, ?, ?, ?, ?, ?, ?, ?)": (concept_row(*one) for one in numbered),
        "text (concept, kind, language, text, folded) VALUES (?, ?, ?, ?, ?)": (
            row for one in numbered for row in text_rows(*one)
        ),
    }


def _relation_tables(framework: Framework, numbers: dict[str, int]) -> dict[str, Iterator[Row]]:
    collections = list(enumerate(framework.collections, start=1))
    return {
        "relation VALUES (?, ?, ?)": (
            (numbers[one.subject], one.predicate.value, numbers[one.object])
            for one in framework.relations
        ),
        "rating VALUES (?, ?, ?, ?, ?, ?, ?)": (
            (numbers[one.occupation], numbers[one.element], *_rated(one))
            for one in framework.ratings
        ),
        "technology_use VALUES (?, ?, ?, ?)": (
            (numbers[one.occupation], numbers[one.technology], one.hot, one.in_demand)
            for one in framework.technology_uses
        ),
        "collection VALUES (?, ?, ?, ?)": (
            (number, one.id, one.label, one.uri) for number, one in collections
        ),
        "member VALUES (?, ?)": (
            (number, numbers[uri]) for number, one in collections for uri in one.members
        ),
    }


def _rated(rating: Rating) -> Row:
    flags = (rating.suppress_importance, rating.suppress_level, rating.not_relevant)
    return (rating.importance, rating.level, *flags)


def _meta(framework: Framework, sources: tuple[Source, ...]) -> list[Row]:
    values = {
        "id": framework.id,
        "title": framework.title,
        "release": framework.release,
        "languages": framework.languages,
        "licence": framework.licence,
        "attribution": framework.attribution,
        "digest": content_digest(framework),
        "counts": [asdict(count) for count in framework.counts],
        "missing": framework.missing,
        "sources": [asdict(source) for source in sources],
    }
    return [(key, json.dumps(value)) for key, value in values.items()]
