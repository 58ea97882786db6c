"""What a framework holds, in the keys that manifests use for their ``[counts]``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from skillmatch.model.framework import Framework


def content_counts(framework: Framework) -> dict[str, int]:
    """Return counts by key, zeros left out.

    Keys are the kinds of concepts (``skill``, ``occupation-group``, …; of any status), the
    predicates of relations (``essential``, ``broader``, …), and ``alt-labels``,
    ``descriptions``, ``ratings``, ``technology-uses`` and ``collections``.
    """
    counts: Counter[str] = Counter()
    for concept in framework.concepts:
        counts[concept.kind.value] += 1
        counts["alt-labels"] += len(concept.alt_labels)
        counts["descriptions"] += bool(concept.descriptions)
    counts.update(relation.predicate.value for relation in framework.relations)
    counts["ratings"] = len(framework.ratings)
    counts["technology-uses"] = len(framework.technology_uses)
    counts["collections"] = len(framework.collections)
    return {key: number for key, number in sorted(counts.items()) if number}


def differences(framework: Framework, expected: Mapping[str, int]) -> tuple[str, ...]:
    """Return one sentence for each count that is not the expected one, in order of the keys."""
    actual = content_counts(framework)
    return tuple(
        f"{key}: {actual.get(key, 0)} found, {number} expected"
        for key, number in sorted(expected.items())
        if actual.get(key, 0) != number
    )
