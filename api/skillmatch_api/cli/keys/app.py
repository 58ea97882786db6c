"""``skillmatch keys``: make, list, rotate and revoke keys of the service."""

from __future__ import annotations

import typer

from skillmatch_api.cli.keys.create import create
from skillmatch_api.cli.keys.ending import revoke, rotate
from skillmatch_api.cli.keys.list_ import list_

app = typer.Typer(help="Keys of the service: make, list, rotate, revoke.", no_args_is_help=True)
app.command()(create)
app.command("list")(list_)
app.command()(revoke)
app.command()(rotate)
