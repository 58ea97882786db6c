"""The skills that an offer states, as concepts of the frameworks at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import unquote

from skillmatch.gap.levels import level_value
from skillmatch.linking.alignment_concepts import AlignmentConcepts
from skillmatch.model.achievement import Alignment
from skillmatch.model.concept import TECHNOLOGY_PREFIX, Concept, ConceptKind, ConceptUri, LabelKind
from skillmatch.model.offer import Award, AwardOrigin, Condition, Need, NeedKind, OfferSkill
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch.text.normal import normal_form

_SKILLS = frozenset({ConceptKind.SKILL, ConceptKind.SKILL_GROUP})


@dataclass(frozen=True, slots=True)
class StatedSkills:
    """Looks up what sources state."""

    frameworks: FrameworksAtHand
    alignments: AlignmentConcepts

    @classmethod
    def of(cls, frameworks: FrameworksAtHand) -> Self:
        """Return the look-up in the frameworks at hand."""
        return cls(
            frameworks,
            AlignmentConcepts(
                find=frameworks.find_concept,
                coded=frameworks.find_coded,
                names=frameworks.names,
                family=frameworks.family_of,
            ),
        )

    def meant(self, skill: OfferSkill) -> Concept | None:
        """Return the concept that a stated skill means, None where no framework at hand has it.

        A name counts where nothing says that it belongs to another framework, and where exactly
        one concept has it as its preferred label. Technologies of O*NET are the same in every
        release, under URNs that differ in the group that the release sorts them into.
        """
        found = self.alignments.meant(
            Alignment(
                target_name=skill.name,
                target_url=skill.url,
                target_framework=skill.framework,
                target_code=skill.code,
            )
        )
        if found is not None:
            return found.concept
        if skill.url.startswith(TECHNOLOGY_PREFIX):
            return self._technology(skill.url)
        alone = bool(skill.name) and not (skill.url or skill.framework or skill.code)
        return self._named(skill.name) if alone else None

    def awards(
        self, skills: Sequence[OfferSkill]
    ) -> tuple[tuple[Award, ...], tuple[OfferSkill, ...]]:
        """Return what stated skills award, by URI, and those that no framework at hand has.

        A concept that is stated twice is awarded once, at the higher level.
        """
        found: list[Award] = []
        unknown: list[OfferSkill] = []
        for skill in skills:
            concept = self.meant(skill)
            if concept is None:
                unknown.append(skill)
            else:
                found.append(self._award(skill, concept))
        return one_each(found), tuple(unknown)

    def in_condition(self, condition: Condition) -> Condition:
        """Return a condition with the skills that it asks for as concepts, as far as known.

        What a source calls a skill stays; one that it only gives the address of gets its label.
        """
        if condition.empty:
            return condition
        return replace(
            condition,
            needs=tuple(self._need(one) for one in condition.needs),
            conditions=tuple(self.in_condition(one) for one in condition.conditions),
        )

    def _need(self, need: Need) -> Need:
        if need.kind is not NeedKind.SKILL:
            return need
        name = "" if need.text == need.ref else need.text
        concept = self.meant(OfferSkill(name=name, url=need.ref))
        if concept is None:
            return need
        return replace(need, ref=concept.uri, text=name or concept.pref_label())

    def _award(self, skill: OfferSkill, concept: Concept) -> Award:
        return Award(
            uri=concept.uri,
            label=concept.pref_label(),
            framework=self.frameworks.framework_of(concept.uri),
            origin=AwardOrigin.STATED,
            level=skill.level,
            level_value=level_value(skill.level),
        )

    def _technology(self, urn: str) -> Concept | None:
        slug = urn.rpartition(":")[2]
        entries = self.frameworks.names(normal_form(unquote(slug).replace("-", " ")))
        uris = {one.uri for one in entries if one.kind is LabelKind.PREF}
        same = [
            uri
            for uri in sorted(uris)
            if uri.startswith(TECHNOLOGY_PREFIX) and uri.rpartition(":")[2] == slug
        ]
        return self.frameworks.find_concept(same[0]) if len(same) == 1 else None

    def _named(self, name: str) -> Concept | None:
        form = normal_form(name)
        entries = self.frameworks.names(form) if form else ()
        uris = {one.uri for one in entries if one.kind is LabelKind.PREF}
        concept = self.frameworks.find_concept(uris.pop()) if len(uris) == 1 else None
        return concept if concept is not None and concept.kind in _SKILLS else None


def one_each(awards: Iterable[Award]) -> tuple[Award, ...]:
    """Return one award for each concept, by URI: the surest, then the highest level, then first."""
    best: dict[ConceptUri, Award] = {}
    for one in awards:
        known = best.get(one.uri)
        if known is None or _worth(one) > _worth(known):
            best[one.uri] = one
    return tuple(best[uri] for uri in sorted(best))


def _worth(award: Award) -> tuple[bool, bool, float, float]:
    reviewed = award.origin is AwardOrigin.REVIEWED
    stated = award.origin is AwardOrigin.STATED
    return reviewed, stated, award.confidence, award.level_value or 0.0
