"""RDF documents as statements by subject, read with rdflib.

rdflib's own graph indexes every triple three times; a framework is read once, subject by
subject, so its parsers fill a plain dictionary here: ESCO 1.1.1 in N-Triples then takes 5 s of
CPU instead of 11 (``python -m evaluation.bench.rdf --compare``).
This module imports rdflib at its top and is itself imported inside functions only.
"""

from __future__ import annotations

import codecs
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any
from xml.sax import SAXException, SAXParseException

from rdflib import BNode, Graph, Literal
from rdflib.exceptions import Error as RdflibError
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.parsers.ntriples import W3CNTriplesParser
from rdflib.plugins.shared.jsonld.errors import JSONLDException
from rdflib.store import Store

from skillmatch.errors import DataError
from skillmatch.model.concept import LangText
from skillmatch.readers.rdf.guard import (
    decode_text,
    refuse_entity_tricks,
    refuse_remote_contexts,
)
from skillmatch.readers.rdf.source import RdfSource
from skillmatch.readers.rdf.statements import RELATIVE_BASE, Statements

# What rdflib's parsers raise on input that they did not foresee, beside their own errors.
_FAULTS = (
    RdflibError,
    JSONLDException,
    SAXException,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    NameError,
    RecursionError,
)


class _Collector(Store):
    """An rdflib store that only takes, subject by subject."""

    context_aware = False

    def __init__(self) -> None:
        super().__init__()
        self.statements = Statements()

    def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:  # noqa: ANN401, ARG002 -- the signature is rdflib's
        """Keep one triple (the signature is rdflib's)."""
        self.triple(*triple)

    def triple(self, subject: Any, predicate: Any, object_: Any) -> None:  # noqa: ANN401
        """Keep one triple; the types of rdflib end here."""
        value: str | LangText = (
            LangText(text=str(object_), language=object_.language or "")
            if isinstance(object_, Literal)
            else _name(object_)
        )
        self.statements.add(_name(subject), sys.intern(str(predicate)), value)

    def namespaces(self) -> Iterator[Any]:
        """Yield nothing: prefixes are not kept."""
        return iter(())


def _name(node: object) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def parse_rdf(source: RdfSource) -> Statements:
    """Parse a document; nothing outside it is opened.

    Raises:
        DataError: It is malformed, or refers to something outside itself; with the path, and
            the line where the syntax knows one.
    """
    _silence()
    collector = _Collector()
    try:
        _PARSERS[source.format.name](source.data, collector)
    except DataError as error:
        raise DataError(str(error), path=source.path, line=error.line) from None
    except _FAULTS as error:
        raise DataError(
            f"this is no valid {source.format.title}: {_reason(error)}",
            path=source.path,
            line=_line(error),
        ) from None
    return collector.statements


def _silence() -> None:
    """Keep what rdflib finds odd, which quotes the file, from being printed between our lines."""
    logger = logging.getLogger("rdflib")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _parse_turtle(data: bytes, collector: _Collector) -> None:
    graph = Graph(store=collector, bind_namespaces="none")
    graph.parse(data=decode_text(data), format="turtle", publicID=RELATIVE_BASE)


def _parse_rdfxml(data: bytes, collector: _Collector) -> None:
    refuse_entity_tricks(data)
    graph = Graph(store=collector, bind_namespaces="none")
    graph.parse(data=data, format="xml", publicID=RELATIVE_BASE)


def _parse_jsonld(data: bytes, collector: _Collector) -> None:
    document = json.loads(decode_text(data))
    if not isinstance(document, dict | list):
        raise DataError("expected an object or a list of objects, as JSON-LD has at its top")
    refuse_remote_contexts(document)
    to_rdf(document, Graph(store=collector, bind_namespaces="none"), base=RELATIVE_BASE)


def _parse_ntriples(data: bytes, collector: _Collector) -> None:
    parser = W3CNTriplesParser(sink=collector)  # type: ignore[arg-type] # only .triple is called
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).splitlines(), start=1):
        try:
            parser.line = line.decode("utf-8")
            parser.parseline()
        except _FAULTS as error:
            raise DataError(f"this is no valid N-Triples: {_reason(error)}", line=number) from None


_PARSERS: dict[str, Callable[[bytes, _Collector], None]] = {
    "ttl": _parse_turtle,
    "rdfxml": _parse_rdfxml,
    "jsonld": _parse_jsonld,
    "nt": _parse_ntriples,
}


def _line(error: BaseException) -> int | None:
    """Return the 1-based line of a parser's complaint, where it names one."""
    if isinstance(error, BadSyntax):
        return error.lines + 1
    if isinstance(error, SAXParseException):
        return error.getLineNumber()
    if isinstance(error, json.JSONDecodeError):
        return error.lineno
    found = re.match(r"[^\s:]*:(\d+):\d+: ", str(error))
    return int(found.group(1)) if found else None


def _reason(error: BaseException) -> str:
    """Return a parser's complaint in one short line, without the text around the fault."""
    if isinstance(error, BadSyntax):
        found = re.search(r"Bad syntax \((.*)\) at \^ in:", str(error), re.DOTALL)
        return found.group(1) if found else "bad syntax"
    if isinstance(error, SAXParseException):
        return error.getMessage()
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    text = re.sub(r"^\S*:\d+:\d+: ", "", str(error)).splitlines()
    return (text[0] if text else type(error).__name__)[:200]
