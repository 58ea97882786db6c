"""Commands that other packages bring, found by the entry points ``skillmatch.commands``.

The library never imports the service; whoever installs it has its commands. Commands and contexts
are typer's own and of no public type, so they are passed on as they come.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import Any

import typer
from typer.core import TyperGroup

GROUP = "skillmatch.commands"


class WithInstalledCommands(TyperGroup):
    """A group that looks for a command elsewhere when it has none of that name itself."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Return a command; entry points are only read where it is not the program's own."""
        own = super().get_command(ctx, cmd_name)
        return own if own is not None else _installed().get(cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Return the names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *_installed()})


@cache
def _installed() -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        group = typer.main.get_group(point.load())
        found.update(group.commands)
    return found
