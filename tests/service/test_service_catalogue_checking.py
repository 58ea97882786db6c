"""Checking with frameworks: what is known by name, and what a wrong name may mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from skillmatch.model.catalogue import CatalogueCheck
from skillmatch.model.offer import Catalogue, CatalogueRule, Money, Offer, OfferSkill
from skillmatch.service.catalogue_checking import check_with
from skillmatch.service.catalogues import align_offers
from skillmatch.service.matcher import Matcher

DAY = date(2026, 11, 1)
WHOLE = Offer(
    id="a", name="A", cost=Money(amount=1, currency="EUR"), hours=1, self_paced=True, as_of=DAY
)


def checked(matcher: Matcher, *skills: OfferSkill) -> CatalogueCheck:
    """Check an offer that states skills and lacks nothing else."""
    catalogue = Catalogue(name="sample", offers=(replace(WHOLE, skills=skills),))
    return check_with(matcher, align_offers(matcher, catalogue), at=DAY)


def test_a_skill_that_is_known_by_name_or_code_is_no_finding(mini_matcher: Matcher) -> None:
    """An address is not the only way to name one."""
    found = checked(
        mini_matcher,
        OfferSkill(name="Python (computer programming)"),
        OfferSkill(code="2.A.1.b", framework="O*NET"),
    )

    assert found.findings == ()
    assert (found.catalogue, found.at, found.offers) == ("sample", "2026-11-01", 1)
    assert found.frameworks == mini_matcher.frameworks.ids


def test_an_unknown_skill_is_told_with_the_nearest_label(mini_matcher: Matcher) -> None:
    """Most wrong names are nearly right."""
    found = checked(
        mini_matcher,
        OfferSkill(name="develop softwaare", url="http://data.europa.eu/esco/skill/none"),
    )

    (one,) = [one for one in found.findings if one.rule is CatalogueRule.UNKNOWN_CONCEPT]
    assert "(nearest: “develop software”)" in one.message
