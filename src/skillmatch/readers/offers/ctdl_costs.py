"""What an offer costs, by its cost profiles: one total, or none and the words instead.

Prices are summed only where they are parts of one bill: different kinds of cost in one currency,
for everybody and paid once. Prices for some (residents, members), two prices of one kind, and
recurring ones are alternatives or open sums; they go into the note as they stand.

Source: Credential Engine, CTDL term ``CostProfile``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skillmatch.model.offer import Money
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.offers.cell_values import MAX_AMOUNT
from skillmatch.readers.offers.ctdl_graph import Graph
from skillmatch.readers.offers.ctdl_terms import (
    address,
    label,
    many,
    objects,
    reference,
    term,
    term_code,
    text,
)

MAX_NOTE = 600
"""Characters of a note."""
_RESTRICTED = ("residencyType", "audienceType", "jurisdiction", "startDate", "endDate")
_RECURRING = ("paymentPattern",)
_WHOLE = frozenset({"AggregateCost", "TotalCost", "ProgramTotal"})
_CURRENCIES = {
    "us dollar": "USD", "united states dollar": "USD", "u.s. dollar": "USD",
    "euro": "EUR", "pound sterling": "GBP", "british pound": "GBP", "canadian dollar": "CAD",
    "australian dollar": "AUD", "new zealand dollar": "NZD", "swiss franc": "CHF",
    "swedish krona": "SEK", "norwegian krone": "NOK", "danish krone": "DKK", "yen": "JPY",
    "japanese yen": "JPY", "indian rupee": "INR", "mexican peso": "MXN",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Price:
    """One cost profile.

    Attributes:
        money: None where no price or no known currency is stated.
        kind: Type of the cost, empty where not said.
        plain: Whether everybody pays it, once.
        what: What is paid for.
        words: All that is said of it, the price with it.
    """

    money: Money | None
    kind: str
    plain: bool
    what: str
    words: str


def read_cost(node: Node, graph: Graph) -> tuple[Money | None, str]:
    """Return what a resource costs in all, None where that is not clear, and what is said of it."""
    profiles = [graph.follow(one) for one in many(node, "estimatedCost", "offerPrice")]
    elsewhere = []
    for one in many(node, "commonCosts"):
        manifest = graph.follow(one)
        found = list(many(manifest, "estimatedCost")) if isinstance(manifest.value, dict) else []
        profiles += [graph.follow(profile) for profile in found]
        where = address(manifest, "costDetails") if isinstance(manifest.value, dict) else ""
        if not found and (where or reference(one)):
            elsewhere.append(f"costs described at {where or reference(one)}")
    prices = [_price(one) for one in profiles if isinstance(one.value, dict)]
    total = _total(prices) if not elsewhere else None
    # The only price is the total, and is not to be said twice.
    alone = total is not None and len(prices) == 1
    return total, _shortened([*(one.what if alone else one.words for one in prices), *elsewhere])


def _total(prices: Sequence[_Price]) -> Money | None:
    whole = [one for one in prices if one.kind in _WHOLE]
    counted = whole if len(whole) == 1 else prices
    if not counted or any(one.money is None or not one.plain for one in counted):
        return None
    kinds = [one.kind for one in counted]
    money = [one.money for one in counted if one.money is not None]
    same = len({one.currency for one in money}) == 1
    parts = len(counted) == 1 or (all(kinds) and len(set(kinds)) == len(kinds))
    if not (same and parts):
        return None
    return Money(amount=sum(one.minor for one in money) / 100, currency=money[0].currency)


def _price(profile: Node) -> _Price:
    types = objects(profile, "directCostType") or tuple(many(profile, "directCostType"))
    amount = term(profile, "price").number()
    code = _currency(text(profile, "currency"))
    valid = amount is not None and 0 <= amount <= MAX_AMOUNT and round(amount, 2) == amount
    return _Price(
        money=Money(amount=amount, currency=code)
        if valid and amount is not None and code
        else None,
        kind=term_code(types[0]) if len(types) == 1 else "",
        plain=not any(term(profile, name) for name in (*_RESTRICTED, *_RECURRING)),
        what=(what := _what(profile, types)),
        words=_words(profile, what),
    )


def _what(profile: Node, types: Sequence[Node]) -> str:
    kinds = ", ".join(filter(None, map(label, types)))
    return text(profile, "name") or kinds or text(profile, "description")


def _words(profile: Node, what: str) -> str:
    who = [
        label(one)
        for name in ("residencyType", "audienceType")
        for one in many(profile, name)
        if label(one)
    ]
    price, money = text(profile, "price"), text(profile, "currency")
    return " ".join(
        part
        for part in (
            what + ":" if what and price else what,
            f"{price} {money}".strip() if price else "",
            f"({', '.join(who)})" if who else "",
            text(profile, "paymentPattern"),
        )
        if part
    )


def _currency(words: str) -> str:
    """Return the code of a currency that is written as code or as name; empty where unknown."""
    code = words.rpartition(":")[2].strip()
    if re.fullmatch("[A-Za-z]{3}", code) and code.lower() not in _CURRENCIES:
        return code.upper()
    return _CURRENCIES.get(code.lower().removesuffix("s"), "")


def _shortened(parts: Sequence[str]) -> str:
    note = "; ".join(dict.fromkeys(part for part in parts if part))
    return note if len(note) <= MAX_NOTE else note[: MAX_NOTE - 1].rstrip() + "…"
