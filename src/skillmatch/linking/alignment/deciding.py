"""One decision after the other: which statements still need one, and a review with one more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skillmatch.model.alignment import (
    ALIGNMENT_KIND,
    STALE,
    ConceptTarget,
    Decision,
    FindingState,
    Review,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    Standing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A statement of a review: places of its badge and of itself, from 0."""

    badge: int
    statement: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who decides, and when."""

    reviewer: str = ""
    date: str = ""


def statement_at(review: Review, place: Place) -> ReviewStatement:
    """Return the statement at a place."""
    return review.badges[place.badge].statements[place.statement]


def open_places(review: Review, *, every: bool = False) -> Iterator[Place]:
    """Yield the statements that need a decision, in order.

    An alignment that the badge has already needs one where it is questioned. What the newest run
    no longer stands behind needs none.

    Args:
        review: What is decided so far.
        every: Also statements that nothing was proposed for, and those that are decided.
    """
    for at, badge in enumerate(review.badges):
        for number, statement in enumerate(badge.statements):
            if every or pending(statement):
                yield Place(badge=at, statement=number)


def pending(statement: ReviewStatement) -> tuple[int, ...]:
    """Return the places of the entries that nobody has decided on, in order.

    Keeping, replacing or editing an alignment of the badge settles all that was offered for it.
    """
    if statement.kind == ALIGNMENT_KIND and not _is_questioned(statement):
        return ()
    return tuple(
        place
        for place, entry in enumerate(statement.entries)
        if entry.decision is Decision.PENDING and entry.standing not in STALE
    )


def decide(
    review: Review, place: Place, entries: Sequence[int], decision: Decision, said: Said
) -> Review:
    """Return the review with one decision on some entries of a statement."""
    return _changed(
        review,
        place,
        {
            at: replace(
                statement_at(review, place).entries[at],
                decision=decision,
                edited="",
                edited_label="",
                reviewer=said.reviewer,
                date=said.date,
            )
            for at in entries
        },
    )


def edit(review: Review, place: Place, entry: int, target: ConceptTarget, said: Said) -> Review:
    """Return the review with another concept in the place of a proposed one."""
    edited = replace(
        statement_at(review, place).entries[entry],
        decision=Decision.EDIT,
        edited=target.uri,
        edited_label=target.label,
        reviewer=said.reviewer,
        date=said.date,
    )
    return _changed(review, place, {entry: edited})


def add(review: Review, place: Place, target: ConceptTarget, said: Said) -> Review:
    """Return the review with a concept that nobody proposed, accepted for a statement."""
    statement = statement_at(review, place)
    there = [one.uri for one in statement.entries]
    if target.uri in there:
        return decide(review, place, [there.index(target.uri)], Decision.ACCEPT, said)
    entry = ReviewEntry(
        uri=target.uri,
        label=target.label,
        framework=target.framework_and_release,
        code=target.code,
        target_type=target.target_type,
        standing=Standing.BY_HAND,
        decision=Decision.ACCEPT,
        reviewer=said.reviewer,
        date=said.date,
    )
    return _changed(review, place, {len(statement.entries): entry})


def comment(review: Review, place: Place, entry: int, text: str, said: Said) -> Review:
    """Return the review with a comment, which takes the place of an earlier one."""
    commented = replace(
        statement_at(review, place).entries[entry],
        comment=text,
        reviewer=said.reviewer,
        date=said.date,
    )
    return _changed(review, place, {entry: commented})


def _changed(review: Review, place: Place, entries: dict[int, ReviewEntry]) -> Review:
    badge = review.badges[place.badge]
    statement = badge.statements[place.statement]
    kept = [*statement.entries, *([None] * (max(entries, default=-1) - len(statement.entries) + 1))]
    new = tuple(entries.get(at, entry) for at, entry in enumerate(kept))
    changed = replace(statement, entries=tuple(one for one in new if one is not None))
    return replace(review, badges=_with(review.badges, place, badge, changed))


def _with(
    badges: tuple[ReviewBadge, ...], place: Place, badge: ReviewBadge, statement: ReviewStatement
) -> tuple[ReviewBadge, ...]:
    before, after = badge.statements[: place.statement], badge.statements[place.statement + 1 :]
    new = replace(badge, statements=(*before, statement, *after))
    return (*badges[: place.badge], new, *badges[place.badge + 1 :])


def _is_questioned(statement: ReviewStatement) -> bool:
    settled = {Decision.ACCEPT, Decision.EDIT}
    if any(entry.decision in settled for entry in statement.entries):
        return False
    return any(
        entry.standing is Standing.EXISTING and entry.how.startswith(FindingState.QUESTIONED.value)
        for entry in statement.entries
    )
