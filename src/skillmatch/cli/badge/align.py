"""The command ``badge align``: which concepts the outcomes of badges mean."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.progress import shown_progress

if TYPE_CHECKING:
    from skillmatch.linking.alignment.proposing import ProposalRules
    from skillmatch.model.alignment import AlignmentRun, Review
    from skillmatch.service.aligning import BadgeAligner
    from skillmatch.service.places import Progress

FORMATS = ("text", "json", "yaml", "csv")


def align(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="A badge, a folder or archive of badges, or a sheet of outcomes (csv, xlsx, md).",
        ),
    ],
    framework: Annotated[
        list[str] | None,
        typer.Option(help="Align with this framework; several with commas, the first one leads."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=100, help="Concepts for each statement.")] = 5,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Propose concepts from this probability on.")
    ] = 0.1,
    review: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write a review file (.yaml or .csv), or bring one up to date."
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option(help="text, json, yaml or csv; what is printed.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    recipe: Annotated[str, typer.Option(help="Index recipe to use.")] = "",
) -> None:
    """Propose skills for what badges say their earners can do, and check what is aligned already.

    With --review the proposals go into a file in which you accept, reject or edit them; running
    the command again keeps every decision, and goes on where an interrupted run stopped.
    """
    if format is not None and format not in FORMATS:
        raise typer.BadParameter(
            f"{format!r} is none of {', '.join(FORMATS)}", param_hint="--format"
        )
    from skillmatch.linking.alignment.proposing import ProposalRules

    names = [one.strip() for value in framework or () for one in value.split(",") if one.strip()]
    rules = ProposalRules(top=top, min_confidence=min_confidence)
    # A faulty review file is told of before an hour of linking, not after it.
    before = _read_review(review)
    with shown_progress() as progress, _aligner(names, recipe, rules) as aligner:
        run = _run(path, review, aligner, progress)
    for note in run.notes:
        typer.echo(note, err=True)
    chosen = "json" if json_output else format or ("" if review else "text")
    if review is not None:
        _write_review(run, review, before)
    if chosen:
        sys.stdout.write(_printed(run, chosen))


@contextmanager
def _aligner(
    frameworks: Sequence[str], recipe: str, rules: ProposalRules
) -> Iterator[BadgeAligner]:
    from skillmatch.service.aligning import BadgeAligner, open_others
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.places import Places
    from skillmatch.settings import Settings

    settings = Settings.from_environ(os.environ)
    with ExitStack() as stack:
        matcher = stack.enter_context(Matcher.open(frameworks, settings=settings, recipe=recipe))
        others = open_others(Places.of(settings), matcher.frameworks.ids)
        for one in others:
            stack.callback(one.close)
        yield BadgeAligner(matcher=matcher, rules=rules, others=others)


def _run(
    path: Path, review: Path | None, aligner: BadgeAligner, progress: Progress
) -> AlignmentRun:
    from skillmatch.model.alignment import AlignmentRun
    from skillmatch.report.plain import plural
    from skillmatch.service.align_journal import AlignJournal, journal_path
    from skillmatch.service.provider_badges import read_provider_badges

    home = review.parent if review else None
    own = (review, journal_path(review)) if review else ()
    read = read_provider_badges(path, relative_to=home, skip=own, progress=progress)
    if review is None:
        found = tuple(aligner.align(read.badges, progress=progress))
    else:
        with AlignJournal.open(journal_path(review)) as journal:
            if len(journal):
                typer.echo(
                    f"going on after {plural(len(journal), 'badge')} of an earlier run", err=True
                )
            found = tuple(aligner.align(read.badges, journal=journal, progress=progress))
    frameworks = aligner.matcher.frameworks
    return AlignmentRun(
        source=path.name,
        frameworks=frameworks.ids,
        encoder=aligner.matcher.linker.proposer.encoder.fingerprint,
        badges=found,
        notes=(*read.notes, *aligner.foreign(read.badges)),
        attribution=frameworks.attribution,
    )


def _read_review(path: Path | None) -> Review | None:
    from skillmatch.readers.alignments import read_review

    return read_review(path) if path is not None and path.exists() else None


def _write_review(run: AlignmentRun, path: Path, before: Review | None) -> None:
    """Merge with the file as it is now: somebody may have decided while the program linked."""
    from skillmatch.linking.alignment.reviewing import merged, review_of
    from skillmatch.readers.alignments import write_review
    from skillmatch.report.review_summary import review_summary

    old = _read_review(path) or before
    new = review_of(run)
    whole = merged(new, old) if old else new
    write_review(whole, path)
    typer.echo(review_summary(whole, str(path)), err=True)


def _printed(run: AlignmentRun, format: str) -> str:
    from skillmatch.linking.alignment.reviewing import review_of
    from skillmatch.readers.alignments.review_csv import csv_text
    from skillmatch.readers.alignments.yaml_text import yaml_text
    from skillmatch.report.alignment_json import alignment_json
    from skillmatch.report.alignment_text import alignment_text

    if format == "json":
        return alignment_json(run)
    if format == "text":
        return alignment_text(run)
    return yaml_text(review_of(run)) if format == "yaml" else csv_text(review_of(run))
