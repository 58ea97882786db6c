"""Who was found, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skillmatch.report.plain import clean, plural, wrap
from skillmatch_api.ranking.found import Candidate, CandidateSearch, CountOf

_INDENT: Final = "       "
_STATE: Final = 13


def as_text(found: CandidateSearch, width: int) -> str:
    """Return the answer to a search in lines of at most ``width`` characters."""
    return "\n".join(_lines(found, width)) + "\n"


def _lines(found: CandidateSearch, width: int) -> Iterator[str]:
    for words in found.unread:
        yield from wrap(f"Not understood, and not asked for: {words}", width)
    asked = ", ".join(f"{one.label} ({one.necessity.value})" for one in found.asked)
    yield from wrap(f"Asked for: {asked}.", width)
    yield ""
    if not found.total:
        yield from wrap(found.why_empty, width)
        return
    yield from wrap(f"{plural(found.total, 'candidate')}, most covered need first:", width)
    for candidate in found.candidates:
        yield ""
        yield from _candidate(candidate, width)
    yield ""
    yield from _facets(found, width)
    for note in found.notes:
        yield from wrap(note, width)
    if found.next is not None:
        yield "The next page: --cursor " + found.next


def _candidate(one: Candidate, width: int) -> Iterator[str]:
    yield from wrap(" · ".join(_about(one)), width, first=f"{one.rank:5}. ", rest=_INDENT)
    yield f"{_INDENT}{one.covered:.0%} covered, {one.proven:.0%} proven"
    for skill in one.skills:
        first = f"{_INDENT}{skill.state.value:{_STATE}}"
        yield from wrap(f"{skill.label}: {skill.reason}", width, first=first)


def _about(one: Candidate) -> Iterator[str]:
    available = f"from {one.available_from}" if one.available_from else ""
    for part in (one.name, one.place, ", ".join(one.languages), available, one.contact):
        if part:
            yield clean(part)
    yield one.id


def _facets(found: CandidateSearch, width: int) -> Iterator[str]:
    facets = found.facets
    for name, counts in (
        ("Languages", facets.languages),
        ("Places", facets.places),
        ("Available", facets.availability),
    ):
        if said := _counts(counts):
            yield from wrap(f"{name}: {said}", width)


def _counts(counts: tuple[CountOf, ...]) -> str:
    return ", ".join(f"{clean(one.value)} {one.count:,}" for one in counts if one.count)
