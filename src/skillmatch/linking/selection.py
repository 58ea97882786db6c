"""Which links of one unit stand beside each other, and which say the same twice.

A framework has near-synonyms ("manage stock rotation", "carry out stock rotation"), and a
calibrated confidence is shared out among them. That some concept is meant is as likely as all of
them together, so words are accepted by the sum of their candidates, and the best one stands for
them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Link, is_named
from skillmatch.model.posting import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """When words are accepted.

    Attributes:
        min_alone: Confidence from which a link needs no near-synonyms to be taken.
        min_mass: Summed confidence of near-synonyms from which the best of them is taken.
        min_confidence: What the best must have of its own.
        akin: Whether two concepts are near-synonyms.
    """

    min_alone: float
    min_mass: float
    min_confidence: float
    akin: Callable[[ConceptUri, ConceptUri], bool]


def select(
    links: Sequence[Link], policy: Policy, *, blocked: Sequence[Span] = ()
) -> tuple[Link, ...]:
    """Return one link for each piece of the unit that names a skill, in text order.

    Pieces are chosen greedily: names that stand in the text first, then likenesses, the most
    confident link first, then the next whose words do not overlap those already taken. So "R"
    stays R in "programming in R".

    Args:
        links: All candidates of one unit, accepted or not.
        policy: When words are accepted.
        blocked: Words already taken by a hard gate.
    """
    ranked = sorted(
        (link for link in links if not _taken(link, blocked)),
        key=lambda link: (not _is_named(link, policy), -link.confidence, link.uri),
    )
    chosen: list[Link] = []
    for link in ranked:
        if any(_overlap(link.mention.span, other.mention.span) for other in chosen):
            continue
        if link.confidence >= policy.min_alone or _carried(link, ranked, policy):
            chosen.append(link)
    return tuple(sorted(chosen, key=lambda link: (link.mention.span, link.uri)))


def _is_named(link: Link, policy: Policy) -> bool:
    return is_named(link.why.how) and link.confidence >= policy.min_alone


def _carried(link: Link, ranked: Sequence[Link], policy: Policy) -> bool:
    """Tell whether a link and its near-synonyms for the same words are likely enough together."""
    if link.confidence < policy.min_confidence:
        return False
    mass = link.confidence
    for rival in ranked:
        same_words = _mostly(rival.mention.span, link.mention.span)
        if rival.uri != link.uri and same_words and policy.akin(link.uri, rival.uri):
            mass += rival.confidence
    return mass >= policy.min_mass


def _taken(link: Link, blocked: Sequence[Span]) -> bool:
    """Tell whether most of a link's words belong to a gate."""
    span = link.mention.span
    return any(_shared(span, gate) * 2 > span.end - span.start for gate in blocked)


def _mostly(left: Span, right: Span) -> bool:
    """Tell whether two spans share more than half of the longer one."""
    longer = max(left.end - left.start, right.end - right.start)
    return _shared(left, right) * 2 > longer


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _shared(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))
