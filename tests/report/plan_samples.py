"""An invented plan that holds something of everything a plan can hold."""

from __future__ import annotations

from datetime import date, timedelta

from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import CoverageKind, GapState, Step
from skillmatch.model.offer import AwardOrigin, Delivery, Money
from skillmatch.model.plan import (
    Alternative,
    Closure,
    CurvePoint,
    FilterEffect,
    Goal,
    OpenGap,
    OpenReason,
    Optimality,
    PassedOver,
    Plan,
    PlanRequest,
    PlanStep,
    Preference,
    StateChange,
    Totals,
    UnderWay,
)
from skillmatch.model.requirement import Necessity

MUST, SHOULD, NICE = Necessity.MUST, Necessity.SHOULD, Necessity.NICE
START = date(2026, 11, 2)


def uri(label: str) -> ConceptUri:
    """Return the address of an invented skill."""
    return ConceptUri(f"https://example.org/skill/{label.replace(' ', '-')}")


def eur(amount: float) -> Money:
    """Return euros."""
    return Money(amount=amount, currency="EUR")


def closes(
    label: str, before: float = 1.0, after: float = 0.0, necessity: Necessity = MUST
) -> Closure:
    """Return a plain closure, stated by the source and of the very skill."""
    return Closure(
        uri=uri(label), label=label, necessity=necessity, before=before, after=after,
        gain=round(0.9 * (before - after), 4), kind=CoverageKind.SAME,
    )  # fmt: skip


def related(closure: Closure, origin: AwardOrigin, confidence: float) -> Closure:
    """Return the closure as one by a neighbouring skill that was read from an offer's words."""
    from dataclasses import replace

    path = (Step(uri=uri("inventory"), label="keep inventories"),
            Step(uri=closure.uri, label=closure.label))  # fmt: skip
    return replace(
        closure, kind=CoverageKind.SIBLING, path=path, origin=origin, confidence=confidence
    )


STEPS = (
    PlanStep(
        number=1, offer="kranich:basics", name="Warehouse basics", provider="Kranich Academy",
        url="https://example.org/kranich/basics", cost=eur(0), starts=START,
        ends=date(2026, 11, 15), hours=8, hours_per_week=4,
        closes=(closes("receive goods"),), why="It closes a must-have for nothing.",
        enrol_by=date(2026, 10, 30), fixed_start=False, delivery=(Delivery.ONLINE,),
        place="Kiel", languages=("en", "de-AT", "tlh"),
    ),
    PlanStep(
        number=2, offer="kranich:stock", name="Stock control with scanners",
        provider="Kranich Academy", url="https://example.org/kranich/stock", cost=eur(49.5),
        starts=START, ends=date(2026, 11, 29), hours=10, hours_per_week=2.5,
        closes=(
            closes("operate barcode scanners"),
            related(closes("monitor stock level", 1.0, 0.4), AwardOrigin.PROPOSED, 0.62),
        ),
        why="The cheapest offer for two must-haves.",
        instead_of=(
            PassedOver(offer="elbe:stock", name="Stock keeping in person",
                       why="it closes the same and costs 110 EUR more"),
        ),
    ),
    PlanStep(
        number=3, offer="elbe:forklift", name="Forklift licence, counterbalance trucks",
        provider="Elbe Training Centre", url="https://example.org/elbe/forklift",
        cost=eur(320), starts=date(2026, 11, 23), ends=date(2026, 12, 6), hours=24,
        hours_per_week=12,
        closes=(closes("operate forklift", 0.7, 0.0),),
        why="Most of what is open is here; the course begins twice a year.",
        after=("kranich:basics",), check=("at least 18 years of age", "medical certificate"),
        valid_until=date(2027, 2, 6), committed=True, fixed_start=True,
        enrol_by=date(2026, 11, 9), delivery=(Delivery.IN_PERSON, Delivery.BLENDED),
        place="Hall 4, Hamburg", languages=("de",),
        instead_of=(
            PassedOver(offer="alster:forklift", name="Forklift weekend",
                       why="it ends after the day that you set"),
            PassedOver(offer="north:forklift", name="Forklift and reach truck, combined course",
                       why="it costs 180 EUR more and the second half closes nothing"),
        ),
    ),
    PlanStep(
        number=4, offer="open:sheets", name="Spreadsheets for planning", provider="Open Learn",
        url="https://example.org/open/sheets", cost=None, starts=date(2026, 11, 30),
        ends=date(2027, 1, 10), hours=None, hours_per_week=3,
        closes=(closes("use spreadsheets", 0.5, 0.2, SHOULD),),
        why="It was begun already.",
        check=("The catalogue states neither start dates nor that it is self-paced.",),
    ),
    PlanStep(
        number=5, offer="kranich:stack", name="Certified warehouse specialist (stack)",
        provider="Kranich Academy", url="https://example.org/kranich/stack", cost=eur(60),
        starts=date(2026, 12, 7), ends=date(2026, 12, 20), hours=6, hours_per_week=3,
        closes=(closes("document deliveries", 1.0, 0.25, SHOULD),),
        why="Two of its three parts are in the plan, and an exam completes it.",
        after=("kranich:basics", "kranich:stock", "elbe:forklift"),
        completes=("kranich:basics", "kranich:stock"),
        valid_until=date(2029, 12, 20),
    ),
    PlanStep(
        number=6, offer="hafen:safety", name="Handling dangerous goods in ports and depots, with "
        "the examination of the chamber of commerce", provider="Hafen Institute",
        url="https://example.org/hafen/safety", cost=eur(190), starts=date(2027, 1, 11),
        ends=date(2027, 2, 14), hours=20, hours_per_week=4,
        closes=(
            closes("handle dangerous goods", 1.0, 0.1, NICE),
            Closure(uri=uri("operate forklift"), label="operate forklift", necessity=MUST,
                    before=0.7, after=0.4, gain=0.27, kind=CoverageKind.BROADER, counted=False,
                    level="basic"),
        ),
        why="The only offer for it that ends in time.",
        after=("elbe:forklift",), valid_until=date(2028, 2, 14), fixed_start=True,
    ),
)  # fmt: skip


def _open(label: str, reason: OpenReason, left: float, why: str, *offers: str) -> OpenGap:
    state = GapState.RELATED if left < 1 else GapState.MISSING
    return OpenGap(
        uri=uri(label), label=label, necessity=SHOULD, state=state, left=left,
        priority=round(0.6 * left, 4), reason=reason, why=why, offers=offers,
    )  # fmt: skip


OPEN = (
    _open("plan routes", OpenReason.NOT_CHOSEN, 1.0,
          "Its 30 hours would leave no time for the forklift licence.", "open:routes"),
    _open("speak Polish", OpenReason.NO_OFFER, 1.0, "No offer teaches it."),
    _open("drive lorries", OpenReason.OVER_BUDGET, 1.0,
          "The cheapest offer costs 2,900 EUR, and you set 700 EUR.",
          "elbe:lorry", "alster:lorry", "north:lorry", "south:lorry", "west:lorry"),
    _open("weld metal", OpenReason.NO_TIME, 1.0,
          "The shortest offer ends on 30 Jun 2027.", "elbe:weld"),
    _open("lead a team", OpenReason.PREREQUISITE, 1.0,
          "Its offer asks for two years as a shift leader first.", "hafen:lead"),
    _open("first aid", OpenReason.FILTERED, 1.0,
          "All three offers are attended, and you asked for online only.", "red:aid"),
    _open("monitor stock level", OpenReason.PARTLY, 0.4, "Step 2 teaches something close to it.",
          "elbe:stock"),
    _open("use spreadsheets", OpenReason.PARTLY, 0.2, "Step 4 ends one level below what is asked."),
)  # fmt: skip


def _change(
    label: str, necessity: Necessity, before: GapState, after: GapState, cover: tuple[float, float]
) -> StateChange:
    return StateChange(
        uri=uri(label), label=label, necessity=necessity, before=before, after=after,
        coverage_before=cover[0], coverage_after=cover[1],
        priority_before=round(0.9 * (1 - cover[0]), 4),
        priority_after=round(0.9 * (1 - cover[1]), 4),
    )  # fmt: skip


_MISSING, _RELATED, _PROVEN = GapState.MISSING, GapState.RELATED, GapState.PROVEN
CHANGES = (
    _change("receive goods", MUST, _MISSING, _PROVEN, (0.0, 1.0)),
    _change("operate barcode scanners", MUST, _MISSING, _PROVEN, (0.0, 1.0)),
    _change("monitor stock level", MUST, _MISSING, _RELATED, (0.0, 0.6)),
    _change("operate forklift", MUST, _RELATED, _PROVEN, (0.3, 1.0)),
    _change("document deliveries", SHOULD, _MISSING, _RELATED, (0.0, 0.75)),
    _change("use spreadsheets", SHOULD, GapState.BELOW_LEVEL, GapState.BELOW_LEVEL, (0.5, 0.8)),
    _change("first aid", SHOULD, GapState.NOT_ACCEPTED, GapState.NOT_ACCEPTED, (0.0, 0.0)),
    _change("drive lorries", SHOULD, _MISSING, _MISSING, (0.0, 0.0)),
    _change("plan routes", SHOULD, _MISSING, _MISSING, (0.0, 0.0)),
    _change("handle dangerous goods", NICE, _MISSING, _RELATED, (0.0, 0.9)),
    _change("speak Polish", NICE, _MISSING, _MISSING, (0.0, 0.0)),
    _change("pack goods", MUST, _PROVEN, _PROVEN, (1.0, 1.0)),
    _change("work in shifts", NICE, GapState.CLAIMED, GapState.CLAIMED, (1.0, 1.0)),
)

NAMES = (
    ("alster:lorry", "Lorry licence C1"),
    ("elbe:lorry", "Lorry licence C"),
    ("elbe:weld", "Welding for beginners"),
    ("hafen:lead", "Leading shifts"),
    ("north:lorry", "Lorry licence, evening course"),
    ("open:routes", "Route planning in practice"),
    ("red:aid", "First aid at work"),
    ("south:lorry", "Lorry licence in six weeks"),
)

PLAN = Plan(
    at="2026-10-26",
    goals=(
        Goal(source="warehouse.txt", title="Warehouse operative, night shift", requirements=9),
        Goal(source="https://example.org/occupation/stock-clerk", title="Stock clerk",
             weight=0.5, requirements=6),
    ),
    request=PlanRequest(
        start=START, by=date(2027, 2, 28), hours_per_week=12, max_cost=eur(700),
        languages=("en", "de"), online_only=False, places=("Hamburg",), access=("captions",),
        commit=("elbe:forklift",),
        under_way=(UnderWay(offer="open:sheets", ends=date(2027, 1, 10), hours_left=12),),
    ),
    catalogue="harbour-offers",
    considered=58,
    steps=STEPS,
    open=OPEN,
    totals=Totals(credentials=6, cost=eur(619.5), unpriced=1, hours=68, weeks=15, closed=0.64),
    optimality=Optimality(proven=True, closed=4.51, bound=4.51),
    ends=date(2027, 2, 14),
    alternatives=(
        Alternative(
            aim=Preference.CHEAPEST, least=0.8, steps=(*STEPS[:3], STEPS[4]),
            totals=Totals(credentials=4, cost=eur(429.5), unpriced=0, hours=48, weeks=7,
                          closed=0.55),
            ends=date(2026, 12, 20),
        ),
        Alternative(
            aim=Preference.FASTEST, least=0.8,
            steps=(
                STEPS[0],
                PlanStep(number=2, offer="elbe:stock", name="Stock keeping in person",
                         provider="Elbe Training Centre", url="", cost=eur(159.5), starts=START,
                         ends=date(2026, 11, 8), hours=12, hours_per_week=12, closes=(), why=""),
                STEPS[2],
            ),
            totals=Totals(credentials=3, cost=eur(479.5), unpriced=0, hours=44, weeks=5,
                          closed=0.52),
            ends=date(2026, 12, 6), proven=False,
        ),
    ),
    curve=(
        CurvePoint(cost=eur(0), closed=0.13, offers=("kranich:basics",)),
        CurvePoint(cost=eur(49.5), closed=0.32, offers=("kranich:basics", "kranich:stock")),
        CurvePoint(cost=eur(109.5), closed=0.36,
                   offers=("kranich:basics", "kranich:stock", "kranich:stack")),
        CurvePoint(cost=eur(369.5), closed=0.5,
                   offers=("elbe:forklift", "kranich:basics", "kranich:stock")),
        CurvePoint(cost=eur(429.5), closed=0.55,
                   offers=("elbe:forklift", "kranich:basics", "kranich:stack", "kranich:stock")),
        CurvePoint(cost=eur(619.5), closed=0.64, offers=tuple(s.offer for s in STEPS),
                   proven=False),
    ),
    filters=(
        FilterEffect(filter="--access", removed=4, offers=("red:aid", "red:aid-2"),
                     lost=("first aid",)),
        FilterEffect(filter="--language", removed=11,
                     offers=("a:1", "a:2", "a:3", "a:4", "a:5", "a:6")),
        FilterEffect(filter="start dates", removed=2),
        FilterEffect(filter="--without", removed=0),
    ),
    changes=CHANGES,
    remarks=("No offer is taught in tlh; the catalogue has de, en.",),
    notes=("Four offers state neither hours nor weeks and were left out.",),
    attribution=("Invented data, free to use.",),
    names=NAMES,
)  # fmt: skip


def sample_plan() -> Plan:
    """Return the plan of the sample."""
    return PLAN


def long_plan(steps: int, days: int) -> Plan:
    """Return a plan of many steps, each after the one before, with names beyond 60 letters."""
    from dataclasses import replace

    made = tuple(
        replace(
            STEPS[number % len(STEPS)], number=number + 1, offer=f"long:{number}",
            name=f"Advanced certificate number {number + 1} in the planning and supervision of "
            "cold-chain logistics",
            starts=START + timedelta(days=number * days),
            ends=START + timedelta(days=(number + 1) * days - 1),
            after=(f"long:{number - 1}",) if number else (), completes=(), valid_until=None,
        )
        for number in range(steps)
    )  # fmt: skip
    ends = made[-1].ends if made else None
    totals = replace(PLAN.totals, credentials=steps, weeks=steps * days / 7)
    request = replace(PLAN.request, by=None, under_way=())
    return replace(PLAN, steps=made, totals=totals, ends=ends, request=request)
