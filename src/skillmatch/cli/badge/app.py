"""``skillmatch badge``: one module a command."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Read, verify, align, lint and issue badges and other credentials.",
    no_args_is_help=True,
)
