"""Find concepts by their labels: the whole label, its beginning, or words in common."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterator

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptKind, ConceptUri, Status
from skillmatch.store.connection import Connection
from skillmatch.store.rows import LABEL_KINDS, Row
from skillmatch.store.schema import fold
from skillmatch.store.values import MatchHow, SearchHit

# BM25 ranks labels, and a concept has many: look at more labels than concepts are wanted.
LABELS_PER_CONCEPT = 20

RARE = 30
"""A word tells something where fewer than one label in so many has it."""
_BEGINNINGS = (
    "SELECT substr(folded, length(?1) + 1, 1) <> ' ', length(folded), id FROM text "
    "WHERE folded > ?1 AND folded < ?1 || ?2 ORDER BY 1, 2 LIMIT ?3"
)
_RANKED = (
    "SELECT rowid, -round(bm25(label_words), 6) AS similarity FROM label_words "
    "WHERE label_words MATCH ? ORDER BY similarity DESC, rowid LIMIT ?"
)
_Found = tuple[Row, MatchHow]

COLUMNS = "node.uri, concept.kind, text.text, text.kind, text.language"
OWNERS = "JOIN concept ON concept.id = text.concept JOIN node ON node.id = concept.id"


def search_labels(
    connection: Connection, text: str, *, kinds: Collection[ConceptKind], limit: int
) -> tuple[SearchHit, ...]:
    """Return released concepts whose labels fit ``text``, best first, each once.

    A whole label (caseless) comes before labels that begin with the text (with its last word
    whole, then shortest first), and those before labels with words in common, by BM25. Ties
    are broken by URI.

    Raises:
        UsageError: ``text`` has no letters, digits or signs, or ``limit`` < 1.
    """
    # SQLite's language for words ends at a NUL, within the quotes that it opened.
    folded = fold(text.replace("\0", " "))
    if not folded or limit < 1:
        raise UsageError("search needs some text and a limit of at least 1")
    hits: dict[str, SearchHit] = {}
    for stage in (_exact, _prefix, _words):
        if len(hits) >= limit:
            break
        for row, how in stage(connection, folded, kinds, limit + len(hits)):
            if row[0] not in hits:
                hits[row[0]] = _hit(connection, row, how)
            if len(hits) == limit:
                break
    return tuple(hits.values())


def _exact(
    connection: Connection, folded: str, kinds: Collection[ConceptKind], _limit: int
) -> Iterator[_Found]:
    rows = connection.rows(
        f"SELECT {COLUMNS}, 0.0 FROM text {OWNERS} WHERE folded = ? AND {_chosen(kinds)} "
        "ORDER BY text.kind, concept.id, text.id",
        (folded, *_of(kinds)),
    )
    return ((row, MatchHow.EXACT) for row in rows)


def _prefix(
    connection: Connection, folded: str, kinds: Collection[ConceptKind], limit: int
) -> Iterator[_Found]:
    wanted = size = limit * LABELS_PER_CONCEPT
    rows: list[Row] = []
    whole = False
    # One letter begins thousands of labels. What orders them first stands in the index alone, so
    # the rest is only read of those that may come to be shown.
    while not whole and len(rows) < wanted:
        size *= 4
        places = connection.rows(_BEGINNINGS, (folded, chr(0x10FFFF), size))
        whole = len(places) < size
        if not whole:
            places = [one for one in places if one[:2] != places[-1][:2]]
        rows = connection.rows(
            f"SELECT {COLUMNS}, 0.0 FROM text {OWNERS} "
            f"WHERE text.id IN (SELECT value FROM json_each(?2)) AND {_chosen(kinds)} "
            "ORDER BY substr(folded, length(?1) + 1, 1) <> ' ', length(folded), "
            "text.kind, concept.id, text.id LIMIT ?",
            (folded, json.dumps([one[2] for one in places]), *_of(kinds), wanted),
        )
    return ((row, MatchHow.PREFIX) for row in rows)


def _words(
    connection: Connection, folded: str, kinds: Collection[ConceptKind], limit: int
) -> Iterator[_Found]:
    query = _any(_telling(connection, folded))
    found = (row for part in _ranked(connection, query, limit) for row in _of_kinds(*part, kinds))
    for row in itertools.islice(found, limit * LABELS_PER_CONCEPT):
        yield row, MatchHow.WORDS


def _ranked(
    connection: Connection, query: str, limit: int
) -> Iterator[tuple[Connection, list[Row]]]:
    """Yield the numbers of labels with words in common, and their similarity, best first.

    They come in parts, since whoever asks has mostly seen enough after the first. Labels are
    numbered by concept and kind, so that the index of words alone can break ties.
    """
    first, last = 0, limit * LABELS_PER_CONCEPT
    while True:
        ranked = connection.rows(_RANKED, (query, last))
        while first < len(ranked):
            yield connection, ranked[first : first + 4 * limit]
            first += 4 * limit
        if len(ranked) < last:
            return
        first, last = len(ranked), last * 8


def _of_kinds(
    connection: Connection, ranked: list[Row], kinds: Collection[ConceptKind]
) -> list[Row]:
    """Return those labels that are of released concepts of the kinds, in the same order."""
    return connection.rows(
        f"SELECT {COLUMNS}, ranked.value ->> 1 AS similarity FROM json_each(?) AS ranked "
        f"CROSS JOIN text ON text.id = ranked.value ->> 0 {OWNERS} WHERE {_chosen(kinds)} "
        "ORDER BY ranked.key",
        (json.dumps(ranked), *_of(kinds)),
    )


def _telling(connection: Connection, folded: str) -> list[str]:
    """Return the words of a text but those of every thirtieth label, unless there are no others.

    A label that shares "of" and nothing else is no help, and ranking all of them takes long.
    """
    words = list(dict.fromkeys(folded.split()))
    # A table of SQLite's own over the index of words; it lies in memory, not in the file.
    connection.rows(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.label_vocabulary "
        "USING fts5vocab(main, label_words, row)"
    )
    marks = ", ".join("?" * len(words))
    common = {
        row[0]
        for row in connection.rows(
            f"SELECT term FROM temp.label_vocabulary WHERE term IN ({marks}) "
            f"AND doc * {RARE} > (SELECT max(id) FROM text)",
            tuple(words),
        )
    }
    return [word for word in words if word not in common] or words


def _any(words: list[str]) -> str:
    """Return an FTS5 query for any of the words, quoted so that no sign is an operator."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)


def _chosen(kinds: Collection[ConceptKind]) -> str:
    return f"status = ? AND concept.kind IN ({', '.join('?' * len(kinds))})"


def _of(kinds: Collection[ConceptKind]) -> tuple[str, ...]:
    """Return the values of ``_chosen``."""
    return Status.RELEASED.value, *kinds


def _hit(connection: Connection, row: Row, how: MatchHow) -> SearchHit:
    uri, kind, label, label_kind, language, similarity = row
    pref = connection.row(
        "SELECT text FROM text WHERE concept = (SELECT id FROM node WHERE uri = ?) "
        "AND kind = 0 ORDER BY language <> ?, id LIMIT 1",
        (uri, language),
    )
    return SearchHit(
        uri=ConceptUri(uri),
        kind=ConceptKind(kind),
        pref_label=label if pref is None else pref[0],
        label=label,
        label_kind=LABEL_KINDS[label_kind],
        language=language,
        how=how,
        similarity=similarity,
    )
