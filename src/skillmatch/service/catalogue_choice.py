"""Which catalogues there are, and which offers of one fit what somebody looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from skillmatch.errors import DataError, NotFoundError, UsageError
from skillmatch.model.catalogue import CatalogueEntry, SkillCounts
from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import AwardOrigin, Catalogue, Delivery, Offer
from skillmatch.readers.offers import read_catalogue
from skillmatch.service.catalogue_names import CataloguePlaces
from skillmatch.service.matcher import Matcher
from skillmatch.text.normal import normal_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; what is empty or None takes any.

    Attributes:
        skills: Concepts, of which an offer awards one.
        words: Normal form of a skill's name, which an offer awards or states.
        provider: Words of the provider's name or id.
        most: Price at most, in whatever currency unless ``currency`` names one.
        language: BCP 47 tag; a broader one takes narrower ones.
    """

    skills: tuple[ConceptUri, ...] = ()
    words: str = ""
    provider: str = ""
    most: float | None = None
    currency: str = ""
    language: str = ""
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Offers that fit, by id, and how many were left out because they do not say whether."""

    offers: tuple[Offer, ...]
    unpriced: int = 0
    unspoken: int = 0


def list_catalogues(places: CataloguePlaces) -> tuple[CatalogueEntry, ...]:
    """Return what is imported, by name; one that cannot be read says so."""
    return tuple(_entry(name, places.path(name)) for name in places.names())


def skill_counts(catalogue: Catalogue) -> SkillCounts:
    """Return how many offers have stated or reviewed skills, only proposed ones, or none."""
    found = Counter(_best(one) for one in catalogue.offers)
    return SkillCounts(stated=found["stated"], proposed=found["proposed"], none=found["none"])


def choose_offers(catalogue: Catalogue, wanted: Wanted) -> Chosen:
    """Return the offers that fit. What an offer does not say, it does not fit."""
    near = [one for one in catalogue.offers if _fits(one, wanted)]
    priced = [one for one in near if wanted.most is None or one.cost is not None]
    spoken = [one for one in priced if not wanted.language or one.languages]
    return Chosen(
        offers=tuple(one for one in spoken if _affordable(one, wanted) and _speaks(one, wanted)),
        unpriced=len(near) - len(priced),
        unspoken=len(priced) - len(spoken),
    )


def skills_called(matcher: Matcher, asked: str) -> tuple[tuple[ConceptUri, ...], str]:
    """Return the concepts that a URI or name means, in every framework at hand, and its form.

    Every label counts, so that "SQL" finds what a framework calls "query databases".
    """
    frameworks = matcher.frameworks
    concept = frameworks.find_concept(ConceptUri(asked))
    form = normal_form(asked)
    found = [concept.uri] if concept else [one.uri for one in frameworks.names(form)]
    every = {twin for uri in found for twin in (uri, *frameworks.twins(uri))}
    return tuple(sorted(every)), "" if concept else form


def get_offer(catalogues: Sequence[Catalogue], asked: str) -> tuple[Catalogue, Offer]:
    """Return an offer by its id, else by another id or its name.

    Raises:
        UsageError: Several are called that; the message lists their ids.
        NotFoundError: None is; the message says which are called nearly so.
    """
    by_form = normal_form(asked)
    tests: tuple[Callable[[Offer], bool], ...] = (
        lambda one: one.id == asked,
        lambda one: asked in one.same_as or asked == one.url,
        lambda one: bool(by_form) and normal_form(one.name) == by_form,
    )
    for test in tests:
        found = [(one, offer) for one in catalogues for offer in one.offers if test(offer)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(f"{offer.id} in {one.name}" for one, offer in found[:6])
            raise UsageError(
                f"{len(found)} offers are called {asked!r}; name one by its id, or its catalogue "
                f"with --catalogue: {ids}"
            )
    raise NotFoundError(_nowhere(catalogues, asked))


def _nowhere(catalogues: Sequence[Catalogue], asked: str) -> str:
    names = [name for one in catalogues for offer in one.offers for name in (offer.id, offer.name)]
    near = get_close_matches(asked, dict.fromkeys(names), n=3)
    where = ", ".join(one.name for one in catalogues)
    ending = f"; near to it are {', '.join(near)}" if near else ""
    return f"no offer in {where} has the id or name {asked!r}{ending}"


def _entry(name: str, path: Path) -> CatalogueEntry:
    try:
        catalogue = read_catalogue(path)
    except DataError as error:
        return CatalogueEntry(name=name, path=str(path), fault=str(error))
    days = [one.as_of for one in catalogue.offers if one.as_of is not None]
    return CatalogueEntry(
        name=name,
        path=str(path),
        offers=len(catalogue.offers),
        skills=skill_counts(catalogue),
        unread=len(catalogue.unread),
        frameworks=catalogue.frameworks,
        as_of=max(days).isoformat() if days else "",
    )


def _best(offer: Offer) -> str:
    if not offer.awards:
        return "none"
    only = all(one.origin is AwardOrigin.PROPOSED for one in offer.awards)
    return "proposed" if only else "stated"


def _fits(offer: Offer, wanted: Wanted) -> bool:
    provider = normal_form(wanted.provider)
    by = f" {normal_form(offer.provider)} "
    if wanted.provider and wanted.provider != offer.provider_id and f" {provider} " not in by:
        return False
    if wanted.online and Delivery.ONLINE not in offer.delivery:
        return False
    if not (wanted.skills or wanted.words):
        return True
    return any(one.uri in wanted.skills for one in offer.awards) or (
        bool(wanted.words) and wanted.words in set(_skill_names(offer))
    )


def _skill_names(offer: Offer) -> Iterator[str]:
    yield from (normal_form(one.label) for one in offer.awards)
    yield from (normal_form(one.name) for one in offer.skills)


def _affordable(offer: Offer, wanted: Wanted) -> bool:
    if wanted.most is None or offer.cost is None:
        return True
    same = offer.cost.currency == wanted.currency or not wanted.currency or not offer.cost.minor
    return same and offer.cost.amount <= wanted.most


def _speaks(offer: Offer, wanted: Wanted) -> bool:
    tag = wanted.language.lower()
    return not tag or any(
        one.lower() == tag or one.lower().startswith(f"{tag}-") for one in offer.languages
    )
