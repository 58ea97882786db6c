"""Rows of made candidates, loaded in bulk: the tables as the service would have written them.

A test holds that the packed profiles are what ``ranking.profiles.refresh`` makes of these rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, update

from evaluation.made_candidates import ASSURANCES, BADGES, LEVELS, MadePeople, World
from skillmatch.gap.levels import WORD_SCALE, level_value
from skillmatch_api.ranking.numbers import SCALE
from skillmatch_api.ranking.packing import FORMAT, HEAD, LEVEL, NEVER, PIECE
from skillmatch_api.ranking.profiles import PURPOSE
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Tenant

_SINCE: Final = "2026-01-01 00:00:00.000000"
_SHARED: Final = json.dumps(["name", "place", "languages", "availability", "evidence"])
_PERSON: Final = (
    "tenant_id id number revision created_at updated_at name contact place languages available_from"
)
_CONSENT: Final = "tenant_id person_id id purpose fields granted_at"
_EVIDENCE: Final = (
    "tenant_id person_id id place badge uri label kind assurance source text confidence level "
    "level_scale issued issuer reason pointer added_at"
)
_PROFILE: Final = "tenant_id person_id number version packed"
_VALUES: Final = [level_value(words) for words in LEVELS]
Row = tuple[Any, ...]


def load(store: Store, world: World, people: Iterable[MadePeople], tenant_id: str) -> int:
    """Write everybody, and return how many there are.

    Numbers of concepts are their places in ``world`` and one more.
    """
    with store.engine.begin() as connection:
        names = [(n, uri) for n, uri in enumerate(world.skills, 1)]
        _copy(connection, "concept_numbers", "number uri", [*names, _scale(world)])
    count = 0
    for batch in people:
        with store.engine.begin() as connection:
            if not store.is_sqlite:
                # Each reference would be looked up once a row; the load is not what is measured.
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            _copy(connection, "persons", _PERSON, _persons(batch, tenant_id))
            _copy(connection, "consents", _CONSENT, _consents(batch, tenant_id))
            _copy(connection, "evidence", _EVIDENCE, _evidence(batch, world, tenant_id))
            _copy(connection, "profiles", _PROFILE, _profiles(batch, world, tenant_id))
            count += len(batch.ids)
            numbered = update(Tenant).where(Tenant.id == tenant_id)
            connection.execute(numbered.values(people=count, changes=count))
    return count


def _scale(world: World) -> Row:
    return (len(world.skills) + 1, SCALE + WORD_SCALE)


def _persons(batch: MadePeople, tenant_id: str) -> Iterator[Row]:
    columns = zip(batch.ids, batch.places, batch.languages, batch.available, strict=True)
    for number, (one, place, languages, available) in enumerate(columns, batch.first + 1):
        name, spoken = f"Person {number}", json.dumps(languages)
        known = (tenant_id, one, number, 1, _SINCE, _SINCE, name, "", place, spoken)
        yield (*known, _day(available))


def _consents(batch: MadePeople, tenant_id: str) -> Iterator[Row]:
    for one in batch.ids:
        yield (tenant_id, one, one, PURPOSE, _SHARED, _SINCE)


def _evidence(batch: MadePeople, world: World, tenant_id: str) -> Iterator[Row]:
    columns = zip(
        batch.skills.tolist(),
        batch.assurance.tolist(),
        batch.issued.tolist(),
        batch.level.tolist(),
        strict=True,
    )
    for one, (first, last) in zip(batch.ids, pairwise(batch.bounds), strict=True):
        for place in range(last - first):
            skill, assurance, issued, level = next(columns)
            badge = assurance in BADGES
            yield (
                *(tenant_id, one, f"{place:08x}{one[8:]}", place, "A course" if badge else ""),
                *(world.skills[skill], world.labels[skill], "badge" if badge else "claim"),
                *(ASSURANCES[assurance], "badge.json" if badge else "cv.txt", "", 1.0),
                *(LEVELS[level], "", _day(issued), "Example Academy" if badge else "", "", ""),
                _SINCE,
            )


def _profiles(batch: MadePeople, world: World, tenant_id: str) -> Iterator[Row]:
    for number, (one, packed) in enumerate(
        zip(batch.ids, packed_profiles(batch, world), strict=True), batch.first + 1
    ):
        yield (tenant_id, one, number, number, packed)


def packed_profiles(batch: MadePeople, world: World) -> Iterator[bytes]:
    """Yield the profile of each person."""
    pieces = np.empty(len(batch.skills), PIECE)
    pieces["concept"], pieces["issued"] = batch.skills + 1, batch.issued
    pieces["assurance"] = batch.assurance
    values = np.array([0.0 if one is None else one for one in _VALUES])
    sizes = np.diff(batch.bounds)
    has_level = batch.level > 0
    levels = np.empty(int(has_level.sum()), LEVEL)
    within = np.arange(len(batch.skills)) - np.repeat(batch.bounds[:-1], sizes)
    levels["piece"], levels["scale"] = within[has_level], len(world.skills) + 1
    levels["value"] = values[batch.level[has_level]]
    ends = np.concatenate([[0], np.cumsum(has_level)])[batch.bounds]
    heads = np.zeros(len(batch.ids), HEAD)
    heads["format"], heads["shares_evidence"], heads["expires"] = FORMAT, 1, NEVER
    heads["pieces"], heads["levels"], heads["available"] = sizes, np.diff(ends), batch.available
    head, piece, level = heads.tobytes(), pieces.tobytes(), levels.tobytes()
    for n in range(len(batch.ids)):
        tail = json.dumps([batch.places[n], *batch.languages[n]]).encode()
        yield b"".join(
            (
                head[n * HEAD.itemsize : (n + 1) * HEAD.itemsize],
                piece[batch.bounds[n] * PIECE.itemsize : batch.bounds[n + 1] * PIECE.itemsize],
                level[ends[n] * LEVEL.itemsize : ends[n + 1] * LEVEL.itemsize],
                tail,
            )
        )


@cache
def _day(number: int) -> str | None:
    return date.fromordinal(number).isoformat() if number else None


def _copy(connection: Connection, table: str, columns: str, rows: Iterable[Row]) -> None:
    names = columns.split()
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        copied = f"COPY {table} ({', '.join(names)}) FROM STDIN"
        with raw.cursor() as cursor, cursor.copy(copied) as copy:
            copy.write("".join(map(_line, rows)))
        return
    marks = ", ".join("?" * len(names))
    raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _line(row: Sequence[object]) -> str:
    return "\t".join(map(_field, row)) + "\n"


def _field(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value)
