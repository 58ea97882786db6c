"""The lint as one self-contained page: no script, no request, readable on phone and paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from skillmatch.quality.batch import LintResult
from skillmatch.quality.finding import SEVERITIES, Severity
from skillmatch.quality.lint import BadgeReport
from skillmatch.quality.registry import Rule, get_rule, place_of
from skillmatch.report.lint import wording
from skillmatch.report.pages import page_of
from skillmatch.report.plain import plural

if TYPE_CHECKING:
    from jinja2 import Template

OPEN_UP_TO = 3
SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.NOTE: "i"}
BANDS = ((90, "good"), (60, "fair"), (0, "poor"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One badge with its 1-based number on the page."""

    number: int
    badge: BadgeReport
    name: str
    place: str
    band: str
    is_due: bool

    @property
    def counts(self) -> tuple[tuple[Severity, int], ...]:
        """How many findings of each severity there are, none left out."""
        found = Counter(one.severity for one in self.badge.findings)
        return tuple((severity, found[severity]) for severity in SEVERITIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule that was broken, in how many badges, and the share of all badges in percent."""

    rule: Rule
    badges: int
    percent: int


def lint_html(result: LintResult) -> str:
    """Return the page: badges that need most come first, then by file and place."""
    due = set(result.due)
    ordered = sorted(enumerate(result.badges), key=lambda one: (_worth(one[1]), one[0]))
    cards = tuple(
        Card(
            number=number,
            badge=badge,
            name=wording.name_of(badge),
            place=wording.place_of(badge),
            band=_band(badge),
            is_due=place in due,
        )
        for number, (place, badge) in enumerate(ordered, 1)
    )
    found = Counter(one.severity for badge in result.badges for one in badge.findings)
    page = _page()
    text = page.render(
        result=result,
        scores=_scores(result),
        totals=[(severity, found[severity]) for severity in SEVERITIES],
        cards=cards,
        broken=_broken(result),
        review=wording.review_lines(result),
        limits=wording.LIMITS,
        open_up_to=OPEN_UP_TO,
    )
    return f"{text}\n"


def _worth(badge: BadgeReport) -> int:
    """Return the score; what has none comes last."""
    return 101 if badge.score is None else badge.score.value


def _band(badge: BadgeReport) -> str:
    if badge.score is None:
        return "none"
    value = badge.score.value
    return next(name for least, name in BANDS if value >= least)


def _scores(result: LintResult) -> str:
    """Return lowest, middle and highest score in words; of a single badge nothing."""
    values = sorted(one.score.value for one in result.badges if one.score is not None)
    if len(values) < 2:
        return ""
    middle = values[(len(values) - 1) // 2]
    return f"Scores from {values[0]} to {values[-1]}, half of them at most {middle}."


def _broken(result: LintResult) -> tuple[Broken, ...]:
    """Return the broken rules: errors first, then those of most badges."""
    found = Counter(
        rule for badge in result.badges for rule in {one.rule for one in badge.findings}
    )
    ordered = sorted(
        found.items(),
        key=lambda one: (
            SEVERITIES.index(get_rule(one[0]).severity),
            -one[1],
            place_of(one[0]),
        ),
    )
    return tuple(
        Broken(rule=get_rule(name), badges=count, percent=round(100 * count / len(result.badges)))
        for name, count in ordered
    )


@cache
def _page() -> Template:
    return page_of(
        "lint",
        sign=SIGNS.__getitem__,
        plural=plural,
        level=wording.level_of,
        score_words=wording.score_words,
    )
