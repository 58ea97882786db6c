"""ESCO from its official CSV download, any release of it, in any language."""

from __future__ import annotations

from pathlib import Path

from skillmatch.model.concept import ConceptKind
from skillmatch.model.framework import Collection, Count, Framework
from skillmatch.readers.esco.concepts import (
    KINDS,
    Drafts,
    add_concepts,
    add_hierarchy,
    concept_counts,
)
from skillmatch.readers.esco.drafts import concepts_of
from skillmatch.readers.esco.lacks import lacks
from skillmatch.readers.esco.relations import (
    Ties,
    add_isco_groups,
    add_relations,
    add_steps,
    read_collections,
    relations_of,
    stubs,
    tie_counts,
)
from skillmatch.readers.esco.tables import (
    RELATION_TABLES,
    EscoFile,
    EscoTable,
    Progress,
    read_esco_tables,
)
from skillmatch.readers.esco.terms import ESCO_ATTRIBUTION, ESCO_LICENCE, ESCO_TITLE


def read_esco_csv(
    source: Path, *, framework_id: str, release: str, progress: Progress | None = None
) -> Framework:
    """Read ESCO from a folder of zips, a folder of unpacked CSV files (also nested), or a zip.

    Exactly 1.1.0 and 1.1.1; other column sets give what they have, and ``Framework.missing``
    names what they lack. Files of several languages become one framework. A preferred label
    is not repeated among the alternatives of its language. A concept that rows name and no
    table describes is kept as a stub.

    Args:
        source: Nothing in it is unpacked to the disk.
        framework_id: As in ``esco-1.1.1``.
        release: As in ``1.1.1``; the files do not say it themselves.
        progress: Called with the file at hand, files done and files in all.

    Raises:
        NotFoundError: There is no such place, or no ESCO table in it.
        DataError: A file is damaged, not UTF-8, lacks a column, or two releases are mixed.
        RowError: Rows are wrong; all of a file's faults are named.
        UnreadableError: A zip is encrypted.
    """
    files = read_esco_tables(source, progress)
    drafts, ties = Drafts(), Ties()
    _add_all(drafts, ties, files)
    collections = read_collections(ties, files)
    absent = stubs(ties, drafts.by_uri)
    described = concepts_of(drafts.by_uri.values())
    concepts = tuple(sorted((*described, *absent), key=lambda concept: concept.uri))
    return Framework(
        id=framework_id,
        title=ESCO_TITLE,
        release=release,
        languages=tuple(sorted(drafts.languages)),
        licence=ESCO_LICENCE,
        attribution=ESCO_ATTRIBUTION,
        concepts=concepts,
        relations=relations_of(ties),
        collections=collections,
        counts=concept_counts(drafts)
        + tie_counts(ties, absent)
        + _collection_counts(files, collections),
        missing=lacks(files),
    )


def _collection_counts(
    files: tuple[EscoFile, ...], collections: tuple[Collection, ...]
) -> tuple[Count, ...]:
    schemes = sum(len(file.rows.rows) for file in _of(files, EscoTable.SCHEMES))
    used = sum(1 for one in collections if one.uri)
    why = "those that name a collection of the source; the others name pillars and vocabularies"
    return (
        *((Count(what="concept schemes", read=schemes, kept=used, why=why),) if schemes else ()),
        *(
            Count(what=f"collection {one.id}", read=len(one.members), kept=len(one.members))
            for one in collections
        ),
    )


def _add_all(drafts: Drafts, ties: Ties, files: tuple[EscoFile, ...]) -> None:
    """Add concepts, then the hierarchy (for what the tables leave out), then relations."""
    for file in _of(files, *KINDS):
        add_concepts(drafts, file)
    steps = set[tuple[str, str]]()
    for file in _of(files, EscoTable.HIERARCHY):
        steps |= add_hierarchy(drafts, file)
    for file in _of(files, *RELATION_TABLES):
        add_relations(ties, file)
    add_steps(ties, steps)
    if not _of(files, EscoTable.BROADER_OCCUPATIONS):
        groups = _isco_groups(drafts)
        for file in _of(files, EscoTable.OCCUPATIONS):
            add_isco_groups(ties, file, groups)


def _of(files: tuple[EscoFile, ...], *tables: EscoTable) -> tuple[EscoFile, ...]:
    return tuple(file for file in files if file.table in tables)


def _isco_groups(drafts: Drafts) -> dict[str, str]:
    return {
        draft.notation: draft.uri
        for draft in drafts.by_uri.values()
        if draft.kind is ConceptKind.OCCUPATION_GROUP and draft.notation
    }
