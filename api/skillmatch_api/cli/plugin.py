"""What ``skillmatch`` adds to its commands when the service is installed."""

from __future__ import annotations

import typer

from skillmatch_api.cli.candidates.app import app as candidates_app
from skillmatch_api.cli.serve import serve

app = typer.Typer()
app.command()(serve)
app.add_typer(candidates_app, name="candidates")
