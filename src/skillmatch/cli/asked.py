"""What is asked for on the command line: postings, occupations and edited checklists."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from skillmatch.cli.exits import Exit
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.posting import Posting
    from skillmatch.model.requirement import Checklist
    from skillmatch.service.matcher import Matcher


def day_of(text: str | None, option: str) -> date | None:
    """Return the day that an option names, None where it is not given.

    Raises:
        UsageError: It is no date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no date; write it like 2026-11-30") from error


def today() -> date:
    """Return the day where the program runs."""
    return datetime.now().astimezone().date()


def posting_at(named: str) -> Posting:
    """Read a posting: a file, or standard input for ``-``."""
    from skillmatch.readers.documents import read_posting

    return read_posting("-" if named == "-" else Path(named))


def edited_checklist(matcher: Matcher, path: Path) -> Checklist:
    """Read a checklist that a person edited."""
    from skillmatch.readers.requirements import read_requirements

    return read_requirements(path, matcher.resolve, label_of=matcher.frameworks.pref_label)


def stop_if_nothing_is_asked(checklist: Checklist, source: str) -> None:
    """An empty checklist is its own outcome: it must never look like a gap of zero."""
    if checklist.requirements:
        return
    from skillmatch.report.nothing_found import nothing_found

    typer.echo(f"skillmatch: {nothing_found(checklist, source)}", err=True)
    raise typer.Exit(Exit.NOTHING_READABLE)
