"""A7: results that fit their descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.quality.badge import Badge
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import ACHIEVING, OPEN_BADGES_2
from skillmatch.quality.registry import rule
from skillmatch.readers.credentials.node import Node


@rule(
    "A7",
    severity=Severity.ERROR,
    title="A result or a level points at nothing",
    why="A grade whose scale is not there says nothing, and a required level that does not exist "
    "can never be reached.",
    mend="Let resultDescription, achievedLevel and requiredLevel name an id inside the same "
    "achievement; give results of the type Status their status; take requiredValue from "
    "allowedValue.",
    source="1EdTech Open Badges 3.0, Result, ResultDescription and RubricCriterionLevel",
    kinds=ACHIEVING - OPEN_BADGES_2,
)
def fitting_results(badge: Badge) -> Iterator[Flaw]:
    """Yield what does not fit, descriptions before results."""
    descriptions = [one for part in badge.achievements for one in part.objects("resultDescription")]
    for description in descriptions:
        yield from _description(description)
    by_id = {one.text("id"): one for one in descriptions if one.text("id")}
    levels = {
        level.text("id") for one in descriptions for level in one.objects("rubricCriterionLevel")
    }
    for result in badge.results:
        yield from _result(result, by_id, levels)


def _description(node: Node) -> Iterator[Flaw]:
    value = node.get("requiredValue")
    allowed = [one.text() for one in node.many("allowedValue")]
    if value and allowed and value.text() not in allowed:
        yield Flaw(
            pointer=value.pointer,
            message="requiredValue is not among the allowedValue",
            words=value.text()[:80],
        )
    level = node.get("requiredLevel")
    if level and level.id() not in {one.text("id") for one in node.objects("rubricCriterionLevel")}:
        yield Flaw(
            pointer=level.pointer,
            message="requiredLevel is no rubricCriterionLevel of this description",
            words=level.id()[:120],
        )


def _result(node: Node, by_id: dict[str, Node], levels: set[str]) -> Iterator[Flaw]:
    named = node.get("resultDescription")
    description = by_id.get(named.id())
    if named and description is None:
        yield Flaw(
            pointer=named.pointer,
            message="no resultDescription of the achievement has this id",
            words=named.id()[:120],
        )
    reached = node.get("achievedLevel")
    if reached and reached.id() not in levels:
        yield Flaw(
            pointer=reached.pointer,
            message="no rubricCriterionLevel of the achievement has this id",
            words=reached.id()[:120],
        )
    is_status = description is not None and description.text("resultType") == "Status"
    if is_status and not node.text("status"):
        yield Flaw(pointer=node.pointer, message="a result of the type Status has no status")
