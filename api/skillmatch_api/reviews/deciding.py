"""Decisions of reviewers over HTTP: the same steps that ``skillmatch badge review`` takes.

What a badge's review is now is never stored: it is what was proposed, with every decision made
after another. So a decision means the same here and in a review file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from skillmatch.errors import UsageError
from skillmatch.linking.alignment.deciding import (
    Place,
    Said,
    add,
    comment,
    decide,
    edit,
    pending,
    statement_at,
)
from skillmatch.linking.alignment.reviewing import review_of
from skillmatch.model.alignment import ConceptTarget, Decision, Review, ReviewStatement
from skillmatch.model.concept import ConceptUri
from skillmatch_api.reviews.storing import run_of
from skillmatch_api.store.tables import ReviewDecision, StoredAlignment

Lookup = Callable[[str], ConceptTarget | None]


class Choice(StrEnum):
    """What a reviewer says of a concept for a statement."""

    PENDING = "pending"
    ACCEPT = "accept"
    REJECT = "reject"
    REPLACE = "replace"
    ADD = "add"
    COMMENT = "comment"


_PLAIN = {
    Choice.PENDING: Decision.PENDING,
    Choice.ACCEPT: Decision.ACCEPT,
    Choice.REJECT: Decision.REJECT,
}
_NAMES_ANOTHER = frozenset({Choice.REPLACE, Choice.ADD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision as it was sent.

    Attributes:
        at: JSON Pointer of the statement within the badge.
        digest: Of the statement's text, as the review gives it.
        concept: URI of the entry it is about; empty for what the review command takes by itself:
            the first open one to accept or replace, all open ones to reject.
        replacement: URI of the concept that is right instead, or as well.
    """

    at: str
    digest: str
    choice: Choice
    concept: str = ""
    replacement: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision on one entry of one statement."""

    at: str
    digest: str
    choice: Choice
    concept: str = ""
    chosen: ConceptTarget | None = None
    note: str = ""
    said: Said


def review_now(row: StoredAlignment, decisions: Iterable[ReviewDecision]) -> Review:
    """Return the review of one badge after decisions in the order of their places."""
    review = review_of(run_of(row))
    for one in decisions:
        review = applied(review, decision_of(one))
    return review


def decided(
    review: Review, asked: Sequence[Asked], said: Said, lookup: Lookup
) -> tuple[Review, tuple[Decided, ...]]:
    """Return the review after all that was asked for, and each step of it.

    Args:
        review: Of one badge, as it is now.
        asked: In order; a later one sees what an earlier one did.
        said: Who decides, and on which day.
        lookup: Finds a concept by URI in the installed frameworks.

    Raises:
        UsageError: One of them names something that is not there; all faults are named, and
            nothing counts.
    """
    steps: list[Decided] = []
    faults: list[str] = []
    for number, one in enumerate(asked):
        try:
            for step in _steps(review, one, said, lookup):
                review = applied(review, step)
                steps.append(step)
        except UsageError as fault:
            faults.append(f"decision {number + 1}: {fault}")
    if faults:
        raise UsageError("; ".join(faults))
    return review, tuple(steps)


def applied(review: Review, one: Decided) -> Review:
    """Return the review after one decision.

    Raises:
        UsageError: There is no such statement, or no such entry.
    """
    place = _place(review, one.at, one.digest)
    if one.choice is Choice.ADD and one.chosen is not None:
        review = add(review, place, one.chosen, one.said)
        return _noted(review, place, one, one.chosen.uri)
    entry = _entry(statement_at(review, place), one.concept)
    if one.choice is Choice.REPLACE and one.chosen is not None:
        review = edit(review, place, entry, one.chosen, one.said)
    elif one.choice in _PLAIN:
        review = decide(review, place, [entry], _PLAIN[one.choice], one.said)
    return _noted(review, place, one, one.concept)


def row_of(one: Decided, alignment: StoredAlignment, place: int) -> ReviewDecision:
    """Return the columns that a decision itself fills; who, when and the id are the caller's."""
    return ReviewDecision(
        tenant_id=alignment.tenant_id,
        alignment_id=alignment.id,
        place=place,
        outcome=f"{one.at}#{one.digest}",
        target=one.concept,
        decision=one.choice.value,
        chosen=asdict(one.chosen) if one.chosen else None,
        note=one.note,
        reviewer=one.said.reviewer,
    )


def decision_of(row: ReviewDecision) -> Decided:
    """Return the decision of a row; its day is that of the row's moment in UTC."""
    at, _, digest = row.outcome.rpartition("#")
    return Decided(
        at=at,
        digest=digest,
        choice=Choice(row.decision),
        concept=row.target,
        chosen=ConceptTarget(**row.chosen) if row.chosen else None,
        note=row.note,
        said=_said(Choice(row.decision), row.reviewer, row.at.date().isoformat()),
    )


def _steps(review: Review, asked: Asked, said: Said, lookup: Lookup) -> tuple[Decided, ...]:
    statement = statement_at(review, _place(review, asked.at, asked.digest))
    chosen = _chosen(asked, lookup)
    one = Decided(
        at=asked.at,
        digest=asked.digest,
        choice=asked.choice,
        concept=asked.concept,
        chosen=chosen,
        note=asked.note,
        said=_said(asked.choice, said.reviewer, said.date),
    )
    if asked.choice is Choice.ADD:
        return (replace(one, concept=""),)
    if asked.concept:
        _entry(statement, asked.concept)
        return (one,)
    meant = _meant(statement, asked.choice)
    if not meant:
        raise UsageError(f"nothing is open at {asked.at}; name the concept")
    return tuple(replace(one, concept=statement.entries[place].uri) for place in meant)


def _meant(statement: ReviewStatement, choice: Choice) -> tuple[int, ...]:
    """Return the entries that are meant where none is named."""
    left = pending(statement)
    return left if choice is Choice.REJECT else left[:1]


def _said(choice: Choice, reviewer: str, date: str) -> Said:
    """Return who decided; what waits again was decided by nobody."""
    return Said() if choice is Choice.PENDING else Said(reviewer=reviewer, date=date)


def _chosen(asked: Asked, lookup: Lookup) -> ConceptTarget | None:
    needed = asked.choice in _NAMES_ANOTHER
    if needed != bool(asked.replacement):
        what = "needs a replacement" if needed else "takes no replacement"
        raise UsageError(f"{asked.choice.value} {what}")
    if asked.choice is Choice.COMMENT and not asked.note:
        raise UsageError("comment needs a note")
    if not needed:
        return None
    found = lookup(ConceptUri(asked.replacement))
    if found is None:
        raise UsageError(
            f"no installed framework has a concept {asked.replacement}; search one with /v1/search"
        )
    return found


def _place(review: Review, at: str, digest: str) -> Place:
    for number, statement in enumerate(review.badges[0].statements):
        if (statement.at, statement.digest) == (at, digest):
            return Place(badge=0, statement=number)
    raise UsageError(f"there is no statement {at!r} with the digest {digest!r}")


def _entry(statement: ReviewStatement, concept: str) -> int:
    for number, entry in enumerate(statement.entries):
        if entry.uri == concept:
            return number
    raise UsageError(f"{concept!r} is not proposed at {statement.at!r}; add it instead")


def _noted(review: Review, place: Place, one: Decided, concept: str) -> Review:
    if not one.note:
        return review
    entry = _entry(statement_at(review, place), concept)
    return comment(review, place, entry, one.note, one.said)
