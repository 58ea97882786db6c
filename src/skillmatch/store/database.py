"""An installed framework, opened without reading it all."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType

from skillmatch.errors import ChecksumError, NotFoundError
from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    ConceptUri,
    LabelKind,
    LabelRow,
    ReuseLevel,
    SkillFacts,
    SkillType,
    Status,
)
from skillmatch.model.framework import Count, Framework, Predicate
from skillmatch.store.asking import (
    has_relations,
    occupation_skills,
    skill_degree,
)
from skillmatch.store.canonical import content_digest
from skillmatch.store.connection import Connection
from skillmatch.store.rows import CONCEPT_COLUMNS, LABEL_KINDS, Row, concept_of
from skillmatch.store.search import search_labels
from skillmatch.store.values import FrameworkInfo, OccupationSkill, SearchHit, Source
from skillmatch.store.whole import (
    read_collections,
    read_ratings,
    read_relations,
    read_technology_uses,
)

ALL_KINDS: tuple[ConceptKind, ...] = tuple(ConceptKind)


class FrameworkDb:
    """One installed release: concepts by URI, labels, relations and search.

    Threads may share one. Use it as a context manager, or call ``close``.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self.info: FrameworkInfo = _info(connection)

    @classmethod
    def open(cls, path: Path) -> FrameworkDb:
        """Open the file at ``path`` read-only.

        Raises:
            NotFoundError: There is no such file.
            DataError: The file is damaged, cut short, or no installed framework.
            IndexMismatchError: Another version of the program wrote it.
        """
        connection = Connection(path)
        try:
            return cls(connection, path)
        except BaseException:
            connection.close()
            raise

    def __enter__(self) -> FrameworkDb:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        self._connection.close()

    def find_concept(self, uri: str) -> Concept | None:
        """Return the concept of any status, or None."""
        row = self._connection.row(
            f"SELECT {CONCEPT_COLUMNS} FROM concept JOIN node USING (id) WHERE uri = ?", (uri,)
        )
        if row is None:
            return None
        texts = self._connection.rows(
            "SELECT kind, language, text FROM text WHERE concept = ? ORDER BY id", (row[0],)
        )
        return concept_of(row, texts)

    def find_by_notation(self, notation: str, kind: ConceptKind) -> Concept | None:
        """Return the concept of a kind with this code, the first by URI where several share it."""
        row = self._connection.row(
            "SELECT uri FROM concept JOIN node USING (id) WHERE notation = ? AND kind = ? "
            "ORDER BY uri LIMIT 1",
            (notation, kind.value),
        )
        return None if row is None else self.find_concept(str(row[0]))

    def withdrawn(self) -> frozenset[ConceptUri]:
        """Return the concepts that are no candidates: all that are not released."""
        rows = self._connection.rows(
            "SELECT uri FROM concept JOIN node USING (id) WHERE status != ?",
            (Status.RELEASED.value,),
        )
        return frozenset(ConceptUri(row[0]) for row in rows)

    def skill_facts(self) -> dict[ConceptUri, SkillFacts]:
        """Return what the framework says of each skill beside its labels, in one pass."""
        rows = self._connection.rows(
            "SELECT uri, skill_type, reuse_level FROM concept JOIN node USING (id) "
            "WHERE skill_type IS NOT NULL OR reuse_level IS NOT NULL",
            (),
        )
        return {
            ConceptUri(uri): SkillFacts(
                skill_type=None if skill_type is None else SkillType(skill_type),
                reuse=None if reuse is None else ReuseLevel(reuse),
            )
            for uri, skill_type, reuse in rows
        }

    def get_concept(self, uri: str) -> Concept:
        """Return the concept of any status.

        Raises:
            NotFoundError: The framework has none with this URI.
        """
        found = self.find_concept(uri)
        if found is None:
            raise NotFoundError(
                f"{self.info.id} has no concept {uri}; `skillmatch search TEXT` finds concepts"
            )
        return found

    def pref_label(self, uri: str, language: str = "en") -> str:
        """Return the preferred label in ``language``, else in any, else the URI itself."""
        row = self._connection.row(
            "SELECT text FROM text WHERE concept = (SELECT id FROM node WHERE uri = ?) "
            "AND kind = 0 ORDER BY language <> ?, id LIMIT 1",
            (uri, language),
        )
        return uri if row is None else str(row[0])

    def label_rows(
        self,
        *,
        kinds: Collection[ConceptKind],
        label_kinds: Collection[LabelKind],
        language: str | None = "en",
    ) -> Iterator[LabelRow]:
        """Yield labels of released concepts in the order documented at ``LabelRow``.

        Args:
            kinds: Kinds of concepts.
            label_kinds: Kinds of labels; ``DESCRIPTION`` yields descriptions.
            language: BCP 47 tag as the framework spells it; None means all languages.
        """
        numbers = [number for number, kind in enumerate(LABEL_KINDS) if kind in set(label_kinds)]
        rows = self._connection.stream(
            "SELECT uri, text.text, text.kind, language "
            "FROM text JOIN concept ON concept.id = text.concept JOIN node ON node.id = concept.id "
            f"WHERE concept.kind IN ({_marks(kinds)}) AND text.kind IN ({_marks(numbers)}) "
            "AND status = ? AND (? IS NULL OR language = ?) ORDER BY text.id",
            (*kinds, *numbers, Status.RELEASED.value, language, language),
        )
        for uri, text, kind, tag in rows:
            yield LabelRow(uri=uri, text=text, kind=LABEL_KINDS[kind], language=tag)

    def concepts(self, kind: ConceptKind) -> Iterator[Concept]:
        """Yield all concepts of a kind, of any status, by URI."""
        return self._concepts((kind,))

    def _concepts(self, kinds: tuple[ConceptKind, ...]) -> Iterator[Concept]:
        chosen = f"concept.kind IN ({_marks(kinds)})"
        rows = self._connection.stream(
            f"SELECT {CONCEPT_COLUMNS} FROM concept JOIN node USING (id) WHERE {chosen} "
            "ORDER BY concept.id",
            kinds,
        )
        texts = self._connection.stream(
            "SELECT concept, text.kind, language, text FROM text "
            f"JOIN concept ON concept.id = text.concept WHERE {chosen} ORDER BY text.id",
            kinds,
        )
        yield from _joined(rows, texts)

    def broader(self, uri: str) -> tuple[ConceptUri, ...]:
        """Return the concepts that ``uri`` says are broader, by URI."""
        return self.objects(uri, Predicate.BROADER)

    def narrower(self, uri: str) -> tuple[ConceptUri, ...]:
        """Return the concepts that name ``uri`` as broader, by URI."""
        return self.subjects(uri, Predicate.BROADER)

    def objects(self, uri: str, predicate: Predicate) -> tuple[ConceptUri, ...]:
        """Return what ``uri`` relates to by ``predicate``, by URI."""
        rows = self._connection.rows(
            "SELECT uri FROM relation JOIN node ON node.id = object WHERE subject = "
            "(SELECT id FROM node WHERE uri = ?) AND predicate = ? ORDER BY object",
            (uri, predicate.value),
        )
        return tuple(ConceptUri(row[0]) for row in rows)

    def subjects(self, uri: str, predicate: Predicate) -> tuple[ConceptUri, ...]:
        """Return what relates to ``uri`` by ``predicate``, by URI."""
        rows = self._connection.rows(
            "SELECT uri FROM relation JOIN node ON node.id = subject WHERE object = "
            "(SELECT id FROM node WHERE uri = ?) AND predicate = ? ORDER BY subject",
            (uri, predicate.value),
        )
        return tuple(ConceptUri(row[0]) for row in rows)

    def occupation_skills(self, uri: str, language: str = "en") -> tuple[OccupationSkill, ...]:
        """Return every skill the occupation asks for, by URI (see ``OccupationSkill``)."""
        return occupation_skills(self._connection, uri, language)

    def has_relations(self) -> bool:
        """Tell whether any occupation says which skills it asks for."""
        return has_relations(self._connection)

    def skill_degree(self, uri: str) -> int:
        """Return how many occupations ask for the skill (see ``asking.skill_degree``)."""
        return skill_degree(self._connection, uri)

    def count(self, kind: ConceptKind) -> int:
        """Return how many concepts of a kind there are, of any status."""
        row = self._connection.row("SELECT count(*) FROM concept WHERE kind = ?", (kind.value,))
        return 0 if row is None else int(row[0])

    def collections_of(self, uri: str) -> tuple[str, ...]:
        """Return the ids of the collections that hold the concept, sorted."""
        rows = self._connection.rows(
            "SELECT name FROM member JOIN collection ON collection.id = member.collection "
            "WHERE concept = (SELECT id FROM node WHERE uri = ?) ORDER BY name",
            (uri,),
        )
        return tuple(row[0] for row in rows)

    def search(
        self, text: str, kind: ConceptKind | None = None, limit: int = 10
    ) -> tuple[SearchHit, ...]:
        """Return released concepts whose labels fit, best first (see ``search_labels``)."""
        kinds = ALL_KINDS if kind is None else (kind,)
        return search_labels(self._connection, text, kinds=kinds, limit=limit)

    def read(self) -> Framework:
        """Return everything that was written, as one value."""
        return Framework(
            id=self.info.id,
            title=self.info.title,
            release=self.info.release,
            languages=self.info.languages,
            licence=self.info.licence,
            attribution=self.info.attribution,
            concepts=tuple(self._concepts(ALL_KINDS)),
            relations=read_relations(self._connection),
            ratings=read_ratings(self._connection),
            technology_uses=read_technology_uses(self._connection),
            collections=read_collections(self._connection),
            counts=self.info.counts,
            missing=self.info.missing,
        )

    def verify(self) -> None:
        """Read everything and compare its digest with the one that was written.

        Raises:
            DataError: The file is damaged (``ChecksumError`` where it can still be read).
        """
        actual = content_digest(self.read())
        if actual != self.info.digest:
            raise ChecksumError(path=self._path, expected=self.info.digest, actual=actual)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _joined(rows: Iterator[Row], texts: Iterator[Row]) -> Iterator[Concept]:
    """Pair concepts with their texts; both come in the order of the concepts' numbers."""
    grouped = itertools.groupby(texts, key=lambda row: row[0])
    number, own = next(grouped, (0, iter(())))
    for row in rows:
        if number == row[0]:
            yield concept_of(row, (text[1:] for text in own))
            number, own = next(grouped, (0, iter(())))
        else:
            yield concept_of(row, ())


def _info(connection: Connection) -> FrameworkInfo:
    meta = {key: json.loads(value) for key, value in connection.rows("SELECT * FROM meta")}
    return FrameworkInfo(
        id=meta["id"],
        title=meta["title"],
        release=meta["release"],
        languages=tuple(meta["languages"]),
        licence=meta["licence"],
        attribution=meta["attribution"],
        digest=meta["digest"],
        counts=tuple(Count(**count) for count in meta["counts"]),
        missing=tuple(meta["missing"]),
        sources=tuple(Source(**source) for source in meta["sources"]),
    )
