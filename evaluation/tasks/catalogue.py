"""All kinds of tasks, and which of them a command asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.tasks.cross_language import CrossLanguage
from evaluation.tasks.extraction import Extraction
from evaluation.tasks.label_normalisation import LabelNormalisation
from evaluation.tasks.occupation_linking import OccupationLinking, is_melo
from evaluation.tasks.relations import OccupationSkills, SkillOccupations
from evaluation.tasks.skill_linking import SkillLinking
from evaluation.tasks.spaces import find_framework
from evaluation.tasks.task import Inputs, Task, TaskSource
from skillmatch.errors import NotFoundError, UsageError

SOURCES: tuple[TaskSource, ...] = (
    SkillLinking(),
    Extraction(),
    LabelNormalisation(),
    OccupationSkills(),
    SkillOccupations(),
    CrossLanguage(),
    OccupationLinking(),
)
ONLY_BY_PATH = frozenset({"occupation-linking"})
"""Its data is a test set: it is scored where somebody names a folder."""


def choose_sources(asked: Sequence[str], queries: Sequence[Path]) -> tuple[TaskSource, ...]:
    """Return the kinds of tasks that a command asks for.

    Without a wish these are all that need no file of one's own; with files alone, what the files
    are: a folder is occupation linking, a file is skill linking.

    Raises:
        UsageError: There is no such kind.
    """
    known = {source.name: source for source in SOURCES}
    names = list(dict.fromkeys(asked))
    if not names and queries:
        folders = {is_melo(path) or path.is_dir() for path in queries}
        if len(folders) > 1:
            raise UsageError("--queries names files and folders; score them one after the other")
        names = ["occupation-linking" if folders.pop() else "skill-linking"]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"there is no task {unknown[0]!r}; known are: {', '.join(known)}")
    return tuple(
        source
        for name, source in known.items()
        if name in names or (not names and name not in ONLY_BY_PATH)
    )


def read_tasks(
    asked: Sequence[str], inputs: Inputs
) -> Iterator[tuple[str, tuple[Task, ...] | NotFoundError]]:
    """Yield the tasks of each kind that is asked for, or why there are none.

    Raises:
        NotFoundError: The framework, or what was asked for by name, is not there.
        UsageError: There is no such kind.
        DataError: A file is not what it should be.
    """
    sources = choose_sources(asked, inputs.queries)
    if any(source.name not in ONLY_BY_PATH for source in sources):
        find_framework(inputs.settings, inputs.framework)
    for source in sources:
        try:
            yield source.name, source.read(inputs)
        except NotFoundError as error:
            if asked or inputs.queries:
                raise
            yield source.name, error
