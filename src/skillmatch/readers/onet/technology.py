"""Technologies that occupations use: software and the like, hot and in demand."""

from __future__ import annotations

from collections import Counter, defaultdict

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, SkillType
from skillmatch.model.framework import Predicate, TechnologyUse
from skillmatch.readers.onet.draft import Draft, english
from skillmatch.readers.onet.identity import notation_of, technology_group_uri, technology_uri
from skillmatch.readers.onet.tables import TECHNOLOGIES

Names = defaultdict[ConceptUri, Counter[str]]


def read_technologies(draft: Draft) -> None:
    """Read technologies, the groups they belong to and the occupations that use them.

    One name in two groups is two technologies. Spellings that share a URN are one: the one
    most rows use is preferred (ties: first in text order), the others are alternative labels.
    """
    names: Names = defaultdict(Counter)
    groups: Names = defaultdict(Counter)
    uses: dict[tuple[ConceptUri, ConceptUri], tuple[bool, bool]] = {}
    read = 0
    label = TECHNOLOGIES.files[0][0]
    for file, (line, row) in draft.rows(TECHNOLOGIES):
        read += 1
        label = file.name
        hot = draft.flag(file, line, "Hot Technology", row["hot"])
        in_demand = draft.flag(file, line, "In Demand", row["in_demand"])
        occupation = draft.occupation(file, line, row["code"])
        if occupation is None:
            continue
        technology = technology_uri(row["group"], row["name"])
        group = technology_group_uri(row["group"])
        names[technology][row["name"]] += 1
        groups[group][row["group_name"]] += 1
        draft.relate(technology, Predicate.BROADER, group)
        was_hot, was_in_demand = uses.get((occupation, technology), (False, False))
        uses[occupation, technology] = (hot or was_hot, in_demand or was_in_demand)
    _add_concepts(draft, names, groups)
    draft.uses.extend(
        TechnologyUse(occupation=occupation, technology=technology, hot=hot, in_demand=in_demand)
        for (occupation, technology), (hot, in_demand) in uses.items()
    )
    draft.count(label, read, len(uses))
    _count(draft, names, groups)


def _spellings(counted: Counter[str]) -> list[str]:
    """Return the spellings, the most frequent first, ties in text order."""
    return sorted(counted, key=lambda name: (-counted[name], name))


def _add_concepts(draft: Draft, names: Names, groups: Names) -> None:
    for uri, counted in names.items():
        preferred, *others = _spellings(counted)
        draft.concepts[uri] = Concept(
            uri=uri,
            kind=ConceptKind.SKILL,
            pref_labels=english(preferred),
            alt_labels=tuple(LangText(text=text) for text in sorted(others)),
            skill_type=SkillType.TECHNOLOGY,
        )
    for uri, counted in groups.items():
        # From 30.3 on the group is an element, which the content model describes.
        if uri not in draft.concepts:
            draft.concepts[uri] = Concept(
                uri=uri,
                kind=ConceptKind.SKILL_GROUP,
                pref_labels=english(_spellings(counted)[0]),
                notation=notation_of(uri),
            )


def _count(draft: Draft, names: Names, groups: Names) -> None:
    spellings = sum(len(counted) for counted in names.values())
    draft.count("technologies", spellings, len(names), "spellings that share a URN are one")
    draft.count("technology groups", len(groups), len(groups))
    for what, number in (
        ("hot technology uses", sum(use.hot for use in draft.uses)),
        ("in-demand technology uses", sum(use.in_demand for use in draft.uses)),
    ):
        draft.count(what, number, number)
