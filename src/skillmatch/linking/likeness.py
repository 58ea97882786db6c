"""How near one unit is to each of its candidates: a few matrix products over their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.embedding.port import TokenVectors, Vectors
from skillmatch.embedding.vectors import unit_length
from skillmatch.linking.late import attended
from skillmatch.model.posting import Span
from skillmatch.retrieval.views import PREF, Views

SHARE_TEMPERATURE = 0.05
OWN_MEANING = 0.5
"""How much of the whole unit's vector is taken out of its parts'. Tokens know their sentence, so
that the mean of a few of them says again what the sentence is about: without this, what a sentence
asks for beside its theme is not even among the candidates."""
RUN_TOKENS = 4
RUN_STEP = 2
ROWS_AT_ONCE = 8
WHOLE_WEIGHT = 0.5
"""What the cosine of the whole unit counts beside late interaction, which counts once for the
preferred and once for the best label."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Numbers of each candidate of a unit; every array has the shape (candidates,).

    Attributes:
        late_pref: Late interaction with the preferred label.
        late_best: Late interaction with the best label.
        unit: Cosine of the whole unit and the best label; ``unit_row`` says which.
        phrase: Cosine of the best phrase and label, ``phrase_row`` and ``phrase_place`` say
            which; -1 stands for no phrase.
        phrase_margin: ``phrase`` minus that of the best candidate for the same phrase.
        phrase_share: Log of a softmax over the candidates for the same phrase.
        part: Cosine of the best part and label, a part being a phrase or a run of tokens.
        part_margin: ``part`` minus that of the best candidate for the same part.
        part_share: Log of a softmax over the candidates for the same part.
        best_part_margin: The highest such margin of any part.
        best_part_share: The highest such share of any part.
    """

    late_pref: Vectors
    late_best: Vectors
    unit: Vectors
    unit_row: NDArray[np.int64]
    phrase: Vectors
    phrase_row: NDArray[np.int64]
    phrase_place: NDArray[np.int64]
    phrase_margin: Vectors
    phrase_share: Vectors
    part: Vectors
    part_margin: Vectors
    part_share: Vectors
    best_part_margin: Vectors
    best_part_share: Vectors

    @property
    def fused(self) -> Vectors:
        """One number for the order of candidates, higher is nearer."""
        return self.late_pref + self.late_best + WHOLE_WEIGHT * self.unit

    @property
    def margin(self) -> Vectors:
        """How far each lies behind the nearest, at most 0."""
        fused = self.fused
        return np.asarray(fused - fused.max(initial=-np.inf), dtype=np.float32)

    @property
    def log_share(self) -> Vectors:
        """Log of a softmax over ``fused``."""
        return _log_softmax(self.fused)


def span_vectors(tokens: TokenVectors, spans: Sequence[Span]) -> Vectors:
    """Return the mean of the tokens that each span touches, unit length, (spans, dimension).

    Tokens know their sentence, so a phrase's vector does; a span without tokens has zeros.
    """
    starts, ends = tokens.offsets[:, 0], tokens.offsets[:, 1]
    touched = np.array(
        [(starts < span.end) & (ends > span.start) for span in spans], dtype=np.float32
    ).reshape(len(spans), len(starts))
    return unit_length(touched @ tokens.vectors)


def part_vectors(tokens: TokenVectors, phrases: Vectors) -> Vectors:
    """Return what each part of a unit says of its own, unit length, shape (parts, dimension).

    Parts are the phrases, then runs of ``RUN_TOKENS`` tokens, of which one begins at every
    ``RUN_STEP``-th token; a unit that is no longer than a run has none.

    Args:
        tokens: The unit as the encoder reads it.
        phrases: Vectors of its phrases, shape (phrases, dimension).
    """
    parts = np.concatenate([phrases, _runs(tokens.vectors)])
    return unit_length(parts - OWN_MEANING * tokens.pooled)


def _runs(vectors: Vectors) -> Vectors:
    if len(vectors) <= RUN_TOKENS:
        return vectors[:0]
    starts = range(0, len(vectors) - RUN_TOKENS + RUN_STEP, RUN_STEP)
    runs = [vectors[start : start + RUN_TOKENS] for start in starts if start < len(vectors) - 1]
    return unit_length(np.stack([run.sum(axis=0) for run in runs]))


def likeness(
    views: Views, count: int, tokens: TokenVectors, phrases: Vectors, parts: Vectors
) -> Likeness:
    """Compare a unit with the views of its candidates.

    Args:
        views: Rows of the candidates; a candidate without rows is like nothing.
        count: Number of candidates.
        tokens: The unit as the encoder reads it.
        phrases: Unit vectors of the unit's phrases, shape (phrases, dimension).
        parts: What its parts say of their own, unit vectors, shape (parts, dimension).
    """
    # One product for all: small ones cost more to start than to compute.
    read = np.concatenate([tokens.vectors, tokens.pooled[None, :], phrases, parts])
    cosines = _products(views.vectors, read)
    size = len(tokens.vectors)
    late, whole = attended(cosines[:, :size]), cosines[:, size]
    pref = np.where(views.kinds == PREF, late, -np.inf)
    first = _Owners(views.owners, count)
    late_best = first.best(late)
    late_pref = first.best(pref)
    # The whole unit stands for its phrases where it has none.
    end = size + 1 + len(phrases)
    near = cosines[:, size + 1 : end] if len(phrases) else whole[:, None]
    by_phrase = first.best(near)
    apart = cosines[:, end:] if len(parts) else whole[:, None]
    place = by_phrase.argmax(axis=1)
    own = np.arange(count), place
    return Likeness(
        late_pref=np.where(np.isfinite(late_pref), late_pref, late_best),
        late_best=late_best,
        unit=first.best(whole),
        unit_row=first.best_row(whole),
        phrase=by_phrase[own],
        phrase_row=first.best_row(near.max(axis=1)),
        phrase_place=place if len(phrases) else np.full(count, -1),
        phrase_margin=(by_phrase - by_phrase.max(axis=0, initial=-1.0))[own],
        phrase_share=_log_softmax(by_phrase)[own],
        **_of_parts(first.best(apart)),
    )


def _of_parts(by_part: Vectors) -> dict[str, Vectors]:
    """Compare candidates part by part, shape (candidates, parts)."""
    own = np.arange(len(by_part)), by_part.argmax(axis=1)
    margins = by_part - by_part.max(axis=0, initial=-1.0)
    shares = _log_softmax(by_part)
    return {
        "part": by_part[own],
        "part_margin": margins[own],
        "part_share": shares[own],
        "best_part_margin": margins.max(axis=1),
        "best_part_share": shares.max(axis=1),
    }


def _products(labels: Vectors, read: Vectors) -> Vectors:
    """Multiply in slices so small that the calling thread computes them itself.

    A whole product of this size is handed to several threads, and to wake them takes longer than
    to multiply: twenty times as long where something else keeps the processor busy.
    """
    even = len(labels) - len(labels) % ROWS_AT_ONCE
    columns = np.ascontiguousarray(read.T)
    slices = labels[:even].reshape(-1, ROWS_AT_ONCE, labels.shape[1]) @ columns
    products = np.empty((len(labels), len(read)), dtype=np.float32)
    products[:even] = slices.reshape(-1, len(read))
    products[even:] = labels[even:] @ columns
    return products


def _log_softmax(scores: Vectors) -> Vectors:
    """Return the log of each candidate's share, by columns where there are several."""
    if not len(scores):
        return scores
    scaled = (scores - scores.max(axis=0)) / SHARE_TEMPERATURE
    return np.asarray(scaled - np.log(np.exp(scaled).sum(axis=0)), dtype=np.float32)


class _Owners:
    """Takes the best of the rows of each candidate."""

    def __init__(self, owners: NDArray[np.int64], count: int) -> None:
        self._count = count
        self._present, self._starts = np.unique(owners, return_index=True)
        self._owners = owners

    def best(self, values: NDArray[Any]) -> Vectors:
        """Return the highest value of each candidate, by columns; 0 where it has no rows."""
        found = np.zeros((self._count, *values.shape[1:]), dtype=np.float32)
        if len(self._starts):
            found[self._present] = np.maximum.reduceat(values, self._starts, axis=0)
        return found

    def best_row(self, values: NDArray[Any]) -> NDArray[np.int64]:
        """Return the first row that holds the highest value, -1 where there are no rows."""
        found = np.full(self._count, -1, dtype=np.int64)
        at_best = np.flatnonzero(values == self.best(values)[self._owners])
        owners, first = np.unique(self._owners[at_best], return_index=True)
        found[owners] = at_best[first]
        return found
