"""Which links of one unit stand beside each other, and which say the same twice."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.model.link import Link
from skillmatch.model.posting import Span

MAX_SENTENCE_LINKS = 2
"""A sentence as a whole rarely asks for more than two skills that no phrase of it names."""


def select(links: Sequence[Link], *, blocked: Sequence[Span] = ()) -> tuple[Link, ...]:
    """Return the accepted links that do not speak for the same words, in text order.

    Of links whose words overlap, the most confident stands; the others are near-synonyms of it
    and are dropped here. A link for a whole sentence gives way to links for phrases of it.

    Args:
        links: Links of one unit.
        blocked: Words already taken by a hard gate.
    """
    accepted = [link for link in links if link.accepted and not _taken(link, blocked)]
    ranked = sorted(accepted, key=lambda link: (-link.confidence, link.uri))
    chosen: list[Link] = []
    sentences = 0
    for link in ranked:
        if _is_sentence(link):
            if sentences < MAX_SENTENCE_LINKS and not chosen:
                chosen.append(link)
                sentences += 1
            continue
        if not any(_overlap(link.mention.span, other.mention.span) for other in _phrases(chosen)):
            chosen.append(link)
    return tuple(sorted(chosen, key=lambda link: (link.mention.span, link.uri)))


def _is_sentence(link: Link) -> bool:
    return link.why.how == "a similar sentence"


def _phrases(links: Sequence[Link]) -> list[Link]:
    return [link for link in links if not _is_sentence(link)]


def _taken(link: Link, blocked: Sequence[Span]) -> bool:
    """Tell whether most of a link's words belong to a gate."""
    span = link.mention.span
    return any(_shared(span, gate) * 2 > span.end - span.start for gate in blocked)


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _shared(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))
