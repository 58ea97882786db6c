"""What a person sets as a filter, what each took away, and what was lost by it.

An offer meets a filter only where its source says so: who needs captions is not helped by an offer
that may have them. What each filter removed is said in the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from skillmatch.model.offer import Delivery, Offer
from skillmatch.model.plan import FilterEffect, PlanRequest
from skillmatch.pathway.planning.lengths import DATES, HOURS, NOT_STATED, Length
from skillmatch.pathway.planning.money import Purse
from skillmatch.text.language_names import language_list

FILTERS = (
    "--without",
    "--language",
    "--online-only",
    "--place",
    "--access",
    "--device",
    "--max-cost",
    "--rate",
    HOURS,
    DATES,
    NOT_STATED,
)
"""Names in the order in which a plan lists them; the last two are facts, not options."""
AWARDS = "--min-confidence"
TOGETHER = "several of these together"
Removed = Mapping[str, tuple[tuple[str, str], ...]]
"""Filters that an offer does not meet, each with the reason, by id of the offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Everything that may leave an offer out, apart from prerequisites."""

    request: PlanRequest
    purse: Purse

    def faults(self, offer: Offer, length: Length) -> tuple[tuple[str, str], ...]:
        """Return the filters that an offer does not meet, each with the reason."""
        asked: tuple[tuple[str, Callable[[Offer], str]], ...] = (
            ("--without", self._without),
            ("--language", self._language),
            ("--online-only", self._online),
            ("--place", self._place),
            ("--access", self._access),
            ("--device", self._device),
            ("--max-cost", self._unpriced),
            ("--rate", self._foreign),
        )
        if length.lacks == DATES:
            # What is over is no matter of wishes.
            return ((DATES, length.why),)
        found = [(name, why) for name, test in asked if (why := test(offer))]
        if length.lacks:
            found.append((length.lacks, length.why))
        return tuple(found)

    def _without(self, offer: Offer) -> str:
        return "you left it out" if offer.id in self.request.without else ""

    def _language(self, offer: Offer) -> str:
        wanted = [_tag(one) for one in self.request.languages]
        spoken = [_tag(one) for one in offer.languages]
        if not wanted or any(_covers(one, want) for one in spoken for want in wanted):
            return ""
        return (
            f"it is in {language_list(offer.languages, 'or')}"
            if spoken
            else "its language is not said"
        )

    def _online(self, offer: Offer) -> str:
        if not self.request.online_only or Delivery.ONLINE in offer.delivery:
            return ""
        how = " or ".join(one.value for one in offer.delivery)
        return f"it is {how}" if how else "how it is taken is not said"

    def _place(self, offer: Offer) -> str:
        places = {_plain(one) for one in self.request.places}
        if not places or Delivery.ONLINE in offer.delivery:
            return ""
        parts = {_plain(one) for one in (offer.place, *offer.place.split(","))}
        if parts & places:
            return ""
        return f"it is in {offer.place}" if offer.place else "its place is not said"

    def _access(self, offer: Offer) -> str:
        named = {_plain(one) for one in offer.accessibility}
        lacking = [one for one in self.request.access if _plain(one) not in named]
        return f"it does not name {', '.join(lacking)}" if lacking else ""

    def _device(self, offer: Offer) -> str:
        owned = {_plain(one) for one in self.request.devices}
        lacking = [one for one in offer.devices if _plain(one) not in owned]
        return f"it needs a {', '.join(lacking)}" if owned and lacking else ""

    def _unpriced(self, offer: Offer) -> str:
        return "its cost is not said" if self.purse.budget is not None and not offer.cost else ""

    def _foreign(self, offer: Offer) -> str:
        if not self.purse.foreign(offer) or offer.cost is None:
            return ""
        code = offer.cost.currency
        return f"it costs {code}; give --rate {code}=… in {self.purse.currency}"


def effects_of(
    removed: Removed,
    closing: Mapping[str, Collection[int]],
    labels: Mapping[int, str],
    without: Callable[[Collection[str]], Collection[int]],
) -> tuple[FilterEffect, ...]:
    """Return what each filter took away, in the order of ``FILTERS``.

    Args:
        removed: Of all offers that were left out.
        closing: Targets that each offer would close something of, whether left out or not.
        labels: Names of the targets.
        without: Targets that something can be closed of if some filters were not there; it heeds
            what offers need first, for a filter also costs what only led to another offer.
    """
    left = set(without(()))
    by_filter: dict[str, list[str]] = {}
    for offer in sorted(removed):
        for name in dict.fromkeys(name for name, _ in removed[offer]):
            by_filter.setdefault(name, []).append(offer)
    names = [name for name in (*FILTERS, AWARDS) if name in by_filter]
    lost = {name: set(without((name,))) - left for name in names}
    effects = tuple(
        FilterEffect(
            filter=name,
            removed=len(by_filter[name]),
            offers=tuple(one for one in by_filter[name] if closing.get(one)),
            lost=_named(lost[name], labels),
        )
        for name in names
    )
    jointly = set(without((*names, AWARDS))) - left.union(*lost.values())
    return (*effects, *_together(removed, closing, jointly, labels))


def _together(
    removed: Removed,
    closing: Mapping[str, Collection[int]],
    lost: Collection[int],
    labels: Mapping[int, str],
) -> Iterator[FilterEffect]:
    """Yield what no single filter costs, but several of them do."""
    if lost:
        offers = tuple(one for one in sorted(removed) if set(closing.get(one, ())) & set(lost))
        yield FilterEffect(
            filter=TOGETHER,
            removed=len(offers) or len(removed),
            offers=offers,
            lost=_named(lost, labels),
        )


def _named(targets: Collection[int], labels: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(labels[one] for one in sorted(targets))


def _tag(tag: str) -> tuple[str, ...]:
    return tuple(tag.casefold().replace("_", "-").split("-"))


def speaks(spoken: str, wanted: str) -> bool:
    """Tell whether a language is one that is asked for: en-GB is English, and English en-GB."""
    return _covers(_tag(spoken), _tag(wanted))


def _covers(spoken: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    shorter = min(len(spoken), len(wanted))
    return spoken[:shorter] == wanted[:shorter]


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
