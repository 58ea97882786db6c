"""The portfolio as Markdown, for a README, a wiki or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillmatch.issuing.portfolio import Portfolio, PortfolioBadge
from skillmatch.report.plain import clean
from skillmatch.report.portfolio_words import (
    MEANINGS,
    PROVES_NOTHING,
    SIGNS,
    UNTITLED,
    badges_of_skill,
    dates,
    headline,
    used_states,
)

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
# What makes a heading, a list or an underline of the line before, at the start of a line only.
_AT_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[#+=-]))")


def portfolio_markdown(portfolio: Portfolio) -> str:
    """Return the page; what came from badges is escaped, so that it stays text."""
    lines = [f"# {_text(portfolio.title) or UNTITLED}", ""]
    if portfolio.about:
        lines += [_block(portfolio.about), ""]
    lines += [f"{headline(portfolio)}, as of {portfolio.at.date()}.", ""]
    lines += ["| skill | state | from |", "|---|---|---|", *_rows(portfolio), ""]
    for badge in portfolio.badges:
        lines += [*_badge(badge), ""]
    lines += ["## What the states mean", ""]
    lines += [f"- {SIGNS[one]} **{one.value}**: {MEANINGS[one]}" for one in used_states(portfolio)]
    return "\n".join([*lines, "", PROVES_NOTHING]) + "\n"


def _rows(portfolio: Portfolio) -> Iterator[str]:
    for skill in portfolio.skills:
        badges = ", ".join(_text(one.name) for one in badges_of_skill(portfolio, skill))
        framework = f" ({_text(skill.framework)})" if skill.framework else ""
        state = f"{SIGNS[skill.state]} {skill.state.value}"
        own = "own documents" if skill.how == "document" else "own words"
        yield f"| {_text(skill.name)}{framework} | {state} | {badges or own} |"


def _badge(badge: PortfolioBadge) -> Iterator[str]:
    yield f"## {_text(badge.name) or 'Badge without a name'}"
    yield ""
    told = ", ".join(part for part in (_text(badge.issuer), *dates(badge)) if part)
    why = f": {_text(badge.reason)}" if badge.reason else ""
    yield f"{SIGNS[badge.state]} **{badge.state.value}**{why}"
    yield from ("", told)
    for text in (badge.description, badge.narrative):
        if text:
            yield from ("", _block(text))
    if badge.criteria:
        yield from ("", "What it took:", "", _block(badge.criteria))
    for one in badge.evidence:
        words = " ".join(part for part in (one.name, one.narrative, one.description) if part)
        yield from ("", f"Evidence: {_text(words)} {_text(one.id)}".rstrip())
    for vouch in badge.endorsements:
        said = f"{SIGNS[vouch.state]} {_text(vouch.by)} ({vouch.state.value})"
        yield from ("", f"> {said}: {_text(vouch.comment)}")


def _block(text: str) -> str:
    """Return words line by line; each line is text, whatever it begins with."""
    lines = (_text(line) for line in text.splitlines())
    return "  \n".join(line for line in lines if line)


def _text(text: str) -> str:
    """Return words on one line, without markup and without characters that steer a terminal."""
    return _AT_START.sub(r"\1\\", _MARKUP.sub(r"\\\1", clean(text)))
