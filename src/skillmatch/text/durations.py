"""How long somebody has done something, in years, as people write it in English and German.

"Mehrjährig" and "langjährig" are read as three years, the least that German postings mean by them.

Source: LinkedIn, HR-Glossar, "Berufserfahrung", and jobteaser.com, "Was bedeutet mehrjährige
Berufserfahrung?" (both: three to five years).
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

SEVERAL: Final = 3.0
"""Years of "mehrjährige Erfahrung"."""
_ENGLISH: Final = MappingProxyType({
    "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "ten": 10.0,
})  # fmt: skip
_GERMAN: Final = MappingProxyType({
    "ein": 1.0, "eine": 1.0, "einem": 1.0, "ein halbes": 0.5, "anderthalb": 1.5,
    "eineinhalb": 1.5, "zwei": 2.0, "zweieinhalb": 2.5, "drei": 3.0, "vier": 4.0, "fünf": 5.0,
    "fuenf": 5.0, "sechs": 6.0, "sieben": 7.0, "acht": 8.0, "neun": 9.0, "zehn": 10.0,
})  # fmt: skip
_NUMBERS: Final = MappingProxyType({**_ENGLISH, **_GERMAN})
_IN_GERMAN: Final = "|".join(_GERMAN)
_UP_TO: Final = rf"(?:\+|(?:-|–|to|bis(?: zu)?)\s*(?:\d{{1,2}}|{_IN_GERMAN}))?"
_OF_YEARS: Final = r"(?:mehr|lang|(?P<of>\d{1,2}\s?-?|" + _IN_GERMAN + r"))j(?:ä|ae)hrig\w*"
_PRACTICE: Final = r"\s+(?:of\s+)?(?:[\w-]+\s+){0,3}?[\w-]*(?:experience|erfahrung|praxis)\w*"

_ENGLISH_SAID: Final = re.compile(
    r"\b(?P<low>\d{1,2}|" + "|".join(_ENGLISH) + r")\s*"
    r"(?:\+|plus|or more|(?:-|–|to)\s*\d{1,2})?\s*(?P<unit>years?|yrs?|months?)\b",
    re.IGNORECASE,
)
# Ages, terms of contracts, lengths of trainings and what was years ago are no experience.
_GERMAN_SAID: Final = re.compile(
    rf"(?<!vor )\b(?P<low>\d{{1,2}}(?:,\d)?|{_IN_GERMAN})\s*{_UP_TO}\s*"
    r"(?P<unit>jahre?n?|monate?n?)\b(?!\s+(?:[\w-]+\s+)?(?:alt\b|ausbildung|lehre\b|studium))"
    rf"|\b{_OF_YEARS}(?={_PRACTICE})",
    re.IGNORECASE,
)
_NO_PRACTICE: Final = re.compile(
    r"\bbefrist|\blaufzeit|\bprobezeit|\b(?:mindest)?alter\b|\bab 1[4-9] jahren", re.IGNORECASE
)
_TYPED: Final = re.compile(
    r"(?P<low>-?\d+(?:[.,]\d+)?)\s*(?P<unit>\+?\s*(?:years?|yrs?|y|months?|mos?|m)?)\.?",
    re.IGNORECASE,
)
_TYPED_AT_LENGTH: Final = re.compile(
    r"(?:(?:mind(?:estens|\.)?|min\.?|wenigstens|über|mehr als|ca\.?|circa|etwa|rund|seit|ab"
    r"|at least|over|more than|about)\s*)?"
    rf"(?:(?P<low>-?\d+(?:[.,]\d+)?|{'|'.join(_NUMBERS)})\s*{_UP_TO}\s*"
    r"(?P<unit>years?|yrs?|jahre?n?|j|months?|monate?n?|mon)\b\.?"
    rf"|{_OF_YEARS})(?:{_PRACTICE})?",
    re.IGNORECASE,
)


def typed_years(text: str) -> float | None:
    """Return the years that a text is nothing but a length of ("2", "18 months", "mind. 5 Jahre").

    The number may be one that nobody can mean, such as a negative one. Of two the first holds.
    """
    found = _TYPED.fullmatch(text) or _TYPED_AT_LENGTH.fullmatch(text)
    return None if found is None else _years(found)


def said_years(clause: str) -> float | None:
    """Return the first length that a clause of running text tells of, None without one."""
    found = _ENGLISH_SAID.search(clause)
    if found is None and not _NO_PRACTICE.search(clause):
        found = _GERMAN_SAID.search(clause)
    return None if found is None else _years(found)


def _years(found: re.Match[str]) -> float:
    said = found.groupdict()
    low = said["low"] or (said.get("of") or "").rstrip(" -")
    if not low:
        return SEVERAL
    named = _NUMBERS.get(low.lower())
    number = float(low.replace(",", ".")) if named is None else named
    months = (said["unit"] or "").lstrip("+ ").lower().startswith("m")
    return round(number / 12, 2) if months else number
