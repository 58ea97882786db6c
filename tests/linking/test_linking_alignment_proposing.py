"""Links become proposals: near-synonyms folded, the best few kept."""

from __future__ import annotations

from skillmatch.linking.alignment.proposing import ProposalRules, Proposing
from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.model.alignment import AlignmentProposal, ConceptTarget
from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.model.link import Link, Mention, Why
from skillmatch.model.posting import Span

STATEMENT = OutcomeStatement(
    text="Bake bread and sell it", kind=StatementKind.TAG, pointer="/tag/0"
)


def link(name: str, confidence: float, words: str = "Bake bread", label: str = "") -> Link:
    start = STATEMENT.text.index(words)
    return Link(
        uri=ConceptUri(name),
        pref_label=name,
        mention=Mention(text=words, span=Span(start=start, end=start + len(words))),
        confidence=confidence,
        accepted=confidence > 0.5,
        why=Why(label=label or name, label_kind=LabelKind.PREF, how="the same words"),
    )


def propose(
    *links: Link, top: int = 5, akin: frozenset[str] = frozenset()
) -> list[AlignmentProposal]:
    proposing = Proposing(
        rules=ProposalRules(top=top, min_confidence=0.1),
        target=lambda uri: ConceptTarget(uri=uri, label=uri, framework="ESCO", release="1"),
        akin=lambda left, right: {left, right} <= akin,
    )
    return list(proposing.proposals(STATEMENT, links, at="/tag/0", kind="tag"))


def test_the_best_come_first_and_equals_by_uri() -> None:
    """The same badge gives the same list."""
    found = propose(link("b", 0.4), link("a", 0.4), link("c", 0.9), top=2)

    assert [(one.uri, one.likely) for one in found] == [("c", True), ("a", False)]


def test_what_nobody_would_accept_is_not_proposed() -> None:
    """Each proposal costs a reviewer a moment."""
    assert propose(link("a", 0.09)) == []


def test_a_near_synonym_for_the_same_words_is_folded_into_the_better_one() -> None:
    """Two names of one skill are one decision, and the fold does not use up a place."""
    found = propose(link("a", 0.9), link("b", 0.8), link("c", 0.3), top=2, akin=frozenset("ab"))

    assert [(one.uri, one.folded) for one in found] == [("a", ("b",)), ("c", ())]


def test_a_near_synonym_for_other_words_stays() -> None:
    """It stands for another part of the statement."""
    found = propose(link("a", 0.9), link("b", 0.8, words="sell"), akin=frozenset("ab"))

    assert [one.uri for one in found] == ["a", "b"]


def test_the_label_that_matched_is_told_where_it_is_not_the_name() -> None:
    """A reviewer who sees only the name would wonder."""
    (found,) = propose(link("a", 0.9, label="make loaves"))

    assert (found.words, found.how) == ("Bake bread", "the same words as 'make loaves'")
