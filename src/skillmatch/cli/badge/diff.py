"""The command ``badge diff``: what changed between two versions of a badge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.printing import colour, width
from skillmatch.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from skillmatch.quality.sources import Document


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier version (JSON, JWT, PNG or SVG).")],
    new: Annotated[Path, typer.Argument(help="The later version.")],
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what changed in a badge, and whether those who earned the old one cover the new."""
    from skillmatch.quality.changes import compare_nodes
    from skillmatch.report.lint.as_json import diff_json
    from skillmatch.report.lint.diff_text import diff_text

    difference = compare_nodes(_only(old).root, _only(new).root)
    if json_output:
        sys.stdout.write(diff_json(difference))
        return
    sys.stdout.write(diff_text(difference, width=width(), colour=colour(None)))


def _only(path: Path) -> Document:
    """Return the one badge of a file."""
    from skillmatch.quality.sources import Document, documents_in
    from skillmatch.service.named_files import check_file

    check_file(path)
    found = tuple(documents_in(path, path.name))
    badges = [one for one in found if isinstance(one, Document)]
    if not badges:
        reason = next((one.reason for one in found if not isinstance(one, Document)), "it is empty")
        raise UnreadableError(reason, path=path)
    if len(badges) > 1:
        raise UsageError(f"{path} holds {len(badges)} badges; name a file of one")
    return badges[0]
