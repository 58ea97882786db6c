"""Sheets of outcomes as providers keep them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from skillmatch.errors import DataError, RowError
from skillmatch.readers.alignments import is_sheet, read_outcome_sheet
from skillmatch.readers.alignments.course_draft import course_document, course_statements
from skillmatch.readers.alignments.outcome_sheet import OutcomeSheet
from skillmatch.readers.alignments.sheet_cells import MAX_ELEMENTS, ROW_WORK, column_name

ROWS = [
    ["Course title", "Learning outcomes", "Assessment method"],
    ["Bread", "Bake a loaf", "practical"],
    ["", "Explain yeast", ""],
    ["Cake", "- Ice a cake\n- Price a cake", "portfolio"],
]


def sheet(folder: Path, text: str, name: str = "outcomes.csv") -> OutcomeSheet:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_outcome_sheet(path)


def told(found: OutcomeSheet) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (course.name, [(one.text, one.assessment) for one in course.outcomes])
        for course in found.courses
    ]


EXPECTED = [
    ("Bread", [("Bake a loaf", "practical"), ("Explain yeast", "")]),
    ("Cake", [("Ice a cake", "portfolio"), ("Price a cake", "portfolio")]),
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_read_whatever_separates_its_cells(tmp_path: Path, separator: str) -> None:
    """An empty course cell repeats the one above; a cell of bullets holds several outcomes."""
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]

    assert told(sheet(tmp_path, "\n".join(lines))) == EXPECTED


def test_a_workbook_may_begin_with_a_title(tmp_path: Path) -> None:
    """Spreadsheets have headings above their header."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Our courses 2026"])
    for row in ROWS:
        page.append(row)
    book.create_sheet("Notes").append(["nothing here"])
    book.save(tmp_path / "outcomes.xlsx")

    assert told(read_outcome_sheet(tmp_path / "outcomes.xlsx")) == EXPECTED


def test_a_markdown_table_may_take_its_course_from_the_heading(tmp_path: Path) -> None:
    """That is how module handbooks are written."""
    text = (
        "# Handbook\n\n## Bread\n\n| Outcome | Assessment |\n|:--|---|\n"
        "| **Bake** a loaf | practical |\n| Explain yeast \\| gas | |\n\n"
        "## Cake ##\n\n| Outcome |\n|---|\n| Ice a cake |\n"
    )

    assert told(sheet(tmp_path, text, "outcomes.md")) == [
        ("Bread", [("Bake a loaf", "practical"), ("Explain yeast | gas", "")]),
        ("Cake", [("Ice a cake", "")]),
    ]


def test_every_fault_is_told_with_row_and_column(tmp_path: Path) -> None:
    """The provider mends the sheet once."""
    text = (
        "assessment,outcome,course,id\nexam,,Bread,\n,Bake,Cake,not a uri\n"
        ",Ice,Cake,x:1\n,Cut,Cake,x:2\n"
    )

    with pytest.raises(RowError) as caught:
        sheet(tmp_path, text)

    assert caught.value.faults == (
        "row 2, column B (outcome): is empty, but the row says how it is assessed",
        "row 3, column D (id): is 'not a uri'; it must be a URL or another URI",
        "row 4, column D (id): is 'x:1', but a row above says 'not a uri' for the course 'Cake'",
        "row 5, column D (id): is 'x:2', but a row above says 'not a uri' for the course 'Cake'",
    )


def test_an_outcome_without_a_course_is_a_fault(tmp_path: Path) -> None:
    """A badge needs a name."""
    with pytest.raises(RowError, match=r"row 2, column A \(course\): is empty"):
        sheet(tmp_path, "course,outcome\n,Bake\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "names a column of outcomes"),
        ("course,outcome\n", "no outcome below it"),
        ('course,outcome\n"Bread,Bake\n', "quote never closed"),
    ],
)
def test_a_sheet_that_holds_nothing_says_what_is_missing(
    tmp_path: Path, text: str, message: str
) -> None:
    """Column names are the first thing that goes wrong."""
    with pytest.raises(DataError, match=message):
        sheet(tmp_path, text)


@pytest.mark.parametrize("line", ["# a{0}b", "---{0}x|", "|{0}-|", "<br{0}|", "**{0}|_", "- {0}|"])
def test_a_line_of_blanks_without_end_costs_no_time(tmp_path: Path, line: str) -> None:
    """A pattern that tries every way to cut blanks would take hours."""
    text = f"{line.format(' ' * 200_000)}\n\n| course | outcome |\n|---|---|\n| Bread | Bake |\n"

    found = sheet(tmp_path, text, "outcomes.md")

    assert [course.name for course in found.courses] == ["Bread"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 damaged", b"", b"\xff\xfe\x00"])
def test_a_damaged_file_is_one_clear_message(tmp_path: Path, data: bytes) -> None:
    """Whatever its name promises."""
    for name in ("a.xlsx", "a.csv", "a.md"):
        (tmp_path / name).write_bytes(data)

        with pytest.raises(DataError):
            read_outcome_sheet(tmp_path / name)


def test_a_zip_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    """Empty, of a later version of the format, or packed in a way that nobody knows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    good = made.getvalue()
    directory = good.index(b"PK\x01\x02")
    later = good[: directory + 6] + b"\xff" + good[directory + 7 :]
    packed = good[: directory + 10] + b"\x63" + good[directory + 11 :]

    for data in (good, later, packed):
        (tmp_path / "a.xlsx").write_bytes(data)
        with pytest.raises(DataError, match="not a workbook"):
            read_outcome_sheet(tmp_path / "a.xlsx")


def workbook(folder: Path, rows: str) -> Path:
    """Write a workbook whose one sheet has this content."""
    path = folder / "a.xlsx"
    Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>"
    members["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


HEAD = (
    '<row r="1"><c r="A1" t="str"><v>course</v></c><c r="B1" t="str"><v>outcome</v></c></row>'
    '<row r="2"><c r="A2" t="str"><v>Bread</v></c><c r="B2" t="str"><v>Bake</v></c></row>'
)


def test_rows_that_are_far_below_cost_no_time(tmp_path: Path) -> None:
    """Openpyxl makes up every row in between, be they a million or without end."""
    far = '<row r="%s"><c t="str"><v>Cake</v></c><c t="str"><v>Ice</v></c></row>'

    last = read_outcome_sheet(workbook(tmp_path, HEAD + far % 1_048_576))
    beyond = read_outcome_sheet(workbook(tmp_path, HEAD + far % ("9" * 50)))

    assert [course.name for course in last.courses] == ["Bread", "Cake"]
    assert [course.name for course in beyond.courses] == ["Bread"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("<row>" + "<c/>" * 400_000 + "</row>", "380000.*split it"),
        ("<row/>" * 100_000, "380000.*split it"),
        ('<row r="3"><c r="GS3"><v>1</v></c></row>', "200 columns"),
    ],
)
def test_a_workbook_of_too_many_parts_is_refused(tmp_path: Path, rows: str, said: str) -> None:
    """A file of 30 KB can hold a million cells, and each takes its time."""
    with pytest.raises(DataError, match=said):
        read_outcome_sheet(workbook(tmp_path, HEAD + rows))


def test_five_thousand_rows_of_seventeen_texts_are_not_too_many() -> None:
    """A provider's catalogue with every column filled; each text is a cell and a shared string."""
    rows, columns = 5_000, 17
    cell, text = 2, 2

    assert rows * (columns * (cell + text) + 1 + ROW_WORK) < MAX_ELEMENTS


def test_what_openpyxl_misses_is_not_printed(tmp_path: Path) -> None:
    """Workbooks of other programs often lack styles; warnings are errors in tests."""
    path = workbook(tmp_path, HEAD)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            kept = content.replace(b"<cellStyleXfs", b"<x").replace(b"</cellStyleXfs", b"</x")
            kept = kept.replace(b"<cellStyles", b"<x").replace(b"</cellStyles", b"</x")
            archive.writestr(name, kept)

    assert [course.name for course in read_outcome_sheet(path).courses] == ["Bread"]


def test_a_column_that_is_not_read_is_told(tmp_path: Path) -> None:
    """Nothing is left out in silence."""
    found = sheet(tmp_path, "course,outcome,ECTS\nBread,Bake,5\n")

    assert found.notes == ("column C (ECTS) was not read",)


def test_a_course_becomes_a_draft_that_holds_its_outcomes_word_for_word(tmp_path: Path) -> None:
    """Each statement is the piece of the narrative that its offsets say."""
    (course, _) = sheet(
        tmp_path, "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS)
    ).courses

    document = course_document(course)

    narrative = document["criteria"]["narrative"]
    statements = course_statements(course)
    assert [narrative[one.start : one.end] for one in statements] == [
        "Bake a loaf",
        "Explain yeast",
    ]
    assert "(assessment: practical)" in narrative
    assert document["description"] == "Learning outcomes: Bake a loaf; Explain yeast."
    assert document["id"].startswith("urn:uuid:")


def test_what_the_sheet_says_of_a_course_is_kept(tmp_path: Path) -> None:
    """A provider's own id and code outlive the review."""
    text = (
        "course,outcome,id,code,description,language\n"
        "Bread,Bake,https://x.example/b,B1,All of bread,en\n"
    )

    (course,) = sheet(tmp_path, text).courses

    document = course_document(course)
    assert (document["id"], document["humanCode"]) == ("https://x.example/b", "B1")
    assert (document["description"], document["inLanguage"]) == ("All of bread", "en")


def test_sheets_are_told_by_their_names_and_columns_by_their_letters() -> None:
    """As a spreadsheet shows them."""
    assert [is_sheet(Path(name)) for name in ("a.XLSX", "a.md", "a.json")] == [True, True, False]
    assert [column_name(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
