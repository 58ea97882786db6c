"""Occupation → skills and skill → occupations, from the framework's own relations.

The name alone is asked, as somebody might type it; right is what the framework relates to it, be
it essential or optional.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.tasks.spaces import find_framework, space_of
from evaluation.tasks.task import DRAWN, Inputs, JudgedQuery, LabelSpace, Task, limited
from skillmatch.model.concept import ConceptKind
from skillmatch.model.framework import Predicate
from skillmatch.store import FrameworkDb

ASKS_FOR = (Predicate.ESSENTIAL, Predicate.OPTIONAL)
Related = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class OccupationSkills:
    """From the name of an occupation to the skills that it asks for."""

    name: str = "occupation-skills"

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read the task (see ``TaskSource.read``)."""
        occupations, skills, related = _relations(inputs)
        return (_task(self.name, occupations, skills, related, inputs),)


@dataclass(frozen=True, slots=True)
class SkillOccupations:
    """From the name of a skill to the occupations that ask for it."""

    name: str = "skill-occupations"

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read the task (see ``TaskSource.read``)."""
        occupations, skills, related = _relations(inputs)
        turned: dict[str, set[str]] = defaultdict(set)
        for occupation, asked in related.items():
            for skill in asked:
                turned[skill].add(occupation)
        return (_task(self.name, skills, occupations, turned, inputs),)


def _relations(inputs: Inputs) -> tuple[LabelSpace, LabelSpace, Related]:
    _, database = find_framework(inputs.settings, inputs.framework)
    with FrameworkDb.open(database) as db:
        occupations = space_of(db, ConceptKind.OCCUPATION, inputs.settings)
        skills = space_of(db, ConceptKind.SKILL, inputs.settings)
        known = {entry.uri for entry in skills.entries}
        related = {
            entry.uri: {
                str(skill)
                for predicate in ASKS_FOR
                for skill in db.objects(entry.uri, predicate)
                if skill in known
            }
            for entry in occupations.entries
        }
    return occupations, skills, related


def _task(
    name: str, asked: LabelSpace, found: LabelSpace, related: Related, inputs: Inputs
) -> Task:
    queries = tuple(
        JudgedQuery(id=entry.uri, text=entry.pref, gold=tuple(sorted(related[entry.uri])))
        for entry in asked.entries
        if related.get(entry.uri)
    )
    silent = len(asked.entries) - len(queries)
    task = Task(
        name=name,
        queries=queries,
        space=found,
        left_out={f"{asked.kind.value}s without relations": silent} if silent else {},
    )
    return limited(task, inputs, most=DRAWN)
