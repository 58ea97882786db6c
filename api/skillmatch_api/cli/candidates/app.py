"""The group of commands ``candidates``."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="candidates",
    help="Candidates: import, invite, show, export, erase, search.",
    no_args_is_help=True,
)


@app.callback()
def candidates() -> None:
    """Candidates: import, invite, show, export, erase, search."""
