"""Reviewed badges and their lint as files: the same bytes as the command line writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import Response
from sqlalchemy.orm import Session

from skillmatch.model.alignment import Badge, Review
from skillmatch.quality.batch import LintResult, Options, result_of
from skillmatch.readers.alignments.yaml_text import yaml_text
from skillmatch.report.lint import render_lint
from skillmatch.report.lint.render import LintFormat
from skillmatch.service.writing_back import WriteAs, WriteOptions
from skillmatch_api.errors import AbsentError, TooLargeError
from skillmatch_api.reviews import queue
from skillmatch_api.reviews.queue import Which
from skillmatch_api.reviews.results import REVIEW_FILE, archive_of, files_of, together
from skillmatch_api.reviews.storing import badge_of, lint_of
from skillmatch_api.store.tables import StoredAlignment
from skillmatch_api.wire.services import Services

MAX_BADGES = 2_000
"""In one file."""
FORMS: Mapping[str, WriteAs] = MappingProxyType(
    {
        "badge": WriteAs.BADGE,
        "ob3": WriteAs.OB3,
        "endorsement": WriteAs.ENDORSEMENT,
        "sssom": WriteAs.SSSOM,
    }
)
"""What badges can be written as, by the name of the file without its ending."""
QUEUE_FILES = (*(f"{name}.zip" for name in FORMS), REVIEW_FILE)
LINTS: Mapping[str, tuple[LintFormat, str]] = MappingProxyType(
    {
        "lint.html": ("html", "text/html"),
        "lint.md": ("markdown", "text/markdown"),
        "lint.sarif": ("sarif", "application/sarif+json"),
        "lint.json": ("json", "application/json"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Badges of the queue with what was decided on them and what is wrong with them."""

    reviewed: Sequence[tuple[Badge, Review]]
    lints: Sequence[LintResult]


def taken(session: Session, rows: Sequence[StoredAlignment]) -> Taken:
    """Return what files are made from."""
    return Taken(
        reviewed=[(badge_of(row), queue.review(session, row)) for row in rows],
        lints=[lint_of(row) for row in rows],
    )


def all_taken(session: Session, *, tenant_id: str, which: Which) -> Taken:
    """Return the same for badges of the queue.

    Raises:
        TooLargeError: They are more than one file should hold.
    """
    rows = queue.exported(session, tenant_id=tenant_id, which=which, limit=MAX_BADGES + 1)
    if len(rows) > MAX_BADGES:
        raise TooLargeError(f"there are more than {MAX_BADGES:,} badges; take those of one upload")
    return taken(session, rows)


def queue_file(name: str, found: Taken, services: Services) -> Response | None:
    """Return badges as one file; None where nothing was decided that would be in it.

    Raises:
        AbsentError: There is no such file.
    """
    common = _common(name, found)
    if common is not None or not found.reviewed:
        return common
    form = FORMS.get(name.removesuffix(".zip"))
    if form is None or not name.endswith(".zip"):
        raise AbsentError(f"there is no file {name[:80]}")
    made = files_of(found.reviewed, services.settings.library, WriteOptions(form=form))
    if not made.files:
        return None
    return _file(archive_of(found.reviewed, made, services.clock()), name, "application/zip")


def badge_file(name: str, found: Taken, services: Services) -> Response | None:
    """Return one badge as a file; None where nothing was decided that would be in it.

    Raises:
        AbsentError: There is no such file.
    """
    common = _common(name, found)
    if common is not None:
        return common
    form = FORMS.get(name)
    if form is None:
        raise AbsentError(f"there is no file {name[:80]}")
    made = files_of(found.reviewed, services.settings.library, WriteOptions(form=form))
    if not made.files:
        return None
    sheet = form is WriteAs.SSSOM
    media = "text/tab-separated-values; charset=utf-8" if sheet else "application/json"
    return _file(made.texts[0].encode("utf-8"), made.files[0].file, media)


def together_lint(lints: Sequence[LintResult]) -> LintResult:
    """Return the lint of several files as one; a badge that stands in two of them counts once."""
    reports = {(one.source, one.pointer, one.id): one for lint in lints for one in lint.badges}
    unread = {(one.source, one.reason): one for lint in lints for one in lint.unread}
    return result_of((*reports.values(), *unread.values()), Options())


def _common(name: str, found: Taken) -> Response | None:
    """Return what needs no decision: the review file and the lint."""
    if name == REVIEW_FILE:
        text = yaml_text(together([review for _, review in found.reviewed]))
        return _file(text.encode("utf-8"), name, "application/yaml")
    if name in LINTS:
        form, media = LINTS[name]
        text = render_lint(together_lint(found.lints), form)
        return _file(text.encode("utf-8"), name, f"{media}; charset=utf-8")
    return None


def _file(data: bytes, name: str, media_type: str) -> Response:
    return Response(
        data,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            # It quotes what strangers wrote: even where a browser shows it, nothing in it may run.
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        },
    )
