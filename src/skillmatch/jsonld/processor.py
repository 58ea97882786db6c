"""PyLD, kept to pinned contexts and made to tell what it drops.

A JSON-LD processor leaves out what it cannot name: terms that no context defines, relative ids and
types, text direction. What is left out is not covered by a signature over the canonical form, so
it is found here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from skillmatch.jsonld.bounds import check_bounds, context_urls
from skillmatch.jsonld.contexts import context_document, editions
from skillmatch.jsonld.refusal import JsonLdError, UnknownContextError

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_REMEMBERED = 500
"""Contexts inside contexts, in each thread and edition; some 20 MB."""
_state = threading.local()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """A document with every name resolved.

    Attributes:
        nodes: Expanded form; as PyLD gives it.
        dropped: Keys, and values that were meant as ids, that have no full name.
    """

    nodes: list[Any]
    dropped: tuple[str, ...]


def edition_count(document: object) -> int:
    """Return how many readings there are: 1, or more where a context's address was reused."""
    return max((editions(url) for url in context_urls(document)), default=1) or 1


def run(document: Mapping[str, Any], *, edition: int = 0) -> Expansion:
    """Expand a document.

    Raises:
        JsonLdError: Out of bounds, an unknown context, or not JSON-LD.
    """
    from pyld.jsonld import JsonLdError as PyldError

    check_bounds(document)
    for url in sorted(context_urls(document)):
        if not editions(url):
            raise UnknownContextError(url)
    resolver, loader = _tools(edition)
    processor = _processor_class()(_memory(edition))
    options = {"documentLoader": loader, "contextResolver": resolver, "base": None}
    plain = _plain(document)
    try:
        nodes = processor.expand(plain, options)
    except PyldError as error:
        raise _refusal(error) from error
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        # PyLD meets some shapes that JSON-LD forbids with Python's own errors.
        raise JsonLdError(f"the document is not JSON-LD: {type(error).__name__}") from error
    dropped = (*processor.undefined, *_nameless(nodes))
    if not nodes and not dropped:
        dropped = ("",)
    return Expansion(nodes=nodes, dropped=dropped)


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """Copy into dicts and lists; whole numbers lose a written fraction of zero.

    ``3.0`` is the number 3 to JSON-LD, and a float to Python.
    """
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return int(value)
    return value


@dataclass(slots=True)
class _Memory:
    """What one thread remembers of one edition: pinned contexts, and contexts inside contexts.

    Attributes:
        documents: For PyLD; finite, since only pinned contexts get here.
        scoped: Results of working a scoped context into the one around it, by the two; each entry
            keeps the scoped context, so that its address stays its own.
    """

    documents: dict[str, Any] = field(default_factory=dict)
    scoped: dict[tuple[object, ...], tuple[object, object]] = field(default_factory=dict)


def _memory(edition: int) -> _Memory:
    if not hasattr(_state, "memories"):
        _state.memories = {}
    found: _Memory = _state.memories.setdefault(edition, _Memory())
    return found


@cache
def _processor_class() -> type[Any]:
    from pyld.jsonld import JsonLdProcessor

    class Watching(JsonLdProcessor):  # type: ignore[misc]  # PyLD has no annotations
        """Keeps the terms that are dropped on the way, and contexts that were worked through."""

        def __init__(self, memory: _Memory) -> None:
            self.undefined: list[str] = []
            self.memory = memory
            super().__init__(on_property_dropped=self._keep)

        def _keep(self, term: str | None) -> None:
            self.undefined.append("" if term is None else term)

        def _process_context(
            self, active_ctx: dict[str, Any], local_ctx: object, options: object, **flags: object
        ) -> object:
            """Work a context into another; PyLD does so anew for every object with a type."""

            def work() -> object:
                return super(Watching, self)._process_context(
                    active_ctx, local_ctx, options, **flags
                )

            if _is_scoped(local_ctx, flags) and "_uuid" in active_ctx:
                return _remembered(self.memory, active_ctx["_uuid"], local_ctx, flags, work)
            return work()

    return Watching


def _is_scoped(context: object, flags: Mapping[str, object]) -> bool:
    """Tell whether a context stands inside a pinned one: a document can only name contexts."""
    return isinstance(context, Mapping) and flags.keys() <= {"override_protected", "propagate"}


def _remembered(
    memory: _Memory,
    around: str,
    context: object,
    flags: Mapping[str, object],
    work: Callable[[], object],
) -> object:
    """Return what working a scoped context into the one around it gives, worked out once."""
    key = (around, id(context), *sorted(flags.items(), key=str))
    found = memory.scoped.get(key)
    if found is None:
        found = (context, work())
        if len(memory.scoped) >= _REMEMBERED:
            memory.scoped.clear()
        memory.scoped[key] = found
    return found[1]


def _tools(edition: int) -> tuple[Any, Callable[..., Any]]:
    """Return resolver and loader; what they remember is one thread's, and pinned."""
    from pyld.context_resolver import ContextResolver

    def load(url: str, _options: object = None) -> dict[str, Any]:
        document = context_document(url, edition=edition)
        return {"contextUrl": None, "documentUrl": url, "document": document, "tag": "static"}

    return ContextResolver(_memory(edition).documents, load), load


def _refusal(error: Exception) -> JsonLdError:
    """Return what PyLD's error comes down to, which is its innermost cause."""
    inner: BaseException = error
    while inner.__cause__ is not None:
        inner = inner.__cause__
        if isinstance(inner, JsonLdError):
            return inner
    code = getattr(inner, "code", None) or getattr(error, "code", None) or "syntax error"
    return JsonLdError(f"the document is not JSON-LD: {code}")


def _nameless(nodes: list[Any]) -> list[str]:
    """Return ids and types of the expanded form that RDF cannot hold, and text directions."""
    found: list[str] = []
    waiting: list[Any] = list(nodes)
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            found += _nameless_value(part) if "@value" in part else _nameless_node(part)
            if "@value" not in part:
                waiting += part.values()
    return found


def _nameless_value(value: dict[str, Any]) -> Iterator[str]:
    if "@direction" in value:
        yield value["@direction"]
    if not _LANGUAGE.match(value.get("@language", "en")):
        yield value["@language"]


def _nameless_node(node: dict[str, Any]) -> Iterator[str]:
    types = node.get("@type", [])
    names = [node.get("@id", "x:"), *(types if isinstance(types, list) else [types])]
    for name in names:
        if isinstance(name, str) and not _ABSOLUTE.match(name):
            yield name
