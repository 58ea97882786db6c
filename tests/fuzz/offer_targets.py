"""Readers of catalogues: sheets, CTDL, stored catalogues, and folders packed into one file."""

from __future__ import annotations

import io
import json

from skillmatch.readers.offers import catalogue_json, read_catalogue
from tests.fuzz.containers import mutate_words, mutate_zip
from tests.fuzz.json_trees import mutate_json
from tests.fuzz.table_targets import undated
from tests.fuzz.target import Target, from_file
from tests.readers.offer_samples import CTDL, SHEET, packed, small_catalogue

GROUP = "offers"


def workbook() -> bytes:
    """Return a small workbook of offers."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["id", "name", "kind", "cost", "currency", "requires", "skills"])
    page.append(["a", "A", "badge", 12.5, "EUR", "b and (c or d)", "weld (B2) <http://x.example>"])
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def _archive() -> bytes:
    return packed({"a.csv": SHEET, "b.json": json.dumps(CTDL).encode(), "c.xlsx": workbook()})


TARGETS = (
    Target(
        name="offers-sheet",
        group=GROUP,
        read=from_file(read_catalogue, "offers.csv"),
        seeds=lambda: (SHEET,),
        mutate=mutate_words,
    ),
    Target(
        name="offers-workbook",
        group=GROUP,
        read=from_file(read_catalogue, "offers.xlsx"),
        seeds=lambda: (workbook(),),
        mutate=mutate_zip(lambda _: mutate_words),
    ),
    Target(
        name="offers-ctdl",
        group=GROUP,
        read=from_file(read_catalogue, "offers-ctdl.json"),
        seeds=lambda: (json.dumps(CTDL).encode(),),
        mutate=mutate_json,
    ),
    Target(
        name="offers-stored",
        group=GROUP,
        read=from_file(read_catalogue, "offers-stored.json"),
        seeds=lambda: (catalogue_json(small_catalogue()).encode(),),
        mutate=mutate_json,
    ),
    Target(
        name="offers-zip",
        group=GROUP,
        read=from_file(read_catalogue, "offers.zip"),
        seeds=lambda: (_archive(),),
        mutate=mutate_zip(lambda name: mutate_words if name.endswith(".csv") else mutate_json),
    ),
)
