"""The lint as Markdown, for an issue or a wiki."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.quality.batch import LintResult
from skillmatch.quality.lint import BadgeReport
from skillmatch.report.lint import wording
from skillmatch.report.plain import clean


def lint_markdown(result: LintResult) -> str:
    """Return one section a badge, then what was off, due and not read."""
    lines = ["# Badge lint", "", wording.headline(result), ""]
    for badge in result.badges:
        lines += _badge(badge)
    reviewed = wording.review_lines(result)
    if reviewed:
        lines += ["## Review", "", escape(reviewed[0]), ""]
        lines += [*(f"- {escape(one)}" for one in reviewed[1:]), ""]
    if result.off:
        lines += [
            "## Switched off",
            "",
            *(f"- {o.rule}: {escape(o.reason)}" for o in result.off),
            "",
        ]
    if result.unread:
        lines += ["## Not read", ""]
        lines += [*(f"- {escape(one.source)}: {escape(one.reason)}" for one in result.unread), ""]
    lines += ["## Limits", "", *(f"- {one}" for one in wording.LIMITS), ""]
    return "\n".join(lines)


def escape(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#~" else char for char in clean(text))


def _badge(badge: BadgeReport) -> Iterator[str]:
    yield f"## {escape(wording.name_of(badge))}"
    yield ""
    yield f"{escape(wording.place_of(badge))} · {badge.kind.value} · {badge.profile}  "
    yield f"{wording.counts(badge)}; {escape(wording.score_words(badge))}"
    yield ""
    if badge.findings:
        yield "| rule | place | what | how to mend it |"
        yield "|---|---|---|---|"
    for one in badge.findings:
        where = escape(wording.where(one))
        what = f"**{one.severity.value}** {escape(wording.said(one))}"
        yield f"| {one.rule} | {where} | {what} | {escape(one.mend)} |"
    if badge.statements:
        yield ""
    for reading in badge.statements:
        yield f"- {escape(wording.level_of(reading))}: “{escape(reading.statement.text[:160])}”"
    yield ""
