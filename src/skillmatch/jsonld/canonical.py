"""Canonical forms: one sequence of bytes for all documents that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from skillmatch.jsonld.blank_nodes import check_blank_nodes
from skillmatch.jsonld.expansion import dropped_terms, run_edition
from skillmatch.jsonld.refusal import DroppedTermsError, JsonLdError

if TYPE_CHECKING:
    from pyoxigraph import Literal, Quad


def canonical_nquads(document: Mapping[str, Any], *, edition: int | None = None) -> bytes:
    r"""Return a JSON-LD document as canonical N-Quads (RDFC-1.0, SHA-256), UTF-8.

    Lines end in ``\n`` and are sorted by code point. Nothing is left out silently: a document from
    which expansion drops anything is refused.

    Args:
        document: As for ``expand``.
        edition: As for ``expand``.

    Raises:
        UnknownContextError: It names a context that is not pinned.
        DroppedTermsError: Expansion drops parts of it.
        JsonLdError: As for ``expand``; or its order would take too long to find.

    Source: W3C RDF Dataset Canonicalization 1.0; W3C Verifiable Credential Data Integrity 1.0,
    "Validating Contexts" and section 4.5 of W3C Data Integrity EdDSA Cryptosuites 1.0.
    """
    from pyoxigraph import CanonicalizationAlgorithm, Dataset

    expansion = run_edition(document, edition=edition, rdf=True)
    if expansion.dropped:
        raise DroppedTermsError(dropped_terms(document, edition=edition))
    quads = _quads(expansion.dataset)
    check_blank_nodes(quads)
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0_SHA_256)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode("utf-8")


def canonical_json(value: object) -> bytes:
    """Return JSON in the one form that RFC 8785 (JCS) gives it.

    Raises:
        JsonLdError: The value is no JSON, or holds a number or text that JSON cannot keep.
    """
    import rfc8785

    try:
        return rfc8785.dumps(_listed(value))
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise JsonLdError("the document has no canonical JSON form") from error


def _listed(value: object) -> Any:  # noqa: ANN401 - JSON
    """Turn mappings and tuples into what the library takes."""
    if isinstance(value, Mapping):
        return {key: _listed(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(part) for part in value]
    return value


def _quads(dataset: Mapping[str, list[dict[str, dict[str, str]]]]) -> list[Quad]:
    from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

    def resource(name: str) -> BlankNode | NamedNode:
        return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)

    found = []
    try:
        for graph, triples in dataset.items():
            place = DefaultGraph() if graph == "@default" else resource(graph)
            for triple in triples:
                subject = resource(triple["subject"]["value"])
                predicate = NamedNode(triple["predicate"]["value"])
                end = triple["object"]
                literal = end["type"] == "literal"
                value = _literal(end) if literal else resource(end["value"])
                found.append(Quad(subject, predicate, value, place))
    except ValueError as error:
        raise JsonLdError("the document holds a name that is no IRI") from error
    return found


def _literal(end: Mapping[str, str]) -> Literal:
    from pyoxigraph import Literal, NamedNode

    if language := end.get("language"):
        return Literal(end["value"], language=language)
    return Literal(end["value"], datatype=NamedNode(end["datatype"]))
