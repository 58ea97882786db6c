"""Resources in Turtle and N-Triples, as lines of text.

rdflib reads all that skillmatch reads; it does not write. The order of its N-Triples, RDF/XML and
JSON-LD follows Python's hash seed, so the same framework would give other bytes every time; and
it wants the whole graph in memory: the 414,691 statements of ESCO 1.1.1 as Turtle take it 15 s of
CPU after loading them, the stream here under 1 s (``python -m evaluation.bench.rdf --compare``).
That rdflib reads back what is written is property-tested.

Source: https://www.w3.org/TR/turtle/, https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from skillmatch.model.concept import LangText
from skillmatch.readers.rdf.resources import Resource, Typed, Value
from skillmatch.readers.rdf.vocabulary import CURIES, PREFIXES, RDF, XSD

_ESCAPED = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _quote(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _literal(value: LangText) -> str:
    return _quote(value.text) + (f"@{value.language}" if value.language else "")


def write_ntriples(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield one line a triple; blank nodes are numbered as they come."""
    numbers = iter(range(1, 1 << 62))
    for resource in resources:
        yield from _triples(resource, f"<{resource.uri}>", numbers)


def _triples(resource: Resource, subject: str, numbers: Iterator[int]) -> Iterator[str]:
    for name in resource.classes:
        yield f"{subject} <{RDF}type> <{name}> .\n"
    for predicate, values in resource.properties:
        for value in values:
            if isinstance(value, Resource):
                blank = f"_:b{next(numbers)}"
                yield f"{subject} <{predicate}> {blank} .\n"
                yield from _triples(value, blank, numbers)
            else:
                yield f"{subject} <{predicate}> {_ntriples_value(value)} .\n"


def _ntriples_value(value: str | LangText | Typed) -> str:
    if isinstance(value, LangText):
        return _literal(value)
    if isinstance(value, Typed):
        return f"{_quote(value.text)}^^<{value.datatype}>"
    return f"<{value}>"


def write_turtle(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield the prefixes, then one block a resource."""
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    for resource in resources:
        body = " ;\n    ".join(_turtle_statements(resource))
        yield f"\n<{resource.uri}> {body} .\n"


def _turtle_statements(resource: Resource) -> Iterator[str]:
    if resource.classes:
        yield "a " + ", ".join(CURIES[name] for name in resource.classes)
    for predicate, values in resource.properties:
        yield f"{CURIES[predicate]} " + ", ".join(_turtle_value(value) for value in values)


def _turtle_value(value: Value) -> str:
    if isinstance(value, LangText):
        return _literal(value)
    if isinstance(value, Typed):
        return f"{_quote(value.text)}^^xsd:{value.datatype.removeprefix(XSD)}"
    if isinstance(value, Resource):
        return f"[ {' ; '.join(_turtle_statements(value))} ]"
    return f"<{value}>"
