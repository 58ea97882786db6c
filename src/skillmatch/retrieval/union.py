"""Several frameworks searched as one.

The first framework is what requirements are expressed in; the others add what it lacks. ESCO
1.1 knows neither Docker nor AWS, and O*NET's technologies do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from skillmatch.embedding.port import Vectors
from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.model.link import Candidate
from skillmatch.retrieval.lexical import LexicalEntry, LexicalHit

Admits = Callable[[ConceptUri], bool]


class _Dense(Protocol):
    def search(
        self, vectors: Vectors, k: int | Sequence[int]
    ) -> Sequence[tuple[Candidate, ...]]: ...


class _Lexical(Protocol):
    def find(self, texts: Sequence[str]) -> Sequence[tuple[LexicalHit, ...]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One framework's indexes.

    Attributes:
        admits: Which of its concepts may be proposed.
    """

    dense: _Dense
    lexical: _Lexical
    admits: Admits


class UnionDense:
    """Nearest concepts over all parts, nearest first, then URI."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    def search(self, vectors: Vectors, k: int | Sequence[int]) -> list[tuple[Candidate, ...]]:
        """Return the k nearest admitted concepts of each vector, shape (vectors, at most k).

        Args:
            vectors: Unit vectors, shape (vectors, dimension).
            k: One number for all vectors, or one for each.
        """
        if len(self._parts) == 1:
            return list(self._parts[0].dense.search(vectors, k))
        found: list[list[Candidate]] = [[] for _ in range(len(vectors))]
        for part in self._parts:
            for row, candidates in enumerate(part.dense.search(vectors, k)):
                found[row].extend(item for item in candidates if part.admits(item.uri))
        wanted = [k] * len(found) if isinstance(k, int) else k
        return [
            tuple(sorted(row, key=lambda item: (-item.similarity, item.uri))[:most])
            for row, most in zip(found, wanted, strict=True)
        ]


class UnionLexical:
    """Names of all parts; where names overlap the longest wins, whichever part it is from."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    def find(self, texts: Sequence[str]) -> list[tuple[LexicalHit, ...]]:
        """Return the hits of each text, in text order; entries of the first part come first."""
        merged: list[list[LexicalHit]] = [[] for _ in texts]
        for part in self._parts:
            for row, hits in enumerate(part.lexical.find(texts)):
                merged[row].extend(
                    admitted for hit in hits if (admitted := _admitted(hit, part.admits))
                )
        return [_longest(hits) for hits in merged]


def _admitted(hit: LexicalHit, admits: Admits) -> LexicalHit | None:
    entries = tuple(entry for entry in hit.entries if admits(entry.uri))
    if not entries:
        return None
    return LexicalHit(span=hit.span, form=hit.form, entries=entries, word_count=hit.word_count)


def _longest(hits: Sequence[LexicalHit]) -> tuple[LexicalHit, ...]:
    ranked = sorted(enumerate(hits), key=lambda pair: (-pair[1].word_count, pair[1].span, pair[0]))
    chosen: list[LexicalHit] = []
    for _, hit in ranked:
        same = next((place for place, other in enumerate(chosen) if other.span == hit.span), None)
        if same is not None:
            chosen[same] = _joined(chosen[same], hit)
        elif not any(
            hit.span.start < other.span.end and other.span.start < hit.span.end for other in chosen
        ):
            chosen.append(hit)
    return tuple(sorted(chosen, key=lambda hit: hit.span))


def _joined(first: LexicalHit, second: LexicalHit) -> LexicalHit:
    """Add what a later part calls by this name, unless an earlier one prefers the name itself."""
    if any(entry.kind is LabelKind.PREF for entry in first.entries):
        return first
    known = {entry.uri for entry in first.entries}
    entries: tuple[LexicalEntry, ...] = (
        *first.entries,
        *(entry for entry in second.entries if entry.uri not in known),
    )
    return LexicalHit(
        span=first.span, form=first.form, entries=entries, word_count=first.word_count
    )
