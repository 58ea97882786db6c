"""What an RDF file could make a parser fetch or blow up, refused before it is parsed.

rdflib opens whatever a JSON-LD ``@context`` or ``@import`` names, over the network or from
the disk, and leaves XML entities to the XML parser. A framework file needs neither.
"""

from __future__ import annotations

import codecs

# The guard stops at the root element, so the parser never sees the part that could attack it.
from xml.parsers import expat

from skillmatch.errors import DataError

# Enough for a namespace, too little for an attack by repetition.
_MAX_ENTITY_LENGTH = 200


def refuse_remote_contexts(document: object) -> None:
    """Refuse any JSON-LD context that is not written out in the document.

    Raises:
        DataError: A ``@context`` or ``@import`` names a place instead (without ``path``).
    """
    waiting: list[object] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            _refuse_references(value.get("@context"))
            if "@import" in value:
                _refuse_references(str(value["@import"]))
            waiting.extend(value.values())


def _refuse_references(context: object) -> None:
    """Refuse a name of a context, in however many lists it is wrapped."""
    waiting: list[object] = [context]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, str):
            raise DataError(
                f"the @context {part!r} lies elsewhere, and nothing is fetched while reading; "
                "replace it by its content (an inline object)"
            )


class _RootReachedError(Exception):
    """The prolog is over."""


class _PrologGuard:
    """Handlers for the declarations before the root element of an XML document."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._element

    def _refuse(self, what: str) -> None:
        raise DataError(
            f"{what}; nothing is fetched or expanded while reading, so remove the declaration",
            line=self.parser.CurrentLineNumber,
        )

    def _entity(self, name: str, is_parameter: int, value: str | None, *_outside: object) -> None:
        if value is None or is_parameter:
            self._refuse(f"the entity {name!r} is external or a parameter entity")
        elif len(value) > _MAX_ENTITY_LENGTH or not {"&", "<", "%"}.isdisjoint(value):
            self._refuse(f"the entity {name!r} is longer than a namespace or made of entities")

    def _doctype(self, name: str, system: str | None, _public: str | None, _internal: int) -> None:
        if system is not None:
            self._refuse(f"the document type {name!r} lies elsewhere ({system})")

    def _element(self, _name: str, _attributes: dict[str, str]) -> None:
        raise _RootReachedError


def refuse_entity_tricks(data: bytes) -> None:
    """Refuse external entities and entities made of entities in an XML prolog.

    Short entities that stand for a namespace are common in RDF/XML and stay allowed.

    Raises:
        DataError: The prolog declares anything else (with ``line``, without ``path``).
    """
    try:
        _PrologGuard().parser.Parse(data, True)
    except (_RootReachedError, expat.ExpatError):
        return  # a syntax error is told better by the parser that reads the whole file


def decode_text(data: bytes) -> str:
    """Decode UTF-8, with or without a byte-order mark.

    Raises:
        DataError: A byte is not UTF-8 (with ``line``, without ``path``).
    """
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"byte {error.start} is not UTF-8; save the file as UTF-8", line=line
        ) from (None)
