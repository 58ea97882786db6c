"""Ask a task of a system, and turn the answers into a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from evaluation.calibration import (
    TOP,
    Sample,
    coverage_curve,
    expected_calibration_error,
    reliability,
)
from evaluation.measures import LinkCounts, count_links, mean_values, micro, ranking_values
from evaluation.provenance import commit_id, machine
from evaluation.result_files import VERSION, Result
from evaluation.systems.system import BATCH, Ranker, Ranking, System
from evaluation.tasks.task import JudgedQuery, Task

KEPT = 100
"""Concepts of each ranking that are kept in a file."""
SURE = 0.8
"""Confidence that is looked at by itself: four of five accepted links should be right."""
PACKAGES = ("bm25s", "faiss-cpu", "numpy", "onnxruntime", "scikit-learn", "tokenizers")
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Answers:
    """What came out, gathered while it comes.

    Attributes:
        values: Ranking measures of each query with gold, in the order of the queries.
        judged, unjudged: Link counts of queries with gold, and of those without.
        candidates: (confidence, right) of the best five of every query, where they are
            probabilities.
        accepted: Whether the system decides what it links.
    """

    values: list[dict[str, float]] = field(default_factory=list)
    judged: list[LinkCounts] = field(default_factory=list)
    unjudged: list[LinkCounts] = field(default_factory=list)
    candidates: list[tuple[float, bool]] = field(default_factory=list)
    rows: list[dict[str, object]] = field(default_factory=list)


def ask(task: Task, system: System, ranker: Ranker, progress: Progress) -> Answers:
    """Ask every query of a task, in batches."""
    answers = Answers()
    total = len(task.queries)
    for start in range(0, total, BATCH):
        batch = task.queries[start : start + BATCH]
        rankings = ranker.rank([query.text for query in batch])
        for query, ranking in zip(batch, rankings, strict=True):
            _take(answers, task, query, ranking, probabilities=system.probabilities)
        progress(f"{task.name}: {system.name}", min(start + BATCH, total), total)
    return answers


def _take(
    answers: Answers, task: Task, query: JudgedQuery, ranking: Ranking, *, probabilities: bool
) -> None:
    if task.ranked and query.gold:
        answers.values.append(ranking_values(ranking.uris, query.gold))
    if ranking.accepted is not None:
        counts = count_links(ranking.accepted, query.gold)
        (answers.judged if query.gold else answers.unjudged).append(counts)
    if probabilities:
        best = zip(ranking.uris[:TOP], ranking.similarities[:TOP], strict=True)
        answers.candidates.extend((said, uri in query.gold) for uri, said in best)
    answers.rows.append(_row(query, ranking))


def _row(query: JudgedQuery, ranking: Ranking) -> dict[str, object]:
    shown = zip(ranking.uris[:KEPT], ranking.similarities[:KEPT], strict=True)
    return {
        "id": query.id,
        "gold": query.gold,
        "ranked": [[uri, round(similarity, 6)] for uri, similarity in shown],
        "accepted": None if ranking.accepted is None else sorted(ranking.accepted),
    }


def result_of(task: Task, system: System, answers: Answers, *, seed: int) -> Result:
    """Return everything that is worth keeping: numbers, their values by query, provenance."""
    with_gold = sum(bool(query.gold) for query in task.queries)
    result: dict[str, Any] = {
        "version": VERSION,
        "task": {
            "name": task.name,
            "digest": task.digest,
            "files": dict(task.files),
            "queries": len(task.queries),
            "with_gold": with_gold,
            "without_gold": len(task.queries) - with_gold,
            "gold": sum(len(query.gold) for query in task.queries),
            "labels": len(task.space.entries),
            "left_out": dict(task.left_out),
        },
        "framework": {"id": task.space.place.framework, "digest": task.space.place.digest},
        "system": {
            "name": system.name,
            "fingerprint": system.fingerprint(),
            "encoder": system.encoder(),
        },
        "about": {"commit": commit_id(), "seed": seed, **machine(PACKAGES)},
    }
    if answers.values:
        result["ranking"] = _rounded(mean_values(answers.values))
    if answers.judged or answers.unjudged:
        result["links"] = _links(answers)
    if answers.candidates:
        result["calibration"] = _calibration(Sample.of(answers.candidates), result["task"]["gold"])
    result["per_query"] = dict(_per_query(answers))
    return result


def is_up_to_date(result: Result | None, task: Task, system: System) -> bool:
    """Tell whether a result answers this very question, so that it need not be asked again."""
    return (
        result is not None
        and result["task"]["digest"] == task.digest
        and result["framework"]["digest"] == task.space.place.digest
        and result["system"]["fingerprint"] == system.fingerprint()
    )


def _links(answers: Answers) -> dict[str, Any]:
    """Measure accepted links over queries with gold, and over all of them."""
    return {
        "with gold": _shares(micro(answers.judged)),
        "all": _shares(micro([*answers.judged, *answers.unjudged])),
    }


def _shares(counts: LinkCounts) -> dict[str, Any]:
    shares = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {**asdict(counts), **_rounded(shares)}


def _calibration(sample: Sample, gold: int) -> dict[str, Any]:
    sure = coverage_curve(sample, gold, (SURE,))[0]
    return {
        "candidates": len(sample),
        "expected_calibration_error": round(expected_calibration_error(sample), 4),
        "at_0.8": _point(asdict(sure)),
        "reliability": [_point(asdict(one)) for one in reliability(sample)],
        "coverage": [_point(asdict(one)) for one in coverage_curve(sample, gold)],
        "confidences": [round(float(one), 4) for one in sample.confidences],
        "right": [int(one) for one in sample.right],
    }


def _point(values: dict[str, Any]) -> dict[str, Any]:
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in values.items()}


def _per_query(answers: Answers) -> Iterator[tuple[str, Sequence[object]]]:
    for name in answers.values[0] if answers.values else ():
        yield name, [round(one[name], 4) for one in answers.values]
    for name, counts in (("links", answers.judged), ("links without gold", answers.unjudged)):
        if counts:
            yield name, [[one.right, one.accepted, one.gold] for one in counts]


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
