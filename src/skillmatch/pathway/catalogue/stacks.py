"""Findings where a stack names its parts and an offer names what it counts towards."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.model.offer import (
    Catalogue,
    CatalogueFinding,
    CatalogueRule,
    NeedKind,
    Offer,
)
from skillmatch.pathway.catalogue.finding import NOTE, WARNING, called, finding
from skillmatch.pathway.catalogue.reach import References
from skillmatch.pathway.planning.conditions_walk import leaves


def stack_findings(catalogue: Catalogue) -> Iterator[CatalogueFinding]:
    """Yield where the two sides differ; a side that says nothing of its own never differs."""
    references = References.of(catalogue)
    parts = {one.id: _parts(one, references) for one in catalogue.offers if not one.parts.empty}
    for offer in catalogue.offers:
        yield from _towards(offer, references, parts)
    for id_ in sorted(parts):
        stack = references.offers[id_]
        for part in (references.offers[one] for one in sorted(parts[id_])):
            if part.counts_towards and stack not in _stacks(part, references):
                message = (
                    f"{called(stack)} counts {called(part)} among its parts, which says that it "
                    "counts towards other stacks only"
                )
                mend = f"add {stack.id} to what {part.id} counts towards, or leave that empty"
                yield finding(CatalogueRule.STACK_MISMATCH, NOTE, [part, stack], message, mend)


def _towards(
    offer: Offer, references: References, parts: dict[str, frozenset[str]]
) -> Iterator[CatalogueFinding]:
    for ref in dict.fromkeys(offer.counts_towards):
        stack = references.find(ref)
        if stack is None:
            message = f"{called(offer)} counts towards “{ref}”, which is not in the catalogue"
            mend = "add that stack, or refer to it by its id"
            yield finding(CatalogueRule.STACK_MISMATCH, NOTE, [offer], message, mend)
        elif stack.id in parts and offer.id not in parts[stack.id]:
            message = (
                f"{called(offer)} says that it counts towards {called(stack)}, which does not "
                "have it among its parts"
            )
            mend = f"add {offer.id} to the parts of {stack.id}, or take the claim back"
            yield finding(CatalogueRule.STACK_MISMATCH, WARNING, [offer, stack], message, mend)


def _parts(stack: Offer, references: References) -> frozenset[str]:
    found = (
        references.find(need.ref) for need in leaves(stack.parts) if need.kind is NeedKind.OFFER
    )
    return frozenset(one.id for one in found if one is not None)


def _stacks(part: Offer, references: References) -> list[Offer]:
    found = (references.find(ref) for ref in part.counts_towards)
    return [one for one in found if one is not None]
