"""Achievements of Open Badges 3.0 and CLR 2.0, and results that name them."""

from __future__ import annotations

from collections.abc import Iterable

from skillmatch.model.achievement import (
    Achievement,
    Alignment,
    AlignmentPlace,
    Result,
    ResultDescription,
    RubricLevel,
)
from skillmatch.readers.credentials.node import Node, step
from skillmatch.readers.credentials.parts import read_alignments, read_profile

TEXTS = ("name", "description")
RUBRIC = "rubricCriterionLevel"


def read_achievement(node: Node, results: Iterable[Node] = ()) -> Achievement:
    """Return an achievement; ``results`` are those that alignments of the earner stand on."""
    if isinstance(node.value, str):
        return Achievement(id=node.value, pointer=node.pointer)
    descriptions = node.objects("resultDescription")
    criteria = node.get("criteria")
    tags = node.many("tag", "tags")
    return Achievement(
        id=node.id(),
        name=node.text("name"),
        description=node.text("description"),
        criteria=criteria.text("narrative") or _narrative(criteria),
        criteria_url=_criteria_url(criteria),
        alignments=_alignments(node, descriptions, results),
        tags=tuple(text for tag in tags if (text := tag.text())),
        achievement_type=node.text("achievementType"),
        field_of_study=node.text("fieldOfStudy"),
        specialization=node.text("specialization"),
        human_code=node.text("humanCode"),
        language=node.text("inLanguage", "@language"),
        version=node.text("version"),
        credits=node.get("creditsAvailable").number(),
        creator=read_profile(node.get("creator")) if node.get("creator") else None,
        image=node.get("image").id(),
        result_descriptions=tuple(_result_description(one) for one in descriptions),
        pointer=node.pointer,
        elsewhere=displaced(node, tags),
    )


def read_results(nodes: Iterable[Node]) -> tuple[Result, ...]:
    """Return what a person reached."""
    return tuple(
        Result(
            result_description=node.get("resultDescription").id(),
            value=node.text("value"),
            status=node.text("status"),
            achieved_level=node.get("achievedLevel").id(),
            pointer=node.pointer,
        )
        for node in nodes
    )


def displaced(node: Node, tags: Iterable[Node]) -> tuple[tuple[str, str], ...]:
    """Return the texts of an achievement that stand elsewhere than in Open Badges 3.0.

    Returns:
        Pairs of the pointer where a text would stand and the one where it does.
    """
    found = [
        (step(node.pointer, "criteria") + "/narrative", _narrative_node(node).pointer),
        *((step(node.pointer, name), node.get(name).words().pointer) for name in TEXTS),
    ]
    worded = [tag for tag in tags if tag.text()]
    found += [
        (f"{node.pointer}/tag/{place}", tag.words().pointer) for place, tag in enumerate(worded)
    ]
    for description in node.objects("resultDescription"):
        found.append(_displaced_text(description, "name"))
        for level in description.objects(RUBRIC):
            found += [_displaced_text(level, name) for name in TEXTS]
    return tuple((usual, actual) for usual, actual in found if actual and usual != actual)


def _displaced_text(node: Node, name: str) -> tuple[str, str]:
    return step(node.pointer, name), node.get(name).words().pointer


def _narrative_node(node: Node) -> Node:
    criteria = node.get("criteria")
    if narrative := criteria.get("narrative").words():
        return narrative
    return criteria.words() if _narrative(criteria) else Node(None)


def _narrative(criteria: Node) -> str:
    """Criteria that are a text but no link: a narrative that stands where its object should."""
    text = criteria.text()
    return "" if _is_link(text) else text


def _criteria_url(criteria: Node) -> str:
    link = criteria.text() if isinstance(criteria.value, str) else criteria.id()
    return link if _is_link(link) or not isinstance(criteria.value, str) else ""


def _is_link(text: str) -> bool:
    return ":" in text and len(text.split()) == 1


def _alignments(
    node: Node, descriptions: Iterable[Node], results: Iterable[Node]
) -> tuple[Alignment, ...]:
    found = [*read_alignments(node)]
    for description in descriptions:
        found += read_alignments(description, AlignmentPlace.RESULT_DESCRIPTION)
        for level in description.objects(RUBRIC):
            found += read_alignments(level, AlignmentPlace.RUBRIC_LEVEL)
    for result in results:
        found += read_alignments(result, AlignmentPlace.RESULT)
    return tuple(found)


def _result_description(node: Node) -> ResultDescription:
    return ResultDescription(
        id=node.id(),
        name=node.text("name"),
        result_type=node.text("resultType"),
        allowed_values=tuple(one.text() for one in node.many("allowedValue")),
        required_value=node.text("requiredValue"),
        required_level=node.get("requiredLevel").id(),
        value_min=node.text("valueMin"),
        value_max=node.text("valueMax"),
        rubric_levels=tuple(_rubric_level(one) for one in node.objects(RUBRIC)),
        pointer=node.pointer,
    )


def _rubric_level(node: Node) -> RubricLevel:
    return RubricLevel(
        id=node.id(),
        name=node.text("name"),
        level=node.text("level"),
        description=node.text("description"),
        points=node.text("points"),
        pointer=node.pointer,
    )
