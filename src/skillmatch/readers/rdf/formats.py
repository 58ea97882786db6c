"""The RDF syntaxes that skillmatch reads and writes, by name and by file suffix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class RdfFormat:
    """One syntax.

    Attributes:
        name: What ``--format`` takes.
        title: What a person calls it.
        suffixes: File name endings, the one that is written first.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]


_FORMATS = (
    RdfFormat(name="ttl", title="Turtle", suffixes=(".ttl", ".turtle")),
    RdfFormat(name="rdfxml", title="RDF/XML", suffixes=(".rdf", ".owl", ".xml")),
    RdfFormat(name="jsonld", title="JSON-LD", suffixes=(".jsonld", ".json")),
    RdfFormat(name="nt", title="N-Triples", suffixes=(".nt", ".ntriples")),
)


def rdf_formats() -> tuple[RdfFormat, ...]:
    """Return every RDF syntax, the default for export first."""
    return _FORMATS


def rdf_format(name: str) -> RdfFormat:
    """Return the syntax of that name.

    Raises:
        UsageError: There is none; the message lists those there are.
    """
    for known in _FORMATS:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in _FORMATS)
    raise UsageError(f"no RDF format is called {name!r}; choose one of {names}")


def find_rdf_format(path: Path) -> RdfFormat | None:
    """Return the syntax that a file name's last suffix stands for (``.gz`` is looked through)."""
    name = path.name.lower().removesuffix(".gz")
    for known in _FORMATS:
        if name.endswith(known.suffixes):
            return known
    return None
