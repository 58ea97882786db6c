"""Several descriptions of one offer become one: a badge has the skills, a sheet the price.

Of two files that say different things of one field the first by name counts, and a note says so.
A list that holds all of another says more, not something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from skillmatch.model.offer import Condition, NeedKind, Offer

MAX_NOTES = 200
"""On fields that two files fill differently; the rest are counted."""
_UNITED = frozenset({"same_as", "counts_towards"})
_NOT_MERGED = frozenset({"id", "source", "pointer", *_UNITED})
_DEFAULTS = {one.name: one.default for one in fields(Offer)}
_FIELDS = tuple(name for name in _DEFAULTS if name not in _NOT_MERGED)


def merge_offers(offers: Iterable[Offer]) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """Return the offers by id, each once, and a note for each field that two fill differently.

    Args:
        offers: In the order in which files count.
    """
    merged: dict[str, Offer] = {}
    notes: list[str] = []
    for offer in offers:
        held = merged.get(offer.id)
        if held is None:
            merged[offer.id] = offer
        else:
            merged[offer.id] = _merged(held, offer, notes)
    by_id = tuple(merged[one] for one in sorted(merged))
    if len(notes) > MAX_NOTES:
        notes[MAX_NOTES:] = [
            f"and {len(notes) - MAX_NOTES} more fields that files fill differently"
        ]
    return resolve_names(by_id), tuple(notes)


def _merged(first: Offer, other: Offer, notes: list[str]) -> Offer:
    taken: dict[str, Any] = {}
    for name in _FIELDS:
        ours, theirs = getattr(first, name), getattr(other, name)
        if ours == theirs or theirs == _DEFAULTS[name]:
            continue
        if ours == _DEFAULTS[name] or _says_more(theirs, ours):
            taken[name] = theirs
        elif not _says_more(ours, theirs) and _plain(ours) != _plain(theirs):
            notes.append(
                f"{first.id}: {first.source} and {other.source} say different things of "
                f"{name}; {first.source} counts"
            )
    for name in sorted(_UNITED):
        taken[name] = tuple(dict.fromkeys((*getattr(first, name), *getattr(other, name))))
    return replace(first, **taken)


def _says_more(value: object, other: object) -> bool:
    """Tell whether a list holds all of another and more."""
    if not (isinstance(value, tuple) and isinstance(other, tuple)):
        return False
    return {_plain(one) for one in value} > {_plain(one) for one in other}


def _plain(value: object) -> object:
    """Return a value without what makes no difference: case, blanks, places in files."""
    if isinstance(value, str):
        return " ".join(value.split()).casefold()
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    if hasattr(value, "pointer"):
        return replace(value, pointer="")  # type: ignore[type-var]  # only OfferSkill has a pointer
    return value


def resolve_names(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Return the offers with references by another id of an offer led to its own id.

    Only what exactly one offer has in ``same_as``, and no offer as its id, is led on.
    """
    ids = {one.id for one in offers}
    other: dict[str, str] = {}
    for offer in offers:
        for name in offer.same_as:
            other[name] = "" if other.get(name, offer.id) != offer.id else offer.id
    led = {name: own for name, own in other.items() if own and name not in ids}
    return tuple(_led(one, led) for one in offers) if led else offers


def _led(offer: Offer, led: dict[str, str]) -> Offer:
    named = {*_refs(offer.requires), *_refs(offer.parts), *offer.counts_towards}
    if not any(one in led for one in named):
        return offer
    return replace(
        offer,
        requires=_led_condition(offer.requires, led),
        parts=_led_condition(offer.parts, led),
        counts_towards=tuple(dict.fromkeys(led.get(one, one) for one in offer.counts_towards)),
    )


def _refs(condition: Condition) -> Iterator[str]:
    for need in condition.needs:
        if need.kind is NeedKind.OFFER:
            yield need.ref
    for one in condition.conditions:
        yield from _refs(one)


def _led_condition(condition: Condition, led: dict[str, str]) -> Condition:
    return replace(
        condition,
        needs=tuple(
            replace(one, ref=led[one.ref]) if one.kind is NeedKind.OFFER and one.ref in led else one
            for one in condition.needs
        ),
        conditions=tuple(_led_condition(one, led) for one in condition.conditions),
    )
