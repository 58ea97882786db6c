"""Everything that is known of one offer, for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmatch.model.offer import (
    Award,
    AwardOrigin,
    Catalogue,
    Condition,
    Need,
    NeedKind,
    Offer,
    OfferSkill,
    Signal,
)
from skillmatch.report.amounts import day_words, money_words, number_words, share_words
from skillmatch.report.catalogue.wording import offer_length, with_id
from skillmatch.report.plain import BOLD, clean, plural, styled, wrap

MOST_STARTS = 6
_LABEL = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """An offer with what lies around it.

    Attributes:
        label: Preferred label of a concept, the URI itself where it is not known.
        unknown: Stated skills that no framework at hand has.
    """

    catalogue: Catalogue
    offer: Offer
    label: Callable[[str], str] = str
    unknown: Sequence[OfferSkill] = ()


def offer_text(page: OfferPage, *, width: int = 80, colour: bool = False) -> str:
    """Return the page of an offer; what its source does not say is left out or said to be so."""
    offer = page.offer
    names = {one.id: one.name for one in page.catalogue.offers}
    lines = [styled(clean(offer.name), BOLD, colour=colour), clean(offer.id), ""]
    lines += [line for name, text in _facts(offer) for line in _fact(name, text, width)]
    blocks = (
        ("ABOUT", wrap(offer.description, width, first="  ") if offer.description else []),
        ("AFTERWARDS", [line for one in offer.outcomes for line in _item(one, width)]),
        ("AWARDS", _awards(page, width)),
        ("BEFORE IT BEGINS", list(_condition(page, offer.requires, names, width))),
        ("MADE OF", list(_condition(page, offer.parts, names, width))),
        ("LEADS TO", _leads(page, width)),
        ("QUALITY", [line for one in offer.signals for line in _item(_signal(one), width)]),
        ("SOURCE", _source(page, width)),
    )
    for heading, block in blocks:
        if block:
            lines += ["", styled(heading, BOLD, colour=colour), *block]
    return "\n".join(lines) + "\n"


def leads_to(catalogue: Catalogue, offer: Offer) -> tuple[tuple[str, str], ...]:
    """Return the ids of offers that an offer leads to, by id, each with how."""
    found: dict[str, str] = {}
    for other in catalogue.offers:
        if offer.id in _refs(other.requires):
            found[other.id] = "asks for it"
        if offer.id in _refs(other.parts):
            found[other.id] = "is made of it"
    for ref in offer.counts_towards:
        found.setdefault(ref, "it counts towards this")
    return tuple((one, found[one]) for one in sorted(found))


def _facts(offer: Offer) -> Iterator[tuple[str, str]]:
    delivery = " or ".join(one.value for one in offer.delivery)
    yield "kind", offer.kind.value
    yield "provider", offer.provider
    cost, note = money_words(offer.cost).removeprefix("price "), offer.cost_note
    yield "costs", f"{cost} ({note})" if note and note != cost else cost
    yield "length", offer_length(offer).removeprefix("length ")
    yield "begins", _begins(offer)
    yield "enrolment", _enrolment(offer)
    yield "taken", ", ".join(one for one in (delivery, offer.place) if one)
    yield "language", ", ".join(offer.languages)
    eqf = f"EQF {offer.eqf}" if offer.eqf is not None else ""
    yield "level", ", ".join(one for one in (offer.level, eqf) if one)
    yield "credits", "" if offer.credits is None else f"{number_words(offer.credits)} ECTS"
    yield "assessment", offer.assessment
    months = offer.valid_months
    yield "valid for", "" if months is None else plural(months, "month")
    yield "access", ", ".join(offer.accessibility)
    yield "needs", ", ".join(offer.devices)
    # The id of the Registry stands in its address already.
    yield "also called", ", ".join(one for one in offer.same_as if not offer.id.endswith(one))
    yield "page", offer.url


def _fact(name: str, text: str, width: int) -> list[str]:
    if not text:
        return []
    return wrap(text, width, first=f"  {name:<{_LABEL}}", rest=" " * (_LABEL + 2))


def _item(text: str, width: int, depth: int = 0) -> list[str]:
    return wrap(text, width, first="  " * (depth + 1) + "- ")


def _begins(offer: Offer) -> str:
    if offer.starts:
        days = ", ".join(day_words(one) for one in offer.starts[:MOST_STARTS])
        more = len(offer.starts) - MOST_STARTS
        return f"{days} and {more} more days" if more > 0 else days
    if offer.self_paced is None:
        return "not stated"
    return "any day" if offer.self_paced else "on days that are not stated"


def _enrolment(offer: Offer) -> str:
    first = f"from {day_words(offer.available_from)}" if offer.available_from else ""
    last = f"until {day_words(offer.available_until)}" if offer.available_until else ""
    return f"{first} {last}".strip()


def _awards(page: OfferPage, width: int) -> list[str]:
    lines = [line for one in page.offer.awards for line in _item(_award(one), width)]
    for one in page.unknown:
        said = one.name or one.url or one.code
        text = f"“{said}”, stated by the source; no framework at hand has it"
        lines += _item(text, width)
    return lines or _item("no skill that is known", width)


def _award(award: Award) -> str:
    level = f", {award.level}" if award.level else ""
    framework = f" [{award.framework}]" if award.framework else ""
    if award.origin is AwardOrigin.PROPOSED:
        how = f"proposed with {share_words(award.confidence)} from “{award.words}”"
    else:
        how = award.origin.value
    return f"{award.label}{level}{framework}: {how}"


def _condition(
    page: OfferPage, condition: Condition, names: Mapping[str, str], width: int, depth: int = 0
) -> Iterator[str]:
    """Yield a condition as a tree of lines, each leaf with what it refers to."""
    if condition.empty:
        return
    condition = _simplest(condition)
    parts = len(condition.needs) + len(condition.conditions)
    if parts == condition.least == 1:
        words = f": {condition.text}" if condition.text else ""
        yield from _item(_need(page, condition.needs[0], names) + words, width, depth)
        return
    yield from _item(_how_many(condition, parts), width, depth)
    for need in condition.needs:
        yield from _item(_need(page, need, names), width, depth + 1)
    for one in condition.conditions:
        yield from _condition(page, one, names, width, depth + 1)


def _simplest(condition: Condition) -> Condition:
    """Return a condition without those around it that have no other part, but with their words."""
    words: list[str] = []
    while not condition.needs and condition.least == len(condition.conditions) == 1:
        words.append(condition.text)
        (condition,) = condition.conditions
    said = dict.fromkeys(one for one in (*words, condition.text) if one)
    return replace(condition, text="; ".join(said))


def _how_many(condition: Condition, parts: int) -> str:
    least = condition.least
    many = "all of" if least == parts else "one of" if least == 1 else f"{least} of {parts}"
    return f"{many}: {condition.text}" if condition.text else many


def _need(page: OfferPage, need: Need, names: Mapping[str, str]) -> str:
    level = f", {need.level}" if need.level else ""
    if need.kind is NeedKind.OTHER:
        return f"{need.text} (for you to check)"
    if need.kind is NeedKind.SKILL:
        label = page.label(need.ref) if need.ref else need.text
        return f"skill: {label}{level}"
    name = names.get(need.ref)
    if name is None:
        return f"{need.text or need.ref} (not in this catalogue)"
    return f"{with_id(name, need.ref)}{level}"


def _leads(page: OfferPage, width: int) -> list[str]:
    names = {one.id: one.name for one in page.catalogue.offers}
    found = leads_to(page.catalogue, page.offer)
    lines = [
        f"{with_id(names[id_], id_) if id_ in names else f'{id_} (not in this catalogue)'}: {how}"
        for id_, how in found
    ]
    return [line for one in lines for line in _item(one, width)]


def _signal(signal: Signal) -> str:
    return f"{signal.kind.value}: {signal.value}"


def _source(page: OfferPage, width: int) -> list[str]:
    offer = page.offer
    where = " ".join(one for one in (page.catalogue.name, offer.source, offer.pointer) if one)
    day = f", as of {day_words(offer.as_of)}" if offer.as_of else ""
    return wrap(f"{where}{day}", width, first="  ")


def _refs(condition: Condition) -> Iterator[str]:
    yield from (one.ref for one in condition.needs if one.kind is NeedKind.OFFER)
    for inner in condition.conditions:
        yield from _refs(inner)
