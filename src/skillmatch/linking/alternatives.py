"""Lists joined by "or": any one of their items will do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skillmatch.model.posting import Span, Unit

BETWEEN = re.compile(r"\s*(?:,|/|,?\s*\bor\b)\s*(?:an?\s+)?", re.IGNORECASE)
OR = re.compile(r"\bor\b", re.IGNORECASE)
OR_A_NAME = re.compile(r"\s*,?\s*\bor\s+[A-Z][\w.+#]*(?:\s+[A-Z][\w.+#]*){0,2}\s*(?=[),;.]|$)")
"""The end of a list whose last item no framework knows."""


def or_groups(unit: Unit, spans: Sequence[Span]) -> tuple[tuple[int, ...], ...]:
    """Return the places of spans that stand in one list with an "or", each list in text order.

    Nothing but commas and "or" stands between neighbours: "Python, or someone who has led a
    team" is no list. The last item may be a name that was not linked: "AWS, Azure or Google Cloud"
    leaves two, and one of them will do. Spans outside of any such list are in no group.

    Args:
        unit: Where the spans stand.
        spans: Words of linked skills, in characters of the posting.
    """
    order = sorted(range(len(spans)), key=lambda place: spans[place])
    groups: list[list[int]] = []
    run: list[int] = []
    joined = False
    for place in order:
        gap = _between(unit, spans[run[-1]], spans[place]) if run else None
        if gap is None or not BETWEEN.fullmatch(gap):
            if joined or _goes_on(unit, spans, run):
                groups.append(run)
            run, joined = [place], False
            continue
        run.append(place)
        joined = joined or OR.search(gap) is not None
    if joined or _goes_on(unit, spans, run):
        groups.append(run)
    return tuple(tuple(group) for group in groups)


def _goes_on(unit: Unit, spans: Sequence[Span], run: Sequence[int]) -> bool:
    """Tell whether a list of commas ends with "or" and a name that is not among the spans."""
    if len(run) < 2:
        return False
    return OR_A_NAME.match(unit.text, spans[run[-1]].end - unit.span.start) is not None


def _between(unit: Unit, left: Span, right: Span) -> str:
    return unit.text[left.end - unit.span.start : right.start - unit.span.start]
