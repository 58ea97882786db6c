"""The page about evaluation names what there is."""

from __future__ import annotations

import argparse
import re

import pytest

from evaluation.__main__ import parser
from evaluation.systems import ALL
from evaluation.tasks import SOURCES
from tests.docs.doc_pages import ROOT, blocks, first_code, page, rows

COMMAND = re.compile(r"^python -m evaluation (?!\.)(.+)$", re.MULTILINE)


def first_column() -> set[str]:
    return {word for row in rows(page("evaluation.md")) for word in first_code(row[0])}


def commands() -> list[str]:
    """Return what follows `python -m evaluation` in every block of commands."""
    texts = [page("evaluation.md"), (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")]
    return [one for text in texts for block in blocks(text, "sh") for one in COMMAND.findall(block)]


def test_every_task_and_system_is_on_the_page_and_no_other() -> None:
    """A name that no table explains is a number that nobody can read."""
    assert first_column() == {*(source.name for source in SOURCES), *ALL}


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_shown_can_be_given(command: str) -> None:
    """Options that were renamed are the first thing that a page forgets."""
    assert isinstance(parser().parse_args(command.split()), argparse.Namespace)


def test_there_are_commands_to_try() -> None:
    """A pattern that finds none would pass for good documentation."""
    assert len(commands()) >= 6
