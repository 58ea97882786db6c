"""What leaves a portfolio and what stays: chosen by its owner, told before it happens.

A skill that stays takes with it every text that names it. A badge's title cannot be cut, so a badge
whose title names such a skill stays as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from skillmatch.errors import UsageError
from skillmatch.issuing.portfolio import Portfolio, PortfolioBadge, PortfolioSkill, folded

_TEXTS = ("description", "criteria", "narrative")
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A portfolio cut in two.

    Attributes:
        leaving: What is shared.
        skills: Names of the skills that stay.
        badges: Names of the badges that stay.
        texts: Texts that stay, each with its badge and the skill that it names.
        along: Skills that were not chosen and leave nevertheless, inside badges that cannot be cut.
    """

    leaving: Portfolio
    skills: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    along: tuple[str, ...] = ()


def choose(
    portfolio: Portfolio,
    *,
    only: Sequence[str] = (),
    without: Sequence[str] = (),
    whole: bool = False,
) -> Choice:
    """Cut a portfolio into what leaves and what stays.

    Args:
        portfolio: Everything.
        only: Skills to share, by name, URL or code; empty means all.
        without: Skills to keep back; they count more than ``only``.
        whole: Whether badges leave as they are, signed and uncut. Then a badge with a skill that
            is kept back stays, and one with a chosen skill takes its other skills along.

    Raises:
        UsageError: A name fits no skill; the closest ones are told.
    """
    wanted = {key for name in only for key in _keys(portfolio, name)}
    kept_back = {key for name in without for key in _keys(portfolio, name)}
    chosen = tuple(
        one
        for one in portfolio.skills
        if one.key not in kept_back and (not only or one.key in wanted)
    )
    hidden = tuple(one for one in portfolio.skills if one not in chosen)
    keys = {one.key for one in chosen}
    cut = _whole_badges if whole else _cut_badges
    badges, texts = cut(portfolio, keys, hidden, kept_back)
    numbers = {one.number for one in badges}
    shown = tuple(
        replace(one, badges=tuple(number for number in one.badges if number in numbers))
        for one in chosen
    )
    leaving = tuple(one for one in shown if one.badges or one.how in {"claim", "document"})
    carried = {key for badge in badges for key in badge.skills}
    return Choice(
        leaving=replace(portfolio, skills=leaving, badges=badges),
        skills=tuple(
            one.name
            for one in portfolio.skills
            if one.key not in {held.key for held in leaving} and one.key not in carried
        ),
        badges=tuple(one.name for one in portfolio.badges if one.number not in numbers),
        texts=texts,
        along=tuple(one.name for one in hidden if one.key in carried),
    )


def _keys(portfolio: Portfolio, name: str) -> set[str]:
    """Return the skills that a name stands for.

    Raises:
        UsageError: There is none.
    """
    wanted = folded(name)
    found = {
        one.key
        for one in portfolio.skills
        if wanted and wanted in {folded(one.name), folded(one.url), folded(one.code)}
    }
    if not found:
        names = {folded(one.name): one.name for one in portfolio.skills}
        close = [names[one] for one in get_close_matches(wanted, names, n=3)]
        shown = close or sorted(names.values())[:10]
        raise UsageError(
            f"no skill {name!r} in these files; "
            + (f"there {'is' if close else 'are'} {', '.join(shown)}" if shown else "there is none")
        )
    return found


def _whole_badges(
    portfolio: Portfolio,
    keys: set[str],
    hidden: tuple[PortfolioSkill, ...],  # noqa: ARG001 - same signature as _cut_badges
    kept_back: set[str],
) -> tuple[tuple[PortfolioBadge, ...], tuple[str, ...]]:
    badges = tuple(
        one
        for one in portfolio.badges
        if keys.intersection(one.skills) and not kept_back.intersection(one.skills)
    )
    return badges, ()


def _cut_badges(
    portfolio: Portfolio,
    keys: set[str],
    hidden: tuple[PortfolioSkill, ...],
    kept_back: set[str],  # noqa: ARG001 - same signature as _whole_badges
) -> tuple[tuple[PortfolioBadge, ...], tuple[str, ...]]:
    names = tuple(one.name for one in hidden)
    badges: list[PortfolioBadge] = []
    texts: list[str] = []
    for badge in portfolio.badges:
        if not keys.intersection(badge.skills) or _named(badge.name, names):
            continue
        badges.append(_cut(badge, keys, names))
        texts.extend(_cut_texts(badge, names))
    return tuple(badges), tuple(texts)


def _cut(badge: PortfolioBadge, keys: set[str], names: tuple[str, ...]) -> PortfolioBadge:
    """Return a badge without its other skills and without the texts that name one."""
    return replace(
        badge,
        skills=tuple(key for key in badge.skills if key in keys),
        description=_kept(badge.description, names),
        criteria=_kept(badge.criteria, names),
        narrative=_kept(badge.narrative, names),
        evidence=tuple(
            one
            for one in badge.evidence
            if not _named(" ".join((one.name, one.narrative, one.description, one.id)), names)
        ),
        endorsements=tuple(one for one in badge.endorsements if not _named(one.comment, names)),
    )


def _cut_texts(badge: PortfolioBadge, names: tuple[str, ...]) -> Iterator[str]:
    """Yield what ``_cut`` takes away, and for which skill."""
    for part in _TEXTS:
        if named := _named(getattr(badge, part), names):
            yield f"{part} of {badge.name}, which names {named}"
    for one in badge.evidence:
        words = " ".join((one.name, one.narrative, one.description, one.id))
        if named := _named(words, names):
            yield f"evidence {one.name or one.id or 'without a name'} of {badge.name} ({named})"
    for vouch in badge.endorsements:
        if named := _named(vouch.comment, names):
            yield f"endorsement by {vouch.by} of {badge.name} ({named})"


def _kept(text: str, names: tuple[str, ...]) -> str:
    return "" if _named(text, names) else text


def _named(text: str, names: tuple[str, ...]) -> str:
    """Return the first name that a text holds as words of its own, empty for none."""
    if not text:
        return ""
    words = folded(text)
    for name in names:
        wanted = folded(name)
        if len(wanted) >= _SHORTEST_NAME and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words):
            return name
    return ""
