"""Badges and sheets of outcomes aligned: at once for an answer, or as a job for the reviewers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.linking.alignment.proposing import ProposalRules
from skillmatch.model.alignment import AlignmentRun, Badge
from skillmatch.quality.batch import LintResult
from skillmatch.report.alignment_json import alignment_json
from skillmatch.service.aligning import BadgeAligner, Journal, open_others
from skillmatch.service.matcher import Matcher
from skillmatch.service.places import Places, Progress, silent
from skillmatch.service.provider_badges import read_provider_badges
from skillmatch.settings import Settings
from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.jobs.context import JobContext, Outcome, PartsJournal
from skillmatch_api.jobs.linting import lint_one
from skillmatch_api.jobs.placed_files import PlacedFiles, placed, unpacked
from skillmatch_api.reviews.storing import Origin, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """What aligning came to.

    Attributes:
        badges: As they were read, in the order of ``run.badges``.
    """

    run: AlignmentRun
    badges: tuple[Badge, ...]


def align_job(request: bytes, context: JobContext) -> Outcome:
    """Align what a request packs, and store each badge for the reviewers.

    Raises:
        UnreadableError: No file holds a badge.
        InterruptedJobError: The work is to stop.
    """
    files, options = unpacked(request)
    with context.matchers.lent() as matcher:
        found = align_files(
            matcher,
            context.settings.library,
            files,
            rules=rules_of(options),
            journal=PartsJournal(context),
            progress=context.steps,
        )
    lints = _lints(found.badges, context)
    at = context.clock()
    origin = Origin(tenant_id=context.claim.tenant_id, job_id=context.claim.job_id, at=at)
    rows = rows_of(found.run, found.badges, lints, origin)
    return Outcome(result=alignment_json(found.run), write=lambda session: session.add_all(rows))


def rules_of(options: dict[str, Any]) -> ProposalRules:
    """Return how much is proposed."""
    return ProposalRules(top=options["top"], min_confidence=options["min_confidence"])


def align_files(
    matcher: Matcher,
    settings: Settings,
    files: Sequence[NamedBytes],
    *,
    rules: ProposalRules,
    journal: Journal | None = None,
    progress: Progress = silent,
) -> Aligned:
    """Return what ``skillmatch badge align`` finds in the same files.

    Raises:
        UnreadableError: No file holds a badge.
        DataError: The only file is a sheet that is at fault.
    """
    with placed(files) as at, _aligner(matcher, settings, rules) as aligner:
        badges, notes = _read(at)
        found = tuple(aligner.align(badges, journal=journal, progress=progress))
        frameworks = matcher.frameworks
        run = AlignmentRun(
            source=at.path.name,
            frameworks=frameworks.ids,
            encoder=matcher.linker.proposer.encoder.fingerprint,
            badges=found,
            notes=(*map(at.shown, notes), *aligner.foreign(badges)),
            attribution=frameworks.attribution,
        )
    return Aligned(run=run, badges=badges)


def _lints(badges: Sequence[Badge], context: JobContext) -> tuple[LintResult, ...]:
    """Judge the file of each badge, once for all badges in it."""
    known: dict[int, LintResult] = {}
    for badge in badges:
        context.check()
        if id(badge.document) not in known:
            data = json.dumps(dict(badge.document)).encode("ascii")
            known[id(badge.document)] = lint_one(NamedBytes(name=badge.file, data=data))
    return tuple(known[id(badge.document)] for badge in badges)


@contextmanager
def _aligner(matcher: Matcher, settings: Settings, rules: ProposalRules) -> Iterator[BadgeAligner]:
    others = open_others(Places.of(settings), matcher.frameworks.ids)
    with ExitStack() as stack:
        for one in others:
            stack.callback(one.close)
        yield BadgeAligner(matcher=matcher, rules=rules, others=others)


def _read(files: PlacedFiles) -> tuple[tuple[Badge, ...], tuple[str, ...]]:
    """Return the badges of all files, each once; a file without any is a note beside others."""
    badges: dict[str, Badge] = {}
    notes: list[str] = []
    for path in files.paths:
        try:
            read = read_provider_badges(path, relative_to=files.folder)
        except UnreadableError as fault:
            if len(files.paths) == 1:
                raise
            notes.append(f"{path.name} was left out: {str(fault).removeprefix(f'{path}: ')}")
            continue
        notes += read.notes
        for badge in read.badges:
            first = badges.setdefault(badge.id, badge)
            if first.statements != badge.statements or first.alignments != badge.alignments:
                notes.append(
                    f"{badge.file} was left out: {first.file} has the same badge id ({badge.id}) "
                    "with other words; give a new version its own id, or align it on its own"
                )
    if not badges:
        raise UnreadableError("no file holds a badge to align: " + "; ".join(notes[:3]))
    return tuple(badges.values()), tuple(notes)
