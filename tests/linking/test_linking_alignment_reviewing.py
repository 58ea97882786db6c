"""A review keeps every decision, whatever the next run says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.linking.alignment.reviewing import merged, review_of
from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.model.alignment import (
    AlignmentFinding,
    AlignmentProposal,
    AlignmentRun,
    BadgeAlignment,
    ConceptTarget,
    Decision,
    Doubt,
    FindingState,
    Review,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    Standing,
    text_digest,
)
from skillmatch.model.concept import ConceptUri

TEXT = "Bake bread at home"


def proposal(name: str, *, text: str = TEXT, framework: str = "ESCO") -> AlignmentProposal:
    return AlignmentProposal(
        at="/description",
        kind="description",
        text=text,
        uri=ConceptUri(f"http://example.org/{name}"),
        label=name,
        framework=framework,
        release="1",
        code="",
        target_type="ext:ESCOSkill",
        confidence=0.5,
        likely=True,
        words="Bake",
        how="the same words",
    )


def run(
    *proposals: AlignmentProposal,
    text: str = TEXT,
    frameworks: tuple[str, ...] = ("esco-1",),
    findings: tuple[AlignmentFinding, ...] = (),
) -> AlignmentRun:
    statement = OutcomeStatement(
        text=text, kind=StatementKind.DESCRIPTION, pointer="/description", end=len(text)
    )
    badge = BadgeAlignment(
        id="https://example.org/badge",
        name="Bread",
        file="bread.json",
        pointer="",
        format="Open Badges 3.0",
        statements=(statement,),
        proposals=proposals,
        findings=findings,
    )
    return AlignmentRun(source="x", frameworks=frameworks, encoder="e", badges=(badge,))


def decided(review: Review, decision: Decision) -> Review:
    """Decide every entry the same way."""
    badges = tuple(
        replace(
            badge,
            statements=tuple(
                replace(
                    one,
                    entries=tuple(replace(entry, decision=decision) for entry in one.entries),
                )
                for one in badge.statements
            ),
        )
        for badge in review.badges
    )
    return replace(review, badges=badges)


def entries(review: Review) -> list[ReviewEntry]:
    return [entry for badge in review.badges for one in badge.statements for entry in one.entries]


def test_a_decision_on_what_is_proposed_again_is_kept_with_the_newer_confidence() -> None:
    """The numbers are the program's, the decision is the reviewer's."""
    old = decided(review_of(run(proposal("bake"))), Decision.ACCEPT)
    newer = replace(proposal("bake"), confidence=0.9)

    (entry,) = entries(merged(review_of(run(newer)), old))

    assert (entry.decision, entry.confidence) == (Decision.ACCEPT, 0.9)


def test_what_is_no_longer_proposed_is_marked_and_kept() -> None:
    """A better linker must not take back what a person has accepted."""
    old = decided(review_of(run(proposal("bake"))), Decision.ACCEPT)

    kept = entries(merged(review_of(run(proposal("cook"))), old))

    assert [(one.label, one.standing, one.decision) for one in kept] == [
        ("cook", Standing.PROPOSED, Decision.PENDING),
        ("bake", Standing.NO_LONGER_PROPOSED, Decision.ACCEPT),
    ]


def test_a_changed_statement_keeps_its_old_decisions_and_tells_them_to_the_new_one() -> None:
    """A comma that is mended should not cost a second thought, nor decide on its own."""
    old = decided(review_of(run(proposal("bake"))), Decision.REJECT)
    text = "Bake bread, at home"

    new, before = entries(merged(review_of(run(proposal("bake", text=text), text=text)), old))

    assert (new.decision, new.earlier) == (Decision.PENDING, f"reject for: {TEXT}")
    assert (before.decision, before.standing) == (Decision.REJECT, Standing.STATEMENT_CHANGED)


def test_a_statement_that_comes_back_brings_its_decision_back() -> None:
    """An edit that is undone should leave no trace."""
    first = decided(review_of(run(proposal("bake"))), Decision.ACCEPT)
    between = merged(review_of(run(text="Eat bread")), first)

    again = merged(review_of(run(proposal("bake"))), between)

    assert entries(again)[0] == entries(first)[0]


def test_a_run_with_another_framework_leaves_the_first_one_s_entries_alone() -> None:
    """ESCO today and O*NET tomorrow make one review."""
    old = review_of(run(proposal("bake")))
    other = run(proposal("cooking", framework="O*NET"), frameworks=("onet-1",))

    kept = entries(merged(review_of(other), old))

    assert {one.label: one.standing for one in kept} == {
        "bake": Standing.PROPOSED,
        "cooking": Standing.PROPOSED,
    }


def test_a_badge_that_a_run_did_not_see_stays() -> None:
    """Aligning one file of a folder must not empty the review of the others."""
    old = decided(review_of(run(proposal("bake"))), Decision.ACCEPT)
    other = replace(run(), badges=(replace(run().badges[0], id="https://example.org/other"),))

    both = merged(review_of(other), old)

    assert [badge.id for badge in both.badges] == [
        "https://example.org/other",
        "https://example.org/badge",
    ]
    assert entries(both) == entries(old)


def test_a_questioned_alignment_is_reviewed_beside_what_would_mend_it() -> None:
    """Accepting the successor is one key, not a search."""
    heir = ConceptTarget(uri=ConceptUri("http://example.org/new"), label="new", framework="ESCO")
    finding = AlignmentFinding(
        at="/alignment/0",
        state=FindingState.QUESTIONED,
        uri="http://example.org/old",
        name="old",
        doubts=(Doubt.WITHDRAWN,),
        message="withdrawn",
        suggestions=(heir,),
    )

    own, instead = entries(review_of(run(findings=(finding,))))

    assert (own.standing, own.how) == (Standing.EXISTING, "questioned: withdrawn")
    assert (instead.standing, instead.uri) == (Standing.PROPOSED, "http://example.org/new")


LABELS = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.sampled_from(["one", "two", "three"])
ENTRY = st.builds(
    ReviewEntry,
    uri=LABELS,
    framework=st.sampled_from(["ESCO 1", "O*NET 1", ""]),
    standing=st.sampled_from(Standing),
    decision=st.sampled_from([Decision.PENDING, Decision.ACCEPT, Decision.REJECT]),
    comment=st.sampled_from(["", "why"]),
)


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Small reviews that share badges, statements and concepts with each other."""
    badges = []
    for badge in draw(st.lists(LABELS, unique=True, max_size=2)):
        texts = draw(st.lists(TEXTS, unique=True, max_size=3))
        statements = tuple(
            ReviewStatement(
                at="/description",
                digest=text_digest(text),
                kind="description",
                text=text,
                entries=tuple(draw(st.lists(ENTRY, unique_by=lambda one: one.uri, max_size=3))),
            )
            for text in texts
        )
        badges.append(ReviewBadge(id=badge, file="f", statements=statements))
    return Review(frameworks=("esco-1",), badges=tuple(badges))


def fresh(review: Review) -> Review:
    """Return a review as a run gives it: nothing decided."""
    badges = tuple(
        replace(
            badge,
            statements=tuple(
                replace(
                    one,
                    entries=tuple(
                        ReviewEntry(uri=entry.uri, framework="ESCO 1", standing=Standing.PROPOSED)
                        for entry in one.entries
                    ),
                )
                for one in badge.statements
            ),
        )
        for badge in review.badges
    )
    return replace(review, badges=badges)


def said(review: Review) -> set[tuple[str, str, str, str, str]]:
    """Return every decision and comment with what it is about."""
    return {
        (badge.id, one.digest, entry.uri, entry.decision.value, entry.comment)
        for badge in review.badges
        for one in badge.statements
        for entry in one.entries
        if entry.touched
    }


@given(new=reviews(), old=reviews())
def test_merging_never_loses_what_a_person_said(new: Review, old: Review) -> None:
    """This is the promise of the review file."""
    assert said(merged(fresh(new), old)) == said(old)


@given(new=reviews(), old=reviews())
def test_merging_the_same_run_twice_changes_nothing(new: Review, old: Review) -> None:
    """Re-running a command must be boring."""
    once = merged(fresh(new), old)

    assert merged(fresh(new), once) == once
