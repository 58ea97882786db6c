"""All views of some concepts: the vectors of their labels, and whose each of them is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skillmatch.embedding.port import Vectors
from skillmatch.model.concept import LabelKind
from skillmatch.retrieval.row_table import LABEL_KINDS

PREF = LABEL_KINDS.index(LabelKind.PREF)


@dataclass(frozen=True, slots=True)
class Views:
    """Rows of an index, by concept.

    Attributes:
        vectors: Unit length, shape (rows, dimension).
        owners: Position of each row's concept in what was asked for, ascending, shape (rows,).
        kinds: Position in ``LabelKind`` of each row's text, shape (rows,).
        label: Text of a row.
    """

    vectors: Vectors
    owners: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    label: Callable[[int], str]

    def kind(self, row: int) -> LabelKind:
        """Return the kind of a row's text."""
        return LABEL_KINDS[int(self.kinds[row])]


def join_views(parts: Sequence[Views]) -> Views:
    """Return the rows of all parts, by concept; each concept has rows in one part only."""
    owners = np.concatenate([part.owners for part in parts])
    order = np.argsort(owners, kind="stable")
    source = np.concatenate([np.full(len(part.owners), place) for place, part in enumerate(parts)])
    inside = np.concatenate([np.arange(len(part.owners)) for part in parts])

    def label(row: int) -> str:
        at = order[row]
        text: str = parts[source[at]].label(int(inside[at]))
        return text

    return Views(
        vectors=np.concatenate([part.vectors for part in parts])[order],
        owners=owners[order],
        kinds=np.concatenate([part.kinds for part in parts])[order],
        label=label,
    )
