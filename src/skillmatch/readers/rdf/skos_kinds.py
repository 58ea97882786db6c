"""Which kind of concept an RDF resource is.

The first rule that speaks decides:

1. its class (``esco:Skill``, ``esco:Occupation``, or one of skillmatch's own);
2. its URI (``…/esco/occupation/…``, ``…/isco/…``, ``…/isced-f/…``, ``…/skill/…``; under
   ``…/skill/``, a code of the ESCO hierarchy in the URI or as notation means a group);
3. the URI of a concept that it is an ``exactMatch`` of, by rule 2;
4. what is said of it: skills have a type or a reuse level or are asked for by others,
   occupations ask for skills and are asked for by nobody;
5. ``default_kind`` where the caller gives one;
6. the title of the scheme, where it speaks of occupations;
7. otherwise it is a skill.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from skillmatch.model.concept import ConceptKind
from skillmatch.readers.rdf.statements import Statements
from skillmatch.readers.rdf.vocabulary import (
    ESCO,
    ESSENTIAL_SKILL,
    KIND_CLASSES,
    OPTIONAL_SKILL,
    SKOS,
)

_BY_CLASS: dict[str, ConceptKind] = {uri: kind for kind, uri in KIND_CLASSES.items()} | {
    ESCO + "SkillGroup": ConceptKind.SKILL_GROUP,
    ESCO + "ISCOGroup": ConceptKind.OCCUPATION_GROUP,
    ESCO + "IscoGroup": ConceptKind.OCCUPATION_GROUP,
}

_GROUP_CODE = re.compile(r"[AKLST]\d*(\.\d+)*")
_BY_URI: tuple[tuple[str, ConceptKind], ...] = (
    ("/isco/", ConceptKind.OCCUPATION_GROUP),
    ("/isced-f/", ConceptKind.SKILL_GROUP),
    ("/occupation/", ConceptKind.OCCUPATION),
    ("/link/summary/", ConceptKind.OCCUPATION),
    ("/find/descriptor/result/", ConceptKind.SKILL),
    ("urn:skillmatch:onet:technology:", ConceptKind.SKILL),
)

_OCCUPATION_TITLE = re.compile(
    r"occupation|profession|beruf|métier|ocupaci|professioni|beroep|zawod|yrke", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A kind and the rule that set it, in words."""

    kind: ConceptKind
    rule: str


@dataclass(frozen=True, slots=True)
class KindRules:
    """The rules, with what they know of the document as a whole.

    Attributes:
        needed: Resources that others ask for as a skill.
        default_kind: Rule 5.
        title: Title of the scheme, for rule 6.
    """

    statements: Statements
    needed: frozenset[str]
    default_kind: ConceptKind | None
    title: str

    def decide(self, uri: str) -> Decision:
        """Return the kind of a resource; some rule always speaks."""
        rules: tuple[tuple[str, Callable[[str], ConceptKind | None]], ...] = (
            ("its class", self._by_class),
            ("its URI", self._by_uri),
            ("the URI of its exact match", self._by_match),
            ("what is said of it", self._by_use),
            ("the given default", lambda _: self.default_kind),
            ("the scheme's title", self._by_title),
        )
        for name, rule in rules:
            kind = rule(uri)
            if kind is not None:
                return Decision(kind, name)
        return Decision(ConceptKind.SKILL, "no rule speaks, so it counts as a skill")

    def _by_class(self, uri: str) -> ConceptKind | None:
        return next(
            (_BY_CLASS[n] for n in sorted(self.statements.classes(uri) & _BY_CLASS.keys())), None
        )

    def _by_uri(self, uri: str) -> ConceptKind | None:
        notation = self.statements.text(uri, SKOS + "notation")
        return kind_of_uri(uri, notation)

    def _by_match(self, uri: str) -> ConceptKind | None:
        for target in self.statements.resources(uri, SKOS + "exactMatch"):
            kind = kind_of_uri(target)
            if kind is not None:
                return kind
        return None

    def _by_use(self, uri: str) -> ConceptKind | None:
        said = set(self.statements.predicates(uri))
        if uri in self.needed or said & _SAID_OF_SKILLS:
            return ConceptKind.SKILL
        return ConceptKind.OCCUPATION if said & {ESSENTIAL_SKILL, OPTIONAL_SKILL} else None

    def _by_title(self, _uri: str) -> ConceptKind | None:
        return ConceptKind.OCCUPATION if _OCCUPATION_TITLE.search(self.title) else None


_SAID_OF_SKILLS = {
    ESCO + "skillType",
    ESCO + "skillReuseLevel",
    ESCO + "isEssentialSkillFor",
    ESCO + "isOptionalSkillFor",
}


def kind_of_uri(uri: str, notation: str = "") -> ConceptKind | None:
    """Return the kind that the pattern of a URI stands for, where it is a known one."""
    for part, kind in _BY_URI:
        if part in uri:
            return kind
    head, found, code = uri.rpartition("/skill/")
    if not found or not head:
        return None
    is_group = _GROUP_CODE.fullmatch(code) or _GROUP_CODE.fullmatch(notation)
    return ConceptKind.SKILL_GROUP if is_group else ConceptKind.SKILL


def needed_skills(statements: Statements) -> frozenset[str]:
    """Return every resource that another one asks for as a skill."""
    return frozenset(
        target
        for subject in statements.subjects()
        for predicate in (ESSENTIAL_SKILL, OPTIONAL_SKILL)
        for target in statements.resources(subject, predicate)
    )
