"""``skillmatch demand``: many postings beside what a provider offers."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Program

SKILL = "http://example.org/esco/skill/"
JOB = "http://example.org/esco/occupation/"
DAY = ("--at", "2026-11-22")
SHEET = f"""id,name,provider,skills,requires,cost,currency,hours,self_paced,available_until
py,Python Basics,Northgate,Python <{SKILL}python>,,100,EUR,20,yes,
fork,Forklift Days,Lagerwerk,operate forklift <{SKILL}drive-forklift>,,300,EUR,16,yes,
cook,Cooking for a Living,Kitchen School,cook dishes <{SKILL}cook-dishes>,safe,80,EUR,10,yes,
safe,Clean Kitchens,Kitchen School,kitchen hygiene <{SKILL}food-hygiene>,,40,EUR,6,yes,
old,Old Kitchens,Kitchen School,prepare stock <{SKILL}make-stock>,,40,EUR,6,yes,2025-01-31
"""
COOK = "Requirements\n- cooking is a must\n- kitchen hygiene\n"
CODER = (
    "Requirements\n- You must know Python\n- kitchen hygiene would be nice\n- record vital signs\n"
)


@pytest.fixture
def market(tmp_path: Path) -> Path:
    """A folder with two postings and a catalogue."""
    folder = tmp_path / "postings"
    folder.mkdir()
    (folder / "cook.txt").write_text(COOK, encoding="utf-8")
    (folder / "coder.md").write_text(CODER, encoding="utf-8")
    (tmp_path / "offers.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


@pytest.fixture
def asked(market: Path, engine: Sequence[str]) -> Sequence[str]:
    """The arguments that all of these runs have."""
    return ("demand", "--catalogue", str(market / "offers.csv"), *DAY, *engine)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def read(text: str) -> dict[str, Any]:
    made = json.loads(text)
    assert isinstance(made, dict)
    return made


def test_a_provider_sees_what_no_offer_closes(
    market: Path, asked: Sequence[str], program: Program
) -> None:
    """The list that a next course is planned from, with the words of a posting."""
    ended = program(*asked, str(market / "postings"))

    assert (ended.code, ended.err) == (0, "")
    assert "2 postings ask for" in ended.out
    lacking = ended.out.split("Asked for, and no offer closes it")[1].split("Offers that")[0]
    assert "record vital signs" in lacking
    assert "(coder.md)" in lacking
    assert "Python" not in lacking


def test_the_tables_are_for_spreadsheets(
    market: Path, asked: Sequence[str], program: Program
) -> None:
    """One row a skill, an offer, or an outcome, with plain names of columns."""
    folder = str(market / "postings")

    skills = rows(program(*asked, folder, "--format", "csv").out)
    offers = rows(program(*asked, folder, "--format", "csv", "--table", "offers").out)
    outcomes = rows(program(*asked, folder, "--format", "csv", "--table", "outcomes").out)

    hygiene = next(one for one in skills if one["uri"] == SKILL + "food-hygiene")
    assert (hygiene["supply"], hygiene["postings"], hygiene["closed_by"]) == ("closed", "2", "safe")
    assert (offers[0]["offer"], offers[0]["postings"]) == ("safe", "2")
    assert [one["label"] for one in outcomes] == ["operate forklift"]


def test_an_offer_that_is_over_closes_nothing(
    market: Path, asked: Sequence[str], program: Program
) -> None:
    """What could be taken last year does not help who asks today, and that is said."""
    made = read(program(*asked, str(market / "postings"), "--json").out)

    assert "old" not in {one["offer"] for one in made["offers"]}
    assert any("can no longer be taken on 2026-11-22" in note for note in made["notes"])


def test_stacks_are_suggested_for_an_occupation(asked: Sequence[str], program: Program) -> None:
    """A cook must prepare stock, too, and who cooks dishes can do that in part."""
    made = read(program(*asked, "--occupation", JOB + "cook", "--json").out)

    (stack,) = made["stacks"]
    assert (stack["essential"], stack["covered"]) == (3, 2)
    assert [one["offer"] for one in stack["offers"]] == ["safe", "cook"]
    assert stack["cost"] == {"amount": 120.0, "currency": "EUR"}
    assert (stack["partly"], stack["uncovered"]) == (1, [])
    assert stack["proven"] is True


def test_lines_of_json_are_postings_and_doubles_count_once(
    market: Path, asked: Sequence[str], program: Program
) -> None:
    """Files of postings from a job board hold the same text again and again."""
    lines = market / "board.jsonl"
    texts = [{"id": 1, "text": COOK}, {"id": 2, "text": COOK.upper()}, {"id": 3, "text": CODER}]
    bad = ['{"id": 4, "title": "no text"}', "no json", json.dumps({"text": "Lovely weather"})]
    lines.write_text("\n".join([*map(json.dumps, texts), *bad]), encoding="utf-8")

    made = read(program(*asked, str(lines), "--json").out)

    assert made["postings"] == 2
    assert any("the same words as one before" in note for note in made["notes"])
    assert [one["source"] for one in made["unread"]] == [
        f"{lines}, line {number}" for number in (4, 5, 6)
    ]
    assert 'there is no "text"' in made["unread"][0]["reason"]
    assert "no JSON" in made["unread"][1]["reason"]
    assert "nothing readable found" in made["unread"][2]["reason"]


def test_a_picture_and_a_page_are_chosen_by_the_name(
    market: Path, asked: Sequence[str], program: Program
) -> None:
    """``--output demand.html`` does what it says."""
    for name, begins in (("demand.html", "<!doctype html>"), ("demand.svg", "<svg")):
        ended = program(*asked, str(market / "postings"), "--output", str(market / name))

        assert (ended.code, ended.out) == (0, "")
        assert (market / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ((), 2, "name postings"),
        (("nowhere",), 5, "there is no file or folder nowhere"),
        (("--format", "docx"), 2, "no format 'docx'"),
        (("--table", "people"), 2, "no table 'people'"),
        (("--min-confidence", "7"), 2, "no probability"),
        (("--at", "soon"), 2, "no date"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    more: Sequence[str], code: int, said: str, asked: Sequence[str], program: Program
) -> None:
    """Each message names the option and what would be right."""
    ended = program(*asked, *more)

    assert ended.code == code
    assert said in ended.message
    assert ended.out == ""


def test_without_a_catalogue_nothing_can_be_said(program: Program, tmp_path: Path) -> None:
    """Demand alone would be called unmet, all of it."""
    ended = program("demand", str(tmp_path))

    assert ended.code == 2
    assert "--catalogue" in ended.message


def test_postings_that_all_cannot_be_read_are_no_empty_demand(
    market: Path, asked: Sequence[str], program: Program
) -> None:
    """Nothing readable must never look like nothing asked for."""
    empty = market / "empty"
    empty.mkdir()
    (empty / "a.txt").write_text("Lovely weather", encoding="utf-8")

    ended = program(*asked, str(empty))

    assert ended.code == 3
    assert "none of 1 postings could be counted; the first is a.txt" in ended.message
