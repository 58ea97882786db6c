"""The page of the Python API runs, from its first line to its last."""

from __future__ import annotations

import runpy
from inspect import isfunction
from pathlib import Path

import pytest

from skillmatch import errors
from skillmatch.service.matcher import Matcher
from tests.docs.doc_pages import ROOT, blocks, first_code, page, rows

EXAMPLE = ROOT / "examples" / "python" / "gap.py"
POSTING = """Requirements:
- Python
- Use version control
- A valid driving licence
"""


@pytest.fixture
def engine(mini_matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``Matcher.open`` give the invented engine, whatever is installed here."""
    monkeypatch.setattr(Matcher, "open", lambda *_, **__: mini_matcher)
    monkeypatch.setattr(Matcher, "close", lambda _: None)


def test_the_page_shows_the_example_that_lies_beside_it() -> None:
    """Two copies that drift apart are two examples, one of them wrong."""
    assert EXAMPLE.read_text(encoding="utf-8") in blocks(page("python.md"), "python")


@pytest.mark.usefixtures("engine")
def test_the_example_prints_what_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is the first thing that a developer runs."""
    posting, cv = tmp_path / "posting.txt", tmp_path / "cv.txt"
    posting.write_text(POSTING, encoding="utf-8")
    cv.write_text("Two years of Python.\n", encoding="utf-8")

    runpy.run_path(str(EXAMPLE))["main"](str(posting), str(cv))

    printed = capsys.readouterr().out
    assert "1 of 2 skills are held." in printed
    assert "use version control (missing): asked by “Use version control”" in printed
    assert "check  driving licence" in printed


@pytest.mark.usefixtures("engine")
def test_the_blocks_of_the_page_run_one_after_the_other() -> None:
    """A reader types them in this order; later ones use what earlier ones made."""
    names: dict[str, object] = {"__name__": "page"}

    for block in blocks(page("python.md"), "python"):
        exec(compile(block, "docs/python.md", "exec"), names)  # noqa: S102 - our own page

    assert "Python" in str(names["page"])


def test_every_method_of_the_matcher_is_in_the_table() -> None:
    """A method without a word about it will be used wrongly or not at all."""
    told = {
        word.partition("(")[0] for row in rows(page("python.md")) for word in first_code(row[0])
    }
    methods = {
        name for name, value in vars(Matcher).items() if isfunction(value) and name[0] != "_"
    }

    assert methods | {"Matcher.open"} <= told


def test_every_error_that_the_page_names_exists() -> None:
    """Names in prose are not checked by any other tool."""
    named = {
        word
        for row in rows(page("python.md"))
        for word in first_code(row[0])
        if word.endswith("Error")
    }

    assert named
    assert all(hasattr(errors, name) for name in named)
