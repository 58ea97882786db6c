"""A roadmap as a TOML text that a person can read and edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import tomli_w

from skillmatch.model.offer import Award, AwardOrigin, Money
from skillmatch.model.plan import PlanRequest
from skillmatch.model.roadmap import (
    Closes,
    EvidenceSources,
    HistoryEntry,
    HoursSpent,
    Roadmap,
    RoadmapGoal,
    RoadmapStep,
    Tracked,
)

FORMAT = "skillmatch-roadmap-1"
REMARK = ">"
"""After the # of a comment that a person wrote and that was moved to the top of the file."""

_HEAD = """\
# Your roadmap. `skillmatch roadmap status` shows where you are; `start`, `log`, `done`, `add`,
# `drop` and `replan` change it. You may edit it by hand, too: dates, hours, costs, names, notes.
# Dates are written like 2026-11-30, money like "120.00 EUR". Paths count from this file's folder.
# Comments of your own are kept, at the top; in any place `note` takes your words as well.
"""
_REQUEST = """\
# Budgets and filters that a new plan keeps to.
"""
_CATALOGUE = """\
# Where the steps were chosen from.
"""
_EVIDENCE = """\
# What you can show. Badges of done steps stand with their steps.
"""
_STEP = """\
# The steps. state: "planned", "started", "done" or "dropped". A committed step stays in every new
# plan. hours are for the whole step; [[step.log]] are those that you spent.
"""
_GOAL = """\
# What was asked for, so that the roadmap works when the posting is gone. at_start is where you
# stood when it began, left_at_start the part that was left then.
"""
_HISTORY = """\
# What happened. met is the part of what is asked for that you met afterwards, from 0 to 1.
"""
_COMMENTS = (_HEAD, _REQUEST, _CATALOGUE, _EVIDENCE, _STEP, _GOAL, _HISTORY)
OWN_COMMENTS = frozenset(
    line[1:].strip() for text in _COMMENTS for line in text.splitlines() if line
)
"""Comments that this program writes; every other one is a person's."""

_Row = Mapping[str, object]


def roadmap_text(roadmap: Roadmap) -> str:
    """Return the file's text; the same roadmap gives the same text."""
    head = {
        "format": FORMAT,
        "title": roadmap.title,
        "begun": roadmap.begun,
        "note": roadmap.note,
        "frameworks": list(roadmap.frameworks),
    }
    remarks = "".join(f"#{REMARK} {one}\n" for one in roadmap.remarks)
    parts = [_HEAD + remarks + "\n" + _rows(head, always={"format", "title", "begun"})]
    parts.append(_REQUEST + "[request]\n" + _request(roadmap.request))
    parts += _under(_CATALOGUE, (_catalogue(one.name, one.sha256) for one in roadmap.catalogues))
    if evidence := _evidence(roadmap.evidence):
        parts.append(_EVIDENCE + "[evidence]\n" + evidence)
    parts += _under(_STEP, map(_step, roadmap.steps))
    parts += _under(_GOAL, map(_goal, roadmap.goals))
    parts += _under(_HISTORY, map(_entry, roadmap.history))
    return "\n".join(parts)


def _request(request: PlanRequest) -> str:
    row: dict[str, object] = {
        "start": request.start,
        "by": request.by,
        "hours_per_week": request.hours_per_week,
        "max_cost": _money(request.max_cost),
        "currency": request.currency,
        "prefer": request.prefer.value,
        "languages": list(request.languages),
        "online_only": request.online_only,
        "places": list(request.places),
        "access": list(request.access),
        "devices": list(request.devices),
        "without": list(request.without),
        "held": list(request.held),
        "prove": request.prove,
        "min_confidence": request.min_confidence,
    }
    text = _rows(row, always={"start", "hours_per_week", "prefer", "min_confidence"})
    if request.rates:
        text += "\n[request.rates]\n" + tomli_w.dumps(dict(request.rates))
    return text


def _catalogue(name: str, sha256: str) -> str:
    return _table("catalogue", {"name": name, "sha256": sha256}, always={"name"})


def _evidence(evidence: EvidenceSources) -> str:
    return _rows(
        {
            "have": list(evidence.have),
            "files": list(evidence.files),
            "issuers": list(evidence.issuers),
            "documents": evidence.documents,
            "recipient": list(evidence.recipient),
        }
    )


def _goal(goal: RoadmapGoal) -> str:
    row = {
        "title": goal.title,
        "source": goal.source,
        "sha256": goal.sha256,
        "weight": goal.weight,
        "frameworks": list(goal.frameworks),
    }
    tables = "\n".join(map(_tracked, goal.requirements))
    return _table("goal", row, always={"source", "weight"}) + (f"\n{tables}" if tables else "")


def _tracked(tracked: Tracked) -> str:
    asked = tracked.requirement
    row = {
        "label": asked.label,
        "uri": asked.uri,
        "framework": asked.framework,
        "necessity": asked.necessity.value,
        "why": asked.necessity_why,
        "weight": None if asked.weight == 1 else asked.weight,
        "level": asked.level,
        "level_value": asked.level_value,
        "level_scale": asked.level_scale,
        "years": asked.years,
        "importance": asked.importance,
        "confidence": None if asked.confidence == 1 else asked.confidence,
        "skill_type": None if asked.skill_type is None else asked.skill_type.value,
        "folded": list(asked.folded),
        "alternatives": list(asked.alternatives),
        "at_start": tracked.state.value,
        "left_at_start": tracked.left,
    }
    always = {"label", "uri", "necessity", "at_start", "left_at_start"}
    return _table("goal.requirement", row, always=always)


def _step(step: RoadmapStep) -> str:
    row = {
        "name": step.name,
        "id": step.id,
        "state": step.state.value,
        "starts": step.starts,
        "ends": step.ends,
        "hours": step.hours,
        "hours_per_week": step.hours_per_week or None,
        "cost": _money(step.cost),
        "provider": step.provider,
        "url": step.url,
        "committed": step.committed,
        "dated": step.dated,
        "why": step.why,
        "valid_months": step.valid_months,
        "check": list(step.check),
        "began": step.began,
        "ended": step.ended,
        "paid": _money(step.paid),
        "badge": step.badge.path if step.badge else "",
        "badge_sha256": step.badge.sha256 if step.badge else "",
        "reason": step.reason,
        "note": step.note,
    }
    tables = [_table("step", row, always={"name", "id", "state", "starts", "ends"})]
    tables += [_closes(one) for one in step.closes]
    tables += [_award(one) for one in step.awards]
    tables += [_spent(one) for one in step.log]
    return "\n".join(tables)


def _closes(one: Closes) -> str:
    row = {"label": one.label, "uri": one.uri, "left": one.left or None}
    return _table("step.closes", row, always={"label", "uri"})


def _award(award: Award) -> str:
    row = {
        "label": award.label,
        "uri": award.uri,
        "framework": award.framework,
        "origin": None if award.origin is AwardOrigin.STATED else award.origin.value,
        "confidence": None if award.confidence == 1 else award.confidence,
        "words": award.words,
        "level": award.level,
        "level_value": award.level_value,
    }
    return _table("step.awards", row, always={"label", "uri"})


def _spent(one: HoursSpent) -> str:
    row = {"on": one.on, "hours": one.hours, "note": one.note}
    return _table("step.log", row, always={"on", "hours"})


def _entry(entry: HistoryEntry) -> str:
    row = {
        "on": entry.on,
        "event": entry.event.value,
        "step": entry.step,
        "change": entry.change,
        "words": entry.words,
        "met": entry.met,
    }
    return _table("history", row, always={"on", "event"})


def _money(money: Money | None) -> str | None:
    return None if money is None else f"{money.amount:.2f} {money.currency}"


def _table(name: str, row: _Row, *, always: set[str]) -> str:
    return f"[[{name}]]\n" + _rows(row, always=always)


def _rows(row: _Row, *, always: Iterable[str] = ()) -> str:
    kept = {key: value for key, value in row.items() if key in set(always) or _said(value)}
    return tomli_w.dumps(kept)


def _said(value: object) -> bool:
    """Tell whether a value says more than its absence does; 0 hours or a cost of 0 do."""
    return value is not None and value is not False and value not in ("", [])


def _under(comment: str, tables: Iterable[str]) -> list[str]:
    first, *rest = [*tables] or [""]
    return [comment + first, *rest] if first else []
