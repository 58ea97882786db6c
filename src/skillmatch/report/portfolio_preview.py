"""What would leave and what would stay, told before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillmatch.issuing.choosing import Choice
from skillmatch.issuing.portfolio import PortfolioBadge
from skillmatch.report.plain import clean
from skillmatch.report.portfolio_words import dates

_WHOLE = "the whole file: every skill, text, date and the recipient as the issuer wrote them"


def preview_text(choice: Choice, *, format: str, unfit: Sequence[str] = ()) -> str:  # noqa: A002 - it is the option's name, too
    """Return the preview as text, ending in a newline.

    Args:
        choice: What was chosen.
        format: Format of ``skillmatch profile`` that it would leave in.
        unfit: Badges that were chosen and that the format cannot hold.
    """
    return "\n".join([*_leaving(choice, format, unfit), "", *_staying(choice, unfit)]) + "\n"


def _leaving(choice: Choice, format: str, unfit: Sequence[str]) -> Iterator[str]:  # noqa: A002 - as above
    portfolio = choice.leaving
    yield f"LEAVES as {format}"
    if portfolio.title:
        yield f"  your name: {clean(portfolio.title)}"
    if portfolio.about and format in {"html", "json", "markdown"}:
        yield f"  your words: {clean(portfolio.about)}"
    if format != "clr":
        for skill in portfolio.skills:
            yield f"  skill: {clean(skill.name)} ({skill.state.value})"
    for badge in portfolio.badges:
        if badge.name not in unfit:
            yield f"  badge: {clean(badge.name)}, by {clean(badge.issuer)}"
            yield from _badge(badge, format)
    if choice.along:
        yield f"  and with them, since a signed badge cannot be cut: {_names(choice.along)}"


def _badge(badge: PortfolioBadge, format: str) -> Iterator[str]:  # noqa: A002 - as above
    if format == "clr":
        yield f"    {_WHOLE}"
        return
    if format == "sd-jwt":
        yield "    its name, id, issuer and state"
        return
    parts = [part for part in ("description", "criteria", "narrative") if getattr(badge, part)]
    stated = (*dates(badge), *parts, f"id {badge.id or 'none'}", f"file name {badge.source}")
    yield f"    {clean(', '.join(stated))}"
    for one in badge.evidence:
        yield f"    evidence: {clean(' '.join((one.name, one.id)))}"
    for vouch in badge.endorsements:
        yield f"    endorsement by {clean(vouch.by)}: {clean(vouch.comment)}"


def _staying(choice: Choice, unfit: Sequence[str]) -> Iterator[str]:
    yield "STAYS"
    held = [
        *(f"  skill: {clean(name)}" for name in choice.skills),
        *(f"  badge: {clean(name)}" for name in choice.badges),
        *(f"  badge: {clean(name)} (the format cannot hold it)" for name in unfit),
        *(f"  {clean(text)}" for text in choice.texts),
    ]
    yield from held or ["  nothing"]


def _names(names: Sequence[str]) -> str:
    return ", ".join(clean(name) for name in names)
