"""Findings about conditions: references to nothing, cycles, and what nobody could ever meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from skillmatch.model.offer import (
    Catalogue,
    CatalogueFinding,
    CatalogueRule,
    Condition,
    Need,
    NeedKind,
    Offer,
)
from skillmatch.pathway.catalogue.ages import why_expired
from skillmatch.pathway.catalogue.finding import (
    ERROR,
    WARNING,
    called,
    finding,
    listed,
)
from skillmatch.pathway.catalogue.reach import References, knots, shortest_cycle, waiting
from skillmatch.pathway.planning.conditions_walk import (
    asks_too_much,
    holds,
    inner_conditions,
    leaves,
)
from skillmatch.text.normal import normal_form

LONGEST = 40
"""Offers of a cycle that a message names; the finding has all their ids."""


def condition_findings(catalogue: Catalogue, at: date) -> Iterator[CatalogueFinding]:
    """Yield what is wrong with entry conditions and with what stacks are made of."""
    references = References.of(catalogue)
    named = {normal_form(one.name): one for one in reversed(catalogue.offers)}
    for offer in catalogue.offers:
        for condition in (offer.requires, offer.parts):
            yield from _broken(offer, condition, references, named)
            yield from _impossible(offer, condition)
            yield from _late(offer, condition, references, at)
    yield from _cycles(references)


def _broken(
    offer: Offer, condition: Condition, references: References, named: dict[str, Offer]
) -> Iterator[CatalogueFinding]:
    missing = dict.fromkeys(
        need
        for need in leaves(condition)
        if need.kind is NeedKind.OFFER and references.find(need.ref) is None
    )
    if not missing:
        return
    blocked = not holds(condition, lambda need: need not in missing, lenient=True)
    word = "is made of" if condition is offer.parts else "needs"
    for need in missing:
        meant = named.get(normal_form(need.text)) or named.get(normal_form(need.ref))
        ending = "" if blocked else "; there is another way in"
        message = f"{called(offer)} {word} {_said(need)}, which is not in the catalogue{ending}"
        mend = "add that offer, or refer to it by its id"
        if meant is not None:
            mend += f"; {called(meant)} has the id {meant.id}"
        severity = ERROR if blocked else WARNING
        yield finding(CatalogueRule.BROKEN_PREREQUISITE, severity, [offer], message, mend)


def _impossible(offer: Offer, condition: Condition) -> Iterator[CatalogueFinding]:
    blocked = not holds(condition, lambda _need: True)
    for inner in inner_conditions(condition):
        if asks_too_much(inner):
            there = len(inner.needs) + len(inner.conditions)
            ending = "" if blocked else "; there is another way in"
            message = f"{called(offer)} asks for {inner.least} of {there}{ending}"
            mend = f"ask for at most {there}, or add what is left out"
            severity = ERROR if blocked else WARNING
            yield finding(CatalogueRule.IMPOSSIBLE_CONDITION, severity, [offer], message, mend)


def _late(
    offer: Offer, condition: Condition, references: References, at: date
) -> Iterator[CatalogueFinding]:
    """Yield what is needed and can no longer be taken, where that closes the last way in."""

    def gone(need: Need) -> bool:
        return need.kind is NeedKind.OFFER and references.find(need.ref) is None

    def late(need: Need) -> bool:
        other = references.find(need.ref) if need.kind is NeedKind.OFFER else None
        return other is not None and bool(why_expired(other, at))

    blocked = not holds(condition, lambda need: not (gone(need) or late(need)), lenient=True)
    if not blocked or not holds(condition, lambda need: not gone(need), lenient=True):
        return
    names = listed([_said(need) for need in leaves(condition) if late(need)])
    message = f"{called(offer)} needs {names}, which can no longer be taken"
    mend = "name another way in, or ask for new dates; those who hold it can still begin"
    yield finding(CatalogueRule.BROKEN_PREREQUISITE, WARNING, [offer], message, mend)


def _cycles(references: References) -> Iterator[CatalogueFinding]:
    """Yield each knot of offers that wait for each other, with one whole cycle of it."""
    stuck = waiting(references)
    edges = {
        id_: [one for one in references.needed(references.offers[id_]) if one in stuck]
        for id_ in sorted(stuck)
    }
    for group in knots(edges):
        way = shortest_cycle(group[0], edges)
        offers = [references.offers[one] for one in dict.fromkeys([*way, *group])]
        if len(group) == 1:
            message = f"{called(offers[0])} needs itself, so nobody can begin it"
            mend = "take it out of its own condition"
            yield finding(CatalogueRule.IMPOSSIBLE_CONDITION, ERROR, offers, message, mend)
            continue
        names = [called(references.offers[one]) for one in [*way, way[0]]]
        if len(names) > LONGEST:
            names[LONGEST // 2 : -LONGEST // 2] = [f"… {len(names) - LONGEST} more …"]
        message = f"none of these can be begun, since each needs the next: {' → '.join(names)}"
        more = len(group) - len(way)
        message += f" ({more} more are tied in)" if more else ""
        mend = "take one of the needs out, or add another way in"
        yield finding(CatalogueRule.CYCLE, ERROR, offers, message, mend)


def _said(need: Need) -> str:
    return (
        f"“{need.text or need.ref}”"
        if need.text in {"", need.ref}
        else (f"“{need.text}” ({need.ref})" if need.ref else f"“{need.text}”")
    )
