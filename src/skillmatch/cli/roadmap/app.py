"""``skillmatch roadmap``: follow a plan."""

from __future__ import annotations

import typer

from skillmatch.cli.roadmap.init import init
from skillmatch.cli.roadmap.status import status

app = typer.Typer(
    help="Follow a plan: where you are, what is next, and what changes on the way.",
    no_args_is_help=True,
)
app.command()(init)
app.command()(status)
