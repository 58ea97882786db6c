"""Links of one statement become proposals: near-synonyms folded, the best few kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skillmatch.model.achievement import OutcomeStatement
from skillmatch.model.alignment import AlignmentProposal, ConceptTarget
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Link
from skillmatch.model.posting import Span

LOOK_AT = 4
"""Links to ask for beside each proposal that is wanted, since near-synonyms are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRules:
    """How many concepts a statement gets, and which.

    Attributes:
        top: Concepts for each statement at most.
        min_confidence: Probability from which a concept is worth a reviewer's time.
    """

    top: int = 5
    min_confidence: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """What proposals need to know of the frameworks.

    Attributes:
        target: Names a concept as alignments do.
        akin: Whether two concepts are near-synonyms.
    """

    rules: ProposalRules
    target: Callable[[ConceptUri], ConceptTarget]
    akin: Callable[[ConceptUri, ConceptUri], bool]

    def proposals(
        self, statement: OutcomeStatement, links: Sequence[Link], *, at: str, kind: str
    ) -> tuple[AlignmentProposal, ...]:
        """Return the concepts for one statement, by confidence, then URI.

        A near-synonym that rests on mostly the same words as a more confident one is folded into
        it. What is named word for word elsewhere in the statement stays, so "Python and R" keeps
        both.

        Args:
            statement: What was linked.
            links: All candidates, accepted or not.
            at: JSON pointer of the text within the badge.
            kind: What the statement is called in the review.
        """
        kept: list[tuple[Link, list[ConceptUri]]] = []
        for link in sorted(links, key=lambda one: (-one.confidence, one.uri)):
            if link.confidence < self.rules.min_confidence:
                break
            twin = next((folded for other, folded in kept if self._same(other, link)), None)
            if twin is not None:
                twin.append(link.uri)
            elif len(kept) < self.rules.top:
                kept.append((link, []))
        return tuple(
            self._proposal(statement, link, folded, at=at, kind=kind) for link, folded in kept
        )

    def _same(self, kept: Link, link: Link) -> bool:
        return _mostly(kept.mention.span, link.mention.span) and self.akin(kept.uri, link.uri)

    def _proposal(
        self,
        statement: OutcomeStatement,
        link: Link,
        folded: Sequence[ConceptUri],
        *,
        at: str,
        kind: str,
    ) -> AlignmentProposal:
        target = self.target(link.uri)
        return AlignmentProposal(
            at=at,
            kind=kind,
            text=statement.text,
            uri=link.uri,
            label=target.label,
            framework=target.framework,
            release=target.release,
            code=target.code,
            target_type=target.target_type,
            confidence=round(link.confidence, 4),
            likely=link.accepted,
            words=link.mention.text,
            how=_how(link),
            folded=tuple(sorted(folded)),
        )


def _how(link: Link) -> str:
    """Return how the words fit, with the label that matched where it is not the concept's name."""
    if link.why.label == link.pref_label:
        return link.why.how
    return f"{link.why.how} as {link.why.label!r}"


def _mostly(left: Span, right: Span) -> bool:
    shared = max(0, min(left.end, right.end) - max(left.start, right.start))
    shorter = min(left.end - left.start, right.end - right.start)
    return shared * 2 > shorter
