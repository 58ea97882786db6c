"""Rows of ESCO's concept tables become drafts of concepts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

from skillmatch.errors import RowError
from skillmatch.model.concept import ConceptKind, ConceptUri, Status
from skillmatch.model.framework import Count
from skillmatch.readers.esco.drafts import Draft, add_labels, add_text, clean
from skillmatch.readers.esco.tables import LEVELS, EscoFile, EscoTable
from skillmatch.readers.esco.terms import REUSE_LEVELS, SKILL_TYPES, STATUSES

KINDS = {
    EscoTable.SKILLS: ConceptKind.SKILL,
    EscoTable.OCCUPATIONS: ConceptKind.OCCUPATION,
    EscoTable.SKILL_GROUPS: ConceptKind.SKILL_GROUP,
    EscoTable.ISCO_GROUPS: ConceptKind.OCCUPATION_GROUP,
}
NOUNS = {
    ConceptKind.SKILL: "skills",
    ConceptKind.OCCUPATION: "occupations",
    ConceptKind.SKILL_GROUP: "skill groups",
    ConceptKind.OCCUPATION_GROUP: "occupation groups",
}
COLUMNS = (
    "conceptUri",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "description",
    "definition",
    "scopeNote",
    "status",
    "code",
    "skillType",
    "reuseLevel",
)
Term = TypeVar("Term")


@dataclass(slots=True)
class Drafts:
    """All concepts so far, and what was seen on the way.

    Attributes:
        seen: Numbers by (kind of concept, what); see ``counts``.
        unknown: Words of the model that this program does not know, by (column, word).
    """

    by_uri: dict[str, Draft] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    seen: Counter[tuple[ConceptKind, str]] = field(default_factory=Counter)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    def draft(self, uri: str, kind: ConceptKind) -> Draft:
        """Return the draft of the concept, a new one where it has none."""
        draft = self.by_uri.get(uri)
        if draft is None:
            draft = self.by_uri[uri] = Draft(uri=ConceptUri(uri), kind=kind)
            self.seen[kind, "kept"] += 1
        return draft


def add_concepts(drafts: Drafts, file: EscoFile) -> None:
    """Add the rows of a table of skills, occupations or groups.

    Raises:
        RowError: A row has no URI or no preferred label, or repeats a URI of the table.
    """
    kind = KINDS[file.table]
    drafts.languages.add(file.language)
    faults: list[str] = []
    lines: dict[str, int] = {}
    for line, cells in file.rows.select(*COLUMNS):
        uri, pref = cells[0].strip(), clean(cells[1])
        drafts.seen[kind, "read"] += 1
        if not uri or not pref:
            faults.append(f"line {line}: no {'preferredLabel' if uri else 'conceptUri'}")
        elif uri in lines:
            faults.append(f"line {line}: {uri} stands on line {lines[uri]} already")
        else:
            lines[uri] = line
            _add_row(drafts, drafts.draft(uri, kind), (pref, *cells[2:]), file.language)
    if faults:
        raise RowError(tuple(faults), path=file.rows.place)


def _add_row(drafts: Drafts, draft: Draft, cells: tuple[str, ...], language: str) -> None:
    pref, alternatives, hidden, description, definition, scope_note = cells[:6]
    draft.pref_labels[language] = pref
    for what, labels, cell in (
        ("alternative", draft.alt_labels, alternatives),
        ("hidden", draft.hidden_labels, hidden),
    ):
        for name, number in add_labels(labels, cell, language=language, pref=pref).items():
            drafts.seen[draft.kind, f"{what} {name}"] += number
    add_text(draft.descriptions, description, language)
    add_text(draft.definitions, definition, language)
    add_text(draft.scope_notes, scope_note, language)
    status, code, skill_type, reuse_level = map(str.strip, cells[6:])
    draft.notation = draft.notation or code
    draft.skill_type = draft.skill_type or _term(drafts, SKILL_TYPES, "skillType", skill_type)
    draft.reuse_level = draft.reuse_level or _term(drafts, REUSE_LEVELS, "reuseLevel", reuse_level)
    if _term(drafts, STATUSES, "status", status) is Status.DEPRECATED:
        draft.status = Status.DEPRECATED


def _term(drafts: Drafts, terms: dict[str, Term], column: str, word: str) -> Term | None:
    """Return the meaning of a word; a word of a later model is counted and left out."""
    found = terms.get(word)
    if found is None and word:
        drafts.unknown[column, word] += 1
    return found


def add_hierarchy(drafts: Drafts, file: EscoFile) -> set[tuple[str, str]]:
    """Add codes of groups, and the groups that only the hierarchy names.

    Returns:
        The steps of the hierarchy as (narrower, broader) pairs of URIs.
    """
    steps: set[tuple[str, str]] = set()
    columns = [
        *(f"Level {level} URI" for level in LEVELS),
        *(f"Level {level} preferred term" for level in LEVELS),
        *(f"Level {level} code" for level in LEVELS),
    ]
    before = set(drafts.by_uri)
    for _, cells in file.rows.select(*columns, "Description", "Scope note"):
        path = [uri.strip() for uri in cells[:4] if uri.strip()]
        steps.update(zip(path[1:], path, strict=False))
        for level, uri in enumerate(path):
            draft = drafts.draft(uri, ConceptKind.SKILL_GROUP)
            draft.pref_labels.setdefault(file.language, clean(cells[4 + level]) or uri)
            draft.notation = draft.notation or cells[8 + level].strip()
        if path:
            _add_notes(drafts.by_uri[path[-1]], cells[12], cells[13], file.language)
    drafts.languages.add(file.language)
    drafts.seen[ConceptKind.SKILL_GROUP, "hierarchy only"] += len(set(drafts.by_uri) - before)
    return steps


def _add_notes(draft: Draft, description: str, scope_note: str, language: str) -> None:
    """Describe a group by the row that ends with it."""
    add_text(draft.descriptions, description, language)
    add_text(draft.scope_notes, scope_note, language)


def concept_counts(drafts: Drafts) -> tuple[Count, ...]:
    """Return what was read and kept of concepts and their labels."""
    counts = []
    for kind, noun in NOUNS.items():
        seen = {what: number for (of, what), number in drafts.seen.items() if of is kind}
        if not seen:
            continue
        counts.append(_kept(noun, seen, len(drafts.languages)))
        counts.extend(
            _labels(f"{what} labels of {noun}", seen, what) for what in ("alternative", "hidden")
        )
    counts.extend(_skill_type_counts(drafts))
    counts.extend(
        Count(what=f"{column} {word!r}", read=number, kept=0, why="not known to this program")
        for (column, word), number in sorted(drafts.unknown.items())
    )
    return tuple(counts)


def _kept(noun: str, seen: dict[str, int], languages: int) -> Count:
    extra = seen.get("hierarchy only", 0)
    why = [f"{extra} only in skillsHierarchy"] if extra else []
    if languages > 1:
        why.append(f"one row for each of {languages} languages")
    kept = seen.get("kept", 0)
    return Count(what=noun, read=seen.get("read", 0) + extra, kept=kept, why="; ".join(why))


def _labels(what: str, seen: dict[str, int], key: str) -> Count:
    read, same = seen.get(f"{key} read", 0), seen.get(f"{key} same", 0)
    repeated = seen.get(f"{key} repeated", 0)
    why = [f"{same} equal their own preferred label"] if same else []
    if repeated:
        why.append(f"{repeated} repeat another")
    return Count(what=what, read=read, kept=read - same - repeated, why="; ".join(why))


def _skill_type_counts(drafts: Drafts) -> list[Count]:
    types = Counter(
        draft.skill_type for draft in drafts.by_uri.values() if draft.kind is ConceptKind.SKILL
    )
    named = {f"skills of type {kind}": number for kind, number in types.items() if kind}
    named["skills without a type"] = types[None]
    return [Count(what=what, read=named[what], kept=named[what]) for what in sorted(named)]
