"""Open what a plan needs, in the order in which a mistake is found soonest, and make it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from skillmatch.cli.asked import edited_checklist, posting_at, stop_if_nothing_is_asked
from skillmatch.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from skillmatch.linking.evidence import Claim
    from skillmatch.model.offer import Catalogue
    from skillmatch.model.plan import Plan, PlanRequest
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.planning import PlanGoal
    from skillmatch.service.verifying import Verifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What is planned for, and with which offers.

    Attributes:
        weights: One for each goal, in the order postings, occupations, requirements; or none.
        catalogues: Names of imported ones and paths; none means all that were imported.
    """

    postings: Sequence[str] = ()
    occupations: Sequence[str] = ()
    requirements: Sequence[Path] = ()
    weights: Sequence[float] = ()
    catalogues: Sequence[str] = ()

    def check(self) -> None:
        """Refuse what can be seen to be wrong before anything is opened.

        Raises:
            UsageError: There is no goal, or there are more or fewer weights than goals.
        """
        goals = [*self.postings, *self.occupations, *self.requirements]
        if not goals:
            raise UsageError(
                "name a posting, --occupation or --requirements; see `skillmatch plan -h`"
            )
        if self.postings.count("-") > 1:
            raise UsageError("- is standard input, and holds one posting; name it once")
        if self.weights and len(self.weights) != len(goals):
            raise UsageError(
                f"--goal-weight is given {len(self.weights)} times for {len(goals)} goals; give "
                "one for each, in the order postings, occupations, requirements"
            )


def aims_of(
    postings: Sequence[str] | None,
    occupations: Sequence[str] | None,
    requirements: Sequence[Path] | None,
    weights: Sequence[float] | None,
    catalogues: Sequence[str] | None,
) -> Aims:
    """Return what is planned for, checked as far as that can be done at once.

    Raises:
        UsageError: There is no goal, or there are more or fewer weights than goals.
    """
    aims = Aims(
        postings=postings or (),
        occupations=occupations or (),
        requirements=requirements or (),
        weights=weights or (),
        catalogues=catalogues or (),
    )
    aims.check()
    return aims


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What the person brings."""

    have: Sequence[Claim]
    evidence: Sequence[Path]
    verifier: Verifier | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Which engine is opened, and for which day."""

    at: date
    frameworks: Sequence[str] = ()
    recipe: str = ""


def plan_for(
    aims: Aims,
    brought: Brought,
    request: PlanRequest,
    engine: Engine,
    *,
    alternatives: bool,
    curve: bool,
) -> Plan:
    """Return the plan; what takes long shows how far it is, on a terminal."""
    catalogues = _catalogues(aims.catalogues)
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.planning import make_plan, what_is_shown

    with Matcher.open(engine.frameworks, recipe=engine.recipe) as opened:
        goals = list(_goals(opened, aims))
        matcher = opened.led_by(_lead(goals))
        shown, holdings = what_is_shown(
            matcher,
            have=brought.have,
            evidence=brought.evidence,
            verifier=brought.verifier,
            at=engine.at,
        )
        return make_plan(
            matcher,
            goals,
            shown=shown,
            holdings=holdings,
            catalogue=_opened(matcher, catalogues, engine.at),
            request=request,
            at=engine.at,
            alternatives=alternatives,
            curve=curve,
        )


def _goals(matcher: Matcher, aims: Aims) -> Iterator[PlanGoal]:
    from skillmatch.service.planning import PlanGoal

    found = [(one, matcher.requirements(posting_at(one))) for one in aims.postings]
    found += [(one, matcher.occupation(one)) for one in aims.occupations]
    found += [(str(one), edited_checklist(matcher, one)) for one in aims.requirements]
    for place, (named, checklist) in enumerate(found):
        stop_if_nothing_is_asked(checklist, named)
        yield PlanGoal(checklist=checklist, weight=aims.weights[place] if aims.weights else 1.0)


def _lead(goals: Sequence[PlanGoal]) -> tuple[str, ...]:
    """Return the frameworks that all goals are expressed in; nothing where they differ."""
    asked = {one.checklist.frameworks for one in goals}
    return asked.pop() if len(asked) == 1 else ()


def _catalogues(named: Sequence[str]) -> Sequence[str]:
    if named:
        return named
    from skillmatch.service.catalogue_names import CataloguePlaces
    from skillmatch.settings import Settings

    known = CataloguePlaces.of(Settings.from_environ(os.environ)).names()
    if not known:
        raise NotFoundError(
            "there is no catalogue of offers: name one with --catalogue (examples/catalogue in a "
            "checkout is one to try), or keep one with `skillmatch catalogue import`"
        )
    return known


def _opened(matcher: Matcher, named: Sequence[str], at: date) -> Catalogue:
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.catalogues import open_catalogue

    with shown_progress() as progress:
        return open_catalogue(
            matcher,
            named,
            at=at,
            progress=progress,
            warn=lambda note: typer.echo(note, err=True),
        )
