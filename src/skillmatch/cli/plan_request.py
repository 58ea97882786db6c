"""Budgets, filters and wishes as they are written on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from skillmatch.cli.asked import day_of
from skillmatch.errors import UsageError
from skillmatch.model.offer import Money
from skillmatch.model.plan import PlanRequest, Preference
from skillmatch.service.plan_limits import last_day

_MONEY = re.compile(
    r"(?:(?P<before>[a-z]{3}) ?)?(?P<amount>-?\d[\d,]*(?:\.\d{1,2})?) ?(?P<after>[a-z]{3})?",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?P<name>[a-z]{3}) ?= ?(?P<rate>-?\d+(?:\.\d+)?)", re.IGNORECASE)
_CURRENCY = re.compile(r"[a-z]{3}", re.IGNORECASE)


def limited(start: date, hours: float, *, by: str | None, weeks: float | None) -> PlanRequest:
    """Return a request with its limits of time; of a last day and a number of weeks the earlier.

    Raises:
        UsageError: A day is none, or there is no week; says how to write it.
    """
    return PlanRequest(
        start=start, by=last_day(start, day_of(by, "--by"), weeks), hours_per_week=hours
    )


def priced(
    request: PlanRequest, max_cost: str | None, currency: str, rates: Sequence[str] | None
) -> PlanRequest:
    """Return the request with a budget and currencies.

    Raises:
        UsageError: An amount, a currency or a rate is none; says how to write it.
    """
    return replace(
        request,
        max_cost=None if max_cost is None else money(max_cost, "--max-cost"),
        currency=_currency(currency),
        rates=tuple(sorted(_rate(one) for one in rates or ())),
    )


def filtered(
    request: PlanRequest,
    *,
    languages: Sequence[str] | None,
    places: Sequence[str] | None,
    access: Sequence[str] | None,
    devices: Sequence[str] | None,
    without: Sequence[str] | None,
) -> PlanRequest:
    """Return the request with what the person can make use of."""
    return replace(
        request,
        languages=tuple(languages or ()),
        places=tuple(places or ()),
        access=tuple(access or ()),
        devices=tuple(devices or ()),
        without=tuple(without or ()),
    )


def wished(
    request: PlanRequest,
    *,
    commit: Sequence[str] | None,
    held: Sequence[str] | None,
    prefer: str,
) -> PlanRequest:
    """Return the request with what the person wants and has.

    Raises:
        UsageError: There is no such preference.
    """
    known = [one.value for one in Preference]
    if prefer not in known:
        raise UsageError(f"--prefer {prefer}: say {', '.join(known[:-1])} or {known[-1]}")
    return replace(
        request,
        commit=tuple(commit or ()),
        held=tuple(held or ()),
        prefer=Preference(prefer),
    )


def money(text: str, option: str) -> Money:
    """Read an amount with or without a currency: ``500``, ``500 EUR``, ``EUR 1,200.50``.

    Without one the currency is empty: that of the plan.

    Raises:
        UsageError: It is no amount, or below 0.
    """
    found = _MONEY.fullmatch(text.strip())
    named = [one for one in (found["before"], found["after"]) if one] if found else []
    if found is None or len(named) > 1:
        raise UsageError(f"{option} {text!r} is no amount; write it like 500 or '500 EUR'")
    amount = float(found["amount"].replace(",", ""))
    if amount < 0:
        raise UsageError(f"{option} {text} is below 0; give what you can pay, or 0")
    return Money(amount=amount, currency="".join(named).upper())


def _rate(text: str) -> tuple[str, float]:
    found = _RATE.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"--rate {text!r}: write what one unit is worth, as in USD=0.92")
    return found["name"].upper(), float(found["rate"])


def _currency(text: str) -> str:
    if text and not _CURRENCY.fullmatch(text):
        raise UsageError(f"--currency {text!r}: write three letters, as in EUR")
    return text.upper()
