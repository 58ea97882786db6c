"""What the commands say: the key to standard output alone, everything else beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import typer

from skillmatch_api.store.tables import ApiKey


def tell_new(row: ApiKey, key: str, *, organisation: str) -> None:
    """Print a key that was just made, and what it is for.

    Only the key goes to standard output, so that it can be sent straight where it is kept.
    """
    bound = f", bound to the person {row.person_id}" if row.person_id else ""
    typer.echo(
        f"Key {row.id} for {', '.join(row.scopes)} in the organisation {organisation!r}{bound}; "
        f"{ending(row.expires_at)}.\nKeep it now: it is not shown again.",
        err=True,
    )
    typer.echo(key)


def ending(at: datetime | None) -> str:
    """Return until when a key counts, in words."""
    return "it does not expire" if at is None else f"it counts until {minute(at)}"


def minute(at: datetime | None) -> str:
    """Return a moment to the minute, UTC; a dash for none."""
    return "–" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns, each as wide as its longest cell."""
    lines = [head, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )
