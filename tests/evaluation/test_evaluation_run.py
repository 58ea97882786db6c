"""``python -m evaluation`` from end to end, in a small world."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import evaluation.__main__ as program
from evaluation.asking import ask, is_up_to_date, result_of
from evaluation.result_files import find_result, read_run, run_path
from evaluation.systems import Ranking, all_systems
from evaluation.tasks import Inputs, JudgedQuery, Task
from evaluation.tasks.skill_linking import SkillLinking
from evaluation.tasks.spaces import Installed
from skillmatch.settings import Settings
from tests.evaluation.conftest import TECH

TASK = "skill-linking-tech-validation"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture(autouse=True)
def at_home(world: Settings, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program find the small world, whoever runs the tests."""
    monkeypatch.setattr(Settings, "from_environ", lambda _environ: world)
    monkeypatch.setenv("SKILLMATCH_TEST_DATA", str(shared))


def run(out: Path, *arguments: str) -> int:
    given = ["--framework", "esco@0.1", "--minilm", "hashing", "--out", str(out)]
    return program.main(["run", *given, *arguments])


def result(out: Path, task: str, system: str) -> dict[str, Any]:
    found = find_result(out, task, system)
    assert found is not None
    return dict(found)


def test_a_result_carries_all_that_its_numbers_depend_on(out: Path) -> None:
    """A number without data, framework, encoder, commit and seed is not a result."""
    code = run(out, "--task", "skill-linking", "--system", "skillmatch")

    found = result(out, TASK, "skillmatch")
    assert code == 0
    assert len(found["task"]["digest"]) == len(found["framework"]["digest"]) == 64
    assert list(found["task"]["files"]) == ["tech_validation_annotations.csv"]
    assert found["framework"]["id"] == "esco-0.1"
    assert found["system"]["encoder"].startswith("hashing")
    assert found["about"]["commit"]
    assert found["about"]["seed"] == 13
    assert {"numpy", "onnxruntime"} <= found["about"]["versions"].keys()
    assert (found["task"]["with_gold"], found["task"]["without_gold"]) == (2, 1)


def test_queries_without_gold_count_for_links_and_confidence_only(out: Path) -> None:
    """Two rankings are measured, all three queries are linked."""
    run(out, "--task", "skill-linking", "--system", "skillmatch")

    found = result(out, TASK, "skillmatch")

    assert len(found["per_query"]["MRR"]) == len(found["per_query"]["links"]) == 2
    assert len(found["per_query"]["links without gold"]) == 1
    assert found["links"]["with gold"]["gold"] == 3
    assert found["calibration"]["candidates"] > 10


def test_rankings_are_kept_for_later(out: Path) -> None:
    """In the order of the queries, with what was right and what was accepted."""
    run(out, "--task", "skill-linking", "--system", "exact-label")

    rows = list(read_run(run_path(out, TASK, "exact-label")))

    # Bytes 4 to 7 of a gzip file are the time at which it was written.
    assert run_path(out, TASK, "exact-label").read_bytes()[4:8] == bytes(4)
    assert [row["id"].partition(":")[2] for row in rows] == ["0", "1", "2"]
    assert rows[1] | {"id": ""} == {"id": "", "gold": [], "ranked": [], "accepted": []}
    assert {uri for uri, _ in rows[0]["ranked"]} == set(rows[0]["accepted"])


def test_what_was_measured_is_not_measured_again(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interrupted run goes on where it stopped, and the same input gives the same bytes."""
    run(out, "--task", "skill-linking", "--system", "bm25")
    files = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    capsys.readouterr()

    run(out, "--task", "skill-linking", "--system", "bm25")
    skipped = capsys.readouterr().err
    run(out, "--task", "skill-linking", "--system", "bm25", "--force")

    assert skipped.count("as it was") == 3
    assert "as it was" not in capsys.readouterr().err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == files


def test_another_question_is_measured_anew(out: Path, inputs: Inputs, world: Settings) -> None:
    """Other gold, other labels or another system under the same name."""
    run(out, "--task", "skill-linking", "--system", "bm25")
    found = find_result(out, TASK, "bm25")
    task, *_ = SkillLinking().read(inputs)
    systems = all_systems(world, progress=lambda *_: None)

    assert is_up_to_date(found, task, systems["bm25"])
    assert not is_up_to_date(None, task, systems["bm25"])
    assert not is_up_to_date(found, replace(task, queries=task.queries[:2]), systems["bm25"])
    assert not is_up_to_date(found, task, systems["char-tfidf"])
    elsewhere = Installed(settings=world, framework="esco-0.1", digest="another")
    moved = replace(task, space=replace(task.space, place=elsewhere))
    assert not is_up_to_date(found, moved, systems["bm25"])


def test_every_task_runs_with_every_system(out: Path, melo: Path) -> None:
    """Nothing in a table may stand for a combination that never worked."""
    assert run(out) == 0
    assert run(out, "--queries", str(melo)) == 0

    done = {path.parent.name for path in out.glob("*/*.json")}

    assert done == {
        "skill-linking-tech-validation",
        "skill-linking-house-validation",
        "skill-linking-skillskape-dev",
        "extraction",
        "label-normalisation",
        "occupation-skills",
        "skill-occupations",
        "cross-language-german",
        "occupation-linking-usa-q-en-c-en",
    }
    for task in done - {"extraction"}:
        assert len(list((out / task).glob("*.json"))) == 7
    decided = {path.stem for path in (out / "extraction").glob("*.json")}
    assert decided == {"exact-label", "skillmatch"}
    assert "ranking" not in result(out, "extraction", "skillmatch")


def test_the_report_lists_every_baseline(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run or not: a table without its floor says nothing."""
    run(out, "--task", "skill-linking", "--system", "skillmatch", "--system", "bm25")
    capsys.readouterr()

    code = program.main(["report", "--out", str(out), "--baseline", "bm25"])

    text = (out / "README.md").read_text(encoding="utf-8")
    assert code == 0
    assert capsys.readouterr().out.strip() == str(out / "README.md")
    assert text.count("| minilm | not run |") == 3
    assert text.count("\n| bm25 | ") == 4
    assert "## Validation together" in text
    assert "## Calibration" in text


def test_two_folders_are_compared_query_by_query(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before and after a change; nothing changed here, so that nothing is in bold."""
    for folder in (out, tmp_path / "after"):
        run(folder, "--task", "skill-linking", "--system", "exact-label")
    capsys.readouterr()

    code = program.main(["compare", str(out), str(tmp_path / "after"), "--system", "exact-label"])

    text = capsys.readouterr().out
    assert code == 0
    assert "| validation together | MRR |" in text
    assert "**" not in text
    assert text.count("+0.0000 [+0.0000, +0.0000]") == 4 * 6 + 3


def test_other_queries_are_not_compared(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A difference of values of different queries is no difference of systems."""
    for folder, text in ((out, TECH), (tmp_path / "after", TECH.replace("Git", "Java"))):
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        run(folder, "--queries", str(path), "--system", "random")

    code = program.main(["compare", str(out), str(tmp_path / "after"), "--system", "random"])

    assert code == 2
    assert "different queries" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--queries", "missing.csv"], 5, "there is no file missing.csv"),
        (["--task", "skils"], 2, "there is no task 'skils'"),
        (["--system", "bm52"], 2, "there is no system 'bm52'"),
        (["--framework", "esco@9"], 5, "esco-9 is not installed"),
        (["--task", "occupation-linking"], 2, "--queries FOLDER"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    out: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    """And no result is written."""
    assert run(out, "--system", "random", *arguments) == code

    lines = capsys.readouterr().err.splitlines()
    assert said in lines[-1]
    assert lines[-1].startswith("error: ")
    assert not out.exists()


def test_a_report_of_nothing_says_what_to_run(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty page would be published sooner or later."""
    assert program.main(["report", "--out", str(out)]) == 5

    assert "python -m evaluation run" in capsys.readouterr().err


def test_a_damaged_result_is_named(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says which file, and what to do."""
    path = out / TASK / "bm25.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"version": 1', encoding="utf-8")

    assert run(out, "--task", "skill-linking", "--system", "bm25") == 4
    assert f"{path}: is no JSON" in capsys.readouterr().err


class Sure:
    """A system that says .9 of its first and .2 of its second answer, and links the first."""

    name = "sure"
    probabilities = True
    decides = True

    def fingerprint(self) -> str:
        """Return the name."""
        return "sure"

    def encoder(self) -> str:
        """Return that there is none."""
        return ""

    def rank(self, texts: list[str]) -> list[Ranking]:
        """Give every text the same answer."""
        uris = ("a", "b")
        return [
            Ranking(uris=uris, similarities=(0.9, 0.2), accepted=frozenset(uris[:1])) for _ in texts
        ]


def test_numbers_are_those_of_a_hand(inputs: Inputs) -> None:
    """Gold a, b, none: MRR (1 + 1/2) / 2. Links: 1 of 2 right with gold, 1 of 3 over all.

    Of six candidates two are right: at .9 one of three, at .2 one of three. In 15 bins each
    candidate is alone, and equal ones share: (3 * |.9 - 1/3| + 3 * |.2 - 1/3|) / 6 = .35.
    """
    (task, *_) = SkillLinking().read(inputs)
    gold = (("a",), ("b",), ())
    queries = tuple(
        JudgedQuery(id=str(place), text="", gold=right) for place, right in enumerate(gold)
    )
    small: Task = replace(task, queries=queries)

    answers = ask(small, Sure(), Sure(), lambda *_: None)  # type: ignore[arg-type]  # no open()
    found = result_of(small, Sure(), answers, seed=13)  # type: ignore[arg-type]  # no open()

    assert found["ranking"]["MRR"] == 0.75
    assert found["ranking"]["RP@1"] == 0.5
    assert found["links"]["with gold"]["precision"] == 0.5
    assert found["links"]["all"]["precision"] == 0.3333
    assert found["calibration"]["expected_calibration_error"] == 0.35
    assert found["calibration"]["at_0.8"]["accepted"] == 3
    assert found["per_query"]["links"] == [[1, 1, 1], [0, 1, 1]]
