"""The group of commands ``candidates``."""

from __future__ import annotations

import typer

from skillmatch_api.cli.candidates.erase import erase
from skillmatch_api.cli.candidates.export import export
from skillmatch_api.cli.candidates.import_ import import_
from skillmatch_api.cli.candidates.invite import invite
from skillmatch_api.cli.candidates.recheck import recheck
from skillmatch_api.cli.candidates.search import search
from skillmatch_api.cli.candidates.show import show

app = typer.Typer(
    name="candidates",
    help="Candidates: import, invite, show, export, erase, search, recheck.",
    no_args_is_help=True,
)
app.command()(erase)
app.command()(export)
app.command("import")(import_)
app.command()(invite)
app.command()(recheck)
app.command()(search)
app.command()(show)
