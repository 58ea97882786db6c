"""Benchmark files as values: queries with the labels that people gave them.

Only train, validation and dev splits are read here; test files are given by path by whoever
scores them. Labels are text in these files, and become URIs of a named release in ``qrels``.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NOT_A_LABEL = frozenset({"LABEL NOT PRESENT", "UNDERSPECIFIED", "UNK", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A sentence and its gold labels, as text; an empty tuple means judged and none fits."""

    id: str
    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSentence:
    """A sentence of a real posting with the character ranges that name skills or knowledge."""

    id: str
    text: str
    spans: tuple[tuple[int, int], ...]


def read_linking_csv(path: Path) -> tuple[Query, ...]:
    """Read TECH, HOUSE or TECHWOLF: one row a span, grouped by sentence in file order.

    Source: Decorte et al. (2022), "Design of Negative Sampling Strategies for Distantly
    Supervised Skill Extraction".
    """
    grouped: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            labels = grouped.setdefault(row["sentence"], [])
            if row["label"] not in NOT_A_LABEL and row["label"] not in labels:
                labels.append(row["label"])
    return tuple(
        Query(id=f"{path.stem}:{place}", text=text, labels=tuple(labels))
        for place, (text, labels) in enumerate(grouped.items())
    )


def read_skillskape(path: Path) -> tuple[Query, ...]:
    """Read SkillSkape: synthetic sentences; ``UNK`` stands for no skill at all.

    Source: Magron et al. (2024), "JobSkape".
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Query(
                id=f"{path.stem}:{place}",
                text=row["sentence"],
                labels=tuple(label for label in _labels(row["skills"]) if label not in NOT_A_LABEL),
            )
            for place, row in enumerate(csv.DictReader(file))
        )


def _labels(cell: str) -> Sequence[str]:
    parsed = ast.literal_eval(cell)
    return [str(label) for label in parsed]


def read_skillspan(path: Path) -> tuple[TaggedSentence, ...]:
    """Read SkillSpan: one JSON object a line, tokens with BIO tags.

    Source: Zhang et al. (2022), "SkillSpan: Hard and Soft Skill Extraction from English Job
    Postings".
    """
    with path.open(encoding="utf-8") as file:
        return tuple(
            _tagged(json.loads(line), f"{path.stem}:{place}") for place, line in enumerate(file)
        )


def _tagged(row: Mapping[str, object], name: str) -> TaggedSentence:
    words = [str(word) for word in _list(row["tokens"])]
    skills, knowledge = _list(row["tags_skill"]), _list(row["tags_knowledge"])
    spans: list[tuple[int, int]] = []
    place = 0
    for word, one, other in zip(words, skills, knowledge, strict=True):
        if one != "O" or other != "O":
            spans.append((place, place + len(word)))
        place += len(word) + 1
    return TaggedSentence(id=name, text=" ".join(words), spans=tuple(_merge(spans)))


def _merge(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = -1, -2
    for left, right in spans:
        if left != end + 1:
            if start >= 0:
                yield start, end
            start = left
        end = right
    if start >= 0:
        yield start, end


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"expected a list, got {type(value).__name__}")
    return value


def digest(*paths: Path) -> str:
    """Return the sha256 over the given files' bytes, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()
