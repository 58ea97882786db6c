"""The command ``setup``: from nothing to the first answer, in one go."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatch.cli.frameworks import index_line, index_values, installed_lines

if TYPE_CHECKING:
    from skillmatch.service.indexing import BuiltIndex
    from skillmatch.service.install import InstallReport

FRAMEWORKS = ("esco", "onet")


def setup(
    online: Annotated[
        bool, typer.Option("--online", help="Also ask publishers' and mirrors' web addresses.")
    ] = False,
    wait: Annotated[
        float,
        typer.Option(min=0, metavar="SECONDS", help="Wait for another process that installs."),
    ] = 0.0,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Install ESCO and O*NET, and build the default index of both.

    What is there already is left alone; what an interrupted run fetched is used.
    """
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.install import InstallOptions, install
    from skillmatch.service.places import Places
    from skillmatch.service.ready import make_searchable
    from skillmatch.settings import Settings

    started = time.monotonic()
    settings = Settings.from_environ(os.environ)
    places = Places.of(settings)
    options = InstallOptions(online=online or settings.allow_network, wait_s=wait)
    with shown_progress(quiet=json_output) as progress:
        reports = [
            install(name, places=places, options=options, progress=progress) for name in FRAMEWORKS
        ]
        indexes = [
            make_searchable(report.framework_id, settings=settings, progress=progress)
            for report in reports
        ]
    done = SetupReport(reports, indexes, time.monotonic() - started)
    if json_output:
        typer.echo(json.dumps(done.values(), indent=2, ensure_ascii=False))
        return
    typer.echo("\n".join(done.lines()))
    typer.echo(f"Ready after {done.seconds:.0f} s; everything lies in {settings.data_dir}.")


@dataclass(frozen=True, slots=True)
class SetupReport:
    """What ``setup`` did, for a person and for a program."""

    frameworks: Sequence[InstallReport]
    indexes: Sequence[BuiltIndex]
    seconds: float

    def values(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        return {
            "frameworks": [asdict(report) for report in self.frameworks],
            "indexes": [index_values(index) for index in self.indexes],
            "seconds": round(self.seconds, 1),
        }

    def lines(self) -> list[str]:
        """Return what a person reads."""
        return [
            *(line for report in self.frameworks for line in _few_lines(report)),
            *map(index_line, self.indexes),
        ]


def _few_lines(report: InstallReport) -> list[str]:
    """Return what there is, and where to read what is not: the first answer is worth the room."""
    lines = installed_lines(report)
    if report.missing:
        lines.append(
            f"  It lacks a part of the official release; `skillmatch frameworks show "
            f"{report.framework_id}` says which and how to add it."
        )
    return lines
