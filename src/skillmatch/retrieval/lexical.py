"""All labels in normal form, in one SQLite table: exact names without loading anything.

A text is looked up by its word n-grams, so a label can only match at word boundaries, and a
cold process pays for the few thousand n-grams of a posting instead of for 100,000 labels.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Self

from skillmatch.errors import IndexMismatchError
from skillmatch.model.concept import TECHNOLOGY_PREFIX, ConceptUri, LabelKind, LabelRow
from skillmatch.model.posting import Span
from skillmatch.text.normal import Token, normal_form, tokens, without_qualifier
from skillmatch.text.product_names import short_names

FILE_NAME = "lexical.sqlite"
MAX_TOKENS = 8
"""Longer labels are sentences; dense retrieval finds those better than equality does."""
BATCH = 500

_SCHEMA = """
CREATE TABLE form (
    form TEXT NOT NULL, uri TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL,
    whole INTEGER NOT NULL, PRIMARY KEY (form, uri, kind, label)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalEntry:
    """A concept that one normal form stands for.

    Attributes:
        whole: False where the label holds words that the text did not repeat, as ``Java`` for
            ``Java (computer programming)`` or ``Excel`` for ``Microsoft Excel``.
    """

    uri: ConceptUri
    label: str
    kind: LabelKind
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalHit:
    """Words of the text that equal at least one label in normal form.

    Attributes:
        entries: Concepts with that form: preferred labels first, then URI.
        word_count: Length of the form in words.
    """

    span: Span
    form: str
    entries: tuple[LexicalEntry, ...]
    word_count: int


def build_lexical(rows: Iterable[LabelRow], path: Path) -> int:
    """Write the table of normal forms to ``path`` and return its number of rows.

    The same rows give the same table. Descriptions and labels without a letter are left out.
    """
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(_SCHEMA)
        connection.executemany(
            "INSERT OR IGNORE INTO form VALUES (?, ?, ?, ?, ?)", sorted(set(_entries(rows)))
        )
        count = connection.execute("SELECT count(*) FROM form").fetchone()[0]
    connection.close()
    return int(count)


def _entries(rows: Iterable[LabelRow]) -> Iterator[tuple[str, str, str, str, int]]:
    for row in rows:
        if row.kind is LabelKind.DESCRIPTION:
            continue
        form = normal_form(row.text)
        if form and form.count(" ") < MAX_TOKENS:
            yield form, row.uri, row.text, row.kind.value, 1
        shorter = [without_qualifier(row.text)]
        if row.uri.startswith(TECHNOLOGY_PREFIX):
            shorter.extend(short_names(row.text))
        for bare in {normal_form(text) for text in shorter} - {form, ""}:
            yield bare, row.uri, row.text, row.kind.value, 0


class LexicalIndex:
    """Look-up of normal forms; safe to read from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the table of an index directory.

        Raises:
            IndexMismatchError: The directory was built without one.
        """
        path = directory / FILE_NAME
        if not path.is_file():
            raise IndexMismatchError(
                f"{path} is missing: build the index again with `skillmatch index build`",
                field="lexical",
            )
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(uri, uri=True, check_same_thread=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def lookup(self, forms: Iterable[str]) -> dict[str, tuple[LexicalEntry, ...]]:
        """Return the concepts of each normal form that has any."""
        wanted = sorted(set(forms))
        found: dict[str, list[LexicalEntry]] = {}
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                f"SELECT form, uri, label, kind, whole FROM form WHERE form IN ({marks})", batch
            )
            for form, uri, label, kind, whole in rows:
                found.setdefault(form, []).append(
                    LexicalEntry(
                        uri=ConceptUri(uri), label=label, kind=LabelKind(kind), whole=bool(whole)
                    )
                )
        return {form: _best_first(entries) for form, entries in found.items()}

    def find(self, texts: Sequence[str]) -> list[tuple[LexicalHit, ...]]:
        """Return the labels that stand in each text, in text order.

        The longest name wins where names overlap: ``project management`` hides ``management``.
        Spans are characters of the text they were found in.
        """
        read = [(words, _grams(words)) for words in map(tokens, texts)]
        known = self.lookup(form for _, grams in read for forms in grams for form in forms)
        return [tuple(_longest(words, grams, known)) for words, grams in read]


def _best_first(entries: list[LexicalEntry]) -> tuple[LexicalEntry, ...]:
    order = list(LabelKind)
    ranked = sorted(
        entries,
        key=lambda entry: (order.index(entry.kind), not entry.whole, entry.uri, entry.label),
    )
    best: dict[ConceptUri, LexicalEntry] = {}
    for entry in ranked:
        best.setdefault(entry.uri, entry)
    return tuple(best.values())


def _grams(words: Sequence[Token]) -> list[list[str]]:
    """Return, for each word, what starts with it in normal form: one word, two words and so on."""
    forms = [word.form for word in words]
    return [
        list(accumulate(forms[start : start + MAX_TOKENS], "{} {}".format))
        for start in range(len(forms))
    ]


def _longest(
    words: Sequence[Token],
    grams: Sequence[Sequence[str]],
    known: Mapping[str, tuple[LexicalEntry, ...]],
) -> Iterator[LexicalHit]:
    """Yield names from left to right, the longest at each place; none overlaps one before it."""
    free = 0
    for start, forms in enumerate(grams):
        if start < free:
            continue
        for count in range(len(forms), 0, -1):
            form = forms[count - 1]
            if form in known:
                free = start + count
                yield LexicalHit(
                    span=Span(start=words[start].span.start, end=words[free - 1].span.end),
                    form=form,
                    entries=known[form],
                    word_count=count,
                )
                break
