"""``skillmatch badge lint`` and ``badge diff``: formats, exit codes, rules files, review dates."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from skillmatch.report.lint.as_json import diff_schema, lint_schema
from tests.cli.conftest import Program

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "badges"
OLD, NEW = (EXAMPLES / "lint" / f"forklift-{number}.json" for number in (1, 2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the two examples, a badge with an error, and a file that is none."""
    for path in (OLD, NEW):
        shutil.copy(path, tmp_path)
    broken = json.loads(NEW.read_text(encoding="utf-8"))
    del broken["image"]
    (tmp_path / "a.json").write_text(json.dumps(broken), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "error"), 1),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "never"), 0),
    ],
)
def test_an_error_fails_the_run_unless_told_otherwise(
    program: Program, folder: Path, options: tuple[str, ...], code: int
) -> None:
    """A build stops on errors; who only wants to read says so."""
    assert program("badge", "lint", str(folder), *options).code == code


def test_warnings_fail_only_where_asked(program: Program) -> None:
    """Advice on wording must not stop a build by itself."""
    assert program("badge", "lint", str(OLD)).code == 0
    assert program("badge", "lint", str(OLD), "--fail-on", "warning").code == 1
    assert program("badge", "lint", str(NEW), "--fail-on", "warning").code == 0


def test_text_tells_place_words_mending_and_what_was_not_read(
    program: Program, folder: Path
) -> None:
    """One screen without a manual."""
    ended = program("badge", "lint", str(folder))

    assert "BadgeClass has no image" in ended.out
    assert "/criteria/narrative" in ended.out
    assert "“understand the rules of a" in " ".join(ended.out.split())
    assert "not read notes.txt" in ended.out
    assert "3 badges: 1 error" in ended.out


def test_json_follows_the_schema_and_is_the_same_each_time(program: Program, folder: Path) -> None:
    """Programs compare runs."""
    import jsonschema

    first = program("badge", "lint", str(folder), "--json")
    again = program("badge", "lint", str(folder), "--format", "json")

    jsonschema.validate(json.loads(first.out), lint_schema())
    assert first.out == again.out


@pytest.mark.parametrize("suffix", ["html", "sarif", "md", "json", "txt"])
def test_the_name_of_the_output_chooses_the_format(
    program: Program, folder: Path, tmp_path_factory: pytest.TempPathFactory, suffix: str
) -> None:
    """--output lint.html is a page without saying so twice."""
    path = tmp_path_factory.mktemp("out") / f"lint.{suffix}"

    ended = program("badge", "lint", str(folder), "--output", str(path), "--fail-on", "never")

    begins = {"html": "<!doctype html>", "sarif": "{", "md": "# Badge lint", "json": "{"}
    assert path.read_text(encoding="utf-8").startswith(begins.get(suffix, "Forklift"))
    assert ended.out == ""
    assert str(path) in ended.err


def test_rules_that_are_off_are_shown_with_their_reason(program: Program, tmp_path: Path) -> None:
    """A quiet report must say what it keeps quiet about."""
    rules = tmp_path / "lint.toml"
    rules.write_text('[off]\nB14 = "our names are loved"\n', encoding="utf-8")

    ended = program("badge", "lint", str(OLD), "--rules", str(rules))

    assert "B14 is off: our names are loved" in ended.out
    assert "“Hero”" not in ended.out


def test_due_reviews_are_listed(program: Program, folder: Path) -> None:
    """The old version was to be looked at in September 2026."""
    ended = program("badge", "lint", str(folder), "--review-by", "2027-01-01", "--fail-on", "never")

    assert "Due for review by 2027-01-01: 1 badge." in ended.out
    assert "2026-09-30 (ext:reviewDate): Forklift Hero" in ended.out


def test_a_rule_is_explained_without_a_badge(program: Program) -> None:
    """Whoever sees B4 in a log asks what that is."""
    ended = program("badge", "lint", "--explain", "b4")

    assert ended.code == 0
    assert ended.out.startswith("B4 · warning · An outcome without a verb")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--explain", "Z1"),
        (str(OLD), "--profile", "ob4"),
        (str(OLD), "--fail-on", "note"),
        (str(OLD), "--format", "pdf"),
        (str(OLD), "--review-by", "soon"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    program: Program, arguments: tuple[str, ...]
) -> None:
    """With what could have been meant."""
    ended = program("badge", "lint", *arguments)

    assert ended.code == 2
    assert ended.message


def test_nothing_that_can_be_judged_is_its_own_outcome(program: Program, tmp_path: Path) -> None:
    """An empty report would look like a clean one."""
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")

    ended = program("badge", "lint", str(tmp_path))

    assert ended.code == 3
    assert "notes.txt" in ended.message
    assert program("badge", "lint", str(tmp_path / "none")).code == 5


def test_a_bad_rules_file_is_bad_input(program: Program, tmp_path: Path) -> None:
    """Before any badge is judged by the wrong rules."""
    rules = tmp_path / "lint.toml"
    rules.write_text("[off]\nB99 = 1\n", encoding="utf-8")

    ended = program("badge", "lint", str(OLD), "--rules", str(rules))

    assert ended.code == 4
    assert "B99" in ended.message


def test_a_difference_is_told_as_text_and_json(program: Program) -> None:
    """A person reads one, a catalogue the other."""
    import jsonschema

    ended = program("badge", "diff", str(OLD), str(NEW))
    data = json.loads(program("badge", "diff", str(OLD), str(NEW), "--json").out)

    assert ended.code == 0
    assert "do not cover the new one" in ended.out
    jsonschema.validate(data, diff_schema())
    assert data["coverage"] == "not covered"


def test_a_difference_needs_one_badge_on_either_side(program: Program, folder: Path) -> None:
    """Guessing which of several is meant would compare the wrong two."""
    both = folder / "both.json"
    both.write_text(json.dumps([json.loads(OLD.read_text("utf-8"))] * 2), encoding="utf-8")

    assert program("badge", "diff", str(folder), str(NEW)).code == 2
    assert program("badge", "diff", str(both), str(NEW)).code == 2
    assert program("badge", "diff", str(folder / "notes.txt"), str(NEW)).code == 3
    assert program("badge", "diff", str(folder / "none.json"), str(NEW)).code == 5
