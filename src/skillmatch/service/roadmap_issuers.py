"""Whom a roadmap believes: the issuers of all files that it names, together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from skillmatch.trust.issuers import KnownIssuer, KnownIssuers, read_known_issuers


def known_issuers(files: Sequence[Path]) -> KnownIssuers:
    """Return the issuers of several files; of two that know the same one the later counts.

    Raises:
        NotFoundError, DataError, RowError: A file is not there, or not what it should be.
    """
    found: dict[str, KnownIssuer] = {}
    for file in files:
        found |= {one.id: one for one in read_known_issuers(file).issuers}
    return KnownIssuers(issuers=tuple(found.values()), source=", ".join(map(str, files)))
