"""``skillmatch roadmap``: from a posting to the third step, and every way to be told no."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from skillmatch.issuing.keys import new_key
from skillmatch.model.offer import Money
from skillmatch.model.plan import PlanRequest
from skillmatch.model.posting import Posting
from skillmatch.model.roadmap import EvidenceSources
from skillmatch.pathway.roadmap.changes import finish_step
from skillmatch.readers.roadmaps import parse_roadmap, roadmap_text
from skillmatch.report.json_report import SCHEMAS
from skillmatch.report.plan import render_plan
from skillmatch.service.catalogues import open_catalogue
from skillmatch.service.matcher import Matcher
from skillmatch.service.planning import PlanGoal, make_plan
from skillmatch.service.roadmap_status import roadmap_status
from skillmatch.service.roadmaps import Beginning, begin
from skillmatch.service.shown import Shown
from tests.cli.conftest import Program
from tests.mini_engine import uri
from tests.service.wallet_samples import signed, unsigned, write

POSTING = "Requirements:\n- Python\n- use version control\n- test software\n- order picking\n"
MONDAY = date(2026, 3, 2)
HEAD = "id,name,provider,skills,requires,cost,currency,hours,self_paced,starts,valid_months,as_of\n"


def offer(id: str, name: str, skill: str, rest: str) -> str:  # noqa: A002 - the column's name
    """Return one row of a sheet of offers."""
    return f"{id},{name},Fjord,{skill} <{uri(skill)}>,{rest},2026-02-01\n"


SHEET = (
    HEAD
    + offer("py", "Snakes", "python", ",90,EUR,12,yes,,24")
    + offer("git", "Trees", "version-control", ",30,EUR,6,yes,,")
    + offer("test", "Doubts", "test-software", "py,60,EUR,12,yes,,")
)


@pytest.fixture(scope="module")
def roadmap_file(mini_matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a roadmap that begins on a Monday with six free hours a week and 200 euros."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "offers.csv").write_text(SHEET, encoding="utf-8")
    checklist = mini_matcher.requirements(Posting(text=POSTING, source="job.txt"))
    beginning = Beginning(
        goals=(PlanGoal(checklist=checklist),),
        digests=("",),
        request=PlanRequest(start=MONDAY, max_cost=Money(amount=200.0, currency="EUR")),
        evidence=EvidenceSources(),
        catalogues=("offers.csv",),
        at=MONDAY,
    )
    return roadmap_text(begin(mini_matcher, beginning, folder))


@pytest.fixture
def home(engine: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """A folder with a posting and a sheet of offers, to stand in; returns the recipe."""
    monkeypatch.chdir(tmp_path)
    Path("job.txt").write_text(POSTING, encoding="utf-8")
    Path("offers.csv").write_text(SHEET, encoding="utf-8")
    return engine


@pytest.fixture
def begun(
    home: Sequence[str],
    roadmap_file: str,
    mini_matcher: Matcher,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """Put the roadmap into the folder; returns its text. The engine was opened by other tests."""
    assert home
    monkeypatch.setattr(Matcher, "open", lambda *_, **__: nullcontext(mini_matcher))
    Path("roadmap.toml").write_text(roadmap_file, encoding="utf-8")
    return roadmap_file


def status(program: Program, home: Sequence[str], at: str, *more: str) -> dict[str, object]:
    """Return where one stands, as JSON."""
    ended = program("roadmap", "status", "--json", "--at", at, *more, *home)
    assert (ended.code, ended.err) == (0, "")
    found: dict[str, object] = json.loads(ended.out)
    schema().validate(found)
    return found


@cache
def schema() -> Draft202012Validator:
    """Return what checks a status against its schema; making it takes as long as a command."""
    return Draft202012Validator(SCHEMAS["roadmap-1.json"]())


def text() -> str:
    """Return the roadmap's file."""
    return Path("roadmap.toml").read_text(encoding="utf-8")


def test_a_learner_follows_three_steps(
    program: Program, home: Sequence[str], tmp_path: Path
) -> None:
    """The whole way: a badge that proves, a step that is claimed, one that is under way."""
    key = new_key()
    write(tmp_path, signed(key), "snakes.json")
    Path("issuers.toml").write_text(
        f'[[issuer]]\nid = "{key.did}"\nname = "School"\n', encoding="utf-8"
    )
    whose = ("--recipient", "did:example:lia")

    begun = program(
        "roadmap", "init", "job.txt", "--catalogue", "offers.csv", "--max-cost", "200",
        "--hours-per-week", "6", "--at", "2026-03-02", *home,
    )  # fmt: skip
    started = program("roadmap", "start", "Snakes", "--at", "2026-03-02")
    worked = program("roadmap", "log", "py", "--hours", "7", "--at", "2026-03-09")
    first = program(
        "roadmap", "done", "py", "--badge", "snakes.json", "--issuers", "issuers.toml",
        "--at", "2026-03-14", *whose, *home,
    )  # fmt: skip
    program("roadmap", "start", "Trees", "--at", "2026-03-15")
    second = program("roadmap", "done", "Trees", "--hours", "5", "--at", "2026-03-20", *home)
    program("roadmap", "start", "Doubts", "--on", "2026-03-21", "--at", "2026-03-22")
    found = status(program, home, "2026-03-22", *whose)

    assert (begun.code, begun.out) == (0, "")
    assert started.out == "“Snakes”: begun 2026-03-02\n"
    assert worked.out == "“Snakes”: 7 of 12 hours\n"
    assert first.err == "Note: the roadmap now believes the issuers in issuers.toml, too\n"
    assert "You can now prove Python (computer programming)." in first.out
    assert "You can now claim use version control; a badge would prove it." in second.out
    assert [one["state"] for one in found["steps"]] == ["done", "done", "started"]  # type: ignore[attr-defined]
    states = {one["label"]: (one["start"], one["now"], one["end"]) for one in found["requirements"]}  # type: ignore[attr-defined]
    assert states["Python (computer programming)"] == ("missing", "proven", "proven")
    assert states["use version control"] == ("missing", "claimed", "claimed")
    assert states["test software"][1:] == ("missing", "claimed")
    assert states["pick orders"] == ("missing", "missing", "missing")
    assert found["start"]["met"] < found["now"]["met"] < found["end"]["met"] < 1  # type: ignore[index]
    assert found["money"]["spent"] == {"amount": 180.0, "currency": "EUR"}  # type: ignore[index]
    assert found["renewals"][0]["on"] == "2031-01-13"  # type: ignore[index]
    assert [one["event"] for one in found["history"]] == [  # type: ignore[attr-defined]
        "roadmap begun", "step started", "step done", "step started", "step done", "step started",
    ]  # fmt: skip
    assert "did:example" not in text()


@pytest.mark.usefixtures("begun")
def test_the_file_works_when_posting_and_catalogue_are_gone(
    program: Program,
    home: Sequence[str],
) -> None:
    """Postings vanish; a year of work must not."""
    before = status(program, home, "2026-03-02")
    Path("job.txt").unlink()
    Path("offers.csv").unlink()

    after = status(program, home, "2026-03-02")
    done = program("roadmap", "done", "py", "--at", "2026-03-03", *home)

    assert after == before
    assert done.code == 0


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_every_view_says_where_one_is(
    program: Program, home: Sequence[str], begun: str, name: str
) -> None:
    """Steps, days, money and what is next stand in each of them."""
    ended = program("roadmap", "status", "--format", name, "--at", "2026-03-20", *home)

    assert begun == text()
    for words in ("Snakes", "Trees", "Doubts", "Begin “Snakes”", "pick orders", "30 EUR"):
        assert words in ended.out


def test_a_roadmap_is_never_written_over(program: Program, home: Sequence[str], begun: str) -> None:
    """A second init would take a year of records with it."""
    again = program("roadmap", "init", "job.txt", "--catalogue", "offers.csv", *home)

    assert (again.code, text()) == (2, begun)
    assert "there already and is kept" in again.message


def test_a_plan_from_a_file_becomes_a_roadmap(
    program: Program, home: Sequence[str], mini_matcher: Matcher
) -> None:
    """Who looked at a plan first follows that very plan."""
    checklist = mini_matcher.requirements(Posting(text=POSTING, source="job.txt"))
    plan = make_plan(
        mini_matcher,
        [PlanGoal(checklist=checklist)],
        shown=Shown(),
        holdings=(),
        catalogue=open_catalogue(mini_matcher, ["offers.csv"], at=MONDAY),
        request=PlanRequest(start=MONDAY),
        at=MONDAY,
        alternatives=False,
        curve=False,
    )
    Path("plan.json").write_text(render_plan(plan, "json"), encoding="utf-8")

    ended = program("roadmap", "init", "--plan", "plan.json", "--at", "2026-03-02", *home)
    found = status(program, home, "2026-03-02")

    assert ended.code == 0
    assert [one["id"] for one in found["steps"]] == [one.offer for one in plan.steps]  # type: ignore[attr-defined]
    assert found["end"]["met"] > found["now"]["met"]  # type: ignore[index]


@pytest.mark.usefixtures("begun")
def test_a_badge_about_something_else_is_refused(
    program: Program, home: Sequence[str], tmp_path: Path
) -> None:
    """Otherwise any badge would close any step; a person may still insist."""
    write(tmp_path, signed(new_key(), "version-control"), "trees.json")
    before = text()

    wrong = program("roadmap", "done", "py", "--badge", "trees.json", "--at", "2026-03-20", *home)
    unchanged = text()
    kept = program(
        "roadmap", "done", "py", "--badge", "trees.json", "--anyway", "--at", "2026-03-20", *home
    )

    assert (wrong.code, unchanged) == (2, before)
    assert (
        "trees.json is not about “Snakes”: it is “A badge” and names use version" in wrong.message
    )
    assert kept.code == 0
    assert "the badge does not name" in kept.err


@pytest.mark.usefixtures("begun")
def test_what_is_only_read_in_a_badge_is_not_called_its_skills(
    program: Program, home: Sequence[str], tmp_path: Path
) -> None:
    """Whoever gave the wrong badge knows it by what its issuer wrote, not by a guess."""
    badge = unsigned(new_key())
    achievement = badge["credentialSubject"]["achievement"]
    del achievement["alignment"]
    achievement["description"] = "You can use version control."
    write(tmp_path, badge, "trees.json")

    wrong = program("roadmap", "done", "py", "--badge", "trees.json", "--at", "2026-03-20", *home)

    assert "names no skill; its words may mean use version control" in wrong.message


def test_who_is_through_a_step_has_nothing_to_ask_before_it(
    mini_matcher: Matcher, roadmap_file: str
) -> None:
    """An open box beside what is done sends people on errands that nobody needs."""
    asked = roadmap_file.replace('id = "py"', 'id = "py"\ncheck = ["ask them first"]', 1)
    before = parse_roadmap(asked, Path("roadmap.toml"))
    after = finish_step(before, "py", on=MONDAY, at=MONDAY)

    boxes = [
        one.check
        for each in (before, after)
        for one in roadmap_status(mini_matcher, each, Path(), at=MONDAY).steps
        if one.id == "py"
    ]

    assert boxes == [("ask them first",), ()]


def test_what_a_step_closes_in_part_is_told_apart(mini_matcher: Matcher, roadmap_file: str) -> None:
    """The file knows what each step leaves open; the status must not lose it."""
    first, second = "[[step.closes]]\n", "[[step.closes]]\nleft = 0.6\n"
    assert first in roadmap_file
    half = parse_roadmap(roadmap_file.replace(first, second, 1), Path("roadmap.toml"))
    whole = parse_roadmap(roadmap_file, Path("roadmap.toml"))

    parts = [
        [one.partly for one in roadmap_status(mini_matcher, each, Path(), at=MONDAY).steps]
        for each in (half, whole)
    ]

    assert parts[0][0] == (half.steps[0].closes[0].label,)
    assert not any(parts[1])


@pytest.mark.usefixtures("begun")
def test_a_badge_of_an_unknown_issuer_proves_nothing_and_says_so(
    program: Program, home: Sequence[str], tmp_path: Path
) -> None:
    """Anyone can make a key and call themselves a school."""
    write(tmp_path, signed(new_key()), "snakes.json")

    ended = program("roadmap", "done", "py", "--badge", "snakes.json", "--at", "2026-03-20", *home)

    assert "You can now claim Python (computer programming); its badge was not proven." in ended.out


@pytest.mark.usefixtures("begun")
def test_a_new_plan_keeps_what_is_done_and_counts_what_it_cost(
    program: Program,
    home: Sequence[str],
) -> None:
    """110 of the 200 are left after Snakes; with 130 in all, 40 are, and Doubts no longer fits."""
    program("roadmap", "done", "py", "--at", "2026-03-10", *home)
    before = text()

    shown = program("roadmap", "replan", "--max-cost", "130", "--at", "2026-03-11", *home)
    unchanged = text()
    written = program(
        "roadmap", "replan", "--max-cost", "130", "--yes", "--at", "2026-03-11", *home
    )

    assert (shown.code, unchanged) == (0, before)
    assert "- Doubts: removed" in shown.out
    assert written.code == 0
    found = status(program, home, "2026-03-11")
    assert [(one["id"], one["state"]) for one in found["steps"]] == [  # type: ignore[attr-defined]
        ("py", "done"), ("git", "planned"),
    ]  # fmt: skip
    assert "max cost 200.00 EUR → 130.00 EUR" in found["history"][-1]["words"]  # type: ignore[index]


@pytest.mark.parametrize("how", ["gone", "over budget", "deadline"])
@pytest.mark.usefixtures("begun")
def test_a_commitment_that_cannot_be_kept_is_said_and_nothing_is_written(
    program: Program, home: Sequence[str], how: str
) -> None:
    """A promise is only given up on purpose."""
    program("roadmap", "add", "git", "--at", "2026-03-02")
    before = text()
    options = {
        "gone": (),
        "over budget": ("--max-cost", "20"),
        "deadline": ("--by", "2026-03-03"),
    }[how]
    if how == "gone":
        sheet = "".join(one for one in SHEET.splitlines(keepends=True) if "git" not in one)
        Path("offers.csv").write_text(sheet, encoding="utf-8")

    ended = program("roadmap", "replan", "--yes", *options, "--at", "2026-03-02", *home)

    assert (ended.code, text()) == (3, before)
    assert "Trees: " in ended.out
    assert "skillmatch roadmap drop 'git'" in ended.out.replace("\n          ", " ")


@pytest.mark.usefixtures("begun")
def test_a_dropped_step_is_not_proposed_again_unless_asked(
    program: Program,
    home: Sequence[str],
) -> None:
    """Somebody gave a reason; a program does not know better."""
    program("roadmap", "drop", "git", "--reason", "I know a friend", "--at", "2026-03-03")

    ended = program("roadmap", "replan", "--at", "2026-03-03", *home)
    again = program("roadmap", "replan", "--again", "git", "--at", "2026-03-03", *home)

    assert "Trees" not in ended.out
    assert "+ Trees: added" in again.out


@pytest.mark.usefixtures("begun")
def test_a_step_of_ones_own_closes_what_it_says_and_stays(
    program: Program,
    home: Sequence[str],
) -> None:
    """Not everything that one learns is in a catalogue."""
    added = program(
        "roadmap", "add", "--own", "Read the law", "--hours", "6", "--skill", "pick orders",
        "--cost", "10", "--at", "2026-03-02", *home,
    )  # fmt: skip

    program("roadmap", "replan", "--yes", "--at", "2026-03-02", *home)
    found = status(program, home, "2026-03-02")

    assert "It closes pick orders" in added.out
    assert added.err == ""
    own = [one for one in found["steps"] if one["own"]]  # type: ignore[attr-defined]
    assert [(one["id"], one["committed"], one["closes"]) for one in own] == [
        ("own:read-the-law", True, ["pick orders"])
    ]
    ends = {one["label"]: one["end"] for one in found["requirements"]}  # type: ignore[attr-defined]
    assert ends["pick orders"] == "claimed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("start", "py", "--on", "2026-03-09", "--at", "2026-03-03"), "is in the future"),
        (("start", "nothing", "--at", "2026-03-03"), "is no step of this roadmap"),
        (("log", "py", "--hours", "0", "--at", "2026-03-03"), "must be above 0"),
        (("log", "py", "--hours", "nan", "--at", "2026-03-03"), "must be above 0"),
        (("drop", "py", "--reason", " ", "--at", "2026-03-03"), "say why"),
        (("status", "--at", "2026-02-01"), "mend the clock"),
        (("status", "--at", "soon"), "is no date"),
        (("status", "--format", "pdf"), "no format 'pdf'"),
        (("status", "--file", "other.toml"), "there is no roadmap other.toml"),
        (("add", "--at", "2026-03-03"), "one of the two"),
        (("add", "--own", "Talk", "--at", "2026-03-03"), "how long it takes"),
        (("add", "--own", "Talk", "--hours", "2", "--cost", "5 USD"), "counts in EUR"),
        (("init", "--plan", "job.txt", "--file", "b.toml"), "is no plan"),
        (("init", "job.txt", "--plan", "job.txt", "--file", "b.toml"), "not both"),
        (("init", "--file", "b.toml"), "name a posting"),
    ],
)
@pytest.mark.usefixtures("begun")
def test_what_makes_no_sense_is_said_and_changes_nothing(
    program: Program,
    home: Sequence[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    """One line that says what to do."""
    before = text()

    ended = program("roadmap", *arguments, *(home if arguments[0] in {"init"} else ()))

    assert ended.code in {2, 4, 5}
    assert said in ended.message
    assert text() == before
    assert not Path("b.toml").exists()


@pytest.mark.usefixtures("begun")
def test_a_step_is_not_done_before_it_began(
    program: Program,
    home: Sequence[str],
) -> None:
    """Dates that contradict each other would make every figure wrong."""
    program("roadmap", "start", "py", "--at", "2026-03-09")

    ended = program("roadmap", "done", "py", "--on", "2026-03-05", "--at", "2026-03-10", *home)

    assert (ended.code, "began on 2026-03-09" in ended.message) == (2, True)


@pytest.mark.usefixtures("begun")
def test_evidence_that_was_moved_is_a_note_and_no_end(
    program: Program,
    home: Sequence[str],
) -> None:
    """Somebody tidied up; the roadmap still works, and says what no longer counts."""
    Path("roadmap.toml").write_text(
        text().replace("[[step]]", '[evidence]\nfiles = ["badges"]\n\n[[step]]', 1),
        encoding="utf-8",
    )

    found = status(program, home, "2026-03-02")

    assert any("badges is no longer there" in note for note in found["notes"])  # type: ignore[attr-defined]


@pytest.mark.usefixtures("begun")
def test_issuers_that_were_moved_are_named_with_the_place_to_mend(program: Program) -> None:
    """Without them less would look proven than is, so nothing is shown."""
    Path("roadmap.toml").write_text(
        text().replace("[[step]]", '[evidence]\nissuers = "gone.toml"\n\n[[step]]', 1),
        encoding="utf-8",
    )

    ended = program("roadmap", "status", "--at", "2026-03-02")

    assert ended.code == 5
    assert "no file gone.toml beside the roadmap, whose [evidence] names it" in ended.message


@pytest.mark.usefixtures("begun")
def test_a_plan_that_stays_is_not_offered_to_be_written(
    program: Program, home: Sequence[str]
) -> None:
    """There is nothing to say yes to."""
    ended = program("roadmap", "replan", "--at", "2026-03-02", *home)

    assert (ended.out, ended.err) == ("The plan stays as it is.\n", "")


@pytest.mark.usefixtures("begun")
def test_a_step_that_breaks_the_budget_is_taken_and_said(program: Program) -> None:
    """180 of the 200 are planned already: the next plan will have to give up something."""
    added = program(
        "roadmap", "add", "--own", "Go there", "--hours", "6", "--cost", "50", "--at", "2026-03-02"
    )

    assert added.code == 0
    assert "the steps cost 30.00 EUR more than the budget" in added.err


@pytest.mark.usefixtures("begun")
def test_what_changes_can_be_read_by_a_program(program: Program, home: Sequence[str]) -> None:
    """The same as the words say, for scripts."""
    done = program("roadmap", "done", "py", "--json", "--at", "2026-03-10", *home)
    shown = program("roadmap", "replan", "--json", "--max-cost", "130", "--at", "2026-03-11", *home)

    said, differences = json.loads(done.out), json.loads(shown.out)
    assert said["claimed"] == ["Python (computer programming)"]
    assert said["met"]["before"] < said["met"]["now"]
    assert [(one["kind"], one["step"]) for one in differences["changes"]][-1] == ("removed", "test")
    assert differences["conflicts"] == []


def test_the_issuers_that_the_file_names_are_enough(
    program: Program, home: Sequence[str], begun: str, tmp_path: Path
) -> None:
    """Whoever named them once need not name them again; a badge proves on every later day."""
    key = new_key()
    write(tmp_path, signed(key), "snakes.json")
    Path("issuers.toml").write_text(
        f'[[issuer]]\nid = "{key.did}"\nname = "School"\n', encoding="utf-8"
    )
    names = 'issuers = "issuers.toml"\nrecipient = ["did:example:lia"]\n'
    Path("roadmap.toml").write_text(
        begun.replace("[[step]]", f"[evidence]\n{names}\n[[step]]", 1), encoding="utf-8"
    )

    done = program("roadmap", "done", "py", "--badge", "snakes.json", "--at", "2026-03-20", *home)
    found = status(program, home, "2026-04-20")
    Path("snakes.json").write_text(
        Path("snakes.json").read_text(encoding="utf-8").replace("A badge", "A bridge"),
        encoding="utf-8",
    )
    forged = status(program, home, "2026-04-20")

    assert "You can now prove Python (computer programming)." in done.out
    assured = [
        next(one["assurance"] for one in each["steps"] if one["id"] == "py")  # type: ignore[attr-defined]
        for each in (found, forged)
    ]
    assert assured == ["verified", "invalid"]
    assert any("no longer the file that it was" in note for note in forged["notes"])  # type: ignore[attr-defined]


def test_what_lapses_before_the_end_is_not_met_there(
    program: Program, home: Sequence[str], begun: str
) -> None:
    """A certificate of a month is no help in the second one; the page says so in time."""
    Path("roadmap.toml").write_text(
        begun.replace("valid_months = 24", "valid_months = 1"), encoding="utf-8"
    )
    program("roadmap", "done", "py", "--on", "2026-03-03", "--at", "2026-03-04", *home)

    before = status(program, home, "2026-03-10")
    after = status(program, home, "2026-04-03")

    for found, now in ((before, "claimed"), (after, "not accepted")):
        states = {one["label"]: (one["now"], one["end"]) for one in found["requirements"]}  # type: ignore[attr-defined]
        assert states["Python (computer programming)"][0] == now
        assert states["Python (computer programming)"][1] in {"missing", "not accepted"}
    assert before["renewals"][0]["urgency"] == "lapses before the plan ends"  # type: ignore[index]
    assert after["renewals"][0]["urgency"] == "lapsed"  # type: ignore[index]
