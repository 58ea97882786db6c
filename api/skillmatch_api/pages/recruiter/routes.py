"""The recruiter's pages: a search that goes back and forth, a person, a shortlist to take along."""

from __future__ import annotations

import uuid
from dataclasses import replace

from fastapi import Depends, Response
from starlette.datastructures import FormData

from skillmatch.report import svg
from skillmatch.report.summary import STATES
from skillmatch_api.errors import AbsentError, UnauthenticatedError
from skillmatch_api.pages.forms import Fault, SentForm, text_of
from skillmatch_api.pages.language import LANGUAGES
from skillmatch_api.pages.recruiter.person import person_view
from skillmatch_api.pages.recruiter.searching import LEVELS, Answer, as_list, search
from skillmatch_api.pages.recruiter.view import lifted_of, view_of
from skillmatch_api.pages.recruiter.wanted import Wanted, wanted_of
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import RecruiterShell, Shell
from skillmatch_api.people import shortlists, views
from skillmatch_api.people.candidate_search import Asker, CandidateSearcher
from skillmatch_api.people.registering import ABSENT
from skillmatch_api.wire.limits.admission import heavy, light

router = page_router()


@router.get("/recruit")
def start(shell: RecruiterShell) -> Response:
    """Ask what is looked for."""
    return _page(shell, Answer(wanted=Wanted()))


@router.post("/recruit", dependencies=[Depends(heavy)])
def find(shell: RecruiterShell, form: SentForm) -> Response:
    """Show who is found; where something is wrong, ask again."""
    shell = _asking(shell, form)
    wanted = wanted_of(form)
    if form.get("edit"):
        with shell.services.matchers.lent() as matcher:
            return _page(shell, as_list(wanted, matcher))
    return _page(shell, _answer(shell, wanted))


@router.get("/recruit/about")
def about(shell: RecruiterShell) -> Response:
    """Tell what the order means, and what it does not."""
    states = tuple((state, svg.state_key(state)) for state in STATES)
    return shell.page("recruiter/about.html.j2", states=states)


@router.post("/recruit/shortlist/{form_name}", dependencies=[Depends(heavy)])
def take_along(form_name: str, shell: RecruiterShell, form: SentForm) -> Response:
    """Give the chosen people as a file; without any, the page says so."""
    if form_name not in _FILES or shell.caller is None:
        raise AbsentError(f"there is no file {form_name}; there are {', '.join(_FILES)}")
    wanted = wanted_of(form)
    if not wanted.picked:
        answer = _answer(shell, wanted)
        fault = Fault(field="take", key="recruiter.fault_none_picked")
        return _page(shell, replace(answer, faults=(*answer.faults, fault)))
    with shell.services.store.writing() as session:
        listed, left_out = shortlists.take_along(
            session,
            wanted.picked,
            caller=shell.caller,
            blind=wanted.blind,
            at=shell.services.clock(),
        )
    if form_name == "csv":
        content = shortlists.as_csv(listed).encode("utf-8-sig")
    else:
        content = shortlists.as_json(listed, left_out).encode()
    return Response(
        content,
        media_type=_FILES[form_name],
        headers={
            "Content-Disposition": f'attachment; filename="shortlist.{form_name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


_FILES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@router.get("/recruit/people/{person_id}", dependencies=[Depends(light)])
def person(person_id: str, shell: RecruiterShell, blind: str = "1") -> Response:
    """Show what somebody shares; the look is written down, for them to see."""
    identity = _id(person_id)
    hidden = blind != "0"
    at = shell.services.clock()
    if shell.caller is None:
        raise UnauthenticatedError("log in first")
    with shell.services.store.writing() as session:
        found = shortlists.shortlist(
            session, [identity], tenant_id=shell.caller.tenant_id, blind=hidden, at=at
        )
        if not found:
            raise AbsentError(ABSENT)
        action = "candidate.evidence"
        views.note_sight(
            session, [identity], caller=shell.caller, action=action, blind=hidden, at=at
        )
    return shell.page("recruiter/person.html.j2", person=person_view(shell.t, found[0]))


def _id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise AbsentError(ABSENT) from error


def _answer(shell: Shell, wanted: Wanted) -> Answer:
    if shell.caller is None:
        raise UnauthenticatedError("log in first")
    services = shell.services
    searcher = CandidateSearcher(services.store, services.indexes)
    asker = Asker(caller=shell.caller, at=services.clock())
    with services.matchers.lent() as matcher:
        return search(wanted, matcher, searcher, asker)


def _asking(shell: Shell, form: FormData) -> Shell:
    asked = text_of(form, "lang")
    return replace(shell, asked=asked) if asked in LANGUAGES else shell


def _page(shell: Shell, answer: Answer) -> Response:
    found = answer.found
    return shell.page(
        "recruiter/search.html.j2" if found is None else "recruiter/result.html.j2",
        status=422 if answer.faults else 200,
        wanted=answer.wanted,
        faults=answer.faults,
        suggested=answer.suggested,
        levels=LEVELS,
        lifted=lifted_of(shell.t, answer.wanted),
        found=found,
        view=view_of(shell.t, found, answer.wanted) if found is not None else None,
    )
