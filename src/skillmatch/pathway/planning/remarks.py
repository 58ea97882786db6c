"""What a reader should know before the steps: wishes nobody meets, and must-haves that one cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from skillmatch.model.offer import Delivery, Offer
from skillmatch.model.requirement import Necessity
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.conditions import holds
from skillmatch.pathway.planning.filters import FILTERS, speaks
from skillmatch.pathway.planning.lengths import HOURS
from skillmatch.pathway.planning.money import NO_CURRENCY
from skillmatch.text.language_names import language_words

MOST_NAMED = 8
"""Languages, places and the like that a remark names."""


def remarks_of(case: Case) -> tuple[str, ...]:
    """Return one sentence for each wish that no offer meets, then for each costly filter."""
    return (*_unmet(case), *_costly(case)) if case.offers else ()


def _unmet(case: Case) -> Iterator[str]:
    request, offers = case.request, tuple(case.offers.values())
    tags = {tag for one in offers for tag in one.languages}
    for asked in request.languages:
        if not any(speaks(tag, asked) for tag in tags):
            known = _some({language_words(tag) for tag in tags})
            yield f"No offer is taught in {language_words(asked)}; the catalogue has {known}."
    places = {one.place for one in offers if one.place and one.delivery != (Delivery.ONLINE,)}
    parts = {_plain(part) for one in places for part in (one, *one.split(","))}
    for asked in request.places:
        if _plain(asked) not in parts:
            yield f"No offer is attended in {asked}; the catalogue has {_some(places)}."
    named = {feature for one in offers for feature in one.accessibility}
    for asked in request.access:
        if _plain(asked) not in {_plain(one) for one in named}:
            yield f"No offer names {asked}; the catalogue has {_some(named)}."
    codes = {one.cost.currency for one in offers if one.cost is not None and one.cost.minor}
    if codes and case.purse.currency not in {NO_CURRENCY, *codes} and not request.rates:
        currency = case.purse.currency
        yield f"No offer is priced in {currency}; the catalogue has {_some(codes)}."


def _costly(case: Case) -> Iterator[str]:
    """Yield for each filter the offer that it alone keeps from closing most must-haves."""
    reached = {place for one in case.takeable for place in case.effects[one]}
    lost = [
        place
        for place, one in enumerate(case.targets)
        if one.necessity is Necessity.MUST and place not in reached
    ]
    by_filter: dict[str, list[str]] = {}
    for offer, faults in case.removed.items():
        names = {name for name, _ in faults}
        ready = holds(case.conditions.trees[offer], case.takeable) and offer not in case.sure
        useful = any(place in case.effects[offer] for place in lost)
        if len(names) == 1 and ready and useful and _within_reach(case, offer, *names):
            by_filter.setdefault(names.pop(), []).append(offer)
    for name in FILTERS:
        if name in _REMEDIES and name in by_filter:
            yield _costs(case, name, by_filter[name], lost)


def _within_reach(case: Case, offer: str, name: str) -> bool:
    """Tell whether money and time would do for an offer by itself if one filter were lifted."""
    price, budget = case.purse.price(case.offers[offer]), case.purse.budget
    dear = budget is not None and price is not None and price > budget
    weeks, by = case.offers[offer].weeks, case.request.by
    late = weeks is not None and by is not None and weeks * 7 > case.calendar.day(by) + 1
    return not late and (name == "--max-cost" or not dear)


def _costs(case: Case, name: str, offers: Sequence[str], lost: Sequence[int]) -> str:
    best = min(offers, key=lambda one: _rank(case, one, lost))
    labels = [f"“{case.targets[place].label}”" for place in lost if place in case.effects[best]]
    stays, them = ("stays", "it") if len(labels) == 1 else ("stay", "them")
    whole = all(case.effects[best][one].after <= 1e-6 for one in lost if one in case.effects[best])
    part = "" if whole else "a part of "
    why = next(why for _, why in case.removed[best])
    remedy = _REMEDIES[name](case, case.offers[best])
    said = f"{', '.join(labels[:-1])} and {labels[-1]}" if len(labels) > 1 else labels[0]
    return (
        f"{said} (must have) {stays} open because of {name}: "
        f"“{case.offers[best].name}” would close {part}{them}, but {why.split(';')[0]}. "
        f"To take it, {remedy}."
    )


def _rank(case: Case, offer: str, lost: Sequence[int]) -> tuple[object, ...]:
    gain = sum(case.effects[offer][place].gain for place in lost if place in case.effects[offer])
    price = case.purse.price(case.offers[offer])
    return (-round(gain, 9), case.lengths[offer].hours_a_week, price is None, price or 0, offer)


def _language(_case: Case, offer: Offer) -> str:
    return f"add --language {offer.languages[0]}" if offer.languages else "drop --language"


def _place(_case: Case, offer: Offer) -> str:
    return f"add --place '{offer.place}'" if offer.place else "drop --place"


def _device(_case: Case, offer: Offer) -> str:
    return " ".join(("add", *(f"--device '{one}'" for one in offer.devices)))


def _rate(_case: Case, offer: Offer) -> str:
    return f"add --rate {offer.cost.currency}=…" if offer.cost else "add --rate"


def _hours(case: Case, offer: Offer) -> str:
    return f"say {HOURS} {case.lengths[offer.id].hours_a_week:g}"


_REMEDIES: Mapping[str, Callable[[Case, Offer], str]] = {
    "--without": lambda _case, offer: f"drop --without {offer.id}",
    "--language": _language,
    "--online-only": lambda _case, _offer: "drop --online-only",
    "--place": _place,
    "--access": lambda _case, _offer: "drop --access, and ask the provider for it",
    "--device": _device,
    "--max-cost": lambda _case, _offer: "ask for its price, and plan without --max-cost",
    "--rate": _rate,
    HOURS: _hours,
}
"""What it takes to have an offer back; what is over or of no known length comes back by nothing."""


def _some(values: set[str]) -> str:
    named = sorted(values)
    if not named:
        return "none that says so"
    more = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
