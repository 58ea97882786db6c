"""Term tables: what a JSON-LD context says, in a few lines, and the context built from them.

A table is a TOML file: ``[vocabularies]`` gives short names to addresses, and every other section
is a group of terms. A key of a group heads the terms that are alike and is read word by word::

    "sec xsd:dateTime @set >inner" = "created expires=expiration"

The vocabulary that the terms belong to; the type of their values, if they have one; how several
values are held (``@set`` or ``@graph``), if that is said; and the group of terms that count inside
the value, which is the group of the term's own name unless it is given. A term that the vocabulary
knows by another name has it behind ``=``. Other keys are

- ``keywords``: ``id`` and ``type`` stand for JSON-LD's own;
- ``prefixes``: vocabularies whose short name documents may use;
- ``default``: the vocabulary of words that are no term;
- ``with``: groups whose terms are here, too;
- ``without``: terms that the edition before had.

Before all groups, ``protected = true`` means that no other context may change a term, and
``json-ld``, its version, is written into each group. Where two contexts protect the same term,
JSON-LD compares what they write inside it letter by letter, so that built contexts keep to the
published spelling: ``x = "x:"`` among the vocabularies leaves a short name short.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

_CONTAINERS = ("@set", "@graph")
_OWN_KEYS = ("keywords", "prefixes", "default", "with", "without")

_Terms = dict[str, Any]


def build_context(
    text: str, name: str, *, edition: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the context document of one group; nothing in it is shared.

    Args:
        text: The table.
        name: Of the group with the context's outermost terms.
        edition: Context document that the group changes; without one it starts from nothing.

    Raises:
        ValueError: Not a table.
        KeyError: A group, vocabulary or term that the table does not have.
    """
    table = tomllib.loads(text)
    return {"@context": _terms(table, name, edition["@context"] if edition else {})}


def _terms(table: Mapping[str, Any], name: str, before: Mapping[str, Any]) -> _Terms:
    """Return the terms of a group, worked into those of the edition that it changes."""
    group = table[name]
    found: _Terms = {term: _revised(table, term, kept) for term, kept in before.items()}
    for part in group.get("with", "").split():
        found |= _terms(table, part, {})
    for term, definition, inside in _definitions(table, group):
        if context := _context_inside(table, term, inside, found.get(term)):
            definition["@context"] = context
        # An edition writes even a bare name as an object, as its later one does.
        bare = not before and definition.keys() == {"@id"}
        found[term] = definition["@id"] if bare else definition
    for term in group.get("without", "").split():
        del found[term]
    return found | _plain_entries(table, group)


def _revised(table: Mapping[str, Any], term: str, kept: object) -> object:
    """Return an edition's definition, with what the table changes inside of it."""
    if not isinstance(kept, Mapping) or "@context" not in kept:
        return dict(kept) if isinstance(kept, Mapping) else kept
    inside = kept["@context"]
    changed = _terms(table, term, inside) if term in table else deepcopy(inside)
    return {**kept, "@context": changed}


def _context_inside(table: Mapping[str, Any], term: str, named: str, kept: object) -> object:
    """Return the terms inside a value: those of a named group, those kept, or of the own name."""
    if not named and isinstance(kept, Mapping) and "@context" in kept:
        return kept["@context"]
    group = named or term
    return _terms(table, group, {}) if named or group in table else None


def _plain_entries(table: Mapping[str, Any], group: Mapping[str, str]) -> _Terms:
    vocabularies = table["vocabularies"]
    found: _Terms = {word: f"@{word}" for word in group.get("keywords", "").split()}
    found |= {word: vocabularies[word] for word in group.get("prefixes", "").split()}
    if "default" in group:
        found["@vocab"] = vocabularies[group["default"]]
    if "protected" in table:
        found["@protected"] = table["protected"]
    if "json-ld" in table:
        found["@version"] = table["json-ld"]
    return found


def _definitions(
    table: Mapping[str, Any], group: Mapping[str, str]
) -> Iterator[tuple[str, _Terms, str]]:
    """Yield the group's own terms: term, what it means, the named group of terms inside."""
    for heading, words in group.items():
        if heading in _OWN_KEYS:
            continue
        address, alike, inside = _read_heading(table["vocabularies"], heading)
        for word in words.split():
            term, _, other = word.partition("=")
            yield term, {"@id": address + (other or term), **alike}, inside


def _read_heading(vocabularies: Mapping[str, str], heading: str) -> tuple[str, _Terms, str]:
    """Return a heading's vocabulary, the part that its definitions share, and the named group."""
    vocabulary, *parts = heading.split()
    alike: _Terms = {}
    inside = ""
    for part in parts:
        if part.startswith(">"):
            inside = part.removeprefix(">")
        elif part in _CONTAINERS:
            alike["@container"] = part
        elif part.startswith("@"):
            alike["@type"] = part
        else:
            short, _, name = part.partition(":")
            alike["@type"] = vocabularies[short] + name
    return vocabularies[vocabulary], alike, inside
