"""What an RDF document says, by subject; knows nothing of SKOS or of rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from skillmatch.model.concept import LangText
from skillmatch.readers.rdf.vocabulary import RDF

# A file without a base leaves relative URIs open; under this base they can be told and refused.
RELATIVE_BASE = "http://relative.invalid/"

# A resource is its URI, or ``_:`` and a name for a blank node; a literal is a LangText.
Node = str | LangText


def is_absolute(resource: str) -> bool:
    """Tell whether a resource is named by a URI of its own, not blank and not relative."""
    if resource.startswith(("_:", RELATIVE_BASE.rstrip("/"))):
        return False
    try:
        return urlsplit(resource).scheme != ""
    except ValueError:
        # A bracket that is never closed: no URI at all.
        return False


class Statements:
    """Statements by subject and predicate, repeated ones once, in order of arrival."""

    __slots__ = ("_by_subject", "count")

    def __init__(self) -> None:
        self._by_subject: dict[str, dict[str, dict[Node, None]]] = {}
        self.count = 0

    def add(self, subject: str, predicate: str, value: Node) -> None:
        """Keep one statement; ``count`` counts distinct ones."""
        values = self._by_subject.setdefault(subject, {}).setdefault(predicate, {})
        if value not in values:
            values[value] = None
            self.count += 1

    def subjects(self) -> Iterator[str]:
        """Yield every subject in order of arrival."""
        return iter(self._by_subject)

    def predicates(self, subject: str) -> Iterable[str]:
        """Return what is said of a subject."""
        return self._by_subject.get(subject, {})

    def values(self, subject: str, predicate: str) -> Iterable[Node]:
        """Return the objects of a subject and predicate in order of arrival."""
        return self._by_subject.get(subject, {}).get(predicate, ())

    def resources(self, subject: str, predicate: str) -> list[str]:
        """Return the objects that are resources, sorted (blank nodes among them)."""
        return sorted(v for v in self.values(subject, predicate) if isinstance(v, str))

    def literals(self, subject: str, predicate: str) -> list[LangText]:
        """Return the objects that are literals, sorted by language and text."""
        found = [v for v in self.values(subject, predicate) if isinstance(v, LangText)]
        return sorted(found, key=by_language)

    def text(self, subject: str, *predicates: str) -> str:
        """Return the first literal of the first predicate that has one, else ``""``."""
        for predicate in predicates:
            for literal in self.literals(subject, predicate):
                return literal.text
        return ""

    def classes(self, subject: str) -> set[str]:
        """Return the classes that a subject is said to be of."""
        return {v for v in self.values(subject, RDF + "type") if isinstance(v, str)}


def by_language(text: LangText) -> tuple[str, str]:
    """Return the key by which the model sorts texts."""
    return text.language, text.text
