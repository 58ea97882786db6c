"""What the rows of an index stand for: concept, label, kind and language of each vector.

Kept as plain arrays and two blobs of text beside their offsets, so that opening reads nothing:
``rows-<name>.npy`` for numbers, ``<name>.txt`` with ``<name>-ends.npy`` for texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.model.concept import ConceptUri, LabelKind, LabelRow

LABEL_KINDS: tuple[LabelKind, ...] = tuple(LabelKind)
CONCEPTS, KINDS, LANGUAGES = "rows-concept.npy", "rows-kind.npy", "rows-language.npy"


def ordered_rows(rows: Iterable[LabelRow]) -> list[LabelRow]:
    """Return distinct rows by (URI, kind in the order of ``LabelKind``, language, text)."""
    rank = {kind: position for position, kind in enumerate(LABEL_KINDS)}
    return sorted(
        dict.fromkeys(rows), key=lambda row: (row.uri, rank[row.kind], row.language, row.text)
    )


@dataclass(frozen=True, slots=True)
class TextBlob:
    """Texts end to end in one memory-mapped file."""

    data: memoryview
    ends: memoryview

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, position: int) -> str:
        start = self.ends[position - 1] if position else 0
        return str(self.data[start : self.ends[position]], "utf-8")

    @classmethod
    def open(cls, directory: Path, name: str) -> TextBlob:
        """Map the two files of a blob."""
        ends = _mapped(directory / f"{name}-ends.npy")
        path = directory / f"{name}.txt"
        # An empty file cannot be mapped.
        data = np.memmap(path, np.uint8, "r") if len(ends) and ends[-1] else np.zeros(0, np.uint8)
        return cls(data.data, ends.data)

    @staticmethod
    def write(directory: Path, name: str, texts: Sequence[str]) -> None:
        """Write the two files of a blob."""
        parts = [text.encode() for text in texts]
        (directory / f"{name}.txt").write_bytes(b"".join(parts))
        ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
        np.save(directory / f"{name}-ends.npy", ends)


@dataclass(frozen=True, slots=True)
class RowTable:
    """Rows by number; concepts are numbered in the order of their URIs.

    Attributes:
        concepts: Concept number of each row, ascending.
        kinds: Position in ``LabelKind`` of each row's label.
        languages: Position in ``language_tags`` of each row's language.
    """

    uris: TextBlob
    labels: TextBlob
    concepts: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    languages: NDArray[np.uint8]
    language_tags: TextBlob

    def __len__(self) -> int:
        return len(self.concepts)

    @classmethod
    def open(cls, directory: Path) -> RowTable:
        """Map the files that ``write_rows`` wrote."""
        return cls(
            uris=TextBlob.open(directory, "uris"),
            labels=TextBlob.open(directory, "labels"),
            concepts=_mapped(directory / CONCEPTS),
            kinds=_mapped(directory / KINDS),
            languages=_mapped(directory / LANGUAGES),
            language_tags=TextBlob.open(directory, "languages"),
        )

    def row(self, number: int) -> LabelRow:
        """Return the row of a vector."""
        return LabelRow(
            uri=ConceptUri(self.uris[int(self.concepts[number])]),
            text=self.labels[number],
            kind=LABEL_KINDS[int(self.kinds[number])],
            language=self.language_tags[int(self.languages[number])],
        )

    def find_concept(self, uri: str) -> int | None:
        """Return the number of a concept, or None."""
        low, high = 0, len(self.uris)
        while low < high:
            middle = (low + high) // 2
            if self.uris[middle] < uri:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.uris) and self.uris[low] == uri else None

    def rows_of(self, concept: int) -> range:
        """Return the numbers of a concept's rows."""
        bounds = np.array([concept, concept + 1], dtype=self.concepts.dtype)
        start, end = np.searchsorted(self.concepts, bounds)
        return range(int(start), int(end))


def _mapped(path: Path) -> NDArray[Any]:
    """Map an array as a plain one: cutting a piece out of a ``memmap`` costs ten times as much."""
    return np.asarray(np.load(path, mmap_mode="r"))


def write_rows(directory: Path, rows: Sequence[LabelRow]) -> int:
    """Write rows that are in order and return the number of concepts."""
    uris = {uri: number for number, uri in enumerate(dict.fromkeys(row.uri for row in rows))}
    tags = {tag: number for number, tag in enumerate(sorted({row.language for row in rows}))}
    rank = {kind: number for number, kind in enumerate(LABEL_KINDS)}
    TextBlob.write(directory, "uris", list(uris))
    TextBlob.write(directory, "languages", list(tags))
    TextBlob.write(directory, "labels", [row.text for row in rows])
    np.save(directory / CONCEPTS, np.array([uris[row.uri] for row in rows], dtype=np.int32))
    np.save(directory / KINDS, np.array([rank[row.kind] for row in rows], dtype=np.uint8))
    np.save(directory / LANGUAGES, np.array([tags[row.language] for row in rows], dtype=np.uint8))
    return len(uris)
