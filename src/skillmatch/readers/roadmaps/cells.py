"""The keys of one TOML table become values; every fault is kept, with its line, and none stops."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from skillmatch.model.offer import Money
from skillmatch.readers.roadmaps.scan import Place, Scan

_Kind = TypeVar("_Kind", bound=StrEnum)
_MONEY = re.compile(r"(\d{1,12}(?:\.\d{1,2})?) ([A-Z]{3})")
_HINTS = 20
_QUOTED = 60
"""Characters of a wrong value that a message repeats."""


@dataclass(slots=True)
class Cells:
    """One table.

    Attributes:
        row: Its keys and values.
        place: Where it stands; ``scan`` knows the lines.
        faults: Lines, and what is wrong in each, shared by all tables of a file.
    """

    row: Mapping[str, Any]
    place: Place
    scan: Scan
    faults: list[tuple[int, str]]

    def only(self, known: Collection[str]) -> None:
        """Refuse keys that mean nothing, with the nearest one that does."""
        for key in sorted(set(self.row) - set(known)):
            # Nobody reads more hints than that, and each costs a comparison with every key.
            few = len(self.faults) < _HINTS and len(key) <= _QUOTED
            near = difflib.get_close_matches(key, sorted(known), n=1) if few else []
            hint = f"; did you mean `{near[0]}`?" if near else "; use `note` for your own words"
            self.fault(key, f"means nothing here{hint}")

    def fault(self, key: str, message: str) -> None:
        """Keep what is wrong with a key."""
        line = self.scan.line((*self.place, key))
        where = f"line {line}" if line else self._name()
        self.faults.append((line, f"{where}, `{key[:_QUOTED]}`: {message}"))

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        """Return a text in quotes."""
        value = self.row.get(key, default)
        if not isinstance(value, str):
            self._wrong(key, "a text in quotes", value)
            return default
        if needed and not value.strip():
            self.fault(key, "is missing or empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.row.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._wrong(key, "a list of texts, as in ['a', 'b']", value)
        return ()

    def text_or_texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a text alone is a list of one."""
        value = self.row.get(key)
        return ((value,) if value else ()) if isinstance(value, str) else self.texts(key)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.row.get(key, default)
        if isinstance(value, bool):
            return value
        self._wrong(key, "true or false", value)
        return default

    def number(
        self, key: str, default: float, *, most: float = math.inf, above: bool = False
    ) -> float:
        """Return a number of at least 0 (or above it) and at most ``most``."""
        found = self.optional(key, most=most, above=above)
        return default if found is None else found

    def optional(self, key: str, *, most: float = math.inf, above: bool = False) -> float | None:
        """Return a number of at least 0 (or above it), None where it is not written."""
        if key not in self.row:
            return None
        value = self.row[key]
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = _float(value)
            if math.isfinite(number) and 0 <= number <= most and not (above and number == 0):
                return number
        least = "above 0" if above else "of at least 0"
        limit = least if math.isinf(most) else f"{least} and at most {most:g}"
        self._wrong(key, f"a number {limit}", value)
        return None

    def months(self, key: str) -> int | None:
        """Return a whole number from 1 to 1200, None where it is not written."""
        value = self.row.get(key)
        if value is None or (type(value) is int and 1 <= value <= 1200):
            return value
        self._wrong(key, "a whole number of months from 1 to 1200", value)
        return None

    def day(self, key: str) -> date | None:
        """Return a date, None where it is not written."""
        value = self.row.get(key)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self._wrong(key, "a date like 2026-11-30", value)
                return None
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self._wrong(key, "a date like 2026-11-30, without a time", value)
        return None

    def needed_day(self, key: str) -> date:
        """Return a date that has to be written."""
        found = self.day(key)
        if found is None and self.row.get(key) is None:
            self.fault(key, "is missing; write a date like 2026-11-30")
        return found or date.min

    def money(self, key: str) -> Money | None:
        """Return an amount with its currency, None where it is not written."""
        value = self.row.get(key)
        if value is None:
            return None
        match = _MONEY.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            self._wrong(key, 'an amount and a currency, as in "120.00 EUR"', value)
            return None
        return Money(amount=float(match[1]), currency=match[2])

    def one_of(self, kinds: type[_Kind], key: str, default: _Kind) -> _Kind:
        """Return one of the words that an enumeration has."""
        value = self.row.get(key, default.value)
        for kind in kinds:
            if value == kind.value:
                return kind
        words = ", ".join(f'"{kind.value}"' for kind in kinds)
        self._wrong(key, f"one of {words}", value)
        return default

    def tables(self, key: str) -> Iterator[Cells]:
        """Yield the tables of an array, ``[[…]]``, in order."""
        value = self.row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            name = ".".join([*(str(one) for one in self.place if isinstance(one, str)), key])
            self.fault(key, f"must be written as [[{name}]], once for each")
            return
        for number, row in enumerate(value):
            yield Cells(row, (*self.place, key, number), self.scan, self.faults)

    def table(self, key: str) -> Cells:
        """Return a table ``[…]``, empty where it is not written."""
        value = self.row.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, f"must be written as a table [{key}]")
            value = {}
        return Cells(value, (*self.place, key), self.scan, self.faults)

    def _wrong(self, key: str, expected: str, value: object) -> None:
        said = str(value) if isinstance(value, date) else repr(value)
        said = said if len(said) <= _QUOTED else said[: _QUOTED - 1] + "…"
        self.fault(key, f"must be {expected}, not {said}")

    def _name(self) -> str:
        parts = [str(one + 1) if isinstance(one, int) else one for one in self.place]
        return " ".join(parts) or "the head of the file"


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf
