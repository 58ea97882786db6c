"""Concepts as rows of the tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    ConceptUri,
    LabelKind,
    LangText,
    ReuseLevel,
    SkillType,
    Status,
)
from skillmatch.store.schema import fold

Row = tuple[Any, ...]

# Numbers of ``text.kind``; the first four are the label kinds in the order of LabelRow.
LABEL_KINDS: tuple[LabelKind, ...] = tuple(LabelKind)
DEFINITION = len(LABEL_KINDS)
SCOPE_NOTE = DEFINITION + 1
FOLDED = frozenset({LabelKind.PREF, LabelKind.ALT, LabelKind.HIDDEN})

CONCEPT_COLUMNS = (
    "concept.id, uri, concept.kind, notation, skill_type, reuse_level, status, replaced_by, "
    "job_zone"
)


def concept_row(number: int, concept: Concept) -> Row:
    """Return the row of table ``concept``."""
    return (
        number,
        concept.kind.value,
        concept.notation,
        concept.skill_type,
        concept.reuse_level,
        concept.status.value,
        json.dumps(concept.replaced_by),
        concept.job_zone,
    )


def text_rows(number: int, concept: Concept) -> Iterator[Row]:
    """Yield the rows of table ``text``, in the order of LabelRow."""
    for kind, texts in enumerate(_groups(concept)):
        folds = kind < len(LABEL_KINDS) and LABEL_KINDS[kind] in FOLDED
        for one in texts:
            yield number, kind, one.language, one.text, fold(one.text) if folds else None


def _groups(concept: Concept) -> tuple[tuple[LangText, ...], ...]:
    return (
        concept.pref_labels,
        concept.alt_labels,
        concept.hidden_labels,
        concept.descriptions,
        concept.definitions,
        concept.scope_notes,
    )


def concept_of(row: Row, texts: Iterable[Row]) -> Concept:
    """Return the concept of a row of ``CONCEPT_COLUMNS`` and its (kind, language, text) rows."""
    groups: tuple[list[LangText], ...] = ([], [], [], [], [], [])
    for kind, language, text in texts:
        groups[kind].append(LangText(text=text, language=language))
    _, uri, kind, notation, skill_type, reuse_level, status, replaced_by, job_zone = row
    pref, alt, hidden, descriptions, definitions, scope_notes = map(tuple, groups)
    return Concept(
        uri=ConceptUri(uri),
        kind=ConceptKind(kind),
        pref_labels=pref,
        alt_labels=alt,
        hidden_labels=hidden,
        descriptions=descriptions,
        definitions=definitions,
        scope_notes=scope_notes,
        notation=notation,
        skill_type=None if skill_type is None else SkillType(skill_type),
        reuse_level=None if reuse_level is None else ReuseLevel(reuse_level),
        status=Status(status),
        replaced_by=tuple(map(ConceptUri, json.loads(replaced_by))),
        job_zone=job_zone,
    )
