"""Expanded JSON-LD as RDF.

PyLD can do this as well, but compares each value with all others of its property on the way, so
that twenty thousand values take minutes; a dataset is a set, and needs no such comparison.

Source: W3C JSON-LD 1.1 Processing Algorithms and API, sections 8.1 to 8.4 "RDF Serialization".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from skillmatch.jsonld.refusal import JsonLdError

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

    Resource = BlankNode | NamedNode
    Graph = DefaultGraph | Resource

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
_STRUCTURE = frozenset({"@id", "@type", "@graph", "@index"})


def quads_of(nodes: Iterable[Mapping[str, Any]]) -> list[Quad]:
    """Return the quads of an expanded document from which nothing was dropped.

    Every object without an id becomes a blank node of its own.

    Raises:
        JsonLdError: A name is no IRI, or a keyword is used that pinned contexts never give.
    """
    from pyoxigraph import DefaultGraph

    found: list[Quad] = []
    try:
        for node in nodes:
            _add_node(node, DefaultGraph(), found)
    except ValueError as error:
        raise JsonLdError("the document holds a name that is no IRI") from error
    return found


def _add_node(node: Mapping[str, Any], graph: Graph, found: list[Quad]) -> Resource:
    """Add what a node object says and return what stands for it."""
    from pyoxigraph import BlankNode, NamedNode, Quad

    subject = NamedNode(node["@id"]) if "@id" in node else BlankNode()
    kinds = [NamedNode(kind) for kind in node.get("@type", ())]
    found += [Quad(subject, NamedNode(f"{RDF}type"), kind, graph) for kind in kinds]
    for inner in node.get("@graph", ()):
        _add_node(inner, subject, found)
    for name, values in node.items():
        if name in _STRUCTURE:
            continue
        if name.startswith("@"):
            raise JsonLdError(f"the keyword {name} does not belong in a credential")
        predicate = NamedNode(name)
        for value in values:
            found.append(Quad(subject, predicate, _term(value, graph, found), graph))
    return subject


def _term(value: Mapping[str, Any], graph: Graph, found: list[Quad]) -> Resource | Literal:
    if "@value" in value:
        return _literal(value)
    if "@list" in value:
        return _list(value["@list"], graph, found)
    return _add_node(value, graph, found)


def _list(values: Iterable[Mapping[str, Any]], graph: Graph, found: list[Quad]) -> Resource:
    from pyoxigraph import BlankNode, NamedNode, Quad

    terms = [_term(value, graph, found) for value in values]
    rest: Resource = NamedNode(f"{RDF}nil")
    for term in reversed(terms):
        cell = BlankNode()
        found.append(Quad(cell, NamedNode(f"{RDF}first"), term, graph))
        found.append(Quad(cell, NamedNode(f"{RDF}rest"), rest, graph))
        rest = cell
    return rest


def _literal(value: Mapping[str, Any]) -> Literal:
    from pyoxigraph import Literal, NamedNode

    content, datatype = value["@value"], value.get("@type", "")
    if "@language" in value:
        return Literal(content, language=value["@language"])
    text, usual = _lexical(content, datatype)
    return Literal(text, datatype=NamedNode(usual if datatype in {"", "@json"} else datatype))


def _lexical(content: object, datatype: str) -> tuple[str, str]:
    """Return a value as text, with the datatype that it has where none is named."""
    if datatype == "@json":
        from skillmatch.jsonld.json_form import canonical_json

        return canonical_json(content).decode("utf-8"), f"{RDF}JSON"
    if isinstance(content, bool):
        return ("true" if content else "false"), f"{XSD}boolean"
    if isinstance(content, float) or (datatype == f"{XSD}double" and isinstance(content, int)):
        return _double(float(content)), f"{XSD}double"
    if isinstance(content, int):
        return str(content), f"{XSD}integer"
    return str(content), f"{XSD}string"


def _double(value: float) -> str:
    """Return the canonical form of ``xsd:double``, as in ``2.5E0``."""
    mantissa, exponent = f"{value:.15E}".split("E")
    whole, _, fraction = mantissa.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}E{int(exponent)}"
