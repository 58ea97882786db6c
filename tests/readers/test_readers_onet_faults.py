"""Bad O*NET files: one message that says which file, which line and what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from skillmatch.errors import DataError, NotFoundError, RowError
from skillmatch.readers.onet import read_onet
from tests.readers.onet_samples import (
    BAKER,
    NURSE,
    READING,
    Tables,
    layout_29,
    rating,
    write_excel,
    write_text,
)


def read(source: Path) -> None:
    read_onet(source, framework_id="onet-29.3", release="29.3")


def read_error(folder: Path, tables: Tables) -> RowError:
    with pytest.raises(RowError) as caught:
        read(write_text(folder, tables))
    return caught.value


def test_a_folder_without_occupations_is_refused(tmp_path: Path) -> None:
    """Everything else hangs on them; what to give instead is said."""
    tables = layout_29()
    del tables["Occupation Data"]

    with pytest.raises(DataError, match=r"no 'Occupation Data\.txt'.*give the O\*NET database"):
        read(write_text(tmp_path, tables))


def test_nothing_at_the_path_is_not_found(tmp_path: Path) -> None:
    """A wrong path is no bad data."""
    with pytest.raises(NotFoundError, match="no file or folder"):
        read(tmp_path / "absent")


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    """A half-finished download ends so."""
    path = tmp_path / "db.zip"
    path.write_bytes(b"PK\x03\x04 and then the line broke")

    with pytest.raises(DataError, match="no zip, or a damaged one"):
        read(path)


@pytest.mark.parametrize("write", [write_text, write_excel])
@pytest.mark.parametrize(
    ("scale", "value", "told"),
    [
        ("IM", 5.01, "IM is '5.01', expected a number from 1 to 5"),
        ("IM", 0.99, "IM is '0.99', expected a number from 1 to 5"),
        ("LV", 7.5, "LV is '7.5', expected a number from 0 to 7"),
        ("LV", -1, "LV is '-1', expected a number from 0 to 7"),
        ("IM", "high", "IM is 'high', expected a number from 1 to 5"),
        ("IM", "nan", "IM is 'nan', expected a number from 1 to 5"),
    ],
)
def test_a_value_outside_its_scale_is_a_fault(
    tmp_path: Path, write: object, scale: str, value: object, told: str
) -> None:
    """A level read as an importance would make every requirement wrong without a word."""
    tables = layout_29()
    tables["Skills"] = [tables["Skills"][0], rating(NURSE, READING, scale, value)]
    assert callable(write)

    with pytest.raises(RowError) as caught:
        read(write(tmp_path, tables))

    assert caught.value.faults == (f"line 2: {told}",)
    assert "Skills" in str(caught.value)


def test_the_ends_of_the_scales_are_within_them(tmp_path: Path) -> None:
    """1 and 5, 0 and 7 are real answers."""
    tables = layout_29()
    tables["Skills"] = [
        tables["Skills"][0],
        rating(NURSE, READING, "IM", 5),
        rating(NURSE, READING, "LV", 7),
        rating(BAKER, READING, "IM", 1),
        rating(BAKER, READING, "LV", 0),
    ]

    framework = read_onet(write_text(tmp_path, tables), framework_id="onet-29.3", release="29.3")

    assert {(each.importance, each.level) for each in framework.ratings} >= {(5, 7), (1, 0)}


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """Mending one fault a run is no way to live."""
    tables = layout_29()
    tables["Job Zones"] = [*tables["Job Zones"], (NURSE, 6, ""), ("nurse", 3, "")]
    tables["Skills"] = [*tables["Skills"], (NURSE, "2.A.1.a")]
    tables["Technology Skills"] = [
        *tables["Technology Skills"],
        (NURSE, "Excel", 43232110, "Spreadsheet software", "maybe", "N"),
    ]

    error = read_error(tmp_path, tables)

    assert error.faults == (
        "Job Zones.txt, line 4: job zone is '6', expected 1 to 5",
        "Job Zones.txt, line 5: 'nurse' is no O*NET-SOC code such as '15-2051.00'",
        "Skills.txt, line 8: 2 columns, expected 8",
        "Technology Skills.txt, line 5: Hot Technology is 'maybe', expected Y or N",
    )


def test_a_missing_column_is_named_with_what_the_header_has(tmp_path: Path) -> None:
    """The other spelling is named too: it may be the wrong release's file."""
    tables = layout_29()
    tables["Task Statements"] = [("O*NET-SOC Code", "Task"), (NURSE, "Record vital signs.")]

    error = read_error(tmp_path, tables)

    assert error.faults == ("line 1: no column 'Task ID'; the header has O*NET-SOC Code, Task",)
    assert error.path == tmp_path / "Task Statements.txt"


def test_an_empty_cell_that_is_needed_is_a_fault(tmp_path: Path) -> None:
    """A task without text can be shown to nobody."""
    tables = layout_29()
    tables["Task Statements"] = [*tables["Task Statements"], (NURSE, 13, None, "Core")]

    assert read_error(tmp_path, tables).faults == ("line 4: 'Task' is empty",)


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("Occupation Data", (NURSE, "Nurses", ""), f"{NURSE} stands here a second time"),
        ("Job Zones", (NURSE, 4, ""), f"a second job zone of {NURSE}"),
        ("Task Statements", (NURSE, 11, "Other.", ""), "task 11 stands here with another text"),
        ("Content Model Reference", ("2.A", "Skills", ""), "2.A stands here a second time"),
        ("Skills", rating(NURSE, READING, "IM", 3), f"a second IM of 2.A.1.a for {NURSE}"),
    ],
)
def test_a_second_answer_to_one_question_is_a_fault(
    tmp_path: Path, table: str, row: tuple[object, ...], told: str
) -> None:
    """Which of the two would win must not depend on their order."""
    tables = layout_29()
    tables[table] = [*tables[table], row]

    assert read_error(tmp_path, tables).faults == (f"line {len(tables[table])}: {told}",)


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    """Guessing an encoding would spoil labels silently."""
    folder = write_text(tmp_path, layout_29())
    (folder / "Job Zones.txt").write_bytes(b"O*NET-SOC Code\tJob Zone\r\n\xff\xfe\t3\r\n")

    with pytest.raises(DataError, match=r"Job Zones\.txt: is not UTF-8"):
        read(folder)


def test_binary_data_under_a_text_name_is_refused(tmp_path: Path) -> None:
    """NUL bytes decode as UTF-8, so they need a look of their own."""
    folder = write_text(tmp_path, layout_29())
    (folder / "Job Zones.txt").write_bytes(b"O*NET-SOC Code\tJob Zone\r\n\0\0\0\t3\r\n")

    with pytest.raises(DataError, match="not text but binary"):
        read(folder)


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    """Half a download has no directory at its end."""
    folder = write_excel(tmp_path, layout_29())
    path = folder / "Skills.xlsx"
    path.write_bytes(path.read_bytes()[:900])

    with pytest.raises(DataError, match=r"Skills\.xlsx: is not a workbook"):
        read(folder)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    """A workbook is a zip, so it can be a bomb like any other."""
    folder = write_excel(tmp_path, layout_29())
    with zipfile.ZipFile(folder / "Skills.xlsx", "a", zipfile.ZIP_DEFLATED) as workbook:
        workbook.writestr("xl/media/blank.bin", bytes(8 * 2**20))

    with pytest.raises(DataError, match=r"Skills\.xlsx: unpacks to \d+ bytes"):
        read(folder)


def test_one_table_in_two_folders_is_refused(tmp_path: Path) -> None:
    """Two releases side by side must not be mixed into one."""
    write_text(tmp_path / "db_29_3_text", layout_29())
    write_text(tmp_path / "db_30_3_text", layout_29())

    with pytest.raises(DataError, match=r"twice .*give the folder or zip of one release"):
        read(tmp_path)


def test_a_zip_without_tables_says_what_it_lacks(tmp_path: Path) -> None:
    """Any zip can be named by mistake."""
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.jpg", b"")

    with pytest.raises(DataError, match="Occupation Data"):
        read(path)
