"""Run the program as a shell does, in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pytest
import typer.main
import typer.testing

from skillmatch.cli import main
from skillmatch.settings import Settings
from tests.mini_engine import mini_linker, recipe_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """The one line that says what was wrong; fails where there is another number of lines."""
        (line,) = self.err.splitlines()
        assert line.startswith("skillmatch: ")
        return line


Program = Callable[..., Ended]


@pytest.fixture(scope="session", autouse=True)
def commands_made_once() -> Iterator[None]:
    """Make the tree of commands once for all runs; typer makes it anew for each, in 0.1 s."""
    made = cache(typer.main.get_command)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", made)
        patch.setattr(typer.testing, "_get_command", made)
        yield


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    """Run ``skillmatch ARGUMENTS`` with ``stdin`` and return exit code and both outputs."""

    def run(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["skillmatch", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        try:
            main.run()
            code: object = 0
        except SystemExit as left:
            code = left.code or 0
        caught = capsys.readouterr()
        assert isinstance(code, int)
        return Ended(code=code, out=caught.out, err=caught.err)

    return run


@pytest.fixture
def engine(mini_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sequence[str]]:
    """Point the program at the invented data; returns the options that name the recipe."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(mini_settings.data_dir))
    with mini_linker(mini_settings):
        yield ("--recipe", str(recipe_of(mini_settings)))
