"""``skillmatch roadmap``: follow a plan."""

from __future__ import annotations

import typer

from skillmatch.cli.roadmap.add import add
from skillmatch.cli.roadmap.done import done
from skillmatch.cli.roadmap.init import init
from skillmatch.cli.roadmap.replan import replan
from skillmatch.cli.roadmap.status import status
from skillmatch.cli.roadmap.steps import drop, log, start

app = typer.Typer(
    help="Follow a plan: where you are, what is next, and what changes on the way.",
    no_args_is_help=True,
)
app.command()(init)
app.command()(status)
app.command()(start)
app.command()(log)
app.command()(done)
app.command()(add)
app.command()(drop)
app.command()(replan)
