"""Check a catalogue with what the frameworks at hand know."""

from __future__ import annotations

from datetime import date
from functools import cache

from skillmatch.model.catalogue import CatalogueCheck
from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import Catalogue, OfferSkill
from skillmatch.pathway.catalogue.checks import check_catalogue
from skillmatch.pathway.catalogue.skills import SkillLookup
from skillmatch.service.matcher import Matcher
from skillmatch.service.offer_skills import StatedSkills

MOST_SUGGESTIONS = 300
"""Names that a nearest label is looked for; each takes the time of linking a phrase."""
NEAR = 0.5
"""Similarity of meaning from which a label is worth suggesting, in [-1, 1]."""


def check_with(matcher: Matcher, catalogue: Catalogue, *, at: date) -> CatalogueCheck:
    """Return what to mend in a catalogue, with suggestions for names that nothing has.

    Args:
        matcher: Its frameworks decide which skills are known.
        catalogue: Aligned with them.
        at: Day from which offers are to be taken.
    """
    lookup = _lookup(matcher, catalogue)
    return CatalogueCheck(
        catalogue=catalogue.name,
        at=at.isoformat(),
        offers=len(catalogue.offers),
        findings=check_catalogue(catalogue, known=lookup.known, at=at, lookup=lookup),
        frameworks=matcher.frameworks.ids,
    )


def _lookup(matcher: Matcher, catalogue: Catalogue) -> SkillLookup:
    frameworks, stated = matcher.frameworks, StatedSkills.of(matcher.frameworks)

    @cache
    def known(uri: ConceptUri) -> bool:
        return frameworks.find_concept(uri) is not None

    @cache
    def meant(skill: OfferSkill) -> bool:
        return stated.meant(skill) is not None

    names = dict.fromkeys(
        one.name
        for offer in catalogue.offers
        for one in offer.skills
        if one.name and not meant(one)
    )
    nearest = _nearest(matcher, list(names)[:MOST_SUGGESTIONS])
    return SkillLookup(
        known=known,
        meant=meant,
        nearest=lambda name: nearest.get(name, ""),
        label=frameworks.pref_label,
    )


def _nearest(matcher: Matcher, names: list[str]) -> dict[str, str]:
    """Return the label that means most nearly the same as each name, where one is near."""
    found = matcher.link(names, top=1) if names else []
    return {
        name: links[0].pref_label
        for name, links in zip(names, found, strict=True)
        if links and max(links[0].why.similarities.values(), default=0.0) >= NEAR
    }
