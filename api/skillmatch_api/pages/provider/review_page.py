"""One badge under review: shown, decided on, and what was decided taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fastapi import Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from skillmatch.errors import UsageError
from skillmatch.linking.alignment.deciding import pending
from skillmatch.model.alignment import Review
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.principal import Principal
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.learner.editing import find_skill
from skillmatch_api.pages.provider import downloads
from skillmatch_api.pages.provider.changing import Sent, Wish, names_in, sent_of, undone, wish_of
from skillmatch_api.pages.provider.place import place_of
from skillmatch_api.pages.provider.view import BadgeView, view_of
from skillmatch_api.pages.shell import Shell
from skillmatch_api.reviews import queue
from skillmatch_api.reviews.deciding import Asked, Choice, decision_of, review_now
from skillmatch_api.reviews.queue import Decider
from skillmatch_api.reviews.results import lookup_of
from skillmatch_api.reviews.storing import lint_of, run_of
from skillmatch_api.store.tables import ReviewDecision, StoredAlignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a form came to.

    Attributes:
        key: Text of the catalogue that says it; ``""`` where nothing was sent.
        label: Concept that it is about.
        since: How many decisions there were before; taking back goes to there.
        focus: Proposal that is to be looked at next.
        typed: Fields whose text was not used yet.
    """

    key: str = ""
    label: str = ""
    since: int = 0
    focus: str = ""
    reviewer: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    suggested: Sequence[str] = ()


def shown(
    shell: Shell, caller: Principal, alignment_id: str, *, fault: Fault | None = None
) -> Response:
    """Show a badge.

    Raises:
        AbsentError: There is none.
    """
    outcome = Outcome(faults=(fault,) if fault else (), reviewer=_last_reviewer(shell))
    with shell.services.store.reading() as session:
        row = queue.found(session, tenant_id=caller.tenant_id, alignment_id=alignment_id)
        return _page(shell, session, row, outcome, status=409 if fault else 200)


def decided(shell: Shell, caller: Principal, alignment_id: str, form: FormData) -> Response:
    """Do what a form asks for, and show the badge as it is then.

    Where somebody else was quicker nothing is decided, and all that was typed stays.

    Raises:
        AbsentError: There is no such badge.
        UsageError: The form names what the review does not hold.
    """
    sent = sent_of(form)
    services = shell.services
    with services.matchers.lent() as matcher:
        # Before anything is locked, since finding a concept by a name takes its time.
        named = {name: find_skill(matcher, name) or "" for name in names_in(sent)}
        outcome, status = _done(shell, caller, alignment_id, sent, named)
        if outcome.faults and (said := outcome.faults[0].said):
            outcome = replace(outcome, suggested=_near(matcher, said))
    with services.store.reading() as session:
        row = queue.found(session, tenant_id=caller.tenant_id, alignment_id=alignment_id)
        response = _page(shell, session, row, outcome, status=status)
    response.set_cookie(
        _REVIEWER,
        sent.reviewer.encode("utf-8").hex(),
        max_age=_REMEMBERED,
        samesite="strict",
        httponly=True,
        path="/provide",
    )
    return response


_REVIEWER = "skillmatch_reviewer"
_REMEMBERED = 90 * 24 * 3600


def _done(
    shell: Shell, caller: Principal, alignment_id: str, sent: Sent, named: Mapping[str, str]
) -> tuple[Outcome, int]:
    """Decide, where nobody else has meanwhile; return what is said of it, and the status."""
    services = shell.services
    with lookup_of(services.settings.library) as lookup, services.store.writing() as session:
        row = queue.found(
            session, tenant_id=caller.tenant_id, alignment_id=alignment_id, to_change=True
        )
        if sent.revision != row.revision:
            return _stale(sent), 412
        before = queue.decisions(session, row)
        now = review_now(row, before)
        wish = _wish(sent, row, now, before, named)
        if wish.asked and not wish.faults:
            who = Decider(by=caller.caller, reviewer=sent.reviewer, at=services.clock())
            now = queue.decide(session, row, wish.asked, who, lookup)
        return _outcome(sent, wish, now, len(before)), 422 if wish.faults else 200


def _last_reviewer(shell: Shell) -> str:
    """Return the name that this browser reviewed under last."""
    try:
        named = bytes.fromhex(shell.request.cookies.get(_REVIEWER, ""))
        return named.decode("utf-8")[:200]
    except ValueError:
        return ""


def _stale(sent: Sent) -> Outcome:
    fault = Fault(field="review-top", key="provider.fault_stale")
    return Outcome(reviewer=sent.reviewer, typed=sent.typed, faults=(fault,))


def _wish(
    sent: Sent,
    row: StoredAlignment,
    now: Review,
    before: Sequence[ReviewDecision],
    named: Mapping[str, str],
) -> Wish:
    word, _, number = sent.button.partition(" ")
    if word != "undo":
        return wish_of(sent, now, lambda name: named.get(name, ""))
    if not number.isdigit() or int(number) > len(before):
        raise UsageError("this cannot be taken back; load the page again")
    kept, steps = before[: int(number)], before[int(number) :]
    return Wish(asked=undone([decision_of(one) for one in steps], review_now(row, kept), now))


def _outcome(sent: Sent, wish: Wish, now: Review, since: int) -> Outcome:
    used = wish.taken if not wish.faults else frozenset()
    typed = {name: text for name, text in sent.typed.items() if name not in used and text}
    if wish.faults:
        return Outcome(reviewer=sent.reviewer, typed=typed, faults=wish.faults)
    if not wish.asked:
        return Outcome(key="nothing_done", reviewer=sent.reviewer, typed=typed, since=since)
    first = wish.asked[0]
    undo = sent.button.startswith("undo")
    only_note = first.choice is Choice.COMMENT
    key = "undone" if undo else _done_key(sent, first)
    return Outcome(
        key=key,
        label=_label(now, first),
        since=-1 if undo or only_note else since,
        focus="" if only_note else _next_open(now, wish.place if not undo else _where(now, first)),
        reviewer=sent.reviewer,
        typed=typed,
    )


def _done_key(sent: Sent, first: Asked) -> str:
    return "done_none" if sent.button.startswith("none") else f"done_{first.choice.value}"


def _near(matcher: Matcher, name: str) -> tuple[str, ...]:
    if not name:
        return ()
    (links,) = matcher.link([name], top=5)
    return tuple(dict.fromkeys(one.pref_label for one in links))


def _label(review: Review, asked: Asked) -> str:
    uri = asked.replacement or asked.concept
    for statement in review.badges[0].statements:
        for entry in statement.entries:
            if entry.uri == uri:
                return entry.label
            if entry.edited == uri:
                return entry.edited_label
    return ""


def _where(review: Review, asked: Asked) -> tuple[int, int]:
    """Return the place just before an entry, so that the next open one is that entry."""
    for number, statement in enumerate(review.badges[0].statements):
        if (statement.at, statement.digest) == (asked.at, asked.digest):
            uris = [one.uri for one in statement.entries]
            return number, uris.index(asked.concept) - 1 if asked.concept in uris else -1
    return -1, -1


def _next_open(review: Review, place: tuple[int, int]) -> str:
    """Return the first open proposal behind a place, else the first one, else ``""``."""
    every = [
        (number, at)
        for number, statement in enumerate(review.badges[0].statements)
        for at in pending(statement)
    ]
    found = next((one for one in every if one > place), every[0] if every else None)
    return f"{found[0]}-{found[1]}" if found else ""


def _page(
    shell: Shell, session: Session, row: StoredAlignment, outcome: Outcome, *, status: int
) -> Response:
    review = queue.review(session, row)
    with shell.services.matchers.lent() as matcher:
        pointer = run_of(row).badges[0].pointer
        view = view_of(shell.t, review, pointer, lint_of(row), matcher.frameworks)
    return shell.page(
        "provider/review.html.j2",
        status=status,
        row=row,
        view=view,
        place=place_of(session, row),
        outcome=outcome,
        faults=outcome.faults,
        files=tuple(downloads.FORMS),
        parts=_parts(view),
    )


def _parts(view: BadgeView) -> tuple[tuple[str, tuple[object, ...]], ...]:
    """Return the statements that somebody reads first, and then those the badge names already."""
    parts = (
        ("outcomes", tuple(one for one in view.statements if not one.is_alignment)),
        ("existing", tuple(one for one in view.statements if one.is_alignment)),
    )
    return tuple(one for one in parts if one[1])
