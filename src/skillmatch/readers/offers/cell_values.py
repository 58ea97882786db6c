"""The text of one cell becomes a value, or a sentence that says what was expected.

Every function here raises ``ValueError`` whose message goes behind the row and column.
"""

from __future__ import annotations

import math
import re
from datetime import date
from enum import StrEnum
from typing import TypeVar

from skillmatch.model.offer import Delivery, OfferKind, Signal, SignalKind

MAX_HOURS = 100_000
MAX_WEEKS = 2_000
MAX_MONTHS = 1_200
MAX_AMOUNT = 1_000_000_000
MAX_ITEMS = 1_000
"""Of one list in one cell."""
_Kind = TypeVar("_Kind", bound=StrEnum)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•‣▪–]|\d{1,2}[.)])\s+")
_MARKS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|of|out of)\s*(\d+(?:[.,]\d+)?)")
_YES = frozenset({"yes", "true", "y", "1"})
_NO = frozenset({"no", "false", "n", "0"})
_KINDS = {
    "license": OfferKind.LICENCE,
    "program": OfferKind.PROGRAMME,
    "micro-credential": OfferKind.BADGE,
    "microcredential": OfferKind.BADGE,
    "exam": OfferKind.ASSESSMENT,
}
_DELIVERIES = {
    "in-person": Delivery.IN_PERSON,
    "on site": Delivery.IN_PERSON,
    "on-site": Delivery.IN_PERSON,
    "face-to-face": Delivery.IN_PERSON,
    "hybrid": Delivery.BLENDED,
}


def items(cell: str) -> tuple[str, ...]:
    """Split at semicolons and line ends."""
    found = tuple(text for part in re.split(r"[;\n]", cell) if (text := " ".join(part.split())))
    if len(found) > MAX_ITEMS:
        raise ValueError(f"lists {len(found)} things, more than {MAX_ITEMS}")
    return found


def lower_items(cell: str) -> tuple[str, ...]:
    """Split a list of words and write them in lower case, each once, in their order."""
    return tuple(dict.fromkeys(one.lower() for one in items(cell)))


def outcomes(cell: str) -> tuple[str, ...]:
    """Split at line ends and at `` | ``; bullets and numbers before an outcome are left out."""
    lines = (
        _BULLET.sub("", part) for line in cell.splitlines() for part in re.split(r"\s\|\s", line)
    )
    found = tuple(dict.fromkeys(text for line in lines if (text := " ".join(line.split()))))
    if len(found) > MAX_ITEMS:
        raise ValueError(f"lists {len(found)} outcomes, more than {MAX_ITEMS}")
    return found


def number(cell: str, most: float) -> float:
    """Read a number of at least 0; a comma may stand before the decimals."""
    text = "".join(cell.split())
    if text.startswith(("-", "−")):
        raise ValueError(f"is {cell!r}; it must not be negative")
    if _THOUSANDS.fullmatch(text):
        raise ValueError(
            f"is {cell!r}; it is open whether thousands or decimals are meant: write 1200 or 1.2"
        )
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"is {cell!r}; expected a number such as 40 or 12.5")
    value = float(text.replace(",", "."))
    if not math.isfinite(value) or value > most:
        raise ValueError(f"is {cell!r}; more than {most:,.0f} cannot be meant")
    return value


def amount(cell: str) -> float:
    """Read a price of at most two decimals; ``free`` is 0."""
    if cell.strip().casefold() == "free":
        return 0.0
    value = number(cell, MAX_AMOUNT)
    if round(value, 2) != value:
        raise ValueError(f"is {cell!r}; a price has at most two decimals")
    return value


def currency(cell: str) -> str:
    """Read the three letters of ISO 4217, in capitals."""
    text = cell.strip().upper()
    if not re.fullmatch("[A-Z]{3}", text):
        raise ValueError(f"is {cell!r}; expected the three letters of ISO 4217, such as EUR or USD")
    return text


def whole(cell: str, least: int, most: int) -> int:
    """Read a whole number within bounds."""
    text = cell.strip().removesuffix(".0")
    if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
        raise ValueError(f"is {cell!r}; expected a whole number from {least} to {most}")
    return int(text)


def eqf(cell: str) -> int:
    """Read ``5``, ``EQF 5`` or ``EQF level 5``."""
    return whole(re.sub(r"^\s*eqf(?:\s+level)?\s*", "", cell, flags=re.IGNORECASE), 1, 8)


def day(cell: str) -> date:
    """Read a day as in ``2026-11-30``; spreadsheets add a midnight."""
    found = _DATE.fullmatch(cell.strip())
    try:
        if found:
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    raise ValueError(f"is {cell!r}; expected a day such as 2026-11-30")


def days(cell: str) -> tuple[date, ...]:
    """Read a list of days, sorted, each once."""
    return tuple(sorted({day(one) for one in items(cell)}))


def yes_or_no(cell: str) -> bool:
    """Read yes or no."""
    text = cell.strip().casefold()
    if text not in _YES | _NO:
        raise ValueError(f"is {cell!r}; expected yes or no")
    return text in _YES


def languages(cell: str) -> tuple[str, ...]:
    """Read language tags, separated by semicolons, commas or line ends."""
    found = items(cell.replace(",", ";"))
    for one in found:
        if not _LANGUAGE.fullmatch(one):
            raise ValueError(f"is {one!r}; expected a language tag such as en or pt-BR")
        if len(one) > 3 and "-" not in one:
            raise ValueError(f"is {one!r}; expected a language tag such as en or pt-BR")
    return tuple(dict.fromkeys(found))


def kind(cell: str) -> OfferKind:
    """Read what is on offer."""
    return _one_of(cell, OfferKind, _KINDS)


def delivery(cell: str) -> tuple[Delivery, ...]:
    """Read one or more ways to take part, each once, in their order."""
    parts = items(cell.replace(",", ";"))
    return tuple(dict.fromkeys(_one_of(one, Delivery, _DELIVERIES) for one in parts))


def web_address(cell: str) -> str:
    """Read an http or https address; others are never shown as links."""
    if not is_web_address(cell):
        raise ValueError(f"is {cell[:80]!r}; expected an address that begins with https://")
    return cell.strip()


def is_web_address(text: str) -> bool:
    """Tell whether a text is an address that a report may link to."""
    return _WEB.fullmatch(text.strip()) is not None


def identifier(cell: str) -> str:
    """Read an id: a URI, or a name of one's own without spaces."""
    if len(cell.split()) != 1:
        raise ValueError(f"is {cell[:80]!r}; an id has no spaces, as in welding-basics or a URL")
    return cell.strip()


def completion_rate(cell: str) -> Signal:
    """Read a share such as 0.87 or 87 %."""
    text = cell.strip()
    percent = text.endswith("%")
    value = number(text.removesuffix("%"), 100) / (100 if percent else 1)
    if value > 1:
        raise ValueError(f"is {cell!r}; expected a share such as 0.87 or 87 %")
    return Signal(kind=SignalKind.COMPLETION_RATE, value=text, number=round(value, 6))


def reviews(cell: str) -> Signal:
    """Read marks such as ``4.6 of 5 from 210 learners``; other words are kept as written."""
    found = _MARKS.search(cell)
    share = None
    if found:
        mark, best = (float(one.replace(",", ".")) for one in found.groups())
        if best <= 0 or mark > best:
            raise ValueError(f"is {cell[:80]!r}; the mark lies above the best one")
        share = round(mark / best, 6)
    return Signal(kind=SignalKind.REVIEWS, value=" ".join(cell.split()), number=share)


def _one_of(cell: str, kinds: type[_Kind], others: dict[str, _Kind]) -> _Kind:
    text = " ".join(cell.split()).casefold()
    known = {one.value: one for one in kinds} | others
    if text not in known:
        names = ", ".join(one.value for one in kinds)
        raise ValueError(f"is {cell[:80]!r}; expected one of {names}")
    return known[text]
