"""The portfolio as one self-contained HTML page: no script, no request, for phone and paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from skillmatch.issuing.portfolio import Portfolio, PortfolioBadge, PortfolioSkill, ProofState
from skillmatch.report import portfolio_words as words
from skillmatch.report.pages import page_of

if TYPE_CHECKING:
    from jinja2 import Template

SHAPES = {
    ProofState.VERIFIED: '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path d="M4.6 8.2l2.4 2.4 4.4-4.8" fill="none" stroke="var(--paper,#fff)" '
    'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
    ProofState.ENDORSED: '<path d="M8 .8L15.2 8 8 15.2.8 8z" fill="currentColor"/>'
    '<path d="M5.2 8.2l2 2 3.6-3.9" fill="none" stroke="var(--paper,#fff)" '
    'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>',
    ProofState.SIGNED: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" '
    'stroke-width="2"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
    ProofState.UNPROVEN: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-dasharray="2.6 2.1"/>',
    ProofState.CLAIMED: '<path d="M2.5 3h11v7.5H8L4.8 13.4v-2.9H2.5z" fill="none" '
    'stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/>',
    ProofState.REFUSED: '<rect x="2" y="2" width="12" height="12" rx="2" fill="none" '
    'stroke="currentColor" stroke-width="2"/><path d="M5 5l6 6M11 5l-6 6" stroke="currentColor" '
    'stroke-width="2" stroke-linecap="round"/>',
}
"""Drawn on 16 × 16 in the colour of the text; each state has its own outline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillCard:
    """One skill with the badges that carry it."""

    skill: PortfolioSkill
    badges: tuple[PortfolioBadge, ...]

    @property
    def linked(self) -> bool:
        """Whether the skill's URL is a web address; no other scheme becomes a link."""
        return is_web(self.skill.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeCard:
    """One badge with the skills that it carries."""

    badge: PortfolioBadge
    skills: tuple[PortfolioSkill, ...]
    dates: tuple[str, ...]


def portfolio_html(portfolio: Portfolio) -> str:
    """Return the page. Everything that came from badges or from the person is escaped."""
    page = _page()
    return page.render(
        portfolio=portfolio,
        title=portfolio.title or words.UNTITLED,
        headline=words.headline(portfolio),
        skills=[
            SkillCard(skill=one, badges=words.badges_of_skill(portfolio, one))
            for one in portfolio.skills
        ],
        badges=[
            BadgeCard(
                badge=one, skills=words.skills_of_badge(portfolio, one), dates=words.dates(one)
            )
            for one in portfolio.badges
        ],
        states=words.used_states(portfolio),
        limits=words.PROVES_NOTHING,
    )


def is_web(url: str) -> bool:
    """Tell whether a URL may become a link: a web address, and no other scheme."""
    return url.startswith(("https://", "http://"))


def icon(state: ProofState, *, size: int = 16) -> str:
    """Return the icon of a state; decorative, so the state must stand beside it in words."""
    return (
        f'<svg class="icon s-{state.name.lower()}" width="{size}" height="{size}" '
        f'viewBox="0 0 16 16" aria-hidden="true">{SHAPES[state]}</svg>'
    )


@cache
def _page() -> Template:
    from markupsafe import Markup

    return page_of(
        "portfolio",
        icon=lambda state, size=16: Markup(icon(state, size=size)),  # noqa: S704 - enums only
        key=lambda state: state.name.lower(),
        meaning=words.MEANINGS.__getitem__,
        is_web=is_web,
    )
