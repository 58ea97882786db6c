"""docs/catalogue.md says what is read."""

from __future__ import annotations

import re
from pathlib import Path

from skillmatch.model.offer import Money, OfferKind
from skillmatch.readers.offers import condition_text, parse_condition, read_catalogue
from skillmatch.readers.offers.sheet_columns import COLUMNS
from skillmatch.readers.offers.skill_text import read_skills

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")


def block(heading: str, language: str = "") -> str:
    """Return the first block of code below a heading."""
    below = PAGE.split(f"{heading}\n", 1)[1]
    found = re.search(rf"^```{language}\n(.*?)^```", below, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_table_names_every_column_in_order() -> None:
    """The sheet reader refers people to it."""
    table = PAGE.split("| column | holds |", 1)[1].split("### Skills", 1)[0]

    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == COLUMNS


def test_the_kinds_are_those_there_are() -> None:
    """A kind that is not named cannot be written."""
    row = next(line for line in PAGE.splitlines() if line.startswith("| `kind` |"))

    assert set(re.findall(r"`(\w+)`", row)) - {"kind"} == set(OfferKind)


def test_the_example_is_read(tmp_path: Path) -> None:
    """It is what people copy and begin with."""
    path = tmp_path / "offers.csv"
    path.write_text(block("## A sheet", "csv"), encoding="utf-8")

    catalogue = read_catalogue(path)

    by_id = {one.id: one for one in catalogue.offers}
    assert catalogue.notes == ()
    assert list(by_id) == ["safety", "weld-1", "weld-exam", "welder"]
    assert condition_text(by_id["weld-exam"].requires) == 'weld-1 or "two years of practice"'
    assert condition_text(by_id["welder"].parts) == "weld-exam and safety"
    assert by_id["safety"].cost == Money(amount=0, currency="EUR")
    assert by_id["weld-1"].skills[0].level == "basic"


def test_the_examples_of_skills_and_conditions_are_read() -> None:
    """Each line shows another way to write one."""
    skills = read_skills(block("### Skills"), "")
    conditions = [parse_condition(line) for line in block("### Conditions").splitlines()]

    assert [(one.name, one.code, one.level, bool(one.url)) for one in skills] == [
        ("Python (computer programming)", "", "B2", True),
        ("weld metal", "S8.1", "advanced", False),
        ("", "", "", True),
    ]
    assert [one.least for one in conditions] == [2, 2, 2]
    assert conditions[2].needs[0].level == "B1"
