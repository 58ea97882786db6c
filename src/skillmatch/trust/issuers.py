"""The file of issuers that a person or organisation has decided to believe."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillmatch.errors import DataError, NotFoundError, RowError
from skillmatch.text.bounded_toml import parse_toml
from skillmatch.trust.shape_values import is_uri

_KEYS = frozenset({"id", "name", "keys", "note"})
_KEY = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{20,}")
_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIssuer:
    """One issuer that is believed.

    Attributes:
        id: As its credentials state it: ``https://…``, ``did:web:…``, ``did:key:…``.
        keys: DIDs, verification methods and Multikey strings that are its own; empty where control
            of ``id`` is enough.
    """

    id: str
    name: str = ""
    keys: tuple[str, ...] = ()
    note: str = ""

    def owns(self, controllers: frozenset[str]) -> bool:
        """Tell whether one of its listed keys is among the controllers of a valid proof."""
        return bool(controllers & {spelling for key in self.keys for spelling in _spellings(key)})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIssuers:
    """All of them; without a file nobody is known."""

    issuers: tuple[KnownIssuer, ...] = ()
    source: str = ""
    _by_id: dict[str, KnownIssuer] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update({issuer.id: issuer for issuer in self.issuers})

    def find(self, identity: str) -> KnownIssuer | None:
        """Return the issuer of an id, compared letter by letter."""
        return self._by_id.get(identity)

    def named(self, name: str) -> KnownIssuer | None:
        """Return an issuer of this name, whatever its case and blanks; the first in the file."""
        wanted = _plain(name)
        return next((one for one in self.issuers if wanted and _plain(one.name) == wanted), None)


def read_known_issuers(path: Path) -> KnownIssuers:
    """Read a ``.toml`` or ``.json`` file of known issuers (``docs/badges-verify.md``).

    Raises:
        NotFoundError: There is no such file.
        DataError: It is no TOML or JSON.
        RowError: Entries are wrong; all faults are named.
    """
    return known_issuers(_entries(path), path)


def known_issuers(entries: Sequence[object], source: Path) -> KnownIssuers:
    """Return the issuers of entries that were read, as from a file of that name.

    Raises:
        RowError: Entries are wrong; all faults are named.
    """
    faults: list[str] = []
    issuers = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        wrong = _faults(entry, seen)
        faults += [f"issuer {number}: {fault}" for fault in wrong]
        if isinstance(entry, Mapping) and not wrong:
            issuers.append(
                KnownIssuer(
                    id=entry["id"],
                    name=entry.get("name", ""),
                    keys=tuple(entry.get("keys", ())),
                    note=entry.get("note", ""),
                )
            )
            seen.add(entry["id"])
    if faults:
        raise RowError(tuple(faults), path=source)
    return KnownIssuers(issuers=tuple(issuers), source=str(source))


def _entries(path: Path) -> list[Any]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}; check the name and the folder") from error
    except OSError as error:
        raise DataError(f"it cannot be opened: {error.strerror}", path=path) from error
    if len(data) > _MAX_BYTES:
        raise DataError("it is larger than 5 MB, which no file of issuers is", path=path)
    try:
        text = data.decode("utf-8-sig")
        content = json.loads(text) if path.suffix.lower() == ".json" else parse_toml(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"it is no {_format(path)} in UTF-8: {error}", path=path) from error
    entries = content.get("issuer", content.get("issuers")) if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise DataError('expected [[issuer]] tables (TOML) or {"issuers": [...]} (JSON)', path=path)
    return entries


def _faults(entry: object, seen: set[str]) -> list[str]:
    if not isinstance(entry, Mapping):
        return ["expected a table with id, name and keys"]
    faults = [
        f"unknown key {key!r}; known are id, name, keys, note" for key in entry if key not in _KEYS
    ]
    if not is_uri(entry.get("id")):
        faults.append("id must be the issuer's URI, as in https://example.org/issuer")
    elif entry["id"] in seen:
        faults.append(f"{entry['id']} stands twice")
    faults += [
        f"{key} must be a string"
        for key in ("name", "note")
        if not isinstance(entry.get(key, ""), str)
    ]
    keys = entry.get("keys", [])
    if not isinstance(keys, list) or not all(
        isinstance(key, str) and (is_uri(key) or _KEY.fullmatch(key)) for key in keys
    ):
        faults.append("keys must be a list of DIDs, key addresses or Multikey strings (z6Mk…)")
    return faults


def _spellings(key: str) -> set[str]:
    """Return the ways in which one key may be named as the controller of a proof."""
    bare = key.removeprefix("did:key:").partition("#")[0] if key.startswith("did:key:") else key
    return {key, bare, f"did:key:{bare}"} if _KEY.fullmatch(bare) else {key}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _format(path: Path) -> str:
    return "JSON" if path.suffix.lower() == ".json" else "TOML"
