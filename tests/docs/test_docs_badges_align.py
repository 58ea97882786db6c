"""The page about aligning names what the program understands."""

from __future__ import annotations

import json

import pytest

from skillmatch.model.alignment import Doubt
from skillmatch.readers.alignments import read_outcome_sheet
from skillmatch.readers.alignments.outcome_sheet import COLUMN_NAMES
from skillmatch.readers.credentials import read_wallet
from skillmatch.service.writing_back import WriteAs
from tests.docs.doc_pages import ROOT, blocks, first_code, page, rows

PAGE = page("badges-align.md")
EXAMPLES = ROOT / "examples" / "badges"


def test_every_column_name_is_on_the_page_and_no_other() -> None:
    """A provider looks there when a sheet is refused."""
    told = {row[0]: first_code(row[2]) for row in rows(PAGE) if row[0] in COLUMN_NAMES}

    assert told == {key: list(names) for key, names in COLUMN_NAMES.items()}


def test_every_doubt_and_form_is_explained() -> None:
    """What a finding says must be found."""
    first = {word for row in rows(PAGE) for word in first_code(row[0])}

    assert first >= {one.value for one in Doubt}
    assert first >= {one.value for one in WriteAs}


def test_the_example_of_an_alignment_uses_the_standard_s_terms() -> None:
    """People copy it into their badges."""
    from skillmatch.jsonld import dropped_terms

    (example,) = blocks(PAGE, "json")

    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:0d8a34a6-7a4e-4bb0-a2a8-2d1e0a6d8a3c",
        "type": ["Achievement"],
        "alignment": [json.loads(example)],
    }
    assert dropped_terms(document) == ()


@pytest.mark.parametrize("name", ["customer-service", "data-foundations", "warehouse-operations"])
def test_the_example_badges_can_be_read(name: str) -> None:
    """The page's commands name their folder."""
    (credential,) = read_wallet(EXAMPLES / "provider" / f"{name}.json").credentials

    assert credential.achievements[0].id == f"https://college.example/badges/{name}"


def test_the_example_sheet_can_be_read() -> None:
    """Three courses with three outcomes each."""
    sheet = read_outcome_sheet(EXAMPLES / "outcomes.csv")

    assert [len(course.outcomes) for course in sheet.courses] == [3, 3, 3]
    assert sheet.notes == ()
