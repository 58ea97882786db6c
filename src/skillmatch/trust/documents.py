"""Documents that lie elsewhere: keys, DID documents, issuer profiles, status lists, badge classes.

Checking never fetches anything itself. It asks a ``Documents`` value, which answers with bytes or
says why it has none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from skillmatch.errors import ChecksumError, DataError, NotFoundError
from skillmatch.text.bounded_toml import parse_toml

MAX_BYTES = 5 * 1024 * 1024
"""Of one document; a status list of 16 million entries has 2 MB before it is compressed."""
MAX_MAP_BYTES = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")
_EXPECTED = (
    'expected a table "URL" with path = "file" and sha256 = "64 hex digits", one for each document'
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A document that is not at hand.

    Attributes:
        reason: One plain sentence without a full stop.
        mend: What could be done to get it, empty where there is nothing to do.
    """

    reason: str
    mend: str = ""


class Documents(Protocol):
    """Where remote documents come from."""

    def get(self, url: str) -> bytes | Missing:
        """Return the document at an absolute URL without a fragment, or why it is missing."""


@dataclass(frozen=True, slots=True)
class NoDocuments:
    """No document at all: the state without a network and without files."""

    def get(self, url: str) -> bytes | Missing:
        """Return why nothing is at hand."""
        return Missing(
            f"{url} was not read, since nothing is fetched unasked",
            "give it as a file with --documents, or allow fetching with --online",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedDocuments:
    """Documents from files that a map names by URL and sha256.

    Attributes:
        source: The map's file name.
    """

    source: str
    contents: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> MappedDocuments:
        """Read a map and every file it names.

        The map is TOML, or JSON where its name ends in ``.json``: URL → ``path`` (relative to the
        map) and ``sha256``.

        Raises:
            NotFoundError: The map or one of its files does not exist.
            ChecksumError: A file is not the one that the map names.
            DataError: The map has another form, or a file is too large.
        """
        entries = _entries(path)
        contents = {url: _content(path, url, entry) for url, entry in entries.items()}
        return cls(source=path.name, contents=contents)

    def get(self, url: str) -> bytes | Missing:
        """Return the mapped bytes."""
        found = self.contents.get(url)
        if found is None:
            return Missing(f"{url} is not in {self.source}", f"add it to {self.source}")
        return found


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Several sources, asked in order; without any, nothing is at hand."""

    parts: tuple[Documents, ...]

    def get(self, url: str) -> bytes | Missing:
        """Return the first document found, or what the last source said."""
        answer = NoDocuments().get(url)
        for part in self.parts:
            answer = part.get(url)
            if not isinstance(answer, Missing):
                return answer
        return answer


def _entries(path: Path) -> dict[str, Any]:
    text = _bytes(path, MAX_MAP_BYTES, f"there is no document map {path}")
    try:
        if path.suffix.lower() == ".json":
            found = json.loads(text)
        else:
            found = parse_toml(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"cannot be read as a document map: {error}; {_EXPECTED}", path=path
        ) from error
    if not isinstance(found, dict):
        raise DataError(_EXPECTED, path=path)
    return found


def _content(path: Path, url: str, entry: object) -> bytes:
    if not _ABSOLUTE.match(url) or "#" in url:
        raise DataError(f"{url!r} is no absolute URL without a fragment; {_EXPECTED}", path=path)
    name = entry.get("path") if isinstance(entry, dict) else None
    expected = entry.get("sha256") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not isinstance(expected, str):
        raise DataError(f"{url} lacks path or sha256; {_EXPECTED}", path=path)
    if not _SHA256.match(expected.lower()):
        raise DataError(f"the sha256 of {url} is not 64 hex digits", path=path)
    place = path.parent / name
    data = _bytes(place, MAX_BYTES, f"{path} names {place} for {url}, but there is no such file")
    actual = hashlib.sha256(data).hexdigest()
    if actual != expected.lower():
        raise ChecksumError(path=place, expected=expected.lower(), actual=actual)
    return data


def _bytes(path: Path, limit: int, absent: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise NotFoundError(absent) from error
    if len(data) > limit:
        raise DataError(f"over {limit:,} bytes, more than any document needs", path=path)
    return data
