"""The tables of ESCO's CSV download: their names, columns and languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from skillmatch.errors import DataError, NotFoundError
from skillmatch.readers.csv_table import CsvTable, Layout, read_csv_table
from skillmatch.readers.packed_files import PackedFile, find_packed_files

Progress = Callable[[str, int, int], None]

# ``skills_de.csv``; relations carry no language before ESCO 1.2.
FILE_NAME = re.compile(
    r"(?P<table>[A-Za-z]+)(?:_(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*))?\.csv"
)


class EscoTable(StrEnum):
    """Tables by the names of their files."""

    SKILLS = "skills"
    OCCUPATIONS = "occupations"
    SKILL_GROUPS = "skillGroups"
    ISCO_GROUPS = "ISCOGroups"
    HIERARCHY = "skillsHierarchy"
    SCHEMES = "conceptSchemes"
    OCCUPATION_SKILLS = "occupationSkillRelations"
    SKILL_SKILLS = "skillSkillRelations"
    BROADER_SKILLS = "broaderRelationsSkillPillar"
    BROADER_OCCUPATIONS = "broaderRelationsOccPillar"
    DIGITAL = "digitalSkillsCollection"
    GREEN = "greenSkillsCollection"
    TRANSVERSAL = "transversalSkillsCollection"
    LANGUAGE = "languageSkillsCollection"
    RESEARCH_SKILLS = "researchSkillsCollection"
    RESEARCH_OCCUPATIONS = "researchOccupationsCollection"
    DIGCOMP = "digCompSkillsCollection"
    ICT = "ictSkillsCollection"


CONCEPT_TABLES = (
    EscoTable.SKILLS,
    EscoTable.OCCUPATIONS,
    EscoTable.SKILL_GROUPS,
    EscoTable.ISCO_GROUPS,
)
RELATION_TABLES = (
    EscoTable.OCCUPATION_SKILLS,
    EscoTable.SKILL_SKILLS,
    EscoTable.BROADER_SKILLS,
    EscoTable.BROADER_OCCUPATIONS,
)
TEXT_COLUMNS = (
    "altLabels",
    "hiddenLabels",
    "description",
    "definition",
    "scopeNote",
)
LEVELS = range(4)

_BROADER = Layout(required=("conceptType", "conceptUri", "broaderUri"), optional=("broaderType",))
_COLLECTION = Layout(required=("conceptUri",))
_CONCEPT = ("conceptUri", "preferredLabel")

LAYOUTS: dict[EscoTable, Layout] = {
    EscoTable.SKILLS: Layout(
        required=_CONCEPT, optional=("skillType", "reuseLevel", "status", *TEXT_COLUMNS)
    ),
    EscoTable.OCCUPATIONS: Layout(
        required=_CONCEPT, optional=("iscoGroup", "code", "status", *TEXT_COLUMNS)
    ),
    EscoTable.SKILL_GROUPS: Layout(
        required=_CONCEPT,
        optional=("code", "status", "altLabels", "hiddenLabels", "description", "scopeNote"),
    ),
    EscoTable.ISCO_GROUPS: Layout(
        required=_CONCEPT, optional=("code", "status", "altLabels", "description")
    ),
    EscoTable.HIERARCHY: Layout(
        required=tuple(f"Level {level} URI" for level in LEVELS),
        optional=(
            *(f"Level {level} preferred term" for level in LEVELS),
            *(f"Level {level} code" for level in LEVELS),
            "Description",
            "Scope note",
        ),
        # The official file ends each row with the code of its own level.
        short_rows=True,
    ),
    EscoTable.SCHEMES: Layout(required=("conceptSchemeUri", "preferredLabel")),
    EscoTable.OCCUPATION_SKILLS: Layout(required=("occupationUri", "relationType", "skillUri")),
    EscoTable.SKILL_SKILLS: Layout(
        required=("originalSkillUri", "relationType", "relatedSkillUri")
    ),
    EscoTable.BROADER_SKILLS: _BROADER,
    EscoTable.BROADER_OCCUPATIONS: _BROADER,
}

_BY_NAME = {table.value.lower(): table for table in EscoTable}


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoFile:
    """A table in a language (``""`` for tables of URIs alone)."""

    table: EscoTable
    language: str
    rows: CsvTable


def read_esco_tables(source: Path, progress: Progress | None = None) -> tuple[EscoFile, ...]:
    """Read all ESCO tables below ``source``, in the order of ``EscoTable``, English first.

    Raises:
        NotFoundError: There is no such place, or no ESCO table with concepts in it.
        DataError: A table cannot be read, or two different files hold the same table.
    """
    found = _without_copies(find_packed_files(source, lambda name: _identify(name) is not None))
    if not any(table in CONCEPT_TABLES for table, _ in found):
        raise NotFoundError(
            f"{source} holds no ESCO file with concepts, such as skills_en.csv or "
            "occupations_en.csv, neither unpacked nor in a zip; choose the classification "
            "download in CSV format"
        )
    files = []
    for number, ((table, language), (file, data)) in enumerate(found.items()):
        if progress is not None:
            progress(file.name, number, len(found))
        layout = LAYOUTS.get(table, _COLLECTION)
        rows = read_csv_table(data, layout, place=file.place)
        files.append(EscoFile(table=table, language=language, rows=rows))
    if progress is not None:
        progress(source.name, len(found), len(found))
    return tuple(files)


def _identify(name: str) -> tuple[EscoTable, str] | None:
    match = FILE_NAME.fullmatch(name)
    table = None if match is None else _BY_NAME.get(match["table"].lower())
    if match is None or table is None:
        return None
    language = (match["language"] or "").lower()
    return None if table in CONCEPT_TABLES and not language else (table, language)


def _without_copies(
    files: Iterable[PackedFile],
) -> dict[tuple[EscoTable, str], tuple[PackedFile, bytes]]:
    """Return one file for each table and language; the same bytes twice are one file."""
    chosen: dict[tuple[EscoTable, str], tuple[PackedFile, bytes]] = {}
    for file in files:
        key = _identify(file.name)
        if key is None:
            continue
        data = file.read()
        first, before = chosen.setdefault(key, (file, data))
        if before != data:
            raise DataError(
                f"the same table as {first.place} with other content. Two releases seem to be "
                "mixed: keep the files of one release in the folder",
                path=file.place,
            )
    return {key: chosen[key] for key in sorted(chosen, key=_order)}


def _order(key: tuple[EscoTable, str]) -> tuple[int, bool, str]:
    table, language = key
    return list(EscoTable).index(table), language not in {"en", ""}, language
