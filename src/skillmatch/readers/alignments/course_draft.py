"""A course of a sheet as an Achievement of Open Badges 3.0, before anything is aligned.

Nothing is invented: what the sheet does not say is left out, and where the standard needs a
description the outcomes themselves are it.
"""

from __future__ import annotations

from typing import Any

from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.readers.alignments.outcome_sheet import Course

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
NARRATIVE = "/criteria/narrative"
_LEAD = "To earn this badge, a learner shows each of these outcomes:\n"


def course_document(course: Course) -> dict[str, Any]:
    """Return the Achievement of a course, without alignments, ready for JSON."""
    narrative, _ = _narrative(course)
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": course.id,
        "type": ["Achievement"],
        "name": course.name,
        "description": course.description or _described(course),
        "criteria": {"narrative": narrative},
    }
    if course.code:
        document["humanCode"] = course.code
    if course.language:
        document["inLanguage"] = course.language
    return document


def course_statements(course: Course) -> tuple[OutcomeStatement, ...]:
    """Return each outcome with its place in the narrative of ``course_document``."""
    _, starts = _narrative(course)
    return tuple(
        OutcomeStatement(
            text=outcome.text,
            kind=StatementKind.CRITERIA,
            pointer=NARRATIVE,
            start=start,
            end=start + len(outcome.text),
        )
        for outcome, start in zip(course.outcomes, starts, strict=True)
    )


def _narrative(course: Course) -> tuple[str, list[int]]:
    """Return the narrative in Markdown, and where each outcome begins in it."""
    text, starts = _LEAD, []
    for outcome in course.outcomes:
        text += "\n- "
        starts.append(len(text))
        text += outcome.text
        if outcome.assessment:
            text += f" (assessment: {outcome.assessment})"
    return text + "\n", starts


def _described(course: Course) -> str:
    return "Learning outcomes: " + "; ".join(one.text.rstrip(".;") for one in course.outcomes) + "."
