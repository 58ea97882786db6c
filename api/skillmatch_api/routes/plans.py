"""``/v1/plans``: which credentials close the gap, in which order, at what cost."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request, Response

from skillmatch.errors import UsageError
from skillmatch.model.offer import Catalogue
from skillmatch.model.plan import Plan
from skillmatch.report.plan import render_plan
from skillmatch.report.plan.as_json import read_plan
from skillmatch.service.matcher import Matcher
from skillmatch.service.planning import PlanGoal, make_plan, what_is_shown
from skillmatch_api.access.principal import Principal
from skillmatch_api.engine import catalogues
from skillmatch_api.engine.catalogues import Shelf
from skillmatch_api.engine.owned import Owned
from skillmatch_api.routes.kept import KeptId, KeptList, forget, keep, listed
from skillmatch_api.store.tables import StoredPlan
from skillmatch_api.wire.answers.forms import PLAN_FORMS, answer_in, described_forms, wanted
from skillmatch_api.wire.answers.listing import Cursor, Limit
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.documents import files_of, read_all
from skillmatch_api.wire.given.planned import GoalIn, PlanIn
from skillmatch_api.wire.limits.admission import heavy, light
from skillmatch_api.wire.passing.idempotency import IDEMPOTENT, WHERE_MADE
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import Anyone

router = APIRouter(tags=["plans"])


@router.post(
    "/v1/plans",
    response_model=Plan,
    dependencies=[Depends(heavy)],
    openapi_extra={IDEMPOTENT: WHERE_MADE},
    responses={
        **declared(401, 403, 404, 406, 413, 422, 429, 503),
        **described_forms(PLAN_FORMS),
        **described_forms(PLAN_FORMS, status=201, description="The plan, which was kept."),
    },
)
def plan(body: PlanIn, caller: Anyone, services: ServicesHere, request: Request) -> Response:
    """Plan which credentials close the gap, in which order, at what cost, and what stays open.

    The JSON is that of `skillmatch plan --json`; `Accept` asks for Markdown, HTML, SVG, text or
    a calendar. Nothing is kept unless `keep` says so.
    """
    form = wanted(request, PLAN_FORMS)
    made = made_plan(body, caller, services)
    answer = answer_in(form, render_plan(made, form))
    if body.keep:
        identity = _kept(made, body.title, caller, services)
        answer.status_code = 201
        answer.headers["Location"] = f"/v1/plans/{identity}"
    return answer


@router.get("/v1/plans", dependencies=[Depends(light)], responses=declared(401, 403, 422, 429, 503))
def list_plans(
    caller: Anyone, services: ServicesHere, limit: Limit = 50, cursor: Cursor = None
) -> KeptList:
    """List the plans that you keep, newest first."""
    return listed(StoredPlan, caller, services, limit=limit, cursor=cursor)


@router.get(
    "/v1/plans/{plan}",
    response_model=Plan,
    dependencies=[Depends(light)],
    responses={
        **declared(401, 403, 404, 406, 422, 429, 503),
        **described_forms(PLAN_FORMS),
    },
)
def get_plan(plan: KeptId, caller: Anyone, services: ServicesHere, request: Request) -> Response:
    """Return a plan that you keep, in any of its forms."""
    form = wanted(request, PLAN_FORMS)
    with services.store.reading() as session:
        body = Owned(session, StoredPlan, caller).get(plan).body
    return answer_in(form, body if form == "json" else render_plan(read_plan(body), form))


@router.delete(
    "/v1/plans/{plan}",
    status_code=204,
    dependencies=[Depends(light)],
    responses=declared(401, 403, 404, 422, 429, 503),
)
def delete_plan(plan: KeptId, caller: Anyone, services: ServicesHere) -> None:
    """Forget a plan that you keep."""
    forget(StoredPlan, plan, caller, services)


def made_plan(body: PlanIn, caller: Principal, services: Services) -> Plan:
    """Return the plan that a request asks for.

    Raises:
        UsageError: There is no catalogue, or what is asked for contradicts itself.
        AbsentError: A catalogue that is named is not there.
        DataError: A document cannot be read.
    """
    at = body.at or services.clock().date()
    request, checks = body.request(at), body.verifier(services.settings, at)
    claims, evidence = body.claims(), read_all(body.evidence)
    offers = _offers(body, caller, services)
    with services.matchers.lent() as lent:
        goals = [_goal(lent, one) for one in body.goals]
        matcher = lent.led_by(_lead(goals))
        shown, holdings = what_is_shown(
            matcher, have=claims, evidence=evidence, verifier=checks, at=at
        )
        return make_plan(
            matcher,
            goals,
            shown=shown,
            holdings=holdings,
            catalogue=catalogues.for_plan(matcher, offers, at=at),
            request=request,
            at=at,
            alternatives=body.alternatives,
            curve=body.curve,
        )


def _goal(matcher: Matcher, goal: GoalIn) -> PlanGoal:
    return PlanGoal(checklist=goal.checklist(matcher, goal.text()), weight=goal.weight)


def _lead(goals: Sequence[PlanGoal]) -> tuple[str, ...]:
    """Return the frameworks that all goals are expressed in; nothing where they differ."""
    asked = {one.checklist.frameworks for one in goals}
    return asked.pop() if len(asked) == 1 else ()


def _offers(body: PlanIn, caller: Principal, services: Services) -> list[Catalogue]:
    files = files_of(body.offers)
    found = [catalogues.read_files(files, name="offers")] if files else []
    with services.store.reading() as session:
        shelf = Shelf(session, caller.tenant_id, services.settings.library)
        names = body.catalogues or (() if files else shelf.names())
        found += [shelf.get(name) for name in names]
    if not found:
        raise UsageError(
            "there is no catalogue of offers: PUT one to /v1/catalogue/NAME, or send files of "
            "offers with the plan"
        )
    return found


def _kept(made: Plan, title: str, caller: Principal, services: Services) -> str:
    row = StoredPlan(
        tenant_id=caller.tenant_id,
        id=str(uuid.uuid4()),
        owner=caller.person_id or "",
        title=title or " + ".join(one.title or one.source for one in made.goals)[:200],
        body=render_plan(made, "json"),
        created_at=services.clock(),
    )
    keep(row, caller, services)
    return row.id
