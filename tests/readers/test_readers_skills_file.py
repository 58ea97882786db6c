"""Lists of skills that a person says they have."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import NotFoundError, RowError, UnreadableError
from skillmatch.readers.documents import SkillLine, parse_skill, read_skills
from tests.watchdog import no_hang


def read(text: str) -> tuple[SkillLine, ...]:
    return read_skills("-", stdin=io.BytesIO(text.encode("utf-8")))


def test_a_line_is_a_skill_with_level_and_years_in_either_order() -> None:
    """People write down what they know, in the order that comes to mind."""
    skills = read(
        "# mine\n\nPython ; intermediate ; 2 years\n- SQL;18 months;basic\nC#\nR ; 3+\n"
        "Go; mind. 5 Jahre; verhandlungssicher\n"
    )

    assert skills == (
        SkillLine(text="Python", level="intermediate", years=2.0, line=3),
        SkillLine(text="SQL", level="basic", years=1.5, line=4),
        SkillLine(text="C#", line=5),
        SkillLine(text="R", years=3.0, line=6),
        SkillLine(text="Go", level="verhandlungssicher", years=5.0, line=7),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "skill,level,years\nPython,good,2\nSQL,,\n"),
        ("b.csv", "\ufeffYears;Skill;Level\n2;Python;good\n;SQL;\n"),
        ("c.tsv", "Name\tProficiency\tYears of experience\nPython\tgood\t2 years\nSQL\n"),
        ("d.csv", "Python,good,2\nSQL\n"),
        ("e.csv", "Fähigkeit;Niveau;Jahre\nPython;good;2 Jahre\nSQL;;\n"),
    ],
)
def test_tables_are_read_with_and_without_a_header(tmp_path: Path, name: str, text: str) -> None:
    """Spreadsheets export commas, semicolons or tabs, depending on the country."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    found = [(skill.text, skill.level, skill.years) for skill in read_skills(path)]

    assert found == [("Python", "good", 2.0), ("SQL", "", None)]


def test_quoted_cells_keep_commas_and_lines(tmp_path: Path) -> None:
    """A name may hold the separator."""
    path = tmp_path / "a.csv"
    path.write_text('skill,level\n"cut, sew and fit",good\n', encoding="utf-8")

    assert read_skills(path)[0].text == "cut, sew and fit"


def test_all_faulty_lines_are_reported_at_once() -> None:
    """Mending one line per run is no way to treat anyone."""
    with pytest.raises(RowError) as caught:
        read(f"SQL ; 99 years\n ; good\nPython\n{'word ' * 60}\nR ; good ; better\n")

    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "line 1", "line 2", "line 4", "line 5",
    ]  # fmt: skip


def test_a_table_without_a_column_of_skills_says_which_it_needs(tmp_path: Path) -> None:
    """Otherwise the levels would be taken for skills."""
    path = tmp_path / "a.csv"
    path.write_text("level,years\ngood,2\n", encoding="utf-8")

    with pytest.raises(RowError, match="no column called skill"):
        read_skills(path)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n"])
def test_a_list_without_skills_is_refused(text: str) -> None:
    """An empty claim is a mistake in the file, not a person without skills."""
    with pytest.raises(UnreadableError, match=r"empty|no skill"):
        read(text)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "é\n" * 600_000, "more than 20,000 lines"),
        ("a.txt", "#\n" * 900_000, "more than 20,000 lines"),
        ("a.txt", "a" + ";1" * 900_000, "a level and years"),
    ],
)
def test_a_list_that_nobody_wrote_is_refused_at_once(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    """Two megabytes of lines of one letter took six seconds."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with no_hang(), pytest.raises((UnreadableError, RowError), match=words):
        read_skills(path)


def test_a_missing_list_is_not_found(tmp_path: Path) -> None:
    """As for a posting."""
    with pytest.raises(NotFoundError):
        read_skills(tmp_path / "none.txt")


def test_one_skill_of_the_command_line_reads_alike() -> None:
    """``--have`` and the file follow one grammar."""
    assert parse_skill("Python; 6 months") == SkillLine(text="Python", years=0.5)
    with pytest.raises(ValueError, match="no skill"):
        parse_skill(" ; good")


NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)


@given(names=st.lists(NAMES, min_size=1, max_size=20, unique=True))
def test_plain_names_come_back_in_order(names: list[str]) -> None:
    """A list of words needs no syntax at all."""
    import unicodedata

    expected = tuple(dict.fromkeys(unicodedata.normalize("NFC", name) for name in names))

    assert tuple(skill.text for skill in read("\n".join(names))) == expected
