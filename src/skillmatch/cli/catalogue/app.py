"""``skillmatch catalogue``: one module a command."""

from __future__ import annotations

import typer

from skillmatch.cli.catalogue.check import check
from skillmatch.cli.catalogue.import_ import import_
from skillmatch.cli.catalogue.list_ import list_
from skillmatch.cli.catalogue.show import show

app = typer.Typer(
    help="Import, list, show and check credentials and courses on offer.",
    no_args_is_help=True,
)
app.command()(check)
app.command("import")(import_)
app.command("list")(list_)
app.command()(show)
