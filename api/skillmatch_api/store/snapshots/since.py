"""What must not come back with an old snapshot: erased people, withdrawn consents, revoked keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from skillmatch.errors import SkillmatchError
from skillmatch_api.store.snapshots.archive import Archive, is_something_else
from skillmatch_api.store.snapshots.live import Live
from skillmatch_api.store.snapshots.values import Shape

_READ = frozenset({"erasures", "consents", "api_keys"})

Rows = Iterator[tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What a later state of the same database knows.

    Attributes:
        erased: Moment of each erasure, by tenant and digest.
        withdrawn: Moment of each withdrawal, by tenant, person and consent.
        revoked: Moment of each revocation, by tenant and key.
    """

    erased: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    withdrawn: Mapping[tuple[str, str, str], datetime] = field(default_factory=dict)
    revoked: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """Return what rows of a later state tell; those of other tables tell nothing."""
        erased, withdrawn, revoked = {}, {}, {}
        for table, row in rows:
            if table == "erasures":
                erased[row["tenant_id"], row["digest"]] = row["erased_at"]
            elif table == "consents" and row["withdrawn_at"] is not None:
                place = (row["tenant_id"], row["person_id"], row["id"])
                withdrawn[place] = row["withdrawn_at"]
            elif table == "api_keys" and row["revoked_at"] is not None:
                revoked[row["tenant_id"], row["id"]] = row["revoked_at"]
        return cls(erased=erased, withdrawn=withdrawn, revoked=revoked)

    def __or__(self, other: Since) -> Since:
        """Return what either of the two knows."""
        return Since(
            erased={**other.erased, **self.erased},
            withdrawn={**other.withdrawn, **self.withdrawn},
            revoked={**other.revoked, **self.revoked},
        )


def of_database(live: Live, shapes: Sequence[Shape]) -> Since:
    """Return what these tables of an open database know."""
    return Since.of(
        (shape.name, dict(zip([one.name for one in shape.columns], row, strict=True)))
        for shape in shapes
        if shape.name in _READ
        for row in live.rows(shape)
    )


def of_snapshot(archive: Archive) -> Since:
    """Return what a snapshot knows."""
    return Since.of(
        (part.shape.name, row)
        for part in archive.manifest.parts
        if part.shape.name in _READ
        for row in archive.rows(part)
    )


def of_snapshots(paths: Iterable[Path]) -> tuple[Since, tuple[Path, ...]]:
    """Return what several snapshots know, and which of them could not be read.

    Zips of something else are passed over.
    """
    known, unread = Since(), []
    for path in sorted(paths):
        try:
            with Archive.open(path) as archive:
                known |= of_snapshot(archive)
        except SkillmatchError:
            if not is_something_else(path):
                unread.append(path)
    return known, tuple(unread)
