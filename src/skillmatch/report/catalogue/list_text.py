"""Lists for terminals: imported catalogues, the offers of one, and what an import did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from skillmatch.model.catalogue import CatalogueEntry, ImportReport
from skillmatch.model.offer import Offer
from skillmatch.report.amounts import money_words
from skillmatch.report.catalogue.wording import (
    SHORT_ID,
    counts_words,
    next_start,
    offer_length,
    skills_words,
)
from skillmatch.report.plain import BOLD, clean, plural, styled, wrap

UNREAD_SHOWN = 20
"""Parts that were left out and are named one by one; of more only the number is said."""


def entries_text(entries: Sequence[CatalogueEntry], *, width: int, colour: bool) -> str:
    """Return two or three lines a catalogue."""
    if not entries:
        return "No catalogue is imported; `skillmatch catalogue import SOURCE` keeps one.\n"
    return "".join(f"{line}\n" for one in entries for line in _entry(one, width, colour=colour))


def offers_text(offers: Sequence[Offer], *, at: date, width: int, colour: bool) -> str:
    """Return the offers, each with what decides at first sight, and their number."""
    lines = [line for one in offers for line in _offer(one, at, width, colour=colour)]
    return "\n".join([*lines, plural(len(offers), "offer")]) + "\n"


def import_text(report: ImportReport, *, width: int) -> str:
    """Return what was kept, where, and what was left out and why."""
    lines = [f"{report.name}: {plural(report.offers, 'offer')} in {report.path}"]
    lines += wrap(counts_words(report.skills), width, first="  ")
    if report.replaced:
        lines.append(f"  {report.new:,} new, {report.gone:,} gone since the last import")
    if report.reviewed:
        lines.append(f"  reviewed skills kept in {plural(report.reviewed, 'offer')}")
    for note in report.notes:
        lines += wrap(note, width, first="  ")
    if report.unread:
        lines.append(f"Left out ({len(report.unread):,}):")
    for one in report.unread[:UNREAD_SHOWN]:
        lines += wrap(f"{one.source} {one.pointer}".strip() + f": {one.reason}", width, first="  ")
    if (more := len(report.unread) - UNREAD_SHOWN) > 0:
        lines.append(f"  and {more:,} more; --json names them all")
    return "\n".join(lines) + "\n"


def _entry(entry: CatalogueEntry, width: int, *, colour: bool) -> Iterator[str]:
    yield styled(clean(entry.name), BOLD, colour=colour)
    if entry.fault:
        yield from wrap(f"cannot be read: {entry.fault}", width, first="  ")
        return
    said = f"; described up to {entry.as_of}" if entry.as_of else ""
    unread = f"; {entry.unread:,} left out" if entry.unread else ""
    yield from wrap(f"{plural(entry.offers, 'offer')}{said}{unread}", width, first="  ")
    yield from wrap(counts_words(entry.skills), width, first="  ")
    yield from wrap(f"aligned with {', '.join(entry.frameworks) or 'nothing'}", width, first="  ")


def _offer(offer: Offer, at: date, width: int, *, colour: bool) -> Iterator[str]:
    name, id_ = styled(clean(offer.name), BOLD, colour=colour), clean(offer.id)
    yield f"{id_}  {name}" if len(id_) <= SHORT_ID else name
    facts = [
        offer.provider,
        money_words(offer.cost),
        "" if not offer.parts.empty and offer.hours is None else offer_length(offer),
        next_start(offer, at),
        skills_words(offer),
    ]
    yield from wrap(" · ".join(one for one in facts if one), width, first="    ")
    if len(id_) > SHORT_ID:
        yield f"    {id_}"
