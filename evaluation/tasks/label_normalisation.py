"""Label normalisation: another name of a skill, and the skill.

All alternative labels of the held-out concepts (``evaluation.holdout``) are taken out of the
framework before it is indexed, and out of training as well, and asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evaluation.holdout import is_held_out
from evaluation.tasks.spaces import Derived, find_framework
from evaluation.tasks.task import (
    DRAWN,
    Entry,
    Inputs,
    JudgedQuery,
    LabelSpace,
    Task,
    english,
    limited,
)
from skillmatch.model.concept import Concept, ConceptKind, Status
from skillmatch.model.framework import Framework
from skillmatch.store import FrameworkDb


@dataclass(frozen=True, slots=True)
class LabelNormalisation:
    """Makes the task from an installed framework."""

    name: str = "label-normalisation"

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read the task (see ``TaskSource.read``)."""
        _, database = find_framework(inputs.settings, inputs.framework)
        with FrameworkDb.open(database) as db:
            whole = db.read()
        asked = without_held_out(whole)
        queries, left_out = _queries(whole, asked)
        task = Task(
            name=self.name,
            queries=queries,
            space=LabelSpace(
                kind=ConceptKind.SKILL,
                entries=tuple(_entries(asked)),
                place=Derived.of(inputs.settings, asked),
            ),
            left_out=left_out,
        )
        return (limited(task, inputs, most=DRAWN),)


def without_held_out(framework: Framework) -> Framework:
    """Return the framework without the alternative and hidden labels of held-out skills."""
    concepts = tuple(
        replace(one, alt_labels=(), hidden_labels=()) if _is_asked(one) else one
        for one in framework.concepts
    )
    return replace(framework, concepts=concepts)


def _is_asked(concept: Concept) -> bool:
    return concept.kind is ConceptKind.SKILL and is_held_out(concept.uri)


def _skills(framework: Framework) -> Iterable[Concept]:
    return (
        one
        for one in framework.concepts
        if one.kind is ConceptKind.SKILL
        and one.status is Status.RELEASED
        and english(one.pref_labels)
    )


def _entries(framework: Framework) -> Iterable[Entry]:
    for one in _skills(framework):
        yield Entry(uri=one.uri, pref=english(one.pref_labels)[0], alts=english(one.alt_labels))


def _queries(whole: Framework, asked: Framework) -> tuple[tuple[JudgedQuery, ...], dict[str, int]]:
    """Make a query of each held-out label that stands nowhere in the index.

    A label that another concept bears, too, would be answered by looking it up, and rightly so.
    """
    known = {_key(text) for entry in _entries(asked) for text in entry.texts}
    bearers: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, str] = {}
    for concept in _skills(whole):
        for text in english(concept.alt_labels) if _is_asked(concept) else ():
            bearers[_key(text)].add(concept.uri)
            texts.setdefault(_key(text), text)
    return _judged(bearers, texts, known), {
        "held-out labels that another concept or the preferred label bears": len(
            bearers.keys() & known
        )
    }


def _judged(
    bearers: Mapping[str, set[str]], texts: Mapping[str, str], known: set[str]
) -> tuple[JudgedQuery, ...]:
    return tuple(
        JudgedQuery(id=key, text=texts[key], gold=tuple(sorted(bearers[key])))
        for key in sorted(bearers)
        if key not in known
    )


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
