"""Expansion with pinned contexts, and the places of what it drops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatch.jsonld.processor import Expansion, edition_count, run
from skillmatch.jsonld.refusal import JsonLdError


def expand(document: Mapping[str, Any], *, edition: int | None = None) -> list[Any]:
    """Return a JSON-LD document's expanded form: full names, no contexts.

    Args:
        document: Plain JSON that names its contexts by URL.
        edition: For a context whose address has held several documents, which to use; None takes
            the first with which the document can be expanded.

    Raises:
        UnknownContextError: It names a context that is not pinned.
        JsonLdError: It is too large, brings a context of its own, or is not JSON-LD.
    """
    return run_edition(document, edition=edition).nodes


def dropped_terms(document: Mapping[str, Any], *, edition: int | None = None) -> tuple[str, ...]:
    """Return JSON pointers of what expansion drops: such parts mean nothing and are not signed.

    These are keys that no context defines, ids and types that are no full names, and text
    directions. The order is that of the document; the root (an empty pointer) stands for something
    that has no place of its own.

    Raises:
        UnknownContextError: It names a context that is not pinned.
        JsonLdError: It is too large, brings a context of its own, or is not JSON-LD.
    """
    if not run_edition(document, edition=edition).dropped:
        return ()
    traced = _traced(document, "")
    dropped = run_edition(traced, edition=edition).dropped
    order = {pointer: number for number, pointer in enumerate(_pointers(traced, ""))}
    places = {one.pointer if isinstance(one, _Placed) else "" for one in dropped}
    return tuple(sorted(places, key=lambda pointer: (order.get(pointer, -1), pointer)))


def run_edition(document: Mapping[str, Any], *, edition: int | None = None) -> Expansion:
    """Expand with one edition of the contexts, or the first that fits; see ``expand``."""
    if edition is not None:
        return run(document, edition=edition)
    last = edition_count(document) - 1
    for number in range(last):
        try:
            return run(document, edition=number)
        except JsonLdError:
            continue
    return run(document, edition=last)


class _Placed(str):
    """A key or text that remembers where it stands."""

    __slots__ = ("pointer",)
    pointer: str

    def __deepcopy__(self, _memo: object) -> _Placed:
        return self


def _placed(text: str, pointer: str) -> _Placed:
    made = _Placed(text)
    made.pointer = pointer
    return made


def _traced(value: object, pointer: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        return {
            _key(key, pointer): part if key == "@context" else _traced(part, _below(pointer, key))
            for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_traced(part, f"{pointer}/{number}") for number, part in enumerate(value)]
    return _placed(value, pointer) if isinstance(value, str) else value


def _key(key: str, pointer: str) -> str:
    return key if key.startswith("@") else _placed(key, _below(pointer, key))


def _pointers(value: object, pointer: str) -> list[str]:
    """Return the pointers of a document in its order."""
    found = [pointer]
    if isinstance(value, Mapping):
        for key, part in value.items():
            found += _pointers(part, _below(pointer, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            found += _pointers(part, f"{pointer}/{number}")
    return found


def _below(pointer: str, key: str) -> str:
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
