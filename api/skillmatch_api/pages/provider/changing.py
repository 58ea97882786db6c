"""From a form of the review to decisions; every button and field names its place in the review.

Statements and entries of a review are only ever added, so the places in a form stay right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import FormData

from skillmatch.errors import UsageError
from skillmatch.model.alignment import Decision, Review, ReviewEntry, ReviewStatement
from skillmatch_api.pages.forms import Fault, text_of
from skillmatch_api.reviews.deciding import Asked, Choice, Decided

MAX_TEXT = 2_000
MAX_NAMES = 20
"""Concepts that one form may name; looking one up takes its time."""
Find = Callable[[str], str]
"""Returns the URI of a concept by its name or URI; ``""`` for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form of the review.

    Attributes:
        button: What was pressed, as in ``accept 0 1`` (statement and entry, from 0).
        revision: That was shown.
        typed: Notes and names, by field.
    """

    button: str
    revision: int
    reviewer: str
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a form asks for.

    Attributes:
        place: Statement and entry that it is about, -1 for none.
        taken: Fields whose text is in ``asked``.
    """

    asked: tuple[Asked, ...] = ()
    faults: tuple[Fault, ...] = ()
    place: tuple[int, int] = (-1, -1)
    taken: frozenset[str] = frozenset()


def sent_of(form: FormData) -> Sent:
    """Read a form; what is too long for any field is cut."""
    revision = text_of(form, "revision")
    fields = [name for name in form if name.partition("-")[0] in {"note", "other", "add"}]
    return Sent(
        button=text_of(form, "do")[:100],
        revision=int(revision) if revision.isascii() and revision.isdigit() else 0,
        reviewer=" ".join(text_of(form, "reviewer").split())[:200],
        typed={name: text_of(form, name).strip()[:MAX_TEXT] for name in fields},
    )


def names_in(sent: Sent) -> tuple[str, ...]:
    """Return the concepts that a button looks up, as they were typed."""
    word, *numbers = sent.button.split() or [""]
    field = {"replace": "other", "add": "add"}.get(word, "")
    wanted = {"-".join((field, *numbers))}
    if word == "enter":
        wanted = {name for name in sent.typed if not name.startswith("note-")}
    return tuple(text for name, text in sent.typed.items() if name in wanted and text)[:MAX_NAMES]


def wish_of(sent: Sent, review: Review, find: Find) -> Wish:
    """Return what a form asks for; notes that were changed come along with any button."""
    word, *numbers = sent.button.split() or [""]
    wishes = [_pressed(word, _places(numbers), sent, review, find)]
    if word == "enter":
        wishes += [_typed(name, text, review, find) for name, text in sent.typed.items()]
    asked = tuple(one for wish in wishes for one in wish.asked)
    notes = _notes(sent, review)
    return Wish(
        asked=(*asked, *notes),
        faults=tuple(one for wish in wishes for one in wish.faults),
        place=max(wish.place for wish in wishes),
        taken=frozenset().union(*(wish.taken for wish in wishes)),
    )


def undone(steps: Sequence[Decided], before: Review, now: Review) -> tuple[Asked, ...]:
    """Return the decisions that bring back what was before some steps; notes stay.

    What was added cannot be taken out of a review, and is rejected instead.
    """
    found: dict[tuple[str, str, str], Asked] = {}
    for one in steps:
        uri = one.chosen.uri if one.choice is Choice.ADD and one.chosen else one.concept
        if one.choice is not Choice.COMMENT:
            was = _entry(before, one.at, one.digest, uri)
            found[one.at, one.digest, uri] = _as_before(one, uri, was)
    return tuple(
        asked
        for asked in found.values()
        if _entry(now, asked.at, asked.digest, asked.concept) is not None
    )


def _as_before(one: Decided, uri: str, was: ReviewEntry | None) -> Asked:
    plain = Asked(at=one.at, digest=one.digest, choice=Choice.REJECT, concept=uri)
    if was is None:
        return plain
    if was.decision is Decision.EDIT:
        return replace(plain, choice=Choice.REPLACE, replacement=was.edited)
    return replace(plain, choice=Choice(was.decision.value))


def _pressed(word: str, places: tuple[int, ...], sent: Sent, review: Review, find: Find) -> Wish:
    match word, places:
        case (("accept" | "reject" | "pending"), (number, at)):
            statement, entry = _at(review, number, at)
            one = _asked(statement, Choice(word), concept=entry.uri)
            return Wish(asked=(one,), place=(number, at))
        case "none", (number,):
            one = _asked(_statement(review, number), Choice.REJECT)
            return Wish(asked=(one,), place=(number, 0))
        case "replace", (number, at):
            name = f"other-{number}-{at}"
            return _typed(name, sent.typed.get(name, ""), review, find, needed=True)
        case "add", (number,):
            name = f"add-{number}"
            return _typed(name, sent.typed.get(name, ""), review, find, needed=True)
        case _:
            return Wish()


def _typed(name: str, text: str, review: Review, find: Find, *, needed: bool = False) -> Wish:
    kind, *numbers = name.split("-")
    places = _places(numbers)
    if kind == "note" or not places or not (text or needed):
        return Wish()
    uri = find(text) if text else ""
    if not uri:
        key = "provider.fault_concept" if text else "provider.fault_no_concept"
        return Wish(faults=(Fault(field=name, key=key, said=text),), place=(places[0], 0))
    if kind == "add":
        one = _asked(_statement(review, places[0]), Choice.ADD, replacement=uri)
        return Wish(asked=(one,), place=(places[0], 0), taken=frozenset({name}))
    statement, entry = _at(review, places[0], places[-1])
    one = _asked(statement, Choice.REPLACE, concept=entry.uri, replacement=uri)
    return Wish(asked=(one,), place=(places[0], places[-1]), taken=frozenset({name}))


def _notes(sent: Sent, review: Review) -> tuple[Asked, ...]:
    """Return a comment for each note that says something new."""
    found = []
    for name, text in sent.typed.items():
        kind, *numbers = name.split("-")
        places = _places(numbers)
        if kind != "note" or len(places) != 2 or not text:
            continue
        statement, entry = _at(review, places[0], places[1])
        if text != entry.comment.strip():
            found.append(_asked(statement, Choice.COMMENT, concept=entry.uri, note=text))
    return tuple(found)


def _asked(statement: ReviewStatement, choice: Choice, **more: str) -> Asked:
    return Asked(at=statement.at, digest=statement.digest, choice=choice, **more)


def _places(numbers: Sequence[str]) -> tuple[int, ...]:
    plain = all(one.isascii() and one.isdigit() and len(one) < 6 for one in numbers)
    return tuple(map(int, numbers)) if plain else ()


def _statement(review: Review, number: int) -> ReviewStatement:
    statements = review.badges[0].statements
    if number >= len(statements):
        raise UsageError("there is no such statement; load the page again")
    return statements[number]


def _at(review: Review, number: int, at: int) -> tuple[ReviewStatement, ReviewEntry]:
    statement = _statement(review, number)
    if at >= len(statement.entries):
        raise UsageError("there is no such proposal; load the page again")
    return statement, statement.entries[at]


def _entry(review: Review, at: str, digest: str, uri: str) -> ReviewEntry | None:
    for statement in review.badges[0].statements:
        if (statement.at, statement.digest) == (at, digest):
            return next((one for one in statement.entries if one.uri == uri), None)
    return None
