r"""Occupation linking in MELO's file format, from a folder that somebody names.

::

    queries.tsv            Q000001 \t some job title
    corpus_elements.tsv    C000001_en_000 \t a label of an ESCO occupation
    annotations.tsv        Q000001 \t 0 \t C000001_en_000 \t 1

Corpus elements are single labels; ``C000001`` is the occupation, ``_en`` the language and ``_000``
the preferred label. All labels of the right occupation are gold. The official crosswalk between
ESCO and O*NET *is* this gold, and no part of skillmatch answers from it here: the engine gets the
corpus as a framework of its own, without relations or mappings.

Source: Retyk et al. (2024), "MELO: An Evaluation Benchmark for Multilingual Entity Linking of
Occupations".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.datasets import digest
from evaluation.tasks.spaces import Derived
from evaluation.tasks.task import Entry, Inputs, JudgedQuery, LabelSpace, Task, limited, slug
from skillmatch.errors import NotFoundError, RowError, UsageError
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText
from skillmatch.model.framework import Framework
from skillmatch.store import canonical

QUERIES, ELEMENTS, ANNOTATIONS = "queries.tsv", "corpus_elements.tsv", "annotations.tsv"
ELEMENT = re.compile(r"(?P<concept>.+)_(?P<language>[a-z]{2,3})_(?P<number>\d+)")
PREFIX = "urn:melo:"


@dataclass(frozen=True, slots=True)
class OccupationLinking:
    """Makes a task from each folder that is named with ``--queries``."""

    name: str = "occupation-linking"

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read the tasks (see ``TaskSource.read``).

        Raises:
            UsageError: No folder was named; the data is a test set and never looked for.
        """
        if not inputs.queries:
            raise UsageError(
                "occupation linking is scored on a folder in MELO's format (queries.tsv, "
                "corpus_elements.tsv, annotations.tsv); name it with --queries FOLDER"
            )
        return tuple(
            limited(_task(f"{self.name}-{slug(folder.name)}", folder, inputs), inputs)
            for folder in inputs.queries
        )


def is_melo(path: Path) -> bool:
    """Tell whether a path is a folder in this format."""
    return path.is_dir() and (path / ANNOTATIONS).is_file()


def _task(name: str, folder: Path, inputs: Inputs) -> Task:
    queries = _pairs(folder / QUERIES)
    elements = _pairs(folder / ELEMENTS)
    gold = _annotations(folder / ANNOTATIONS, queries, elements)
    return Task(
        name=name,
        queries=tuple(
            JudgedQuery(id=key, text=text, gold=tuple(sorted(gold.get(key, ()))))
            for key, text in queries.items()
        ),
        space=_space(slug(folder.name), elements, inputs),
        files={file: digest(folder / file) for file in (QUERIES, ELEMENTS, ANNOTATIONS)},
    )


def _rows(path: Path, columns: int) -> list[list[str]]:
    if not path.is_file():
        raise NotFoundError(f"there is no file {path}; MELO's folders hold {path.name}")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = [line.split("\t") for line in lines]
    faults = tuple(
        f"line {place}: expected {columns} columns with tabs between, found {len(row)}"
        for place, row in enumerate(rows, start=1)
        if len(row) != columns and any(row)
    )
    if faults:
        raise RowError(faults, path=path)
    return [row for row in rows if any(row)]


def _pairs(path: Path) -> dict[str, str]:
    rows = _rows(path, 2)
    pairs = dict(rows)
    if len(pairs) != len(rows):
        raise RowError(("an id stands in two lines",), path=path)
    return pairs


def _annotations(
    path: Path, queries: Mapping[str, str], elements: Mapping[str, str]
) -> dict[str, set[str]]:
    gold: dict[str, set[str]] = defaultdict(set)
    faults = []
    for place, (query, _, element, relevance) in enumerate(_rows(path, 4), start=1):
        if query not in queries or element not in elements:
            unknown = query if query not in queries else element
            faults.append(f"line {place}: there is no {unknown} in the other files")
        elif relevance != "0":
            gold[query].add(element)
    if faults:
        raise RowError(tuple(faults), path=path)
    return gold


def _space(name: str, elements: Mapping[str, str], inputs: Inputs) -> LabelSpace:
    """Make every element an entry, and of all elements of an occupation a concept."""
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(elements):
        found = ELEMENT.fullmatch(key)
        members[PREFIX + (found["concept"] if found else key)].append(key)
    concepts = tuple(_concept(uri, keys, elements) for uri, keys in sorted(members.items()))
    languages = sorted({label.language for one in concepts for label in one.pref_labels})
    content = Framework(
        id=f"melo-{name}",
        title="The labels of a MELO folder",
        release=name,
        languages=tuple(languages),
        concepts=concepts,
    )
    return LabelSpace(
        kind=ConceptKind.OCCUPATION,
        entries=tuple(Entry(uri=key, pref=elements[key]) for key in sorted(elements)),
        place=Derived.of(inputs.settings, canonical(content)),
        members={uri: tuple(keys) for uri, keys in members.items()},
    )


def _concept(uri: str, keys: Sequence[str], elements: Mapping[str, str]) -> Concept:
    """Take the first label of each language for the preferred one, as MELO numbers them."""
    pref: dict[str, LangText] = {}
    alts: set[LangText] = set()
    for key in keys:
        found = ELEMENT.fullmatch(key)
        label = LangText(text=elements[key], language=found["language"] if found else "en")
        first = pref.setdefault(label.language, label)
        if label.text != first.text:
            alts.add(label)
    return Concept(
        uri=ConceptUri(uri),
        kind=ConceptKind.OCCUPATION,
        pref_labels=tuple(sorted(pref.values(), key=lambda one: one.language)),
        alt_labels=tuple(sorted(alts, key=lambda one: (one.language, one.text))),
    )
