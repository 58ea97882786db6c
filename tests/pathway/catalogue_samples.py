"""Offers and conditions in one line each."""

from __future__ import annotations

from datetime import date
from typing import Any

from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    Award,
    AwardOrigin,
    Catalogue,
    CatalogueFinding,
    CatalogueRule,
    Condition,
    Money,
    Need,
    NeedKind,
    Offer,
)
from skillmatch.pathway.catalogue.checks import check_catalogue

DAY = date(2026, 11, 1)
SKILL = "http://example.org/esco/skill/"
Part = str | Condition


def award(name: str, **fields: Any) -> Award:  # noqa: ANN401 - any field of the value
    """Return an award of an invented skill."""
    return Award(uri=ConceptUri(SKILL + name), label=name, **fields)


def proposed(name: str, confidence: float = 0.6) -> Award:
    """Return the same, proposed from words."""
    return award(name, origin=AwardOrigin.PROPOSED, confidence=confidence, words=name)


def offer(id_: str, **fields: Any) -> Offer:  # noqa: ANN401 - any field of the value
    """Return an offer of which nothing is missing unless told."""
    whole: dict[str, Any] = {
        "name": f"Offer {id_}",
        "provider": "Northgate",
        "awards": (award(id_),),
        "cost": Money(amount=10, currency="EUR"),
        "hours": 5.0,
        "self_paced": True,
        "as_of": DAY,
        "source": "offers.csv",
        "pointer": f"row {id_}",
    }
    return Offer(id=id_, **{**whole, **fields})


def at_least(least: int, *parts: Part) -> Condition:
    """Return a condition; text is the id of an offer."""
    return Condition(
        least=least,
        needs=tuple(Need(kind=NeedKind.OFFER, ref=one) for one in parts if isinstance(one, str)),
        conditions=tuple(one for one in parts if isinstance(one, Condition)),
    )


def all_of(*parts: Part) -> Condition:
    """Return a condition that asks for all."""
    return at_least(len(parts), *parts)


def any_of(*parts: Part) -> Condition:
    """Return a condition that asks for one."""
    return at_least(1, *parts)


def catalogue(*offers: Offer, **fields: Any) -> Catalogue:  # noqa: ANN401 - any field of the value
    """Return a catalogue, by id as it has to be."""
    ordered = tuple(sorted(offers, key=lambda one: one.id))
    return Catalogue(name="sample", offers=ordered, **fields)


def found(*offers: Offer, rule: CatalogueRule | None = None) -> list[CatalogueFinding]:
    """Return the findings about offers, of one rule or of all."""
    findings = check_catalogue(catalogue(*offers), known=lambda _uri: True, at=DAY)
    return [one for one in findings if rule is None or one.rule is rule]
