"""The tables of a roadmap become values."""

from __future__ import annotations

from datetime import date

from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.gap import GapState
from skillmatch.model.offer import Award, AwardOrigin
from skillmatch.model.plan import PlanRequest, Preference
from skillmatch.model.requirement import Necessity, Requirement
from skillmatch.model.roadmap import (
    MOST_HOURS,
    BadgeFile,
    CatalogueRef,
    Closes,
    Event,
    EvidenceSources,
    HistoryEntry,
    HoursSpent,
    RoadmapGoal,
    RoadmapStep,
    StepState,
    Tracked,
)
from skillmatch.readers.roadmaps.cells import Cells

REQUEST_KEYS = (
    "start", "by", "hours_per_week", "max_cost", "currency", "prefer", "languages", "online_only",
    "places", "access", "devices", "without", "held", "prove", "min_confidence", "rates",
)  # fmt: skip
EVIDENCE_KEYS = ("have", "files", "issuers", "documents", "recipient")
GOAL_KEYS = ("title", "source", "sha256", "weight", "frameworks", "requirement")
REQUIREMENT_KEYS = (
    "label", "uri", "framework", "necessity", "why", "weight", "level", "level_value",
    "level_scale", "years", "importance", "confidence", "skill_type", "folded", "alternatives",
    "at_start", "left_at_start",
)  # fmt: skip
STEP_KEYS = (
    "name", "id", "state", "starts", "ends", "hours", "hours_per_week", "cost", "provider", "url",
    "committed", "dated", "why", "valid_months", "check", "began", "ended", "paid", "badge",
    "badge_sha256", "reason", "note", "closes", "awards", "log",
)  # fmt: skip
CLOSES_KEYS = ("label", "uri", "left")
AWARD_KEYS = (
    "label", "uri", "framework", "origin", "confidence", "words", "level", "level_value",
)  # fmt: skip
LOG_KEYS = ("on", "hours", "note")
HISTORY_KEYS = ("on", "event", "step", "change", "words", "met")
CATALOGUE_KEYS = ("name", "sha256")


def request_of(cells: Cells) -> PlanRequest:
    """Return budgets and filters."""
    cells.only(REQUEST_KEYS)
    rates = cells.table("rates")
    start, by = cells.needed_day("start"), cells.day("by")
    if by is not None and by < start:
        cells.fault("by", f"{by} is before the start, {start}")
    return PlanRequest(
        start=start,
        by=by,
        hours_per_week=cells.number("hours_per_week", 6.0, most=168, above=True),
        max_cost=cells.money("max_cost"),
        currency=cells.text("currency"),
        prefer=cells.one_of(Preference, "prefer", Preference.CHEAPEST),
        languages=cells.texts("languages"),
        online_only=cells.flag("online_only"),
        places=cells.texts("places"),
        access=cells.texts("access"),
        devices=cells.texts("devices"),
        without=cells.texts("without"),
        held=cells.texts("held"),
        prove=cells.flag("prove"),
        min_confidence=cells.number("min_confidence", 0.5, most=1.0),
        rates=tuple(sorted((code, rates.number(code, 1.0, above=True)) for code in rates.row)),
    )


def evidence_of(cells: Cells) -> EvidenceSources:
    """Return where the evidence lies."""
    cells.only(EVIDENCE_KEYS)
    return EvidenceSources(
        have=cells.texts("have"),
        files=cells.texts("files"),
        issuers=cells.text_or_texts("issuers"),
        documents=cells.text("documents"),
        recipient=cells.texts("recipient"),
    )


def catalogue_of(cells: Cells) -> CatalogueRef:
    """Return the name of a catalogue."""
    cells.only(CATALOGUE_KEYS)
    return CatalogueRef(name=cells.text("name", needed=True), sha256=cells.text("sha256"))


def goal_of(cells: Cells) -> RoadmapGoal:
    """Return a goal with what it asks for; a skill that stands twice in it is a fault."""
    cells.only(GOAL_KEYS)
    tracked = []
    seen: set[str] = set()
    for row in cells.tables("requirement"):
        one = _tracked(row)
        if one.requirement.uri in seen:
            row.fault("uri", f"{one.requirement.uri} stands in this goal already; remove one")
        seen.add(one.requirement.uri)
        tracked.append(one)
    return RoadmapGoal(
        title=cells.text("title"),
        source=cells.text("source", needed=True),
        sha256=cells.text("sha256"),
        weight=cells.number("weight", 1.0),
        frameworks=cells.texts("frameworks"),
        requirements=tuple(tracked),
    )


def _tracked(cells: Cells) -> Tracked:
    cells.only(REQUIREMENT_KEYS)
    uri = ConceptUri(cells.text("uri", needed=True))
    requirement = Requirement(
        uri=uri,
        label=cells.text("label") or uri,
        framework=cells.text("framework"),
        necessity=cells.one_of(Necessity, "necessity", Necessity.MUST),
        necessity_why=cells.text("why"),
        weight=cells.number("weight", 1.0),
        level=cells.text("level"),
        level_value=cells.optional("level_value"),
        level_scale=cells.text("level_scale"),
        years=cells.optional("years"),
        importance=cells.optional("importance"),
        confidence=cells.number("confidence", 1.0, most=1.0),
        skill_type=cells.one_of(SkillType, "skill_type", SkillType.SKILL)
        if "skill_type" in cells.row
        else None,
        folded=tuple(ConceptUri(one) for one in cells.texts("folded")),
        alternatives=tuple(ConceptUri(one) for one in cells.texts("alternatives")),
    )
    return Tracked(
        requirement=requirement,
        state=cells.one_of(GapState, "at_start", GapState.MISSING),
        left=cells.number("left_at_start", 1.0, most=1.0),
    )


def step_of(cells: Cells) -> RoadmapStep:
    """Return a step; dates that contradict each other or its state are faults."""
    cells.only(STEP_KEYS)
    step = RoadmapStep(
        id=cells.text("id", needed=True),
        name=cells.text("name", needed=True),
        state=cells.one_of(StepState, "state", StepState.PLANNED),
        starts=cells.needed_day("starts"),
        ends=cells.needed_day("ends"),
        hours=cells.optional("hours", most=MOST_HOURS),
        hours_per_week=cells.number("hours_per_week", 0.0, most=MOST_HOURS),
        cost=cells.money("cost"),
        provider=cells.text("provider"),
        url=cells.text("url"),
        committed=cells.flag("committed"),
        dated=cells.flag("dated"),
        why=cells.text("why"),
        valid_months=cells.months("valid_months"),
        check=cells.texts("check"),
        closes=tuple(_closes(one) for one in cells.tables("closes")),
        awards=tuple(_award(one) for one in cells.tables("awards")),
        began=cells.day("began"),
        ended=cells.day("ended"),
        paid=cells.money("paid"),
        badge=_badge(cells),
        log=tuple(_spent(one) for one in cells.tables("log")),
        reason=cells.text("reason"),
        note=cells.text("note"),
    )
    _check_dates(cells, step)
    return step


def _check_dates(cells: Cells, step: RoadmapStep) -> None:
    if step.ends < step.starts and step.ends != date.min:
        cells.fault("ends", f"{step.ends} is before its first day, {step.starts}")
    if step.began and step.ended and step.ended < step.began:
        cells.fault("ended", f"{step.ended} is before it began, {step.began}")
    closed = step.state in {StepState.DONE, StepState.DROPPED}
    if closed and step.ended is None and cells.row.get("ended") is None:
        cells.fault("ended", f"is missing; a step that is {step.state.value} needs its day")
    if step.open and step.ended is not None:
        cells.fault("ended", f"stands in a step that is {step.state.value}; remove it")
    if step.state is StepState.STARTED and step.began is None and cells.row.get("began") is None:
        cells.fault("began", "is missing; a step that is started needs the day that it began")
    if step.state is StepState.PLANNED and step.began is not None:
        cells.fault("began", 'stands in a step that is planned; write state = "started", too')


def _badge(cells: Cells) -> BadgeFile | None:
    path, digest = cells.text("badge"), cells.text("badge_sha256")
    if digest and not path:
        cells.fault("badge", "is missing; `badge_sha256` is the digest of that file")
    return BadgeFile(path=path, sha256=digest) if path else None


def _closes(cells: Cells) -> Closes:
    cells.only(CLOSES_KEYS)
    uri = ConceptUri(cells.text("uri", needed=True))
    return Closes(
        uri=uri, label=cells.text("label") or uri, left=cells.number("left", 0.0, most=1.0)
    )


def _award(cells: Cells) -> Award:
    cells.only(AWARD_KEYS)
    uri = ConceptUri(cells.text("uri", needed=True))
    return Award(
        uri=uri,
        label=cells.text("label") or uri,
        framework=cells.text("framework"),
        origin=cells.one_of(AwardOrigin, "origin", AwardOrigin.STATED),
        confidence=cells.number("confidence", 1.0, most=1.0),
        words=cells.text("words"),
        level=cells.text("level"),
        level_value=cells.optional("level_value"),
    )


def _spent(cells: Cells) -> HoursSpent:
    cells.only(LOG_KEYS)
    if "hours" not in cells.row:
        cells.fault("hours", "is missing")
    return HoursSpent(
        on=cells.needed_day("on"),
        hours=cells.number("hours", 0.0, most=MOST_HOURS),
        note=cells.text("note"),
    )


def entry_of(cells: Cells) -> HistoryEntry:
    """Return an entry of the history."""
    cells.only(HISTORY_KEYS)
    return HistoryEntry(
        on=cells.needed_day("on"),
        event=cells.one_of(Event, "event", Event.BEGUN),
        step=cells.text("step"),
        change=cells.text("change"),
        words=cells.text("words"),
        met=cells.optional("met", most=1.0),
    )
