"""What ``skillmatch`` adds to its commands when the service is installed."""

from __future__ import annotations

import typer

from skillmatch_api.cli.candidates.app import app as candidates_app
from skillmatch_api.cli.keys.app import app as keys_app
from skillmatch_api.cli.serve import serve
from skillmatch_api.cli.store.app import app as store_app
from skillmatch_api.cli.tenants.app import app as tenants_app

app = typer.Typer()
app.command()(serve)
app.add_typer(candidates_app, name="candidates")
app.add_typer(keys_app, name="keys")
app.add_typer(store_app, name="store")
app.add_typer(tenants_app, name="tenants")
