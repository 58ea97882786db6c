"""What commands about catalogues share: opening them, with progress and warnings shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.offer import Catalogue
    from skillmatch.service.catalogue_names import CataloguePlaces
    from skillmatch.service.matcher import Matcher
    from skillmatch.settings import Settings

At = Annotated[str | None, typer.Option(help="Day that it holds for, YYYY-MM-DD; default today.")]
Framework = Annotated[
    list[str] | None, typer.Option(help="Use this framework only; may be repeated.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Recipe = Annotated[str, typer.Option(help="Index recipe to use.")]


def at_home() -> tuple[Settings, CataloguePlaces]:
    """Return the settings and where imported catalogues lie."""
    from skillmatch.service.catalogue_names import CataloguePlaces
    from skillmatch.settings import Settings

    settings = Settings.from_environ(os.environ)
    return settings, CataloguePlaces.of(settings)


@contextmanager
def open_matcher(framework: Sequence[str] | None, recipe: str) -> Iterator[Matcher]:
    """Open the frameworks that skills are looked up in."""
    from skillmatch.service.matcher import Matcher

    with Matcher.open(framework or (), recipe=recipe) as matcher:
        yield matcher


def open_shown(
    matcher: Matcher, named: Sequence[str], at: date, *, quiet: bool = False
) -> Catalogue:
    """Open catalogues; what takes long shows how far it is, and says before how to spare it."""
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.catalogues import open_catalogue

    with shown_progress(quiet=quiet) as progress:
        return open_catalogue(matcher, named, at=at, progress=progress, warn=say)


def say(note: str) -> None:
    """Print what a person should know, beside the result."""
    typer.echo(f"skillmatch: {note}", err=True)


def day_of(at: str | None) -> date:
    """Return the day of ``--at``, today without.

    Raises:
        UsageError: It is no date.
    """
    if at is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(at)
    except ValueError as error:
        raise UsageError(f"--at {at!r} is no date; write it like 2026-11-30") from error


def all_imported(places: CataloguePlaces) -> tuple[str, ...]:
    """Return the names of all imported catalogues.

    Raises:
        UsageError: There is none.
    """
    names = places.names()
    if not names:
        raise UsageError(
            "no catalogue is imported; name a file, folder or zip of offers, or run "
            "`skillmatch catalogue import SOURCE`"
        )
    return names


def width() -> int:
    """Return the columns of a line."""
    from shutil import get_terminal_size

    return max(60, min(get_terminal_size((80, 24)).columns, 110))


def colour() -> bool:
    """Tell whether ANSI styles may be used."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
