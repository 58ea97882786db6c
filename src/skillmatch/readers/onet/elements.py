"""Elements of the O*NET content model that are skills in our sense, and their hierarchy."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, SkillType
from skillmatch.model.framework import Predicate
from skillmatch.readers.onet.draft import Draft, english
from skillmatch.readers.onet.identity import activity_uri, element_uri
from skillmatch.readers.onet.ratings import RatedElements
from skillmatch.readers.onet.tables import CONTENT_MODEL

# Names of second-level nodes in the layouts of 29 and of 30.3. Their ids are no guide: work
# styles moved from 1.C to 1.D. A branch of software holds groups only, technologies hang below.
_BRANCHES: Mapping[str, SkillType] = {
    "abilities": SkillType.ABILITY,
    "basic skills": SkillType.SKILL,
    "cross-functional skills": SkillType.SKILL,
    "essential skills": SkillType.SKILL,
    "transferable skills": SkillType.SKILL,
    "knowledge": SkillType.KNOWLEDGE,
    "work styles": SkillType.WORK_STYLE,
    "generalized work activities": SkillType.WORK_ACTIVITY,
    "general work activities": SkillType.WORK_ACTIVITY,
    "work activities": SkillType.WORK_ACTIVITY,
    "software skills": SkillType.TECHNOLOGY,
}

# A work activity is 4.A.1.a.1; what has more parts is an intermediate or detailed activity.
_ACTIVITY_PARTS = 5


def read_elements(draft: Draft, rated: RatedElements) -> None:
    """Read the content model: elements as skills, the nodes above them as skill groups.

    A branch is kept where its name is known or where a rating table names one of its elements.
    Without the content model, the rated elements are there by name, without hierarchy.
    """
    rows = _read_rows(draft)
    branches = _branches(rows, rated)
    kept = {each: branches[_branch(each)] for each in rows if _branch(each) in branches}
    elements = [each for each, skill_type in kept.items() if not _is_statement(each, skill_type)]
    above = {_parent(each, kept) for each in elements}
    for each, skill_type in kept.items():
        group = skill_type is SkillType.TECHNOLOGY or (each in above and each not in rated.types)
        _add_element(draft, each, rows[each], (skill_type, group))
        parent = _parent(each, kept)
        if parent:
            uri = _uri(each, skill_type)
            draft.relate(uri, Predicate.BROADER, _uri(parent, kept[parent]))
    draft.count(
        CONTENT_MODEL.files[0][0],
        len(rows),
        len(kept),
        "left out: interests, values, work context, education, labour market",
    )
    _add_rated_only(draft, rated)
    _count_types(draft)


def _read_rows(draft: Draft) -> dict[str, tuple[str, str]]:
    rows: dict[str, tuple[str, str]] = {}
    for file, (line, row) in draft.rows(CONTENT_MODEL):
        if row["id"] in rows:
            draft.faults.add(file.path, line, f"{row['id']} stands here a second time")
        rows[row["id"]] = (row["name"], row["description"])
    return rows


def _branch(element_id: str) -> str:
    return ".".join(element_id.split(".")[:2])


def _branches(rows: Mapping[str, tuple[str, str]], rated: RatedElements) -> dict[str, SkillType]:
    found = {_branch(each): skill_type for each, skill_type in rated.types.items()}
    for each, (name, _) in rows.items():
        known = _BRANCHES.get(name.casefold())
        if known is not None and each.count(".") == 1:
            found[each] = known
    return found


def _parent(element_id: str, kept: Mapping[str, SkillType]) -> str:
    """Return the nearest node above that is kept, or ``""``."""
    above = element_id.rpartition(".")[0]
    while above and above not in kept:
        above = above.rpartition(".")[0]
    return above


def _is_statement(element_id: str, skill_type: SkillType) -> bool:
    return skill_type is SkillType.WORK_ACTIVITY and element_id.count(".") >= _ACTIVITY_PARTS


def _uri(element_id: str, skill_type: SkillType) -> ConceptUri:
    if _is_statement(element_id, skill_type):
        return activity_uri(element_id)
    return element_uri(element_id)


def _add_element(
    draft: Draft, element_id: str, texts: tuple[str, str], sort: tuple[SkillType, bool]
) -> None:
    skill_type, group = sort
    name, description = texts
    if _is_statement(element_id, skill_type):
        kind = ConceptKind.ACTIVITY
    else:
        kind = ConceptKind.SKILL_GROUP if group else ConceptKind.SKILL
    uri = _uri(element_id, skill_type)
    draft.concepts[uri] = Concept(
        uri=uri,
        kind=kind,
        pref_labels=english(name),
        descriptions=english(description),
        notation=element_id,
        skill_type=skill_type if kind is ConceptKind.SKILL else None,
    )


def _add_rated_only(draft: Draft, rated: RatedElements) -> None:
    for each, skill_type in rated.types.items():
        uri = element_uri(each)
        if uri not in draft.concepts:
            draft.concepts[uri] = Concept(
                uri=uri,
                kind=ConceptKind.SKILL,
                pref_labels=english(rated.names.get(each, "")),
                notation=each,
                skill_type=skill_type,
            )


def _count_types(draft: Draft) -> None:
    for skill_type in SkillType:
        number = sum(each.skill_type is skill_type for each in draft.concepts.values())
        if number:
            draft.count(f"{skill_type} elements", number, number)
