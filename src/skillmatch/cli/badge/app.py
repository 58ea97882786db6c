"""``skillmatch badge``: one module a command."""

from __future__ import annotations

import typer

from skillmatch.cli.badge.align import align
from skillmatch.cli.badge.diff import diff
from skillmatch.cli.badge.endorse import endorse
from skillmatch.cli.badge.issue import issue
from skillmatch.cli.badge.key import app as key_app
from skillmatch.cli.badge.link_profile import link_profile
from skillmatch.cli.badge.lint import lint
from skillmatch.cli.badge.review import review
from skillmatch.cli.badge.show import show
from skillmatch.cli.badge.status import status
from skillmatch.cli.badge.verify import verify
from skillmatch.cli.badge.write import write

app = typer.Typer(
    help="Read, verify, align, lint and issue badges and other credentials.",
    no_args_is_help=True,
)
app.command()(align)
app.command()(diff)
app.command()(endorse)
app.command()(issue)
app.command()(link_profile)
app.command()(lint)
app.command()(review)
app.command()(show)
app.command()(status)
app.command()(verify)
app.command()(write)
app.add_typer(key_app, name="key")
