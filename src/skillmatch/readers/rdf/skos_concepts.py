"""RDF resources as ``Concept`` values."""

from __future__ import annotations

from typing import TypeVar

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, ReuseLevel, SkillType, Status
from skillmatch.readers.rdf.skos_tally import Tally
from skillmatch.readers.rdf.skos_texts import read_labels, read_notes
from skillmatch.readers.rdf.statements import Statements, is_absolute
from skillmatch.readers.rdf.vocabulary import (
    ADMS,
    DCT,
    ESCO,
    ISOTHES,
    KIND_CLASSES,
    OWL,
    SKILL_TYPE_URIS,
    SKILLMATCH,
    SKOS,
    SKOSXL,
)

_T = TypeVar("_T")

STUB_CLASS = SKILLMATCH + "Stub"

_CONCEPT_CLASSES = {
    SKOS + "Concept",
    ESCO + "MemberConcept",
    *KIND_CLASSES.values(),
}
_NO_CONCEPT_CLASSES = {
    SKOS + "ConceptScheme",
    SKOS + "Collection",
    SKOS + "OrderedCollection",
    SKOSXL + "Label",
}
_LABELS = {SKOS + "prefLabel", SKOSXL + "prefLabel"}
_STATUS = (ISOTHES + "status", ADMS + "status", ESCO + "status")
_STATUSES = {
    "": Status.RELEASED,
    "released": Status.RELEASED,
    "completed": Status.RELEASED,
    "published": Status.RELEASED,
    "deprecated": Status.DEPRECATED,
    "obsolete": Status.DEPRECATED,
    "withdrawn": Status.DEPRECATED,
}
_SKILL_TYPES = {uri.rsplit("#", 1)[-1]: kind for kind, uri in SKILL_TYPE_URIS.items()} | {
    "skill": SkillType.SKILL,
    "competence": SkillType.SKILL,
    "knowledge": SkillType.KNOWLEDGE,
}
_REUSE_LEVELS = {level.value: level for level in ReuseLevel}


def is_concept(statements: Statements, uri: str) -> bool:
    """Tell whether a subject is a concept: by its class, or by a label where it has none."""
    classes = statements.classes(uri)
    if classes & _CONCEPT_CLASSES:
        return True
    return not classes & _NO_CONCEPT_CLASSES and not _LABELS.isdisjoint(statements.predicates(uri))


def read_concept(
    statements: Statements, uri: str, kind: ConceptKind, *, clean: bool, tally: Tally
) -> Concept:
    """Return one concept; what the model has no place for is counted in ``tally``.

    Args:
        statements: The document.
        uri: Of the concept.
        kind: As decided by ``skos_kinds``.
        clean: See ``read_labels``.
        tally: Takes labels, statuses and notations that were read but not kept.
    """
    labels = read_labels(statements, uri, clean=clean)
    tally.alternatives(labels)
    notations = statements.literals(uri, SKOS + "notation")
    tally.dropped("skos:notation", len(notations) - 1, "a concept has one; the first is kept")
    job_zone = statements.text(uri, SKILLMATCH + "jobZone")
    return Concept(
        uri=ConceptUri(uri),
        kind=kind,
        pref_labels=labels.pref,
        alt_labels=labels.alt,
        hidden_labels=labels.hidden,
        descriptions=read_notes(statements, uri, DCT + "description"),
        definitions=read_notes(statements, uri, SKOS + "definition"),
        scope_notes=read_notes(statements, uri, SKOS + "scopeNote"),
        notation=notations[0].text if notations else "",
        skill_type=_known(statements, uri, "skillType", known=_SKILL_TYPES, tally=tally),
        reuse_level=_known(statements, uri, "skillReuseLevel", known=_REUSE_LEVELS, tally=tally),
        status=_status(statements, uri, tally),
        replaced_by=tuple(
            ConceptUri(target)
            for target in statements.resources(uri, DCT + "isReplacedBy")
            if is_absolute(target)
        ),
        job_zone=int(job_zone) if job_zone.lstrip("-").isdecimal() else None,
    )


def _known(
    statements: Statements, uri: str, name: str, *, known: dict[str, _T], tally: Tally
) -> _T | None:
    """Return what the last part of a value stands for; ESCO gives URIs, others plain words."""
    found: list[_T] = []
    values = statements.values(uri, ESCO + name)
    for value in sorted(v if isinstance(v, str) else v.text for v in values):
        part = value.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
        if part in known:
            found.append(known[part])
        else:
            tally.dropped(f"esco:{name} {part}", 1, "no value that the model knows")
    return found[0] if found else None


def _status(statements: Statements, uri: str, tally: Tally) -> Status:
    if STUB_CLASS in statements.classes(uri):
        return Status.STUB
    if statements.text(uri, OWL + "deprecated").lower() in {"true", "1"}:
        return Status.DEPRECATED
    words = [
        (value if isinstance(value, str) else value.text).rstrip("/").rsplit("/", 1)[-1].lower()
        for predicate in _STATUS
        for value in statements.values(uri, predicate)
    ]
    known = {_STATUSES[word] for word in words if word in _STATUSES}
    for word in words:
        if word not in _STATUSES:
            tally.dropped(f"status {word}", 1, "no status that the model knows; taken as released")
    return Status.DEPRECATED if Status.DEPRECATED in known else Status.RELEASED
