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

from skillmatch.errors import DataError, NotFoundError, RowError

NOT_A_LABEL = frozenset({"LABEL NOT PRESENT", "UNDERSPECIFIED", "UNK", ""})
LINKING = ("sentence", "label")
SKILLSKAPE = ("sentence", "skills")


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


def read_queries(path: Path) -> tuple[Query, ...]:
    """Read judged sentences in either format; the columns tell which it is.

    Raises:
        NotFoundError: There is no such file.
        DataError: It is neither format, or rows are faulty.
    """
    skillskape = "skills" in _table(path, ("sentence",))[0]
    return read_skillskape(path) if skillskape else read_linking_csv(path)


def read_linking_csv(path: Path) -> tuple[Query, ...]:
    """Read TECH, HOUSE or TECHWOLF: one row a span, grouped by sentence in file order.

    Raises:
        NotFoundError: There is no such file.
        DataError: A column is missing, or rows are faulty.

    Source: Decorte et al. (2022), "Design of Negative Sampling Strategies for Distantly
    Supervised Skill Extraction".
    """
    grouped: dict[str, list[str]] = {}
    for row in _table(path, LINKING):
        labels = grouped.setdefault(row["sentence"], [])
        label = row["label"].strip()
        if label not in NOT_A_LABEL and label not in labels:
            labels.append(label)
    return tuple(
        Query(id=f"{path.stem}:{place}", text=text, labels=tuple(labels))
        for place, (text, labels) in enumerate(grouped.items())
    )


def read_skillskape(path: Path) -> tuple[Query, ...]:
    """Read SkillSkape: synthetic sentences; ``UNK`` stands for no skill at all.

    Raises:
        NotFoundError: There is no such file.
        DataError: A column is missing, or rows are faulty.

    Source: Magron et al. (2024), "JobSkape".
    """
    rows = _table(path, SKILLSKAPE)
    faults: list[str] = []
    queries = []
    for place, row in enumerate(rows):
        labels = _labels(row["skills"])
        if labels is None:
            faults.append(f"row {place + 1}: skills must be a list of texts, got {row['skills']!r}")
            continue
        kept = tuple(label for label in labels if label not in NOT_A_LABEL)
        queries.append(Query(id=f"{path.stem}:{place}", text=row["sentence"], labels=kept))
    if faults:
        raise RowError(tuple(faults), path=path)
    return tuple(queries)


def _table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read the rows of a CSV file that must have certain columns, and a value in each of them."""
    if not path.is_file():
        raise NotFoundError(f"there is no file {path}; check the name and the folder")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval=None)
            header, rows = tuple(reader.fieldnames or ()), list(reader)
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 ({error})", path=path) from error
    missing = [name for name in columns if name not in header]
    if missing or not rows:
        lacks = f"lacks the column {missing[0]!r}" if missing else "has no row"
        raise DataError(
            f"{lacks}; expected sentence,span,sub_span,label (TECH, HOUSE, TECHWOLF) or "
            f"sentence,skills (SkillSkape), found {','.join(header) or 'nothing'}",
            path=path,
        )
    short = [
        place for place, row in enumerate(rows, 1) if any(row[name] is None for name in columns)
    ]
    if short:
        raise RowError(tuple(f"row {place}: cut short" for place in short), path=path)
    return rows


def _labels(cell: str) -> list[str] | None:
    try:
        parsed = ast.literal_eval(cell)
    except (ValueError, SyntaxError):
        return None
    return [str(label) for label in parsed] if isinstance(parsed, list) else None


def read_skillspan(path: Path) -> tuple[TaggedSentence, ...]:
    """Read SkillSpan: one JSON object a line, tokens with BIO tags.

    Raises:
        NotFoundError: There is no such file.

    Source: Zhang et al. (2022), "SkillSpan: Hard and Soft Skill Extraction from English Job
    Postings".
    """
    if not path.is_file():
        raise NotFoundError(f"there is no file {path}; check the name and the folder")
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
