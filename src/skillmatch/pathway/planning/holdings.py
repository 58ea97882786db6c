"""Which offers a person has already, by the credentials that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skillmatch.gap.assurance import PROVES
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance
from skillmatch.model.offer import Offer, OfferKind
from skillmatch.text.normal import normal_form

_REPLACEABLE = frozenset(
    {
        OfferKind.BADGE,
        OfferKind.CERTIFICATE,
        OfferKind.COURSE,
        OfferKind.ASSESSMENT,
        OfferKind.OTHER,
    }
)
"""Kinds that another credential may stand for; a licence, a degree or a certification never has a
stand-in, whatever skills somebody shows, nor has anything that is made of parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A credential that a person has.

    Attributes:
        id: Of the achievement (the badge class), not of the single award; empty where none.
        issuer: Name of the issuer, or its id.
        source: File that it was read from, or the option that names it.
        valid_until: Last day that it holds, None where it does not lapse or nobody says.
        concepts: Skills that it proves, sorted; those that were only read from its words do not.
    """

    id: str
    name: str
    issuer: str = ""
    source: str = ""
    assurance: Assurance = Assurance.DOCUMENTED
    valid_until: date | None = None
    concepts: tuple[ConceptUri, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAs:
    """How an offer is held.

    Attributes:
        confirm: What has to be confirmed by the provider of a step that asks for the offer, as
            "“Driving” counts as “Driving, Basics”"; empty where it is surely the same.
    """

    holding: Holding
    confirm: str = ""


def held_offers(
    offers: Iterable[Offer],
    holdings: Sequence[Holding],
    *,
    named: Sequence[str] = (),
    at: date,
    twins: Mapping[ConceptUri, frozenset[ConceptUri]] | None = None,
) -> dict[str, HeldAs]:
    """Return the offers that are held on a day, by id, with the credential that stands for each.

    An id, another id or name that the source gives, or name and issuer make it the same. A
    credential that proves every skill of an offer, or that is proven and bears another name of it,
    stands for it, too, but whoever asks for the offer has to confirm that, and the level where
    there is one; the first never for a licence, a degree, a certification, a programme or a stack.

    Args:
        offers: Of a catalogue.
        holdings: Credentials at hand; those that are not accepted or have lapsed do not count.
        named: Ids or names that the person says to have.
        at: Day that it must hold on.
        twins: The same skill in other frameworks, by concept.
    """
    told = [Holding(id=one, name=one, source="--hold") for one in sorted(set(named))]
    counting = [one for one in sorted(holdings, key=_order) if _holds(one, at)]
    found = {}
    for offer in offers:
        held = _held(offer, told, counting, twins or {})
        if held is not None:
            found[offer.id] = held
    return dict(sorted(found.items()))


def _held(
    offer: Offer,
    told: Sequence[Holding],
    holdings: Sequence[Holding],
    twins: Mapping[ConceptUri, frozenset[ConceptUri]],
) -> HeldAs | None:
    ids = {offer.id, *offer.same_as}
    names = {normal_form(one) for one in (offer.name, *offer.same_as) if one}
    providers = {normal_form(one) for one in (offer.provider, offer.provider_id) if one}
    for one in told:
        if one.id in ids or normal_form(one.name) in names:
            return HeldAs(holding=one)
    for one in holdings:
        if one.id in ids or (
            normal_form(one.name) in names and normal_form(one.issuer) in providers
        ):
            return HeldAs(holding=one)
    for one in holdings:
        if one.assurance not in PROVES:
            continue
        if other_name(offer, one) or _shows_all(offer, one, twins):
            return HeldAs(holding=one, confirm=_confirm(offer, one))
    return None


def other_name(offer: Offer, holding: Holding) -> bool:
    """Tell whether the source of an offer knows it by the name of a credential, issuer aside."""
    name = normal_form(holding.name)
    return bool(name) and name in {normal_form(one) for one in offer.same_as}


def _shows_all(
    offer: Offer, holding: Holding, twins: Mapping[ConceptUri, frozenset[ConceptUri]]
) -> bool:
    if offer.kind not in _REPLACEABLE or not offer.parts.empty or not offer.awards:
        return False
    shown = set(holding.concepts)
    return all(({one.uri} | twins.get(one.uri, frozenset())) & shown for one in offer.awards)


def _confirm(offer: Offer, holding: Holding) -> str:
    by = f" by {holding.issuer}" if holding.issuer else ""
    levels = ", ".join(dict.fromkeys(one.level for one in offer.awards if one.level))
    level = f" (level: {levels})" if levels else ""
    return f"“{holding.name}”{by} counts as “{offer.name}”{level}"


def _holds(holding: Holding, at: date) -> bool:
    lapsed = holding.valid_until is not None and holding.valid_until < at
    return holding.assurance is not Assurance.INVALID and not lapsed


def _order(holding: Holding) -> tuple[object, ...]:
    return (holding.id, normal_form(holding.name), holding.issuer, repr(holding))
