"""Requirements that say the same, or that leave a choice, become one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from skillmatch.model.concept import ConceptUri
from skillmatch.model.requirement import Necessity, Requirement

RANK = {Necessity.MUST: 0, Necessity.SHOULD: 1, Necessity.NICE: 2}


def fold_twins(
    requirements: Sequence[Requirement], same_skill: Callable[[ConceptUri, ConceptUri], bool]
) -> list[Requirement]:
    """Merge requirements whose concepts are one skill; the most confident one is kept."""
    kept: list[Requirement] = []
    for item in sorted(requirements, key=lambda item: (-item.confidence, item.uri)):
        twin = next(
            (place for place, other in enumerate(kept) if same_skill(other.uri, item.uri)), None
        )
        if twin is None:
            kept.append(item)
        else:
            merged = _merge(kept[twin], item)
            kept[twin] = replace(merged, folded=tuple(sorted({*merged.folded, item.uri})))
    return kept


def fold_choices(
    requirements: Sequence[Requirement], choices: Sequence[Sequence[ConceptUri]]
) -> list[Requirement]:
    """Merge the items of each "or" list into one requirement that names them all.

    The item that the posting speaks of most often, then the most confident one, leads; the
    others become its alternatives.

    Args:
        requirements: One for each concept.
        choices: URIs of the items of each list, in text order.
    """
    kept = {item.uri: item for item in requirements}
    for choice in choices:
        items = [kept[uri] for uri in dict.fromkeys(choice) if uri in kept]
        if len(items) < 2:
            continue
        lead = max(items, key=lambda item: (len(item.mentions), item.confidence))
        merged = lead
        for other in items:
            if other.uri != lead.uri:
                merged = _merge(merged, other)
                del kept[other.uri]
        others = {uri for item in items for uri in (item.uri, *item.alternatives)} - {lead.uri}
        kept[lead.uri] = replace(
            merged,
            label=" or ".join([lead.label, *(one.label for one in items if one is not lead)]),
            alternatives=tuple(sorted(others)),
        )
    return list(kept.values())


def in_order(requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Return requirements by necessity, then by place in the text, then by URI."""
    return tuple(sorted(requirements, key=_order))


def _merge(kept: Requirement, other: Requirement) -> Requirement:
    firmer = min(kept, other, key=lambda item: RANK[item.necessity])
    years = [item.years for item in (kept, other) if item.years is not None]
    return replace(
        kept,
        necessity=firmer.necessity,
        necessity_why=firmer.necessity_why,
        mentions=tuple(sorted({*kept.mentions, *other.mentions}, key=lambda m: m.span)),
        level=kept.level or other.level,
        years=max(years, default=None),
        folded=tuple(sorted({*kept.folded, *other.folded})),
    )


def _order(item: Requirement) -> tuple[int, int, str]:
    place = item.mentions[0].span.start if item.mentions else 0
    return RANK[item.necessity], place, item.uri
