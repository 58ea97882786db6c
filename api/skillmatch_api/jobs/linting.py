"""Badges linted: at once for an answer, or as a job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from skillmatch.errors import DataError
from skillmatch.model.credential import Unread
from skillmatch.quality.batch import LintResult, Options, lint_path, result_of
from skillmatch.quality.switches import switches_of
from skillmatch.report.lint import render_lint
from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.jobs.context import JobContext, Outcome
from skillmatch_api.jobs.placed_files import placed, unpacked


def lint_job(request: bytes, context: JobContext) -> Outcome:
    """Judge what a request packs.

    Raises:
        UnreadableError: The only file holds nothing that can be judged.
        InterruptedJobError: The work is to stop.
    """
    files, options = unpacked(request)
    chosen = Options(profile=options["profile"], switches=switches_of(options["off"]))
    day = date.fromisoformat(options["review_by"]) if options["review_by"] else None
    result = lint_files(files, chosen, day, progress=context.progress)
    return Outcome(result=render_lint(result, "json"))


def lint_files(
    files: Sequence[NamedBytes],
    options: Options,
    review_by: date | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> LintResult:
    """Return what ``skillmatch badge lint`` finds in one file, or in a folder of several.

    Raises:
        UnreadableError: The only file holds nothing that can be judged.
        UsageError: There is no such profile.
    """
    with placed(files) as at:
        return result_of(tuple(lint_path(at.path, options, progress=progress)), options, review_by)


def lint_one(file: NamedBytes) -> LintResult:
    """Judge one file; where nothing in it can be judged, the result says why."""
    try:
        return lint_files([file], Options())
    except DataError as fault:
        unread = Unread(source=file.name, reason=str(fault).removeprefix(f"{file.name}: "))
        return result_of((unread,), Options())
