"""Every command and option stands on its page, and every command line on a page is understood."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import typer.main

from skillmatch.cli.exits import Exit
from skillmatch.cli.main import app
from tests.docs.doc_pages import ROOT, blocks, first_code, page, pages, rows

# typer's commands are those of the click that it carries, which has no public types.
Command = Any


@cache
def commands() -> dict[str, Command]:
    """Return all commands by their full name, groups left out."""
    return dict(_walk("skillmatch", typer.main.get_command(app)))


def _walk(name: str, command: Command) -> Iterator[tuple[str, Command]]:
    if not hasattr(command, "commands"):
        yield name, command
        return
    for sub in command.list_commands(None):
        yield from _walk(f"{name} {sub}", command.get_command(None, sub))


def sections() -> dict[str, str]:
    """Return the sections of the page by their heading."""
    parts = re.split(r"^## (.+)\n", page("cli.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_a_section_and_no_section_is_of_a_command_that_is_gone() -> None:
    """The page is written by hand; this keeps it whole."""
    told = {name for name in sections() if name.startswith("skillmatch ")}

    assert told == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_and_argument_is_in_the_table_of_its_command(name: str) -> None:
    """Neither a hidden option nor one that is gone."""
    params = commands()[name].params
    known = {form for one in params for form in (*one.opts, *one.secondary_opts) if form[0] == "-"}
    arguments = {
        one.metavar or one.name.upper() for one in params if one.param_type_name == "argument"
    }

    cells = [first_code(row[0]) for row in rows(sections()[name])]

    assert {word.split()[0] for cell in cells for word in cell} == known | arguments


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_an_example_of_itself(name: str) -> None:
    """An example says in one line what a table says in ten."""
    examples = "\n".join(blocks(sections()[name], "sh"))

    assert name in examples


def test_every_exit_code_is_documented_and_no_other() -> None:
    """Scripts branch on them."""
    told = {int(row[0]) for row in rows(sections()["Exit codes"])}

    assert told == {int(code) for code in Exit}


def command_lines() -> list[tuple[str, str]]:
    """Return (page, line) of every call of the program in a shell block of any page."""
    return [
        (str(path.relative_to(ROOT)), line)
        for path in pages()
        for block in blocks(path.read_text(encoding="utf-8"), "sh")
        for line in block.replace("\\\n", " ").splitlines()
        if re.search(r"(^|\| )skillmatch ", line)
    ]


@pytest.mark.parametrize(("where", "line"), command_lines())
def test_a_command_line_on_a_page_is_one_that_the_program_understands(
    where: str, line: str
) -> None:
    """Examples are copied; one with an option that is gone costs a reader an hour."""
    words = shlex.split(line[line.index("skillmatch ") :], comments=True)
    words = words[: next((at for at, word in enumerate(words) if word in {"|", ">"}), None)]
    depth = next((one for one in (4, 3) if " ".join(words[:one]) in commands()), 2)
    name = " ".join(words[:depth])

    assert name in commands(), f"{where}: there is no command {name!r}"
    context = commands()[name].make_context(name, words[depth:])

    assert context.params, where


def test_the_pages_hold_command_lines_at_all() -> None:
    """An empty list of examples would pass the test above."""
    assert len(command_lines()) > 20
