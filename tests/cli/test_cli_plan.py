"""``skillmatch plan``: sources, limits, formats, and what is said when there is nothing to plan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Program
from tests.mini_engine import uri

POSTING = """Junior developer

Requirements:
- Python 3
- Must have order picking
- Excel is a plus
"""
DAY = ("--at", "2026-11-23")


@pytest.fixture
def posting(tmp_path: Path) -> str:
    """A posting with two musts and a plus."""
    path = tmp_path / "posting.txt"
    path.write_text(POSTING, encoding="utf-8")
    return str(path)


@pytest.fixture
def offers(tmp_path: Path) -> str:
    """A sheet of three offers: one cheap, one dear, and one that closes nothing."""
    rows = [
        "id,name,kind,provider,skills,cost,currency,hours,self_paced,delivery,language",
        f"py,Python Course,course,Mini School,Python <{uri('python')}>,40,EUR,12,yes,online,en",
        f"pick,Picking Badge,badge,Mini School,pick <{uri('pick-orders')}>,300,EUR,6,yes,"
        "in person,de",
        f"team,Team Day,course,Mini School,team <{uri('teamwork')}>,0,EUR,6,yes,online,en",
    ]
    path = tmp_path / "offers.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def plan(program: Program, engine: Sequence[str], posting: str, offers: str) -> Any:  # noqa: ANN401 - a function of arguments
    """Run ``plan`` for the posting with the sheet."""
    return lambda *arguments: program(
        "plan", posting, "--catalogue", offers, *arguments, *DAY, *engine
    )


def test_the_plan_names_steps_costs_dates_and_what_stays_open(plan: Any) -> None:  # noqa: ANN401
    """The first thing that a learner sees."""
    ended = plan()

    assert (ended.code, ended.err) == (0, "")
    for words in ("Python Course", "Picking Badge", "340 EUR", "Microsoft Excel"):
        assert words in ended.out
    assert "Team Day" not in ended.out


def test_json_is_the_same_twice_and_in_the_shape_that_was_asked_for(plan: Any) -> None:  # noqa: ANN401
    """Other programs read it; equal input gives equal bytes."""
    first, second = plan("--json"), plan("--format", "json")
    found = json.loads(first.out)

    assert first.out == second.out
    assert {step["offer"] for step in found["steps"]} == {"py", "pick"}
    assert {"offer", "cost", "starts", "ends", "closes"} <= set(found["steps"][0])
    assert set(found["steps"][0]["cost"]) == {"amount", "currency"}
    assert [one["label"] for one in found["open"]] == ["Microsoft Excel"]


@pytest.mark.parametrize(
    ("limit", "left"),
    [
        (("--max-cost", "50 EUR"), {"py"}),
        (("--max-cost", "EUR 300"), {"py"}),
        (("--max-cost", "50", "--currency", "eur"), {"py"}),
        (("--max-weeks", "1"), {"pick"}),
        (("--by", "2026-11-29"), {"pick"}),
        (("--by", "2027-11-29", "--max-weeks", "1"), {"pick"}),
        (("--by", "2026-11-29", "--hours-per-week", "12", "--max-cost", "40"), {"py"}),
        (("--online-only",), {"py"}),
        (("--language", "de"), {"pick"}),
        (("--without", "picking badge"), {"py"}),
        (("--hold", "py"), {"pick"}),
        (("--have", "Python"), {"pick"}),
    ],
)
def test_limits_and_filters_are_kept(limit: tuple[str, ...], left: set[str], plan: Any) -> None:  # noqa: ANN401
    """Of two must-haves that weigh the same, the cheaper or the one that fits."""
    found = json.loads(plan("--json", *limit).out)

    assert {step["offer"] for step in found["steps"]} == left


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--max-cost", "-5"), "below 0"),
        (("--max-cost", "much"), "no amount"),
        (("--max-cost", "5 EUR", "--currency", "USD"), "one currency"),
        (("--rate", "USD"), "USD=0.92"),
        (("--rate", "USD=0"), "above 0"),
        (("--currency", "euros"), "three letters"),
        (("--hours-per-week", "0"), "--hours-per-week"),
        (("--max-weeks", "0"), "--max-weeks"),
        (("--by", "soon"), "--by"),
        (("--by", "2026-11-01"), "before the first day"),
        (("--prefer", "best"), "cheapest, fastest or fewest"),
        (("--format", "pdf"), "no format"),
        (("--goal-weight", "1", "--goal-weight", "2"), "--goal-weight"),
        (("--commit", "pikc"), "did you mean pick"),
        (("--commit", "pick", "--max-cost", "10"), "more than --max-cost"),
        (("--commit", "pick", "--online-only"), "--online-only"),
        (("--commit", "pick", "--without", "pick"), "keep one of them"),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_one_line(
    options: tuple[str, ...],
    said: str,
    plan: Any,  # noqa: ANN401
) -> None:
    """The line says what to change."""
    ended = plan(*options)

    assert ended.code == 2
    assert said in ended.message


def test_no_offer_that_closes_anything_ends_with_3_and_still_says_why(plan: Any) -> None:  # noqa: ANN401
    """A script sees it; a person sees which filter did it."""
    ended = plan("--access", "captions")

    assert ended.code == 3
    assert "nothing to plan" in ended.message
    assert "--access" in ended.out


def test_nothing_left_to_close_is_done(plan: Any) -> None:  # noqa: ANN401
    """Good news is no error."""
    ended = plan("--have", "Python, order picking, Microsoft Excel")

    assert ended.code == 0
    assert "Nothing is left to close" in ended.out


def test_no_catalogue_at_all_says_where_one_is(
    program: Program, engine: Sequence[str], posting: str
) -> None:
    """By default all imported ones count; here none was."""
    ended = program("plan", posting, *DAY, *engine)
    nowhere = program("plan", posting, "--catalogue", "nowhere", *DAY, *engine)

    assert (ended.code, nowhere.code) == (5, 5)
    assert "examples/catalogue" in ended.message
    assert "catalogue import" in ended.message


def test_a_plan_needs_a_goal_that_asks_for_something(
    program: Program, engine: Sequence[str], offers: str, tmp_path: Path
) -> None:
    """An empty posting must never look like a plan without steps."""
    empty = tmp_path / "lunch.txt"
    empty.write_text("Benefits\nWe offer free lunch and a pension.\n", encoding="utf-8")

    nothing = program("plan", "--catalogue", offers, *DAY, *engine)
    lunch = program("plan", str(empty), "--catalogue", offers, *DAY, *engine)

    assert (nothing.code, lunch.code) == (2, 3)
    assert "nothing readable" in lunch.message


@pytest.mark.parametrize("suffix", ["html", "json", "md", "svg", "ics", "txt"])
def test_the_name_of_the_file_tells_the_format_and_a_calendar_may_lie_beside(
    suffix: str,
    plan: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    """Both are written whole, and lines say where they are."""
    output, calendar = tmp_path / f"plan.{suffix}", tmp_path / "steps.ics"
    begins = {"html": "<!doctype html", "json": "{", "md": "# ", "svg": "<svg", "ics": "begin:vcal"}

    ended = plan("--output", str(output), "--ics", str(calendar))

    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"Plan written to {output}\nCalendar written to {calendar}\n"
    assert output.read_text(encoding="utf-8").lower().startswith(begins.get(suffix, ""))
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
