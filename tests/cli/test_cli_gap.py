"""``skillmatch gap``: sources, formats, exit codes, and the checklist that a person edits."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from skillmatch.report.json_report import gap_schema
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from tests.cli.conftest import Program
from tests.mini_engine import JOB, uri

POSTING = """Junior developer

Requirements:
- Python 3
- Must have order picking
- Excel is a plus
- A valid driving licence

Benefits
We offer free lunch and a pension.
"""
DAY = ("--at", "2026-03-01")


@pytest.fixture
def posting(tmp_path: Path) -> str:
    """A posting with a must, a plus, a gate and benefits."""
    path = tmp_path / "posting.txt"
    path.write_text(POSTING, encoding="utf-8")
    return str(path)


def states(text: str) -> dict[str, str]:
    """Return label and state from a JSON result."""
    result: dict[str, Any] = json.loads(text)
    return {one["requirement"]["label"]: one["state"] for one in result["gaps"]}


def test_the_report_tells_what_is_held_missing_and_dropped(
    program: Program, engine: Sequence[str], posting: str
) -> None:
    """The first thing that a learner sees."""
    ended = program("gap", posting, "--have", "Python, zzqx blorp", *DAY, *engine)

    assert (ended.code, ended.err) == (0, "")
    for words in ("2026-03-01", "pick orders", "zzqx blorp", "driving licence", "LEFT OUT"):
        assert words in ended.out
    assert "free lunch" not in ended.out
    assert "free lunch" in program("gap", posting, "--show-dropped", *DAY, *engine).out


def test_json_follows_its_schema_and_is_the_same_twice(
    program: Program, engine: Sequence[str], posting: str
) -> None:
    """Other programs read it; equal input gives equal bytes."""
    first = program("gap", posting, "--have", "Python,SQL", "--json", *DAY, *engine)
    second = program("gap", posting, "--have", "SQL", "--have", "Python", "--json", *DAY, *engine)

    Draft202012Validator(gap_schema()).validate(json.loads(first.out))
    assert first.out == second.out
    assert states(first.out) == {
        "pick orders": "missing",
        "Microsoft Excel": "missing",
        "Python (computer programming)": "claimed",
    }


def test_a_named_skill_may_carry_level_and_years(
    program: Program, engine: Sequence[str], posting: str
) -> None:
    """Written as in a file of skills; what makes no sense is said, not guessed."""
    ended = program("gap", posting, "--have", "Python; advanced; 2 years", "--json", *DAY, *engine)
    wrong = program("gap", posting, "--have", "Python; 900 years", *DAY, *engine)

    gaps = {one["requirement"]["label"]: one for one in json.loads(ended.out)["gaps"]}
    (shown,) = gaps["Python (computer programming)"]["evidence"]
    assert (shown["level"], shown["years"]) == ("advanced", 2.0)
    assert wrong.code == 2
    assert "--have" in wrong.message


def test_a_level_that_nobody_knows_is_refused_at_its_place(
    program: Program, engine: Sequence[str], posting: str
) -> None:
    """With those that there are; a list tells of all its lines."""
    listed = Path(posting).with_name("levels.txt")
    listed.write_text("Python; ninja\nSQL; basic\nGit; guru\n", encoding="utf-8")

    named = program("gap", posting, "--have", "Python; ninja", *DAY, *engine)
    lines = program("gap", posting, "--have", f"@{listed}", *DAY, *engine)

    assert (named.code, lines.code) == (2, 4)
    assert "--have" in named.message
    assert "“ninja”" in named.message
    assert "beginner" in named.message
    assert "line 1: level “ninja”" in lines.message
    assert "line 3: level “guru”" in lines.message


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.html", "<!doctype html"), ("r.md", "# "), ("r.svg", "<svg"), ("r.json", "{"), ("r", "J")],
)
def test_a_report_goes_to_the_file_in_the_format_of_its_name(
    name: str, begins: str, program: Program, engine: Sequence[str], posting: str
) -> None:
    """Then standard output stays empty, and a line says where the report is."""
    output = Path(posting).with_name(name)
    ended = program("gap", posting, "--output", str(output), *DAY, *engine)

    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"Report written to {output}\n"
    assert output.read_text(encoding="utf-8").lower().startswith(begins.lower())


@pytest.mark.parametrize("kind", ["text", "json", "markdown", "html", "svg"])
def test_a_format_may_be_named(
    kind: str, program: Program, engine: Sequence[str], posting: str, tmp_path: Path
) -> None:
    """On standard output and in a file are the same bytes, whatever the file is called."""
    output = tmp_path / "report.bin"
    shown = program("gap", posting, "--format", kind, *DAY, *engine)
    program("gap", posting, "--format", kind, "--output", str(output), *DAY, *engine)

    assert shown.code == 0
    assert output.read_text(encoding="utf-8").rstrip("\n") == shown.out.rstrip("\n")


def test_a_saved_checklist_can_be_edited_and_used(
    program: Program, engine: Sequence[str], posting: str, tmp_path: Path
) -> None:
    """A person removes what is wrong, adds what is missing, and re-weighs the rest."""
    saved = tmp_path / "asked.toml"
    first = program("gap", posting, "--save-requirements", str(saved), "--json", *DAY, *engine)
    unedited = program("gap", "--requirements", str(saved), "--json", *DAY, *engine)
    text = saved.read_text(encoding="utf-8").replace('necessity = "nice"', 'necessity = "must"')
    saved.write_text(text + '\n[[requirement]]\nlabel = "teamwork"\n', encoding="utf-8")
    edited = program("gap", "--requirements", str(saved), "--json", *DAY, *engine)

    assert str(saved) in first.err
    assert states(unedited.out) == states(first.out)
    assert set(states(edited.out)) == {*states(first.out), "teamwork"}
    rows = json.loads(edited.out)["gaps"]
    assert uri("teamwork") in {row["requirement"]["uri"] for row in rows}
    excel = next(row for row in rows if row["requirement"]["label"] == "Microsoft Excel")
    assert excel["requirement"]["necessity"] == "must"


def test_a_checklist_with_mistakes_names_their_lines(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """All faults at once, each with its line, in one message."""
    saved = tmp_path / "asked.toml"
    saved.write_text(
        '[[requirement]]\nlabel = "zzqx"\n\n[[requirement]]\nlabel = "Git"\nnecessity = "maybe"\n',
        encoding="utf-8",
    )

    ended = program("gap", "--requirements", str(saved), *engine)

    assert (ended.code, ended.out) == (4, "")
    assert "zzqx" in ended.message
    assert "maybe" in ended.message


def test_evidence_comes_from_files_and_lists(
    program: Program, engine: Sequence[str], posting: str, tmp_path: Path
) -> None:
    """A CV is linked like a posting; a list gives one claim a line."""
    cv, skills = tmp_path / "cv.md", tmp_path / "skills.txt"
    cv.write_text("# Skills\n\nOrder picking since 2020.\n", encoding="utf-8")
    skills.write_text("# mine\nPython; 2 years\nExcel\n", encoding="utf-8")

    ended = program(
        "gap", posting, "--evidence", str(cv), "--have", f"@{skills}", "--json", *DAY, *engine
    )

    assert set(states(ended.out).values()) == {"claimed"}


@pytest.mark.parametrize("asked", [JOB + "cook", "5120.1"])
def test_an_occupation_takes_the_place_of_a_posting(
    asked: str, program: Program, engine: Sequence[str]
) -> None:
    """Essential skills are musts, optional ones nice to have."""
    ended = program("gap", "--occupation", asked, "--have", "cooking", "--json", *DAY, *engine)

    assert states(ended.out)["cook dishes"] == "claimed"
    assert len(states(ended.out)) == 7


def test_a_title_lists_what_it_may_mean(program: Program, engine: Sequence[str]) -> None:
    """Never is one silently taken: usage, with the lines to type."""
    ended = program("gap", "--occupation", "developer", *engine)

    assert (ended.code, ended.out) == (2, "")
    assert f"--occupation {JOB}web-developer" in ended.err
    assert f"--occupation {JOB}software-developer" in ended.err


def test_an_occupation_without_relations_names_the_install(
    program: Program, engine: Sequence[str]
) -> None:
    """The framework at hand is not enough: code 5, with what would be."""
    ended = program("gap", "--occupation", "7512.1", *engine)

    assert (ended.code, ended.out) == (5, "")
    assert "skillmatch frameworks install esco@1.1.1 --from" in ended.message


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "skillmatch gap -h"),
        (("-", "--at", "yesterday"), "2026-11-30"),
        (("-", "--format", "pdf"), "html"),
        (("-", "--occupation", "cook"), "one of them"),
    ],
)
def test_a_request_that_makes_no_sense_is_code_2(
    arguments: tuple[str, ...], words: str, program: Program, engine: Sequence[str]
) -> None:
    """Whatever the data, the message says how to ask."""
    ended = program("gap", *arguments, *engine)

    assert (ended.code, ended.out) == (2, "")
    assert words in ended.message


@pytest.mark.parametrize(
    "text", ["We offer free lunch and a pension.", "Requirements:\n- grumbling at clouds all day\n"]
)
def test_nothing_readable_is_never_an_empty_gap(
    text: str, program: Program, engine: Sequence[str]
) -> None:
    """A gap of zero would read as if the person could do it all."""
    ended = program("gap", "-", "--json", *engine, stdin=text.encode())

    assert (ended.code, ended.out) == (3, "")
    assert "nothing readable found" in ended.message


def test_standard_input_is_read(program: Program, engine: Sequence[str]) -> None:
    """A posting may come from a pipe."""
    ended = program("gap", "-", "--json", *DAY, *engine, stdin=POSTING.encode())

    assert json.loads(ended.out)["checklist"]["source"] == "-"


def test_what_is_not_installed_names_setup(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first thing that goes wrong on a new machine."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(tmp_path / "nothing"))

    ended = program("gap", "-", stdin=b"You need Git.")

    assert (ended.code, ended.out) == (5, "")
    assert "skillmatch setup" in ended.message


@pytest.mark.parametrize("command", ["gap", "link", "search", "setup", "frameworks", "index"])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_explains_itself(command: str, flag: str, program: Program) -> None:
    """Messages point at -h, so it has to work."""
    ended = program(command, flag)

    assert (ended.code, ended.err) == (0, "")
    assert f"skillmatch {command}" in ended.out


def test_search_finds_by_words_and_says_where(program: Program, engine: Sequence[str]) -> None:
    """JSON for programs; nothing found is said, and is no error."""
    assert engine
    found = program("search", "cook", "--json")
    occupations = program("search", "cook", "--kind", "occupation")
    nothing = program("search", "zzqx")

    assert [row["uri"] for row in json.loads(found.out)["concepts"]] == [uri("cook-dishes")]
    assert f"{JOB}cook  [esco-0.1]" in occupations.out
    assert nothing.code == 0
    assert "No skill" in nothing.out


def test_the_python_api_gives_what_the_command_gives(
    program: Program, engine: Sequence[str], posting: str, mini_settings: Settings
) -> None:
    """One result object everywhere."""
    from datetime import date

    from skillmatch.report.json_report import json_report

    shown = program("gap", posting, "--have", "Python", "--json", *DAY, *engine)
    assert os.environ["SKILLMATCH_DATA"] == str(mini_settings.data_dir)
    with Matcher.open(recipe=engine[1]) as matcher:
        result = matcher.gap(posting, have=["Python"], at=date(2026, 3, 1))

    assert json_report(result) == shown.out
