"""Several frameworks searched as one.

The first framework is what requirements are expressed in; the others add what it lacks. ESCO
1.1 knows neither Docker nor AWS, and O*NET's technologies do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from skillmatch.embedding.port import Vectors
from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.retrieval.lexical import LexicalEntry, LexicalHit
from skillmatch.retrieval.views import Views, join_views

Admits = Callable[[ConceptUri], bool]


class _Dense(Protocol):
    def nearest(self, vectors: Vectors, k: Sequence[int]) -> Sequence[tuple[ConceptUri, ...]]: ...

    def views(self, uris: Sequence[str]) -> Views: ...


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
    """Near concepts and their views over all parts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    def nearest(self, vectors: Vectors, k: Sequence[int]) -> list[tuple[ConceptUri, ...]]:
        """Return the admitted ones of the concepts nearest to each vector in the first part.

        What the other parts add are names: a product resembles much, but it is named or it is
        not meant.

        Args:
            vectors: Unit vectors, shape (vectors, dimension).
            k: Concepts for each vector, before the part is asked what it admits.
        """
        first = self._parts[0]
        return [
            tuple(uri for uri in uris if first.admits(uri))
            for uris in first.dense.nearest(vectors, k)
        ]

    def views(self, uris: Sequence[ConceptUri]) -> Views:
        """Return every row of each concept, from the first part that admits and holds it."""
        missing = list(range(len(uris)))
        found: list[Views] = []
        for part in self._parts:
            asked = [place for place in missing if part.admits(uris[place])]
            views = part.dense.views([uris[place] for place in asked])
            owners = np.asarray(asked, dtype=np.int64)[views.owners]
            found.append(replace(views, owners=owners))
            missing = sorted(set(missing) - set(owners.tolist()))
            if not missing:
                break
        return found[0] if len(found) == 1 else join_views(found)


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
