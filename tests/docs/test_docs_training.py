"""The page about training tells the recipe as it is."""

from __future__ import annotations

import argparse
import re
from importlib import import_module

import pytest

from evaluation.train.__main__ import parser
from evaluation.train.plan import Plan
from evaluation.train.recipe import STAGES, WRITTEN, StageRecipe
from tests.docs.doc_pages import ROOT, blocks, first_code, page, rows

COMMAND = re.compile(r"^python -m evaluation\.train (.+)$", re.MULTILINE)
NEEDS_TORCH = ("evaluation.train.objective", "evaluation.train.encoder")


def constants() -> list[tuple[str, str]]:
    """Return (dotted name, value) of every constant on the page."""
    return [
        (name, row[1])
        for row in rows(page("training.md"))
        for name in first_code(row[0])
        if name.startswith("evaluation.")
    ]


def stage_rows() -> dict[str, list[str]]:
    """Return what the page says of each number of the stages, by the number's name."""
    known = {*StageRecipe.__dataclass_fields__, *Plan.__dataclass_fields__}
    table = {row[0].split("`")[1]: row[1:] for row in rows(page("training.md")) if "`" in row[0]}
    return {name: cells for name, cells in table.items() if name in known}


def commands() -> list[str]:
    pages = [page("training.md"), (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")]
    return [one for text in pages for block in blocks(text, "sh") for one in COMMAND.findall(block)]


@pytest.mark.parametrize(("name", "value"), constants())
def test_a_constant_of_the_page_is_that_of_the_code(name: str, value: str) -> None:
    """Read as text where the module needs PyTorch, which these tests do without."""
    module, _, constant = name.rpartition(".")
    if module in NEEDS_TORCH:
        text = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert f"\n{constant} = {value}\n" in text
    else:
        assert str(getattr(import_module(module), constant)) == value


def test_every_number_of_a_stage_is_on_the_page() -> None:
    """Someone who trains elsewhere compares these first."""
    told = stage_rows()

    expected = {
        name: [
            str(getattr(stage.plan if name in Plan.__dataclass_fields__ else stage, name))
            for stage in STAGES
        ]
        for name in (*StageRecipe.__dataclass_fields__, *Plan.__dataclass_fields__)
        if name not in {"name", "plan"}
    }
    assert told == expected


def test_the_stages_stand_in_their_order() -> None:
    """The second one begins with what the first one made."""
    assert [f"`{stage.name}`" in page("training.md") for stage in STAGES] == [True, True]
    assert f"| number | {' | '.join(f'`{stage.name}`' for stage in STAGES)} |" in page(
        "training.md"
    )


def test_every_file_of_sentences_is_counted() -> None:
    """The page says how much was written, and by whom."""
    told = {
        row[0].strip("`"): int(row[1].replace(",", ""))
        for row in rows(page("training.md"))
        if row[0].endswith(".tsv`")
    }

    found = {
        path.name: sum(
            bool(line) and not line.startswith("#")
            for line in path.read_text(encoding="utf-8").splitlines()
        )
        for path in WRITTEN.glob("*.tsv")
    }
    assert told == found
    assert f"{sum(found.values()):,} sentences" in page("training.md")


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_shown_can_be_given(command: str) -> None:
    """Options that were renamed are the first thing that a page forgets."""
    assert isinstance(parser().parse_args(command.split()), argparse.Namespace)


def test_there_are_commands_to_try() -> None:
    """A pattern that finds none would pass for good documentation."""
    assert len(commands()) == 2
