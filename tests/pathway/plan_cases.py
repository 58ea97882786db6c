"""Small worlds to plan in: skills by name, offers by a line, and the plan that comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from skillmatch.gap import NoNearness, compare
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.offer import Award, Condition, Money, Need, NeedKind, Offer
from skillmatch.model.plan import OpenGap, PlanRequest, PlanStep
from skillmatch.model.requirement import Checklist, Necessity, Requirement
from skillmatch.pathway.planning.case import Case, Question, Relations, case
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.planning.leaving_open import LeavingOpen
from skillmatch.pathway.planning.naming import with_ids
from skillmatch.pathway.planning.planner import Planner
from skillmatch.pathway.planning.posing import bounds_of
from skillmatch.pathway.planning.steps import Draft, steps_of
from skillmatch.pathway.planning.targets import Target, merge, shares

START = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Family:
    """A hierarchy from a mapping of a skill to the broader one."""

    above: Mapping[str, str] = field(default_factory=dict)

    def broader(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the broader skill, if there is one."""
        return (ConceptUri(self.above[uri]),) if uri in self.above else ()

    def pref_label(self, uri: ConceptUri) -> str:
        """Return a label that differs from the URI: every skill here is known."""
        return f"the {uri}"


def asks(name: str, necessity: Necessity = Necessity.MUST, *, level: str = "") -> Requirement:
    """Return a requirement for a skill."""
    return Requirement(
        uri=ConceptUri(name),
        label=name,
        framework="mini",
        necessity=necessity,
        necessity_why="",
        level=level,
    )


def shows(name: str, *, level: str = "", assurance: Assurance = Assurance.CLAIMED) -> Evidence:
    """Return evidence of a skill."""
    return Evidence(
        uri=ConceptUri(name),
        label=name,
        kind=EvidenceKind.CLAIM,
        assurance=assurance,
        source="cv.txt",
        level=level,
    )


def offer(
    id_: str,
    skills: str = "",
    cost: float | None = 0,
    hours: float | None = 6,
    *,
    needs: Condition | str = "",
    parts: str = "",
    **more: object,
) -> Offer:
    """Return a self-paced offer that awards skills, named with spaces between them."""
    whole = Offer(
        id=id_,
        name=f"The {id_}",
        awards=tuple(award(one) for one in skills.split()),
        cost=None if cost is None else Money(amount=cost, currency="EUR"),
        hours=hours,
        self_paced=True,
        requires=all_of(needs) if isinstance(needs, str) else needs,
        parts=all_of(parts),
    )
    return replace(whole, **more)  # type: ignore[arg-type]  # the test names fields of Offer


def award(name: str, **more: object) -> Award:
    """Return an award, stated by the source unless said otherwise."""
    return replace(Award(uri=ConceptUri(name), label=name), **more)  # type: ignore[arg-type]  # so


def all_of(ids: str) -> Condition:
    """Return the condition that all of these offers are finished."""
    needs = tuple(Need(kind=NeedKind.OFFER, ref=one, text=one) for one in ids.split())
    return Condition(least=len(needs), needs=needs)


def goal(asked: Sequence[Requirement], evidence: Sequence[Evidence] = ()) -> tuple[Target, ...]:
    """Return the targets of one goal."""
    return goals([asked], evidence)


def goals(
    asked: Sequence[Sequence[Requirement]],
    evidence: Sequence[Evidence] = (),
    weights: Sequence[float] = (),
    family: Family | None = None,
) -> tuple[Target, ...]:
    """Return the targets of several goals, each compared as for a gap."""
    results = [
        compare(
            Checklist(source=f"goal {place}", requirements=tuple(one)),
            evidence,
            hierarchy=family or Family(),
            nearness=NoNearness(),
            at=START,
        )
        for place, one in enumerate(asked)
    ]
    return merge(results, shares(weights or [1.0] * len(results)))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that a plan is made of."""

    asked: Sequence[Requirement]
    offers: Sequence[Offer]
    evidence: Sequence[Evidence] = ()
    holdings: Sequence[Holding] = ()
    family: Family = field(default_factory=Family)

    def case(self, **wishes: object) -> Case:
        """Return the case of a request; ``max_cost`` is a number of euros."""
        cost = wishes.pop("max_cost", None)
        budget = None if cost is None else Money(amount=float(str(cost)), currency="EUR")
        request = replace(PlanRequest(start=START, max_cost=budget), **wishes)  # type: ignore[arg-type]  # fields
        request = with_ids(request, self.offers)
        every = goals([self.asked], self.evidence, family=self.family)
        return case(
            Question(
                request=request,
                offers=self.offers,
                targets=[one for one in every if one.before(prove=request.prove) > 0],
                evidence=self.evidence,
                holdings=self.holdings,
                relations=Relations(
                    hierarchy=self.family, nearness=NoNearness(), twins=lambda _: ()
                ),
            )
        )

    def plan(self, **wishes: object) -> Planned:
        """Return the best plan of a request."""
        planner = Planner.of(self.case(**wishes))
        return Planned(planner=planner, draft=planner.best())


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, and what can be asked of it."""

    planner: Planner
    draft: Draft

    @property
    def taken(self) -> list[str]:
        """Ids of the offers, in the order of the steps."""
        return list(self.draft.taken)

    @property
    def closed(self) -> float:
        """Priority that is closed."""
        return self.draft.closed

    @property
    def steps(self) -> dict[str, PlanStep]:
        """The steps by the id of the offer."""
        return {one.offer: one for one in steps_of(self.draft)}

    @property
    def open(self) -> dict[str, OpenGap]:
        """What stays open, by skill."""
        found = self.draft.case
        leaving = LeavingOpen(draft=self.draft, bounds=bounds_of(found), solve=self.planner.solve)
        gaps = leaving.gaps({one.uri: one.state for one in found.targets})
        return {one.label: one for one in gaps}
