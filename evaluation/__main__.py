"""Measure quality, and report it.

    python -m evaluation run [--task NAME]… [--system NAME]… [--queries PATH]…
    python -m evaluation report [--baseline NAME]
    python -m evaluation compare FOLDER FOLDER [--system NAME]

``run`` writes one file for each task and system; what was measured on the same data by the same
system is not run again. ``report`` writes one page from all of them. ``compare`` sets two folders
of results side by side, as before and after a change. ``docs/evaluation.md`` explains everything.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation.asking import Progress, ask, is_up_to_date, result_of
from evaluation.comparing import side_by_side
from evaluation.minilm import MINILM
from evaluation.provenance import ROOT
from evaluation.report import write_report
from evaluation.result_files import find_result, write_result, write_run
from evaluation.systems import ALL, System, all_systems, choose_systems
from evaluation.tasks import SOURCES, Inputs, Task, read_tasks
from skillmatch.cli.exits import exit_code
from skillmatch.cli.progress import shown_progress
from skillmatch.errors import NotFoundError, SkillmatchError
from skillmatch.settings import Settings

RESULTS = ROOT / "evaluation" / "results"
FRAMEWORK = "esco@1.1.0"
"""The release whose labels the published benchmarks refer to."""


def parser() -> argparse.ArgumentParser:
    """Return the options of all three commands."""
    whole = argparse.ArgumentParser(
        prog="python -m evaluation", description=(__doc__ or "").splitlines()[0]
    )
    commands = whole.add_subparsers(dest="command", required=True)
    _run_options(commands.add_parser("run", help="ask tasks of systems"))
    reported = commands.add_parser("report", help="write the page of tables")
    reported.add_argument("--baseline", default="minilm", choices=ALL)
    reported.add_argument("--out", type=Path, default=RESULTS)
    compared = commands.add_parser("compare", help="set two folders of results side by side")
    compared.add_argument("before", type=Path)
    compared.add_argument("after", type=Path)
    compared.add_argument("--system", default="skillmatch", choices=ALL)
    return whole


def _run_options(run: argparse.ArgumentParser) -> None:
    names = ", ".join(source.name for source in SOURCES)
    run.add_argument("--task", action="append", default=[], metavar="NAME", help=names)
    run.add_argument("--system", action="append", default=[], metavar="NAME", help=", ".join(ALL))
    run.add_argument("--queries", action="append", default=[], type=Path, metavar="PATH")
    run.add_argument("--framework", default=FRAMEWORK)
    run.add_argument("--limit", type=_at_least_0, help="queries at most of each task; 0 means all")
    run.add_argument("--out", type=Path, default=RESULTS)
    run.add_argument("--shared", type=Path, default=shared_data(), help="folder of reference data")
    run.add_argument("--minilm", default=MINILM, help="untuned all-MiniLM-L6-v2")
    run.add_argument("--encoder", default="", help="another encoder for the system `encoder`")
    run.add_argument("--seed", type=int, default=13, help="of the random order")
    run.add_argument("--force", action="store_true", help="run again what was run before")
    run.add_argument("--quiet", action="store_true", help="no progress bars")


def _at_least_0(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def shared_data() -> Path:
    """Return the folder of reference data, as the tests look for it."""
    return Path(os.environ.get("SKILLMATCH_TEST_DATA", ROOT.parent / "shared" / "data"))


def run(options: argparse.Namespace) -> int:
    """Ask every chosen task of every chosen system; 1 where nothing could be asked."""
    settings = Settings.from_environ(os.environ)
    inputs = Inputs(
        settings=settings,
        framework=options.framework,
        shared=options.shared,
        queries=tuple(options.queries),
        limit=options.limit,
    )
    asked = 0
    with shown_progress(quiet=options.quiet) as progress:
        known = all_systems(settings, minilm=options.minilm, seed=options.seed, progress=progress)
        systems = choose_systems(known, options.system)
        for name, tasks in read_tasks(options.task, inputs):
            if isinstance(tasks, NotFoundError):
                _say(f"skipped {name}: {tasks}")
                continue
            for task in tasks:
                for system in systems:
                    _ask_one(task, system, options, progress)
                    asked += 1
    return 0 if asked else 1


def _ask_one(task: Task, system: System, options: argparse.Namespace, progress: Progress) -> None:
    title = f"{task.name}, {system.name}"
    if not task.ranked and not system.decides:
        _say(f"{title}: it ranks without deciding what to link, so there is nothing to measure")
        return
    known = None if options.force else find_result(options.out, task.name, system.name)
    if is_up_to_date(known, task, system):
        _say(f"{title}: as it was; --force runs it again")
        return
    with system.open(task.space) as ranker:
        answers = ask(task, system, ranker, progress)
    write_run(options.out, task.name, system.name, answers.rows)
    result = result_of(task, system, answers, seed=options.seed)
    path = write_result(options.out, result)
    numbers = dict(result.get("ranking", {}))
    if "links" in result:
        numbers["F1, all"] = result["links"]["all"]["f1"]
    shown = ", ".join(f"{name} {value:.4f}" for name, value in numbers.items())
    _say(f"{title}: {shown} ({path})")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; errors that are told apart end with the exit codes of ``skillmatch``."""
    options = parser().parse_args(arguments)
    try:
        if options.command == "run":
            return run(options)
        if options.command == "report":
            print(write_report(options.out, options.baseline))
        else:
            print("\n".join(side_by_side(options.before, options.after, options.system)))
    except SkillmatchError as error:
        _say(f"error: {error}")
        return int(exit_code(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
