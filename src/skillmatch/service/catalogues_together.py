"""Several catalogues as one, each offer with an id of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from skillmatch.model.offer import Catalogue, Condition, Need, NeedKind, Offer
from skillmatch.readers.offers.merging import merge_offers


def put_together(catalogues: Sequence[Catalogue]) -> Catalogue:
    """Return one catalogue of all offers.

    Offers with one id become one, field by field, as they do in a folder. But an id that only
    counts rows or pointers of a file ("offers.csv#2") is no name of an offer: where two catalogues
    have it, it is renamed in the later one, in what refers to it, too.

    Where they were not aligned with the same frameworks by the same encoder, the whole is not
    aligned.

    Args:
        catalogues: At least one.
    """
    if len(catalogues) == 1:
        return catalogues[0]
    offers: list[Offer] = []
    kept: dict[str, Offer] = {}
    for one in catalogues:
        renamed = _renamed(one, kept)
        found = [_with_ids(offer, renamed) for offer in one.offers]
        offers += found
        kept.update({offer.id: kept.get(offer.id, offer) for offer in found})
    merged, notes = merge_offers(offers)
    encoders = [one.encoder for one in catalogues if one.encoder]
    alike = len({one.frameworks for one in catalogues}) == 1 and len(set(encoders)) <= 1
    return Catalogue(
        name=" + ".join(one.name for one in catalogues),
        offers=merged,
        sources=tuple(source for one in catalogues for source in one.sources),
        unread=tuple(unread for one in catalogues for unread in one.unread),
        frameworks=catalogues[0].frameworks if alike else (),
        encoder=encoders[0] if alike and encoders else "",
        notes=tuple(dict.fromkeys([*(note for one in catalogues for note in one.notes), *notes])),
    )


def _renamed(catalogue: Catalogue, kept: Mapping[str, Offer]) -> dict[str, str]:
    """Return new ids for the offers whose place in a file is the name of another offer."""
    found: dict[str, str] = {}
    taken = {*kept, *(one.id for one in catalogue.offers)}
    for offer in catalogue.offers:
        other = kept.get(offer.id)
        if other is None or other == offer or "://" in offer.id or "#" not in offer.id:
            continue
        number = 1
        while (name := _numbered(catalogue.name, number, offer.id)) in taken:
            number += 1
        taken.add(name)
        found[offer.id] = name
    return found


def _numbered(name: str, number: int, id_: str) -> str:
    return f"{name}{'' if number == 1 else f'-{number}'}/{id_}"


def _with_ids(offer: Offer, renamed: Mapping[str, str]) -> Offer:
    if not renamed:
        return offer
    return replace(
        offer,
        id=renamed.get(offer.id, offer.id),
        requires=_condition(offer.requires, renamed),
        parts=_condition(offer.parts, renamed),
        counts_towards=_ids(offer.counts_towards, renamed),
        same_as=_ids(offer.same_as, renamed),
    )


def _ids(ids: Iterable[str], renamed: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(renamed.get(one, one) for one in ids)


def _condition(condition: Condition, renamed: Mapping[str, str]) -> Condition:
    return replace(
        condition,
        needs=tuple(_need(one, renamed) for one in condition.needs),
        conditions=tuple(_condition(one, renamed) for one in condition.conditions),
    )


def _need(need: Need, renamed: Mapping[str, str]) -> Need:
    if need.kind is not NeedKind.OFFER:
        return need
    return replace(need, ref=renamed.get(need.ref, need.ref))
