"""Roadmaps for tests: one by hand, and any at all."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.gap import GapState
from skillmatch.model.offer import Award, AwardOrigin, Money
from skillmatch.model.plan import PlanRequest, Preference
from skillmatch.model.requirement import Necessity, Requirement
from skillmatch.model.roadmap import (
    BadgeFile,
    CatalogueRef,
    Closes,
    Event,
    EvidenceSources,
    HistoryEntry,
    HoursSpent,
    Roadmap,
    RoadmapGoal,
    RoadmapStep,
    StepState,
    Tracked,
)

BEGUN = date(2026, 3, 2)


def step(
    id: str = "course",  # noqa: A002 - the field's name
    *,
    weeks: int = 2,
    after: int = 0,
    hours: float | None = 12.0,
    state: StepState = StepState.PLANNED,
    **more: object,
) -> RoadmapStep:
    """Return a step that begins ``after`` weeks after ``BEGUN`` and lasts some weeks."""
    starts = BEGUN + timedelta(weeks=after)
    ends = starts + timedelta(days=7 * weeks - 1)
    made: dict[str, object] = {"name": id.title(), "hours_per_week": (hours or 0) / weeks}
    if state is not StepState.PLANNED:
        made["began"] = starts
    if state in {StepState.DONE, StepState.DROPPED}:
        made["ended"] = ends
    return RoadmapStep(
        id=id,
        starts=starts,
        ends=ends,
        hours=hours,
        state=state,
        **(made | more),  # type: ignore[arg-type]  # fields of the dataclass by name
    )


def roadmap(*steps: RoadmapStep, **request: object) -> Roadmap:
    """Return a roadmap of some steps."""
    return Roadmap(
        begun=BEGUN,
        title="Cook",
        request=PlanRequest(start=BEGUN, **request),  # type: ignore[arg-type]  # as above
        steps=steps,
    )


_LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_NAMES = _WORDS.filter(str.strip)
_LISTS = st.lists(_WORDS, max_size=2).map(tuple)
_DAYS = st.dates()
_AMOUNTS = st.floats(0, 1e6, allow_nan=False)
_HOURS = st.floats(0, 10_000, allow_nan=False)
_SHARES = st.floats(0, 1, allow_nan=False)
_MONEY = st.none() | st.builds(
    lambda minor, currency: Money(amount=minor / 100, currency=currency),
    st.integers(0, 10**9),
    st.sampled_from(["EUR", "USD"]),
)
_URIS = _NAMES.map(ConceptUri)
_SOME = st.none() | _AMOUNTS
_AWARDS = st.builds(
    Award,
    uri=_URIS,
    label=_NAMES,
    framework=_WORDS,
    origin=st.sampled_from(AwardOrigin),
    confidence=_SHARES,
    words=_WORDS,
    level=_WORDS,
    level_value=_SOME,
)
_CLOSES = st.builds(Closes, uri=_URIS, label=_NAMES, left=_SHARES)
_LOG = st.builds(HoursSpent, on=_DAYS, hours=_HOURS, note=_WORDS)
_DATED = {
    StepState.PLANNED: (False, False),
    StepState.STARTED: (True, False),
    StepState.DONE: (True, True),
    StepState.DROPPED: (True, True),
}


@st.composite
def steps(draw: st.DrawFn, id: str) -> RoadmapStep:  # noqa: A002 - the field's name
    """Return any step whose dates agree with its state."""
    state = draw(st.sampled_from(StepState))
    first, last, began, ended = *sorted([draw(_DAYS), draw(_DAYS)]), draw(_DAYS), draw(_DAYS)
    has_begun, has_ended = _DATED[state]
    badge = st.none() | st.builds(BadgeFile, path=_NAMES, sha256=_WORDS)
    return RoadmapStep(
        id=id,
        name=draw(_NAMES),
        starts=first,
        ends=last,
        state=state,
        provider=draw(_WORDS),
        url=draw(_WORDS),
        hours=draw(st.none() | _HOURS),
        hours_per_week=draw(_HOURS),
        cost=draw(_MONEY),
        committed=draw(st.booleans()),
        dated=draw(st.booleans()),
        why=draw(_WORDS),
        valid_months=draw(st.none() | st.integers(1, 1200)),
        closes=tuple(draw(st.lists(_CLOSES, max_size=2))),
        awards=tuple(draw(st.lists(_AWARDS, max_size=2))),
        check=draw(_LISTS),
        began=min(began, ended) if has_begun else None,
        ended=max(began, ended) if has_ended else None,
        paid=draw(_MONEY),
        badge=draw(badge),
        log=tuple(draw(st.lists(_LOG, max_size=2))),
        reason=draw(_WORDS),
        note=draw(_WORDS),
    )


@st.composite
def requests(draw: st.DrawFn) -> PlanRequest:
    """Return any budgets and filters that a file may hold."""
    start, by = sorted([draw(_DAYS), draw(_DAYS)])
    return PlanRequest(
        start=start,
        by=draw(st.none() | st.just(by)),
        hours_per_week=draw(st.floats(0.1, 168)),
        max_cost=draw(_MONEY),
        languages=draw(_LISTS),
        online_only=draw(st.booleans()),
        places=draw(_LISTS),
        access=draw(_LISTS),
        devices=draw(_LISTS),
        without=draw(_LISTS),
        held=draw(_LISTS),
        rates=draw(st.sampled_from([(), (("GBP", 1.2), ("USD", 0.92))])),
        currency=draw(_WORDS),
        prefer=draw(st.sampled_from(Preference)),
        prove=draw(st.booleans()),
        min_confidence=draw(_SHARES),
    )


@st.composite
def goals(draw: st.DrawFn) -> RoadmapGoal:
    """Return any goal; each skill stands in it once."""
    uris = draw(st.lists(_URIS, max_size=2, unique=True))
    return RoadmapGoal(
        source=draw(_NAMES),
        title=draw(_WORDS),
        weight=draw(_AMOUNTS),
        sha256=draw(_WORDS),
        frameworks=draw(_LISTS),
        requirements=tuple(
            Tracked(
                requirement=Requirement(
                    uri=uri,
                    label=draw(_NAMES),
                    framework=draw(_WORDS),
                    necessity=draw(st.sampled_from(Necessity)),
                    necessity_why=draw(_WORDS),
                    confidence=draw(_SHARES),
                    skill_type=draw(st.none() | st.sampled_from(SkillType)),
                    level=draw(_WORDS),
                    level_value=draw(_SOME),
                    level_scale=draw(_WORDS),
                    years=draw(_SOME),
                    importance=draw(_SOME),
                    weight=draw(_AMOUNTS),
                    folded=tuple(draw(st.lists(_URIS, max_size=1))),
                    alternatives=tuple(draw(st.lists(_URIS, max_size=1))),
                ),
                state=draw(st.sampled_from(GapState)),
                left=draw(_SHARES),
            )
            for uri in uris
        ),
    )


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    """Return any roadmap."""
    ids = draw(st.lists(_NAMES, max_size=2, unique=True))
    entries = st.builds(
        HistoryEntry,
        on=_DAYS,
        event=st.sampled_from(Event),
        step=_WORDS,
        change=_WORDS,
        words=_WORDS,
        met=st.none() | _SHARES,
    )
    evidence = st.builds(
        EvidenceSources,
        have=_LISTS,
        files=_LISTS,
        issuers=_LISTS,
        documents=_WORDS,
        recipient=_LISTS,
    )
    remarks = _LINES.map(str.strip).filter(lambda one: one and not one.startswith(">"))
    return Roadmap(
        begun=draw(_DAYS),
        request=draw(requests()),
        title=draw(_WORDS),
        note=draw(_WORDS),
        frameworks=draw(_LISTS),
        goals=tuple(draw(st.lists(goals(), max_size=2))),
        catalogues=tuple(
            draw(st.lists(st.builds(CatalogueRef, name=_NAMES, sha256=_WORDS), max_size=2))
        ),
        evidence=draw(evidence),
        steps=tuple(draw(steps(one)) for one in ids),
        history=tuple(draw(st.lists(entries, max_size=2))),
        remarks=tuple(draw(st.lists(remarks, max_size=2))),
    )
