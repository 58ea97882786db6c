"""Where a report goes: standard output, or a file whose name may say the format."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import typer

SUFFIXES: Mapping[str, str] = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "markdown",
    ".svg": "svg",
}
"""Format by the name of a file, so that ``--output gap.html`` does what it says."""


def format_of(output: Path | None, suffixes: Mapping[str, str] = SUFFIXES) -> str:
    """Return the format that the name of a file asks for, text for every other."""
    return suffixes.get(output.suffix.lower(), "text") if output else "text"


def width() -> int:
    """Return the columns to write text in: those of the terminal, from 60 to 110."""
    from shutil import get_terminal_size

    return max(60, min(get_terminal_size((80, 24)).columns, 110))


def colour(output: Path | None) -> bool:
    """Tell whether text may be coloured: on a terminal, unless NO_COLOR is set."""
    return output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def show(text: str, output: Path | None, *, what: str = "Report") -> None:
    """Print a report, or write it whole or not at all and say where it is."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    from skillmatch.atomic import write_text

    write_text(output, text)
    typer.echo(f"{what} written to {output}", err=True)
