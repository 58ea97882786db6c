"""Many badges, one after another, in an order that does not change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from skillmatch.errors import UnreadableError
from skillmatch.model.credential import Unread
from skillmatch.quality.badge import Detect
from skillmatch.quality.lint import BadgeReport, Muted, lint_badge
from skillmatch.quality.positions import lines_of
from skillmatch.quality.profiles import AUTO, check_profile
from skillmatch.quality.sources import Document, documents_in, file_names, read_documents
from skillmatch.quality.switches import Off, Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class LintResult:
    """What was found in a file or folder.

    Attributes:
        profile: As asked for; each badge names the one that it was held to.
        badges: In order of their files' paths, then of their places.
        unread: What holds nothing that can be judged, with the reason.
        off: Rules that were switched off.
        review_by: The day that review dates were compared with, None where nobody asked.
        due: Places in ``badges`` of those whose review date is that day or lies before it.
        undated: How many badges name no review date.
    """

    version: str = "lint-1"
    profile: str = AUTO
    badges: tuple[BadgeReport, ...] = ()
    unread: tuple[Unread, ...] = ()
    off: tuple[Off, ...] = ()
    review_by: date | None = None
    due: tuple[int, ...] = ()
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a batch is judged."""

    profile: str = AUTO
    switches: Switches = field(default_factory=Switches)
    detect: Detect | None = None


def lint_path(
    path: Path,
    options: Options | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Iterator[BadgeReport | Unread]:
    """Yield a report for each badge in a file, folder or archive, as soon as it is made.

    Args:
        path: JSON, JWT, PNG, SVG, a zip of these, or a folder with its folders.
        options: Profile and switches.
        progress: Told how many of how many files are done.

    Raises:
        NotFoundError: There is no such file or folder.
        UnreadableError: ``path`` is a single file that holds nothing to be judged.
        UsageError: There is no such profile.
    """
    chosen = options or Options()
    check_profile(chosen.profile)
    files = file_names(path)
    for done, file in enumerate(files):
        progress(done, len(files))
        source = file.relative_to(path).as_posix() if path.is_dir() else file.name
        read = read_documents if path.is_dir() else documents_in
        yield from _judged(read(file, source, any_kind=chosen.profile != AUTO), chosen)
    progress(len(files), len(files))


def result_of(
    found: tuple[BadgeReport | Unread, ...], options: Options, review_by: date | None = None
) -> LintResult:
    """Return what ``lint_path`` yielded as one value."""
    badges = tuple(one for one in found if isinstance(one, BadgeReport))
    return LintResult(
        profile=options.profile,
        badges=badges,
        unread=tuple(one for one in found if isinstance(one, Unread)),
        off=options.switches.off,
        review_by=review_by,
        due=tuple(
            place
            for place, badge in enumerate(badges)
            if review_by and badge.review and badge.review.is_due(review_by)
        ),
        undated=sum(badge.review is None for badge in badges),
    )


def _judged(
    documents: Iterable[Document | Unread], options: Options
) -> Iterator[BadgeReport | Unread]:
    for one in documents:
        if isinstance(one, Unread):
            yield one
            continue
        try:
            report = lint_badge(
                one.root,
                source=one.source,
                profile=options.profile,
                switches=options.switches,
                detect=options.detect,
            )
        except UnreadableError as fault:
            yield Unread(source=one.source, reason=str(fault))
            continue
        yield _placed(report, one)


def _placed(report: BadgeReport, document: Document) -> BadgeReport:
    """Return the report with the line of each finding, where its file is JSON as it stands."""
    if not document.text:
        return report
    found = [*report.findings, *(one.finding for one in report.muted)]
    lines = lines_of(document.text, {one.pointer for one in found})
    return replace(
        report,
        findings=tuple(replace(one, line=lines.get(one.pointer, 0)) for one in report.findings),
        muted=tuple(
            Muted(
                finding=replace(one.finding, line=lines.get(one.finding.pointer, 0)),
                reason=one.reason,
            )
            for one in report.muted
        ),
    )
