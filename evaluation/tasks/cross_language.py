"""Cross-language linking: German names of competences, and the ESCO skills with English labels.

Gold are the ``exactMatch`` rows of the crosswalk from the classification of the Bundesagentur für
Arbeit. Its file begins with lines about the project, and two of its rows are shifted by a quotation
mark, which their number of cells gives away.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.datasets import digest
from evaluation.tasks.spaces import find_framework, space_of
from evaluation.tasks.task import Inputs, JudgedQuery, Task, limited, slug
from skillmatch.errors import DataError, NotFoundError
from skillmatch.model.concept import ConceptKind
from skillmatch.store import FrameworkDb

CROSSWALK = Path("crosswalks", "DE_Mapping_ESCO_Kompetenzen_220518_0.csv")
URI, CODE, LABEL, RELATION = (
    "Classification 1 URI",
    "Classification 2 ID",
    "Classification 2 PrefLabel",
    "Mapping relation",
)
EXACT = "skos:exactMatch"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactRows:
    """What the crosswalk says is the same.

    Attributes:
        labels: German label of each code.
        uris: ESCO URIs of each code.
        shifted: Rows with another number of cells than the heading; they are not read.
    """

    labels: dict[str, str]
    uris: dict[str, set[str]]
    shifted: int


@dataclass(frozen=True, slots=True)
class CrossLanguage:
    """Makes the task from a crosswalk file."""

    name: str = "cross-language"

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read a task from each file (see ``TaskSource.read``)."""
        _, database = find_framework(inputs.settings, inputs.framework)
        with FrameworkDb.open(database) as db:
            space = space_of(db, ConceptKind.SKILL, inputs.settings)
        known = {entry.uri for entry in space.entries}
        tasks = []
        for path in inputs.queries or (inputs.shared / CROSSWALK,):
            rows = read_exact_rows(path)
            queries = _queries(rows, known)
            left_out = {
                "shifted rows": rows.shifted,
                "competences whose skills the release lacks": len(rows.uris) - len(queries),
            }
            name = f"{self.name}-{slug(path.stem)}" if inputs.queries else f"{self.name}-german"
            task = Task(
                name=name,
                queries=queries,
                space=space,
                files={path.name: digest(path)},
                left_out={why: count for why, count in left_out.items() if count},
            )
            tasks.append(limited(task, inputs))
        return tuple(tasks)


def read_exact_rows(path: Path) -> ExactRows:
    """Read the rows that say ``exactMatch``.

    Raises:
        NotFoundError: There is no such file.
        DataError: It has no table with these columns.
    """
    if not path.is_file():
        raise NotFoundError(f"there is no crosswalk {path}; name its folder with --shared")
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    heading, rows = _table(lines, path)
    at = {name: heading.index(name) for name in (URI, CODE, LABEL, RELATION)}
    whole = [row for row in rows if len(row) == len(heading)]
    labels: dict[str, str] = {}
    uris: dict[str, set[str]] = defaultdict(set)
    for row in whole:
        if row[at[RELATION]] == EXACT:
            labels.setdefault(row[at[CODE]], row[at[LABEL]])
            uris[row[at[CODE]]].add(row[at[URI]])
    return ExactRows(labels=labels, uris=uris, shifted=len(rows) - len(whole))


def _table(lines: Sequence[Sequence[str]], path: Path) -> tuple[list[str], list[Sequence[str]]]:
    wanted = {URI, CODE, LABEL, RELATION}
    for place, line in enumerate(lines):
        if wanted <= set(line):
            return list(line), [row for row in lines[place + 1 :] if any(row)]
    raise DataError(f"has no line with the columns {', '.join(sorted(wanted))}", path=path)


def _queries(rows: ExactRows, known: set[str]) -> tuple[JudgedQuery, ...]:
    found = (
        JudgedQuery(id=code, text=rows.labels[code], gold=tuple(sorted(uris & known)))
        for code, uris in sorted(rows.uris.items())
    )
    return tuple(query for query in found if query.gold)
