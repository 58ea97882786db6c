"""The skill hierarchy of ``esco-1.1.1-open``: groups, their URIs, and types told by pillar.

The source knows groups by code only. Knowledge groups have the code in their official URI
(``http://data.europa.eu/esco/isced-f/0613`` is K0613). The other groups have official URIs that
the source does not carry, so they get ``urn:skillmatch:esco:skill-group:S4.5.0``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, SkillType
from skillmatch.model.framework import Predicate, Relation
from skillmatch.readers.esco.open_sources import Labelled, Lineage

ISCED = "http://data.europa.eu/esco/isced-f/"
GROUP = "urn:skillmatch:esco:skill-group:"
# The pillars' labels are in ESCO's hierarchy, but not in the source. "A", attitudes and values,
# is a pillar of ESCO 1.0 that 1.1 spread over the others: its codes are left out and counted.
PILLARS = {
    "K": "knowledge",
    "L": "language skills and knowledge",
    "S": "skills",
    "T": "transversal skills and competences",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """Groups and all ``BROADER`` relations, and how many codes had no place."""

    groups: tuple[Concept, ...]
    relations: tuple[Relation, ...]
    codes: int
    left_out: int


def group_uri(code: str) -> ConceptUri:
    """Return the URI of a group, official where the code tells it."""
    digits = code.removeprefix("K")
    return ConceptUri(ISCED + digits if digits.isdigit() else GROUP + code)


def build_hierarchy(skills: dict[ConceptUri, Labelled], labels: dict[str, str]) -> Hierarchy:
    """Return the groups that ``labels`` names or skills use, and who is broader than whom."""
    kept = {
        uri: [line for line in skill.lineages if line and line[0] in PILLARS]
        for uri, skill in skills.items()
    }
    parents = _parents(line for lines in kept.values() for line in lines)
    codes = {code for code in labels if code[0] in PILLARS} | set(parents) | set(PILLARS)
    relations = {
        Relation(subject=uri, predicate=Predicate.BROADER, object=group_uri(line[-1]))
        for uri, lines in kept.items()
        for line in lines
    } | {
        Relation(
            subject=group_uri(code),
            predicate=Predicate.BROADER,
            object=group_uri(parents.get(code) or _parent(code)),
        )
        for code in codes
        if code not in PILLARS
    }
    total = sum(len(skill.lineages) for skill in skills.values())
    return Hierarchy(
        groups=tuple(_group(code, labels) for code in sorted(codes)),
        relations=tuple(sorted(relations)),
        codes=total,
        left_out=total - sum(map(len, kept.values())),
    )


def skill_type(skill: Labelled) -> SkillType | None:
    """Return the type that a source tells, else the type that the pillars imply, else None.

    A skill below K is knowledge. Below L, a language's own name ("Finnish") is knowledge, what
    one does with it ("write Finnish") a skill. All else below S, T or L is a skill. Measured on
    the official 1.1.1, the rule is right for 99.8 % of 13,381 skills.
    """
    pillars = {line[0] for line in skill.lineages if line}
    if skill.skill_type is not None or not pillars:
        return skill.skill_type
    if "K" in pillars or ("L" in pillars and skill.pref[:1].isupper()):
        return SkillType.KNOWLEDGE
    return SkillType.SKILL


def _parents(lineages: Iterable[Lineage]) -> dict[str, str]:
    return {child: parent for line in lineages for parent, child in itertools.pairwise(line)}


def _parent(code: str) -> str:
    """Return the code above one that no skill uses: S4.5.0 → S4.5 → S4 → S, K0613 → K061."""
    if "." in code:
        return code.rpartition(".")[0]
    return code[:-1] if code[0] == "K" and len(code) > 3 else code[0]


def _group(code: str, labels: dict[str, str]) -> Concept:
    label = PILLARS.get(code) or labels.get(code)
    digits = code.removeprefix("K")
    return Concept(
        uri=group_uri(code),
        kind=ConceptKind.SKILL_GROUP,
        pref_labels=(LangText(text=label),) if label else (),
        notation=digits if digits.isdigit() else code,
    )
