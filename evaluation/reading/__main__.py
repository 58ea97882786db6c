"""Read twenty postings from end to end, and say what a person thought of every link.

    python -m evaluation.reading [--benchmarks FOLDER] [--posting NAME]… [--json]
    python -m evaluation.reading --check

Ten postings are ours and ten are real (``evaluation.reading.texts``); without the benchmark files
the real ones are left out. ``--check`` sets what is found beside ``sheet.tsv``, and ends with 1
where a link has not been judged; ``--new`` prints such links as rows for the sheet.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evaluation.__main__ import shared_data
from evaluation.provenance import commit_id
from evaluation.reading.answers import Answer, answer_lines, read_answer
from evaluation.reading.sheet import SHEET, read_sheet
from evaluation.reading.standing import Standing, new_rows, standing_lines, standing_of
from evaluation.reading.texts import own_postings, real_postings
from skillmatch import Matcher
from skillmatch.cli.exits import exit_code
from skillmatch.errors import NotFoundError, SkillmatchError
from skillmatch.model.posting import Posting


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    known = argparse.ArgumentParser(
        prog="python -m evaluation.reading", description=(__doc__ or "").splitlines()[0]
    )
    known.add_argument("--benchmarks", type=Path, default=shared_data() / "benchmarks")
    known.add_argument("--posting", action="append", default=[], metavar="NAME")
    known.add_argument("--sheet", type=Path, default=SHEET)
    shown = known.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="everything, for a program")
    shown.add_argument("--check", action="store_true", help="counts by the sheet")
    shown.add_argument("--new", action="store_true", help="rows for links that are not judged")
    return known


def postings(benchmarks: Path, names: Sequence[str]) -> list[Posting]:
    """Return the postings of these names, or all.

    Raises:
        NotFoundError: A name is unknown.
    """
    found = list(own_postings())
    try:
        found.extend(real_postings(benchmarks))
    except NotFoundError as error:
        print(f"left out the real postings: {error}", file=sys.stderr)
    known = [one.source for one in found]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise NotFoundError(f"there is no posting {unknown[0]!r}; known are {', '.join(known)}")
    return [one for one in found if not names or one.source in names]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, print, and return the exit code."""
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except SkillmatchError as error:
        print(f"error: {error}", file=sys.stderr)
        return int(exit_code(error))


def _run(options: argparse.Namespace) -> int:
    chosen = postings(options.benchmarks, options.posting)
    sheet = read_sheet(options.sheet) if options.check or options.new else ()
    with Matcher.open() as matcher:
        answers = [read_answer(matcher, posting) for posting in chosen]
        if options.json:
            print(_json(matcher, answers))
            return 0
    if not (options.check or options.new):
        print("\n".join(line for answer in answers for line in answer_lines(answer)))
        return 0
    standings = [standing_of(answer, sheet) for answer in answers]
    print("\n".join(new_rows(standings) if options.new else standing_lines(standings)))
    return _unjudged(standings)


def _unjudged(standings: Sequence[Standing]) -> int:
    return int(any(one.new for one in standings))


def _json(matcher: Matcher, answers: Sequence[Answer]) -> str:
    return json.dumps(
        {
            "commit": commit_id(),
            "frameworks": matcher.frameworks.ids,
            "encoder": matcher.linker.proposer.encoder.fingerprint,
            "answers": [asdict(answer) for answer in answers],
        },
        ensure_ascii=False,
    )


if __name__ == "__main__":
    sys.exit(main())
