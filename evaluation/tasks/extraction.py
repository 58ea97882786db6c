"""Extraction: which links are accepted, where most of a posting asks for no skill at all.

Units with gold are the sentences of TECH and HOUSE validation that have any; units without are the
sentences of SkillSpan dev in which people tagged nothing: headings, addresses, boilerplate. Every
link that is accepted there is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.datasets import digest, read_queries, read_skillspan
from evaluation.tasks.skill_linking import VALIDATION, judged, uri_of
from evaluation.tasks.spaces import find_framework, space_of
from evaluation.tasks.task import Inputs, JudgedQuery, Task, limited
from skillmatch.model.concept import ConceptKind
from skillmatch.store import FrameworkDb

SILENT = Path("skillspan", "dev.json")
GOLD = (VALIDATION["tech-validation"], VALIDATION["house-validation"])


@dataclass(frozen=True, slots=True)
class Extraction:
    """Makes the task from sentences with gold and sentences without."""

    name: str = "extraction"

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read the task; files of one's own take the place of the sentences with gold."""
        benchmarks = inputs.shared / "benchmarks"
        files = inputs.queries or tuple(benchmarks / path for path in GOLD)
        silent = benchmarks / SILENT
        _, database = find_framework(inputs.settings, inputs.framework)
        with FrameworkDb.open(database) as db:
            space = space_of(db, ConceptKind.SKILL, inputs.settings)
        asked = [query for path in files for query in read_queries(path)]
        spoken, left_out = judged(asked, uri_of(space))
        units = [query for query in spoken if query.gold]
        task = Task(
            name=self.name,
            queries=(*units, *_silent_units(silent)),
            space=space,
            files={path.name: digest(path) for path in (*files, silent)},
            left_out={**left_out, "judged sentences without gold": len(spoken) - len(units)},
            ranked=False,
        )
        return (limited(task, inputs),)


def _silent_units(path: Path) -> Sequence[JudgedQuery]:
    return [
        JudgedQuery(id=f"skillspan-{one.id}", text=one.text, gold=())
        for one in read_skillspan(path)
        if not one.spans
    ]
