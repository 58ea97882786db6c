"""The command ``badge show``: what a badge, a record or a wallet says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from skillmatch.cli.exits import leave_with
from skillmatch.cli.printing import colour, width
from skillmatch.errors import UsageError

FORMATS = ("text", "json")


def show(
    file: Annotated[
        list[Path],
        typer.Argument(help="Badges (JSON, JWT, PNG, SVG), folders or zip archives of them."),
    ],
    recipient: Annotated[
        bool, typer.Option("--recipient", help="Also show whom it was awarded to, in full.")
    ] = False,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
) -> None:
    """Show what badges and records say: skills, outcomes, issuer, dates. Nothing is checked."""
    chosen = "json" if json_output else format
    if chosen not in FORMATS:
        raise UsageError(f"no format {chosen!r}; there are {', '.join(FORMATS)}")
    from skillmatch.model.credential import Wallet
    from skillmatch.report.wallet import wallet_json, wallet_view
    from skillmatch.report.wallet_text import wallet_text
    from skillmatch.service.named_files import read_named

    named = read_named(file)
    wallet = Wallet(credentials=named.credentials, unread=named.unread)
    view = wallet_view(wallet, masked=not recipient)
    if chosen == "json":
        sys.stdout.write(wallet_json(view))
    else:
        sys.stdout.write(wallet_text(view, width=width(), colour=colour(None)))
    sys.stdout.flush()
    leave_with(named.faults)
