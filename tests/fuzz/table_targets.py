"""Readers of what people write and edit: review files, sheets, lists, checklists, manifests."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from skillmatch.model.alignment import (
    Decision,
    Review,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    text_digest,
)
from skillmatch.model.concept import ConceptUri
from skillmatch.readers.alignments import read_outcome_sheet, read_review
from skillmatch.readers.alignments.review_csv import csv_text
from skillmatch.readers.alignments.yaml_text import yaml_text
from skillmatch.readers.csv_table import Layout, read_csv_table
from skillmatch.readers.documents import read_skills
from skillmatch.readers.manifest import read_manifest
from skillmatch.readers.requirements import read_requirements, write_requirements
from skillmatch.retrieval.recipe import read_recipe
from tests.fuzz.containers import mutate_words, mutate_zip
from tests.fuzz.target import Target, from_file
from tests.report.report_samples import CHECKLIST, uri

GROUP = "tables"
SHEET = (
    b"Course title,Learning outcomes,Assessment method,Code\r\n"
    b'Bread,"- Bake a loaf\n- Explain yeast",practical,B1\r\n,Clean ovens,,\r\n'
)
MARKDOWN = (
    b"# Bread\n\n| Outcome | Assessment |\n|:--|--:|\n| **Bake** a loaf | practical |\n"
    b"| a \\| b<br>c | |\n\n## Cake ##\nOutcome | Course\n--- | ---\nIce a cake | Cake\n"
)
SKILLS = b"# mine\n- Python; advanced; 2 years\nSQL; 18 months\nhttp://example.org/skill/1\n"
SKILLS_TABLE = b"Skill;Level;Years\r\nPython;expert;2.5\r\nSQL;;1\r\n"
CSV = b'\xef\xbb\xbfuri,label,text\n1,"a ""quoted"" cell",\n2,b,"two\nlines"\n'
RECIPES = Path(__file__).resolve().parents[2] / "indexes"
MANIFESTS = Path(__file__).resolve().parents[2] / "frameworks"


def _review() -> Review:
    entries = tuple(
        ReviewEntry(
            uri=f"http://example.org/{decision.value}",
            label="weld: metal",
            framework="esco-1.1.0",
            confidence=0.5,
            words="weld",
            how="label",
            decision=decision,
            edited="http://example.org/e" if decision is Decision.EDIT else "",
            comment="yes, 'really'\nit is",
            reviewer="Lia",
            date="2026-11-30",
        )
        for decision in Decision
    )
    text = "Welds metal."
    statement = ReviewStatement(
        at="/description", digest=text_digest(text), kind="description", text=text, entries=entries
    )
    badge = ReviewBadge(
        id="https://example.org/b", name="Weld", file="a.json", statements=(statement,)
    )
    return Review(frameworks=("esco-1.1.0",), encoder="e", badges=(badge,))


def workbook() -> bytes:
    """Return a small workbook of outcomes."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["Course", "Outcome", "Code"], ["Bread", "Bake a loaf", 5], ["Cake", "Clean", 1.5]):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def undated(data: bytes) -> bytes:
    """Return a workbook without the moment at which it was made, so that it is always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-01-01T00:00:00Z", old.read(name))
            new.writestr(entry, content)
    return out.getvalue()


def _checklist_text(path: Path) -> bytes:
    write_requirements(CHECKLIST, path)
    return path.read_bytes()


def _read_checklist(path: Path) -> object:
    known = {"SQL": uri("SQL"), "welding": uri("welding")}
    return read_requirements(
        path,
        lambda name: (
            ConceptUri(name) if name.startswith("https://example.org/") else known.get(name)
        ),
        suggest=lambda name: [one for one in known if one[:1] == name[:1]],
    )


def _checklists() -> tuple[bytes, ...]:
    return (bytes(from_file(_checklist_text, "made.toml")(b"")),)  # type: ignore[call-overload]  # bytes it is


def _read_csv(data: bytes) -> object:
    layout = Layout(required=("uri", "label"), optional=("text",), short_rows=True)
    table = read_csv_table(data, layout, place=Path("table.csv"))
    return list(table.select("uri", "text"))


def _manifests() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(MANIFESTS.glob("*/manifest.toml"))[:2])


def _recipes() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(RECIPES.glob("*.toml"))[:2])


TARGETS = (
    Target(
        name="review-yaml",
        group=GROUP,
        read=from_file(read_review, "review.yaml"),
        seeds=lambda: (yaml_text(_review()).encode(),),
        mutate=mutate_words,
    ),
    Target(
        name="review-csv",
        group=GROUP,
        read=from_file(read_review, "review.csv"),
        seeds=lambda: (csv_text(_review()).encode(),),
        mutate=mutate_words,
    ),
    Target(
        name="outcomes-csv",
        group=GROUP,
        read=from_file(read_outcome_sheet, "outcomes.csv"),
        seeds=lambda: (SHEET,),
        mutate=mutate_words,
    ),
    Target(
        name="outcomes-markdown",
        group=GROUP,
        read=from_file(read_outcome_sheet, "outcomes.md"),
        seeds=lambda: (MARKDOWN,),
        mutate=mutate_words,
    ),
    Target(
        name="outcomes-workbook",
        group=GROUP,
        read=from_file(read_outcome_sheet, "outcomes.xlsx"),
        seeds=lambda: (workbook(),),
        mutate=mutate_zip(lambda _: mutate_words),
    ),
    Target(
        name="skills-list",
        group=GROUP,
        read=from_file(read_skills, "skills.txt"),
        seeds=lambda: (SKILLS,),
        mutate=mutate_words,
    ),
    Target(
        name="skills-table",
        group=GROUP,
        read=from_file(read_skills, "skills.csv"),
        seeds=lambda: (SKILLS_TABLE,),
        mutate=mutate_words,
    ),
    Target(
        name="requirements",
        group=GROUP,
        read=from_file(_read_checklist, "requirements.toml"),
        seeds=_checklists,
        mutate=mutate_words,
    ),
    Target(
        name="csv-table", group=GROUP, read=_read_csv, seeds=lambda: (CSV,), mutate=mutate_words
    ),
    Target(
        name="manifest",
        group=GROUP,
        read=from_file(read_manifest, "esco-1.1.0/manifest.toml"),
        seeds=_manifests,
        mutate=mutate_words,
    ),
    Target(
        name="index-recipe",
        group=GROUP,
        read=from_file(lambda path: read_recipe(str(path), folder=path.parent), "recipe.toml"),
        seeds=_recipes,
        mutate=mutate_words,
    ),
)
