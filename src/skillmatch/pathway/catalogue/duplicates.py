"""Findings about offers that are one offer, or nearly, under several names.

Three ways lead there: a source says so, one provider offers the same name twice, or offers award
the same skills at the same levels and are called or described almost the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property

from skillmatch.model.offer import (
    Catalogue,
    CatalogueFinding,
    CatalogueRule,
    Offer,
)
from skillmatch.pathway.catalogue.finding import (
    NOTE,
    SHOWN,
    WARNING,
    called,
    finding,
    listed,
)
from skillmatch.pathway.catalogue.near_sets import Groups, near_pairs
from skillmatch.pathway.catalogue.reach import References
from skillmatch.text.normal import normal_form, tokens

NEAR_NAME = 0.51
"""Jaccard similarity of the words of two names from which they are nearly the same."""
NEAR_NAME_ALONE = 0.75
"""The same where only one skill is awarded, which many offers have in common."""
NEAR_WORDS = 0.8
"""The same of all that is said of an offer, from ``MIN_WORDS`` different words on."""
MIN_WORDS = 8
MOST = 100
"""Offers that one is compared with for each word that they share. More only come together where
thousands award exactly the same, and those are joined through their neighbours."""
_GENERIC = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
    | {"badge", "certificate", "certification", "class", "course", "credential", "diploma"}
    | {"introduction", "online", "program", "training", "workshop", "your"}
)
"""Normal forms of words that many names have and that tell no offer from another."""
_MEND = "keep one, or say in same_as that they are one"


def duplicate_findings(catalogue: Catalogue) -> Iterator[CatalogueFinding]:
    """Yield each group of offers that are the same or nearly, a pair of them never twice."""
    search = _Search(catalogue)
    yield from search.declared()
    yield from search.repeated()
    yield from search.near()


class _Search:
    """The offers of a catalogue, and which of them were named together already."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.offers = catalogue.offers
        self.references = References.of(catalogue)
        self.places = {one.id: place for place, one in enumerate(catalogue.offers)}
        self.named = Groups(len(self.offers))

    def declared(self) -> Iterator[CatalogueFinding]:
        """Yield what sources call the same."""
        groups = Groups(len(self.offers))
        for place, offer in enumerate(self.offers):
            for other in offer.same_as:
                found = self.places.get(other, self._by_name.get(normal_form(other)))
                if found is not None:
                    groups.join(place, found)
        for group in self._new(groups):
            names = listed([called(one) for one in group])
            message = f"the source says that these are one credential: {names}"
            yield finding(CatalogueRule.DUPLICATE, WARNING, group, message, "keep one of them")

    def repeated(self) -> Iterator[CatalogueFinding]:
        """Yield what one provider offers twice under one name."""
        by_name: dict[Hashable, list[int]] = defaultdict(list)
        for place, offer in enumerate(self.offers):
            by_name[_provider(offer), normal_form(offer.name), offer.kind].append(place)
        groups = Groups(len(self.offers))
        for first, *others in by_name.values():
            for other in others:
                groups.join(first, other)
        for group in self._new(groups):
            differ = _differences(group)
            same = f"{group[0].provider or 'the source'} offers {called(group[0])}"
            times = "twice" if len(group) == 2 else f"{len(group)} times"
            message = f"{same} {times}{f'; they differ in {differ}' if differ else ''}"
            severity = NOTE if differ else WARNING
            yield finding(CatalogueRule.DUPLICATE, severity, group, message, _MEND)

    def near(self) -> Iterator[CatalogueFinding]:
        """Yield what awards the same and is called or described almost the same."""
        by_skills: dict[Hashable, list[int]] = defaultdict(list)
        for place, offer in enumerate(self.offers):
            if offer.awards:
                skills = frozenset((one.uri, one.level_value) for one in offer.awards)
                by_skills[skills].append(place)
        groups = Groups(len(self.offers))
        for places in by_skills.values():
            for left, right in self._alike(places) if len(places) > 1 else ():
                if not self._tied(left, right):
                    groups.join(left, right)
        for group in self._new(groups):
            told = "; ".join(_told(one) for one in group[:SHOWN])
            more = f"; and {len(group) - SHOWN} more" if len(group) > SHOWN else ""
            message = f"these award the same and are nearly the same: {told}{more}"
            one_provider = len({_provider(one) for one in group}) == 1
            severity = WARNING if one_provider else NOTE
            mend = _MEND if one_provider else "nothing is wrong; choose by what differs"
            yield finding(CatalogueRule.DUPLICATE, severity, group, message, mend)

    def _alike(self, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield pairs of offers with near names or words; equal ones are compared once."""
        few = len(self.offers[places[0]].awards) == 1
        names: dict[frozenset[str], list[int]] = defaultdict(list)
        words: dict[frozenset[str], list[int]] = defaultdict(list)
        for place in places:
            offer = self.offers[place]
            names[_words(offer.name)].append(place)
            said = _words(" ".join((offer.description, *offer.outcomes)))
            if len(said) >= MIN_WORDS:
                words[said].append(place)
        yield from _joined(names, NEAR_NAME_ALONE if few else NEAR_NAME)
        yield from _joined(words, NEAR_WORDS)

    def _tied(self, left: int, right: int) -> bool:
        """Tell whether one leads to the other, as a course does to its certificate."""
        pair = (self.offers[left], self.offers[right])
        return any(
            other.id in self.references.needed(one) or other.id in one.counts_towards
            for one, other in (pair, pair[::-1])
        )

    def _new(self, groups: Groups) -> Iterator[list[Offer]]:
        """Yield the groups that were not named before as a whole, and remember them."""
        for places in groups.several():
            if len({self.named.find(one) for one in places}) > 1:
                yield [self.offers[one] for one in places]
            for one in places:
                self.named.join(places[0], one)

    @cached_property
    def _by_name(self) -> dict[str, int]:
        named = {normal_form(one.name): place for place, one in enumerate(self.offers)}
        counts: dict[str, int] = defaultdict(int)
        for one in self.offers:
            counts[normal_form(one.name)] += 1
        return {name: place for name, place in named.items() if name and counts[name] == 1}


def _joined(sets: dict[frozenset[str], list[int]], least: float) -> Iterator[tuple[int, int]]:
    """Yield pairs enough to join all offers with near sets."""
    distinct = list(sets)
    for words, places in sets.items():
        yield from ((places[0], other) for other in places[1:] if words)
    for left, right in near_pairs(distinct, least, most=MOST):
        yield sets[distinct[left]][0], sets[distinct[right]][0]


def _words(text: str) -> frozenset[str]:
    return frozenset(one.form for one in tokens(text)) - _GENERIC


def _provider(offer: Offer) -> str:
    return normal_form(offer.provider) or offer.provider_id


def _differences(group: Sequence[Offer]) -> str:
    """Return in what variants of one offer differ, as a sentence ends."""
    facts: dict[str, set[Hashable]] = {
        "place": {one.place for one in group},
        "delivery": {one.delivery for one in group},
        "language": {one.languages for one in group},
        "level": {(one.level, one.eqf) for one in group},
        "start dates": {one.starts for one in group},
    }
    return ", ".join(name for name, values in facts.items() if len(values) > 1)


def _told(offer: Offer) -> str:
    """Return an offer with what decides between it and its like."""
    cost = offer.cost
    price = "price not said" if cost is None else f"{cost.amount:g} {cost.currency}"
    length = next(
        (
            f"{value:g} {unit}"
            for value, unit in ((offer.hours, "hours"), (offer.weeks, "weeks"))
            if value is not None
        ),
        "length not said",
    )
    by = f" by {offer.provider}" if offer.provider else ""
    return f"{called(offer)}{by} ({price}, {length})"
