"""The commands that change one step: ``start``, ``log`` and ``drop``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of
from skillmatch.cli.roadmap.arguments import (
    DEFAULT_FILE,
    AtOption,
    FileOption,
    OnOption,
    StepArgument,
    day_or_today,
)

if TYPE_CHECKING:
    from skillmatch.model.roadmap import Roadmap


def start(
    step: StepArgument, file: FileOption = DEFAULT_FILE, on: OnOption = None, at: AtOption = None
) -> None:
    """Begin a step: from now on a new plan has to finish it."""
    from skillmatch.pathway.roadmap.changes import start_step

    today = day_or_today(at, "--at")
    day = day_of(on, "--on") or today
    after = _change(file, lambda roadmap: start_step(roadmap, step, on=day, at=today))
    _tell(after, f"begun {day}")


def log(
    step: StepArgument,
    hours: Annotated[float, typer.Option(help="Hours that you worked on it.")],
    file: FileOption = DEFAULT_FILE,
    on: OnOption = None,
    note: Annotated[str, typer.Option(help="Your own words on it.")] = "",
    at: AtOption = None,
) -> None:
    """Keep hours of work on a step; the first ones begin it."""
    from skillmatch.pathway.roadmap.changes import log_hours
    from skillmatch.pathway.roadmap.steps import find_step

    today = day_or_today(at, "--at")
    day = day_of(on, "--on") or today
    after = _change(
        file, lambda roadmap: log_hours(roadmap, step, hours, on=day, at=today, note=note)
    )
    found = find_step(after, step)
    of = "" if found.planned_hours is None else f" of {found.planned_hours:g}"
    typer.echo(f"“{found.name}”: {found.spent_hours:g}{of} hours")


def drop(
    step: StepArgument,
    reason: Annotated[str, typer.Option(help="Why: your later self will ask.")],
    file: FileOption = DEFAULT_FILE,
    on: OnOption = None,
    at: AtOption = None,
) -> None:
    """Give a step up on purpose; it stays in the file with its reason, hours and money."""
    from skillmatch.pathway.roadmap.changes import drop_step

    today = day_or_today(at, "--at")
    day = day_of(on, "--on") or today
    after = _change(file, lambda roadmap: drop_step(roadmap, step, reason=reason, on=day, at=today))
    _tell(after, f"dropped {day}")
    typer.echo("See what else closes its skills with: skillmatch roadmap replan", err=True)


def _change(file: Path, action: Callable[[Roadmap], Roadmap]) -> Roadmap:
    from skillmatch.service.roadmap_files import change

    return change(file, action)[1]


def _tell(roadmap: Roadmap, words: str) -> None:
    """Say what was done to the step that the last entry of the history is about."""
    entry = roadmap.history[-1]
    name = next(one.name for one in roadmap.steps if one.id == entry.step)
    typer.echo(f"“{name}”: {words}")
