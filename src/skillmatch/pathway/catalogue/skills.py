"""Findings about the skills of offers: none, only proposed, or in no framework at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skillmatch.linking.alignment.target_urls import read_target_url
from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    AwardOrigin,
    Catalogue,
    CatalogueFinding,
    CatalogueRule,
    NeedKind,
    Offer,
    OfferSkill,
)
from skillmatch.pathway.catalogue.finding import NOTE, WARNING, called, finding, listed
from skillmatch.pathway.planning.conditions_walk import leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLookup:
    """What is known of skills.

    Attributes:
        known: Whether a framework at hand has a concept.
        meant: Whether a stated skill means a concept that one has.
        nearest: The label nearest to a name, empty where none is near.
        label: Preferred label of a known concept.
    """

    known: Callable[[ConceptUri], bool]
    meant: Callable[[OfferSkill], bool]
    nearest: Callable[[str], str]
    label: Callable[[ConceptUri], str]


def by_url(known: Callable[[ConceptUri], bool]) -> SkillLookup:
    """Return the look-up that knows stated skills by their URL alone and suggests nothing."""
    return SkillLookup(
        known=known,
        meant=lambda skill: known(ConceptUri(read_target_url(skill.url).uri)),
        nearest=lambda _name: "",
        label=str,
    )


def skill_findings(catalogue: Catalogue, lookup: SkillLookup) -> Iterator[CatalogueFinding]:
    """Yield what is wrong with the skills that offers award and ask for."""
    awarded = {one.uri for offer in catalogue.offers for one in offer.awards}
    for offer in catalogue.offers:
        yield from _unknown(offer, lookup)
        yield from _entry(offer, lookup, awarded)
        if not offer.awards and offer.parts.empty:
            message = f"{called(offer)} awards no skill that is known, so no plan takes it"
            mend = "name the skills that it awards, or say what one can do afterwards"
            yield finding(CatalogueRule.NO_SKILL, WARNING, [offer], message, mend)
        elif offer.awards and all(one.origin is AwardOrigin.PROPOSED for one in offer.awards):
            names = listed([f"“{one.label}”" for one in offer.awards])
            message = f"{called(offer)} names no skill; its words were taken for {names}"
            mend = "have the skills stated by the provider, or reviewed by a person"
            yield finding(CatalogueRule.PROPOSED_ONLY, NOTE, [offer], message, mend)


def _unknown(offer: Offer, lookup: SkillLookup) -> Iterator[CatalogueFinding]:
    """Yield one finding for skills that a framework at hand should have, one for all others."""
    unknown = [one for one in offer.skills if not lookup.meant(one)]
    wrong = [one for one in unknown if read_target_url(one.url).family]
    foreign = [one for one in unknown if not read_target_url(one.url).family]
    gone = [
        one
        for one in offer.awards
        if one.origin is AwardOrigin.REVIEWED and not lookup.known(one.uri)
    ]
    if wrong or gone:
        names = [_suggested(one, lookup) for one in wrong] + [f"{one.uri}" for one in gone]
        message = f"{called(offer)} names what is in no framework at hand: {listed(names)}"
        mend = "give the URI of a skill, or install the release that has it"
        yield finding(CatalogueRule.UNKNOWN_CONCEPT, WARNING, [offer], message, mend)
    if foreign:
        names = [_suggested(one, lookup) for one in foreign]
        message = f"{called(offer)} states skills of no framework at hand: {listed(names)}"
        mend = "give the URI or preferred name of an ESCO or O*NET skill beside its own"
        yield finding(CatalogueRule.UNKNOWN_CONCEPT, NOTE, [offer], message, mend)


def _suggested(skill: OfferSkill, lookup: SkillLookup) -> str:
    said = skill.name or skill.url or skill.code
    near = lookup.nearest(skill.name) if skill.name else ""
    return f"“{said}” (nearest: “{near}”)" if near else f"“{said}”"


def _entry(
    offer: Offer, lookup: SkillLookup, awarded: set[ConceptUri]
) -> Iterator[CatalogueFinding]:
    """Yield what is wrong with the skills that must be there before an offer begins."""
    for need in (*leaves(offer.requires), *leaves(offer.parts)):
        if need.kind is not NeedKind.SKILL:
            continue
        if not lookup.known(ConceptUri(need.ref)):
            said = need.text or need.ref
            message = f"{called(offer)} asks for “{said}”, which no framework at hand has"
            near = lookup.nearest(need.text) if need.text else ""
            mend = "give the URI of a skill" + (f"; the nearest is “{near}”" if near else "")
            yield finding(CatalogueRule.UNKNOWN_CONCEPT, WARNING, [offer], message, mend)
        elif need.ref not in awarded:
            name = lookup.label(ConceptUri(need.ref)) if need.text == need.ref else need.text
            message = f"{called(offer)} asks for “{name or need.ref}”, which no offer here awards"
            mend = "add an offer that awards it; else only those who have it can begin"
            yield finding(CatalogueRule.BROKEN_PREREQUISITE, NOTE, [offer], message, mend)
