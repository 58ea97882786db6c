"""Labels and notes of an RDF resource: SKOS, SKOS-XL and ESCO's literal nodes alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skillmatch.model.concept import LangText
from skillmatch.readers.rdf.statements import Statements, by_language
from skillmatch.readers.rdf.vocabulary import ESCO, RDF, SKOS, SKOSXL


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The labels of one concept in the order of the model.

    Attributes:
        read: Distinct alternative labels in the file.
        surplus: Preferred labels beyond the first of a language, now alternative ones.
    """

    pref: tuple[LangText, ...]
    alt: tuple[LangText, ...]
    hidden: tuple[LangText, ...]
    read: int
    surplus: int


def read_labels(statements: Statements, uri: str, *, clean: bool) -> Labels:
    """Return the labels of a concept.

    Args:
        statements: The document.
        uri: Of the concept.
        clean: Make runs of white space one space, and drop what is empty then. Not for files
            that skillmatch wrote: those hold what it held.
    """
    pref = _labels(statements, uri, "prefLabel", clean=clean)
    alt = _labels(statements, uri, "altLabel", clean=clean)
    hidden = _labels(statements, uri, "hiddenLabel", clean=clean)
    first: dict[str, LangText] = {}
    for label in sorted(pref, key=by_language):
        first.setdefault(label.language, label)
    chosen = set(first.values())
    return Labels(
        pref=tuple(first.values()),
        alt=_ordered((alt | pref) - chosen),
        hidden=_ordered(hidden),
        read=len(alt),
        surplus=len(pref) - len(chosen),
    )


def _labels(statements: Statements, uri: str, name: str, *, clean: bool) -> set[LangText]:
    found = set(statements.literals(uri, SKOS + name))
    for label in statements.resources(uri, SKOSXL + name):
        found.update(statements.literals(label, SKOSXL + "literalForm"))
    if not clean:
        return found
    cleaned = {LangText(text=" ".join(f.text.split()), language=f.language) for f in found}
    return {label for label in cleaned if label.text}


def read_notes(statements: Statements, uri: str, predicate: str) -> tuple[LangText, ...]:
    """Return the notes under ``predicate``: literals, and the literals of nodes.

    ESCO gives a description as a node with ``esco:nodeLiteral`` and ``esco:language``.
    """
    found = set(statements.literals(uri, predicate))
    for node in statements.resources(uri, predicate):
        language = statements.text(node, ESCO + "language")
        for name in (ESCO + "nodeLiteral", RDF + "value"):
            found.update(
                LangText(text=literal.text, language=literal.language or language)
                for literal in statements.literals(node, name)
            )
    return _ordered(found)


def _ordered(texts: Iterable[LangText]) -> tuple[LangText, ...]:
    return tuple(sorted(texts, key=by_language))
