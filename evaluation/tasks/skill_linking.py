"""Skill linking: sentences of postings, and the skills that people read in them.

Without files of one's own the validation and development splits are asked; test splits are never
looked for, and scored only where somebody names the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.datasets import Query, digest, read_queries
from evaluation.tasks.spaces import find_framework, space_of
from evaluation.tasks.task import Inputs, JudgedQuery, LabelSpace, Task, limited, slug
from skillmatch.model.concept import ConceptKind
from skillmatch.store import FrameworkDb

VALIDATION = {
    "tech-validation": Path("skill-extraction-validation", "tech_validation_annotations.csv"),
    "house-validation": Path("skill-extraction-validation", "house_validation_annotations.csv"),
    "skillskape-dev": Path("skillskape", "dev.csv"),
}


@dataclass(frozen=True, slots=True)
class SkillLinking:
    """Reads TECH, HOUSE, TECHWOLF and SkillSkape files."""

    name: str = "skill-linking"

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read a task from each file (see ``TaskSource.read``)."""
        files = named_files(inputs)
        _, database = find_framework(inputs.settings, inputs.framework)
        with FrameworkDb.open(database) as db:
            space = space_of(db, ConceptKind.SKILL, inputs.settings)
        return tuple(
            limited(_task(f"{self.name}-{name}", path, space), inputs)
            for name, path in files.items()
        )


def named_files(inputs: Inputs) -> dict[str, Path]:
    """Return the files to read by a name that is fit for a task."""
    if inputs.queries:
        return {slug(path.stem): path for path in inputs.queries}
    return {name: inputs.shared / "benchmarks" / path for name, path in VALIDATION.items()}


def uri_of(space: LabelSpace) -> Mapping[str, str]:
    """Return the URI of each preferred label; the first by URI where two concepts share one."""
    found: dict[str, str] = {}
    for entry in space.entries:
        found.setdefault(entry.pref, entry.uri)
    return found


def judged(
    queries: Sequence[Query], uris: Mapping[str, str]
) -> tuple[tuple[JudgedQuery, ...], dict[str, int]]:
    """Turn labels into URIs, and count the labels that the release does not have."""
    found = tuple(
        JudgedQuery(
            id=query.id,
            text=query.text,
            gold=tuple(sorted({uris[label] for label in query.labels if label in uris})),
        )
        for query in queries
    )
    unknown = _count(label not in uris for query in queries for label in query.labels)
    return found, {"gold labels that the release lacks": unknown} if unknown else {}


def _count(flags: Iterable[bool]) -> int:
    return sum(1 for flag in flags if flag)


def _task(name: str, path: Path, space: LabelSpace) -> Task:
    queries, left_out = judged(read_queries(path), uri_of(space))
    return Task(
        name=name,
        queries=queries,
        space=space,
        files={path.name: digest(path)},
        left_out=left_out,
    )
