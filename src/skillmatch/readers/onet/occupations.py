"""Occupations of O*NET: titles, descriptions, job zones and related occupations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, Status
from skillmatch.model.framework import Predicate
from skillmatch.readers.onet.draft import Draft, english
from skillmatch.readers.onet.identity import notation_of
from skillmatch.readers.onet.tables import (
    ALTERNATE_TITLES,
    JOB_ZONES,
    OCCUPATIONS,
    RELATED,
    REPORTED_TITLES,
    Table,
)

Titles = defaultdict[ConceptUri, set[str]]


def read_occupations(draft: Draft) -> None:
    """Read all that O*NET says of occupations as such.

    Alternative labels are a set without the preferred one: alternate titles, their short forms
    and reported titles. An occupation that only these tables name is a stub.
    """
    described = _read_described(draft)
    titles: Titles = defaultdict(set)
    _read_alternate_titles(draft, described, titles)
    _read_reported_titles(draft, described, titles)
    zones = _read_zones(draft)
    for uri in {*described, *titles, *zones}:
        title, description = described.get(uri, ("", ""))
        draft.concepts[uri] = Concept(
            uri=uri,
            kind=ConceptKind.OCCUPATION,
            pref_labels=english(title),
            alt_labels=tuple(LangText(text=text) for text in sorted(titles.get(uri, ()))),
            descriptions=english(description),
            notation=notation_of(uri),
            status=Status.RELEASED if uri in described else Status.STUB,
            job_zone=zones.get(uri),
        )
    _read_related(draft)


def _read_described(draft: Draft) -> dict[ConceptUri, tuple[str, str]]:
    described: dict[ConceptUri, tuple[str, str]] = {}
    read = 0
    for file, (line, row) in draft.rows(OCCUPATIONS):
        read += 1
        uri = draft.occupation(file, line, row["code"])
        if uri in described:
            draft.faults.add(file.path, line, f"{row['code']} stands here a second time")
        elif uri is not None:
            described[uri] = (row["title"], row["description"])
    draft.count("Occupation Data", read, len(described))
    return described


def _add_title(
    titles: Titles, uri: ConceptUri, text: str, described: Mapping[ConceptUri, tuple[str, str]]
) -> bool:
    """Add an alternative title; return whether it is a new one and not the preferred label."""
    preferred, _ = described.get(uri, ("", ""))
    if not text or text == preferred or text in titles[uri]:
        return False
    titles[uri].add(text)
    return True


def _read_alternate_titles(
    draft: Draft, described: Mapping[ConceptUri, tuple[str, str]], titles: Titles
) -> None:
    read = kept = 0
    shorts: list[tuple[ConceptUri, str]] = []
    name = ALTERNATE_TITLES.files[0][0]
    for file, (line, row) in draft.rows(ALTERNATE_TITLES):
        name = file.name
        read += 1
        uri = draft.occupation(file, line, row["code"])
        if uri is None:
            continue
        kept += _add_title(titles, uri, row["title"], described)
        if row["short"]:
            shorts.append((uri, row["short"]))
    draft.count(name, read, kept, "distinct, without preferred labels")
    kept = sum(_add_title(titles, uri, text, described) for uri, text in shorts)
    draft.count("short titles", len(shorts), kept, "not already among the titles")


def _read_reported_titles(
    draft: Draft, described: Mapping[ConceptUri, tuple[str, str]], titles: Titles
) -> None:
    read = kept = 0
    for file, (line, row) in draft.rows(REPORTED_TITLES):
        read += 1
        uri = draft.occupation(file, line, row["code"])
        if uri is not None:
            kept += _add_title(titles, uri, row["title"], described)
    draft.count(_name(REPORTED_TITLES), read, kept, "not already among the titles")


def _read_zones(draft: Draft) -> dict[ConceptUri, int]:
    zones: dict[ConceptUri, int] = {}
    read = 0
    for file, (line, row) in draft.rows(JOB_ZONES):
        read += 1
        uri = draft.occupation(file, line, row["code"])
        if row["zone"] not in {"1", "2", "3", "4", "5"}:
            draft.faults.add(file.path, line, f"job zone is {row['zone']!r}, expected 1 to 5")
        elif uri in zones:
            draft.faults.add(file.path, line, f"a second job zone of {row['code']}")
        elif uri is not None:
            zones[uri] = int(row["zone"])
    draft.count(_name(JOB_ZONES), read, len(zones))
    return zones


def _read_related(draft: Draft) -> None:
    read = 0
    before = len(draft.relations)
    for file, (line, row) in draft.rows(RELATED):
        read += 1
        uri = draft.occupation(file, line, row["code"])
        related = draft.occupation(file, line, row["related"])
        if uri is not None and related is not None:
            draft.relate(uri, Predicate.RELATED_OCCUPATION, related)
    kept = len(draft.relations) - before
    draft.count(_name(RELATED), read, kept, "without tier and rank")


def _name(table: Table) -> str:
    return table.files[0][0]
