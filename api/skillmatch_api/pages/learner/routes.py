"""The learner's page: one form that goes back and forth, and the files it can be taken home in."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Depends, Response
from starlette.datastructures import FormData

from skillmatch.model.evidence import Evidence
from skillmatch.service.matcher import Matcher
from skillmatch_api.errors import AbsentError, UnauthenticatedError
from skillmatch_api.pages.forms import SentForm, text_of
from skillmatch_api.pages.language import LANGUAGES
from skillmatch_api.pages.learner.answering import Answer, answer
from skillmatch_api.pages.learner.downloads import GAP_FILES, PLAN_FILES, gap_file, plan_file
from skillmatch_api.pages.learner.given import Given, given_of
from skillmatch_api.pages.learner.keeping import keep, own_evidence
from skillmatch_api.pages.learner.kept import Kept, packed
from skillmatch_api.pages.learner.plan_view import plan_view
from skillmatch_api.pages.learner.planning import planned
from skillmatch_api.pages.learner.reading import Desk
from skillmatch_api.pages.learner.view import view_of
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import LearnerShell, Shell
from skillmatch_api.wire.limits.admission import heavy

router = page_router()


@router.get("/learn")
def start(shell: LearnerShell) -> Response:
    """Ask for a posting and what one has."""
    return shell.page(
        "learner/start.html.j2",
        given=Given(necessity={}, own=True),
        faults=(),
        kept="",
        read=Kept(),
        has_record=_has_record(shell),
    )


@router.post("/learn", dependencies=[Depends(heavy)])
def compare(shell: LearnerShell, form: SentForm) -> Response:
    """Show the gap; without a posting that can be read, ask again."""
    shell = _asking(shell, form)
    given = given_of(form)
    with shell.services.matchers.lent() as matcher:
        desk = _desk(shell, matcher)
        found = answer(given, desk, _own(shell, given))
        count = None
        if given.keeping and not found.faults and shell.caller is not None and _has_record(shell):
            count = keep(given, desk, shell.services.store, shell.caller)
        return _page(shell, given, found, desk, count)


@router.post("/learn/{name}", dependencies=[Depends(heavy)])
def download(name: str, shell: LearnerShell, form: SentForm) -> Response:
    """Return the answer or the plan as a file; where something is wrong, the page that says so."""
    if name not in GAP_FILES and name not in PLAN_FILES:
        every = ", ".join((*GAP_FILES, *PLAN_FILES))
        raise AbsentError(f"there is no file {name}; there are {every}")
    given = given_of(form)
    with shell.services.matchers.lent() as matcher:
        desk = _desk(shell, matcher)
        found = answer(given, desk, _own(shell, given))
        if name in GAP_FILES and found.result is not None and found.posting is not None:
            return gap_file(name, found.result, posting_text=found.posting.text)
        wish = replace(given.plan, wanted=True)
        made = planned(wish, found, desk, shell.services.store, fully=True)
        if name in PLAN_FILES and made.plan is not None:
            return plan_file(name, made.plan)
        return _page(shell, given, found, desk)


def _has_record(shell: Shell) -> bool:
    return shell.caller is not None and shell.caller.person_id is not None


def _own(shell: Shell, given: Given) -> tuple[Evidence, ...]:
    if not given.own or shell.caller is None:
        return ()
    return own_evidence(shell.services.store, shell.caller, at=shell.services.clock())


def _asking(shell: Shell, form: FormData) -> Shell:
    asked = text_of(form, "lang")
    return replace(shell, asked=asked) if asked in LANGUAGES else shell


def _desk(shell: Shell, matcher: Matcher) -> Desk:
    if shell.caller is None:
        raise UnauthenticatedError("log in first")
    return Desk(
        matcher=matcher,
        settings=shell.services.settings,
        tenant_id=shell.caller.tenant_id,
        at=shell.services.clock(),
    )


def _page(
    shell: Shell, given: Given, found: Answer, desk: Desk, count: int | None = None
) -> Response:
    kept = packed(found.kept, tenant_id=desk.tenant_id, at=desk.at)
    if found.result is None:
        return shell.page(
            "learner/start.html.j2",
            status=422,
            given=given,
            faults=found.faults,
            kept=kept,
            read=found.kept,
            has_record=_has_record(shell),
        )
    made = planned(given.plan, found, desk, shell.services.store)
    faults = (*found.faults, *made.faults)
    return shell.page(
        "learner/result.html.j2",
        status=422 if faults else 200,
        given=given,
        faults=faults,
        kept=kept,
        read=found.kept,
        has_record=_has_record(shell),
        count=count,
        answer=found,
        result=found.result,
        view=view_of(shell.t, found, found.result),
        planned=made,
        plan=plan_view(shell.t, made.plan) if made.plan is not None else None,
    )
