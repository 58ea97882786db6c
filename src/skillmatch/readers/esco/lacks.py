"""What a download of ESCO lacks, and what would add it."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.readers.esco.tables import LAYOUTS, EscoFile, EscoTable

CLASSIFICATION = "the classification download (CSV) adds it"
RELATIONS = "the relations download (CSV) adds it"

WITHOUT = {
    EscoTable.SKILLS: ("no skills", CLASSIFICATION),
    EscoTable.OCCUPATIONS: ("no occupations", CLASSIFICATION),
    EscoTable.SKILL_GROUPS: ("no descriptions of skill groups", CLASSIFICATION),
    EscoTable.ISCO_GROUPS: ("no occupation groups", CLASSIFICATION),
    EscoTable.HIERARCHY: ("no codes of the skill hierarchy", CLASSIFICATION),
    EscoTable.OCCUPATION_SKILLS: ("no skills of occupations", RELATIONS),
    EscoTable.SKILL_SKILLS: ("no relations between skills", RELATIONS),
    EscoTable.BROADER_SKILLS: ("no broader skills and groups", RELATIONS),
    EscoTable.BROADER_OCCUPATIONS: (
        "no broader occupations beyond the ISCO group that each names",
        RELATIONS,
    ),
    EscoTable.GREEN: ("no green collection", CLASSIFICATION),
    EscoTable.TRANSVERSAL: ("no transversal collection", CLASSIFICATION),
    EscoTable.LANGUAGE: ("no language collection", CLASSIFICATION),
    EscoTable.RESEARCH_SKILLS: ("no collection of research skills", CLASSIFICATION),
    EscoTable.RESEARCH_OCCUPATIONS: (
        "no collection of research occupations",
        "releases from 1.1.1 on have it",
    ),
    EscoTable.DIGCOMP: ("no DigComp collection", CLASSIFICATION),
    EscoTable.DIGITAL: ("no digital collection", "releases from 1.1.1 on have it"),
}


def lacks(files: tuple[EscoFile, ...]) -> tuple[str, ...]:
    """Return one sentence for each table and each known column that is absent."""
    tables = {file.table for file in files}
    absent = [
        f"{table}: not in the source, so {without}; {remedy}"
        for table, (without, remedy) in WITHOUT.items()
        if table not in tables
    ]
    return (*absent, *_absent_columns(files))


def _absent_columns(files: tuple[EscoFile, ...]) -> Iterator[str]:
    for file in files:
        layout = LAYOUTS.get(file.table)
        optional = () if layout is None else layout.optional
        columns = [name for name in optional if name not in file.rows.columns]
        if columns:
            yield f"{file.rows.place.name}: no column {', '.join(columns)}"
