"""The program: one typer app, and the one place where an error becomes a line and a number.

Commands import what they need inside their bodies, so that ``--help`` stays light.
"""

from __future__ import annotations

import os
import sys

import typer

from skillmatch.cli import frameworks, index
from skillmatch.cli.badge.app import app as badge_app
from skillmatch.cli.catalogue.app import app as catalogue_app
from skillmatch.cli.demand import demand
from skillmatch.cli.exits import Exit, exit_code
from skillmatch.cli.gap import gap
from skillmatch.cli.installed_commands import WithInstalledCommands
from skillmatch.cli.link import link
from skillmatch.cli.plan import plan
from skillmatch.cli.profile import profile
from skillmatch.cli.roadmap.app import app as roadmap_app
from skillmatch.cli.search import search
from skillmatch.cli.setup import setup
from skillmatch.errors import SkillmatchError

app = typer.Typer(
    name="skillmatch",
    cls=WithInstalledCommands,
    help="Which skills a job asks for, which you can already show, and what closes the rest.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.command()(demand)
app.command()(gap)
app.command()(link)
app.command()(plan)
app.command()(profile)
app.command()(search)
app.command()(setup)
app.add_typer(badge_app, name="badge")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(frameworks.app, name="frameworks")
app.add_typer(index.app, name="index")
app.add_typer(roadmap_app, name="roadmap")


@app.callback()
def main() -> None:
    """Which skills a job asks for, which you can already show, and what closes the rest."""


def run() -> None:
    """Run the program and leave with the exit code of what happened."""
    # numpy's products here are small: more threads wait for each other, which takes twice the
    # processor time of a search for candidates. It is read when numpy is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app(prog_name="skillmatch")
    except SkillmatchError as error:
        print(f"skillmatch: {error}", file=sys.stderr)  # noqa: T201 - the process edge
        sys.exit(exit_code(error))
    except (KeyboardInterrupt, SystemExit) as left:
        # typer turns Ctrl-C inside a command into a silent exit of the same code.
        if isinstance(left, SystemExit) and left.code != Exit.INTERRUPTED:
            raise
        print("skillmatch: interrupted; nothing half is left behind", file=sys.stderr)  # noqa: T201
        sys.exit(Exit.INTERRUPTED)
