"""Members of the three data wheels that ``esco-1.1.1-open`` is merged from, as plain values.

Each source speaks of concepts by URI or by the last part of it; all become whole URIs here.
"""

from __future__ import annotations

import ast
import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.readers.esco.open_text import plain

SKILL = "http://data.europa.eu/esco/skill/"
TYPES = {"skill": SkillType.SKILL, "knowledge": SkillType.KNOWLEDGE}
MAX_UNPACKED_BYTES = 256 * 2**20
Lineage = tuple[str, ...]


@dataclass(slots=True)
class Labelled:
    """One skill in the making.

    Attributes:
        pref: Preferred label; ``""`` until a source tells it.
        lineages: Hierarchy codes from the pillar down to the group, as in (S, S4, S4.5, S4.5.0).
    """

    pref: str = ""
    alts: set[str] = field(default_factory=set)
    lineages: set[Lineage] = field(default_factory=set)
    skill_type: SkillType | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOccupation:
    """One occupation with the skills it calls essential.

    ``skills`` and ``skill_labels`` name the same skills, but in unlike orders.
    """

    uri: ConceptUri
    pref: str
    alts: tuple[str, ...]
    description: str
    skills: tuple[ConceptUri, ...]
    skill_labels: dict[str, SkillType | None]


def read_labels(data: bytes) -> dict[ConceptUri, Labelled]:
    """Return skills with labels and hierarchy codes (member ``labels``), by URI.

    Raises:
        DataError: The table lacks a column, or a row cannot be read.
    """
    skills: dict[ConceptUri, Labelled] = {}
    for line, row in _rows(data, ("id", "description", "hierarchy_levels", "type"), "labels"):
        if row["type"] not in {"preferredLabel", "altLabels"}:
            continue
        skill = skills.setdefault(ConceptUri(SKILL + row["id"]), Labelled())
        if row["type"] == "preferredLabel":
            skill.pref = plain(row["description"])
        else:
            skill.alts.add(plain(row["description"]))
        skill.lineages.update(_lineages(row["hierarchy_levels"], line))
    return {uri: skill for uri, skill in skills.items() if skill.pref}


def read_group_labels(data: bytes) -> dict[str, str]:
    """Return labels of the groups of the hierarchy (member ``groups``), by code."""
    values = _json(data, "groups")
    return {str(code): plain(str(label)) for code, label in values.items()}


def read_texts(data: bytes) -> dict[ConceptUri, str]:
    """Return "label alternatives description" of each skill (member ``texts``), by URI."""
    rows = _rows(data, ("id", "description"), "texts")
    return {ConceptUri(row["id"]): plain(row["description"]) for _, row in rows}


def read_typed_skills(data: bytes) -> dict[ConceptUri, Labelled]:
    """Return the skills of the ICT occupations (member ``typed-skills``), by URI."""
    return {
        ConceptUri(one["uri"]): Labelled(
            pref=plain(one["label"]),
            alts=set(map(plain, one["altLabel"])),
            skill_type=TYPES.get(one["skillType"]),
            description=plain(one["description"]),
        )
        for one in _json(_unzipped(data), "typed-skills")
        # The package pads ESCO with a concept under a domain of its own.
        if one["uri"].startswith(SKILL)
    }


def read_occupations(data: bytes) -> tuple[OpenOccupation, ...]:
    """Return the ICT occupations (member ``occupations``), by URI."""
    occupations = (_occupation(one) for one in _json(_unzipped(data), "occupations"))
    return tuple(sorted(occupations, key=lambda one: one.uri))


def _occupation(one: dict[str, Any]) -> OpenOccupation:
    labels: dict[str, SkillType | None] = dict.fromkeys(map(plain, one["skill"]))
    for key, skill_type in (("skill_", SkillType.SKILL), ("knowledge_", SkillType.KNOWLEDGE)):
        labels.update(dict.fromkeys(map(plain, one[key]), skill_type))
    return OpenOccupation(
        uri=ConceptUri(one["uri"]),
        pref=plain(one["label"]),
        alts=tuple(sorted(set(map(plain, one["altLabel"])))),
        description=plain(one["description"]),
        skills=tuple(sorted({ConceptUri(uri) for uri in one["s"]})),
        skill_labels=labels,
    )


def _rows(data: bytes, columns: tuple[str, ...], what: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    lacking = [name for name in columns if name not in (reader.fieldnames or ())]
    if lacking:
        raise DataError(f"the member {what} lacks the column(s) {', '.join(lacking)}")
    for row in reader:
        yield reader.line_num, row


def _lineages(cell: str, line: int) -> Iterator[Lineage]:
    """Yield the codes of a cell such as ``[['S', 'S4', None, None]]``, a Python literal."""
    try:
        levels = ast.literal_eval(cell) if cell else []
    except (ValueError, SyntaxError) as error:
        raise DataError(
            f"the member labels: hierarchy_levels is no list: {cell!r}", line=line
        ) from error
    for codes in levels:
        yield tuple(code for code in codes if code)


def _json(data: bytes, what: str) -> Any:  # noqa: ANN401 - the reader is where Any stops
    try:
        return json.loads(data)
    except ValueError as error:
        raise DataError(f"the member {what} is no JSON: {error}") from error


def _unzipped(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            unpacked = stream.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"a member of a data wheel is no gzip: {error}") from error
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise DataError(f"a member of a data wheel unpacks to more than {MAX_UNPACKED_BYTES} bytes")
    return unpacked
