"""What is to be mended in a catalogue, for a terminal: by severity, then by rule, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from skillmatch.model.catalogue import CatalogueCheck
from skillmatch.model.offer import CatalogueFinding, CatalogueSeverity
from skillmatch.report.plain import BOLD, clean, plural, styled, wrap

SHOWN = 10
"""Findings of one rule that are spelt out; of more only the number is said."""
SHORT_PLACE = 36
"""Characters up to which a place stands in the same line as what is said of it."""
_MARKS = {
    CatalogueSeverity.ERROR: ("✕", "\x1b[31m"),
    CatalogueSeverity.WARNING: ("!", "\x1b[33m"),
    CatalogueSeverity.NOTE: ("i", "\x1b[36m"),
}
_HEADINGS = {
    CatalogueSeverity.ERROR: "ERRORS: no plan can use this as it is",
    CatalogueSeverity.WARNING: "WARNINGS: plans leave this out, or may cost more than they say",
    CatalogueSeverity.NOTE: "NOTES: worth knowing",
}


def check_text(
    check: CatalogueCheck, *, width: int = 80, colour: bool = False, full: bool = False
) -> str:
    """Return the findings with a summary first.

    Args:
        check: Findings in their order.
        width: Columns of a line.
        colour: Whether ANSI styles may be used; signs tell severities apart without.
        full: Whether all findings of a rule are spelt out.
    """
    lines = wrap(headline(check), width)
    for severity, found in groupby(check.findings, key=lambda one: one.severity):
        lines += ["", styled(_HEADINGS[severity], BOLD, colour=colour)]
        for _, of_rule in groupby(found, key=lambda one: one.rule):
            lines += _rule(list(of_rule), width, colour=colour, most=None if full else SHOWN)
    return "\n".join(lines) + "\n"


def headline(check: CatalogueCheck) -> str:
    """Return how many offers were checked and what was found, none left out."""
    counts = Counter(one.severity for one in check.findings)
    found = ", ".join(plural(counts[one], one.value) for one in CatalogueSeverity)
    return f"{check.catalogue}: {plural(check.offers, 'offer')} on {check.at}; {found}"


def _rule(
    found: Sequence[CatalogueFinding], width: int, *, colour: bool, most: int | None
) -> Iterator[str]:
    sign, style = _MARKS[found[0].severity]
    yield ""
    yield styled(f"{sign} {found[0].rule.value} ({len(found):,})", style, colour=colour)
    mend = ""
    for one in found[:most]:
        yield from _said(one, width)
        if one.mend != mend:
            mend = one.mend
            yield from wrap(one.mend, width, first="    mend: ", rest="          ")
    if most is not None and len(found) > most:
        yield f"  and {len(found) - most:,} more; --all spells them out"


def _said(one: CatalogueFinding, width: int) -> Iterator[str]:
    """Yield the message with its place; a long path keeps its line, so that it can be copied."""
    place = clean(one.place)
    if len(place) <= SHORT_PLACE:
        yield from wrap(f"{one.message} [{place}]", width, first="  - ")
        return
    yield from wrap(one.message, width, first="  - ")
    yield f"    at {place}"
