"""``skillmatch store``: back up, restore, check and migrate the database of the service."""

from __future__ import annotations

import typer

from skillmatch_api.cli.store.backup import backup
from skillmatch_api.cli.store.check import check
from skillmatch_api.cli.store.migrate import migrate
from skillmatch_api.cli.store.restore import restore

app = typer.Typer(
    help="Database of the service: back up, restore, check, migrate.", no_args_is_help=True
)
app.command()(backup)
app.command()(check)
app.command()(migrate)
app.command()(restore)
