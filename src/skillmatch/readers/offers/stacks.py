"""Pathways to a credential at hand say what that credential is made of.

A pathway has no price, length or skill of its own: whoever goes along it is awarded what its
destination stands for. So the provider's own pathway is no offer beside that credential. The
pathway of somebody else is one way among others, binds nobody, and stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmatch.model.offer import Condition, Offer
from skillmatch.readers.offers.ctdl_conditions import some_of
from skillmatch.readers.offers.merging import resolve_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What a pathway says of the credential that its destination stands for.

    Attributes:
        pathway: Id of the pathway, which was read as an offer.
        credential: Id of what it leads to, whether that is at hand or not.
        parts: What must be done before the destination; empty where nothing is said.
    """

    pathway: str
    credential: str
    parts: Condition


def stack_up(
    offers: tuple[Offer, ...], stacks: Sequence[Stack]
) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """Return the offers with the parts that their pathways tell, without those pathways.

    What a credential says itself of its parts counts, and of several pathways one is enough.

    Args:
        offers: By id, each once; references to a pathway are led to its credential.
        stacks: In the order in which files count.

    Returns:
        The offers by id, and a note for each pathway that is not what its credential says.
    """
    held = {one.id: one for one in offers}
    named = {name: one.id for one in reversed(offers) for name in one.same_as}
    ways: dict[str, list[tuple[Offer, Condition]]] = {}
    for stack in dict.fromkeys(stacks):
        own = stack.credential if stack.credential in held else named.get(stack.credential, "")
        pathway = held.get(stack.pathway)
        if own and pathway is not None and own != pathway.id and _of_one(pathway, held[own]):
            ways.setdefault(own, []).append((pathway, stack.parts))
    if not ways:
        return offers, ()
    gone = {pathway.id for found in ways.values() for pathway, _ in found}
    kept = tuple(_stacked(one, ways) for one in offers if one.id not in gone)
    return resolve_names(kept), tuple(_notes(held, ways))


def _of_one(pathway: Offer, credential: Offer) -> bool:
    """Tell whether nothing says that they are of different providers."""
    pairs = (
        (pathway.provider_id, credential.provider_id),
        (pathway.provider.casefold(), credential.provider.casefold()),
    )
    said = [left == right for left, right in pairs if left and right]
    return not said or any(said)


def _stacked(offer: Offer, ways: Mapping[str, Sequence[tuple[Offer, Condition]]]) -> Offer:
    found = ways.get(offer.id)
    if not found:
        return offer
    names = [name for pathway, _ in found for name in (pathway.id, *pathway.same_as, pathway.name)]
    return replace(
        offer,
        parts=_any_of(parts for _, parts in found) if offer.parts.empty else offer.parts,
        same_as=tuple(
            dict.fromkeys((*offer.same_as, *(one for one in names if one != offer.name)))
        ),
    )


def _any_of(ways: Iterable[Condition]) -> Condition:
    said = tuple(dict.fromkeys(one for one in ways if not one.empty))
    return said[0] if len(said) == 1 else some_of(min(1, len(said)), said)


def _notes(
    held: Mapping[str, Offer], ways: Mapping[str, Sequence[tuple[Offer, Condition]]]
) -> Iterable[str]:
    for own, found in sorted(ways.items()):
        credential = held[own]
        for pathway, parts in found:
            if not (credential.parts.empty or parts.empty or parts == credential.parts):
                yield (
                    f"{pathway.name}: this pathway and {credential.name} say different things of "
                    f"what {credential.name} is made of; {credential.name} counts"
                )
