"""The words of the pages, in every language that they speak.

``catalogues/<language>/<part>.toml`` holds them; ``t("<part>.<key>", name=value)`` fills one in. A
text that depends on a number is a table with ``one`` and ``other``, chosen by ``count``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request

CATALOGUES = Path(__file__).resolve().parent / "catalogues"
LANGUAGES = MappingProxyType({"en": "English", "de": "Deutsch"})
"""Language tags and what each language calls itself; the first is the one of all else."""
DEFAULT = next(iter(LANGUAGES))
COOKIE = "skillmatch_lang"
"""Name of the cookie that remembers a choice."""

_TONGUES = "tongues."
"""Begins the keys of the names of languages; a tag follows."""

Text = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language.

    Attributes:
        language: BCP 47 tag.
        texts: By ``part.key``.
    """

    language: str
    texts: Mapping[str, Text]

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its places filled in; ``count`` chooses between one and many.

        Raises:
            KeyError: There is no such text, which a test of the templates finds.
        """
        text = self.texts[key]
        if not isinstance(text, str):
            text = text["one" if values["count"] == 1 else "other"]
        return text.format(**values) if values else text

    def day(self, value: date) -> str:
        """Return a day as people write it."""
        month = self(f"base.month_{value.month}")
        return self("base.day", day=value.day, month=month, year=value.year)

    def days(self, first: date, last: date, *, short: bool = False) -> str:
        """Return two days and all between; of one year it is told once."""
        year = "" if first.year == last.year else f" {first.year}"
        return self(
            "base.days",
            first=self._in_year(first, short=short) + year,
            last=f"{self._in_year(last, short=short)} {last.year}",
        )

    def _in_year(self, value: date, *, short: bool) -> str:
        month = self(f"base.{'short_' if short else ''}month_{value.month}")
        return f"{self('base.day_of_month', day=value.day)} {month}"

    def number(self, value: float, *, most: int = 1) -> str:
        """Return a number with at most so many decimals, grouped as people write it."""
        digits = 0 if round(value, most) == round(value) else most
        text = f"{value:,.{digits}f}"
        marks = {",": self("base.thousands"), ".": self("base.decimal")}
        return "".join(marks.get(char, char) for char in text)

    def tongue(self, tag: str) -> str:
        """Return what a language is called; a tag that nothing is known of stays as it is."""
        name = self.texts.get(_TONGUES + tag.casefold().partition("-")[0])
        if not isinstance(name, str):
            return tag
        return f"{name} ({tag})" if "-" in tag else name

    def share(self, value: float) -> str:
        """Return a part of a whole in whole per cents, as people write them."""
        return self("base.per_cent", number=f"{100 * value:.0f}")

    def moment(self, value: datetime) -> str:
        """Return a moment with its minute, in the zone that it has."""
        return self("base.moment", day=self.day(value.date()), time=f"{value:%H:%M}")


@cache
def words_of(language: str) -> Words:
    """Return the texts of one of ``LANGUAGES``."""
    texts: dict[str, Text] = {}
    for path in sorted((CATALOGUES / language).glob("*.toml")):
        part = tomllib.loads(path.read_text(encoding="utf-8"))
        texts |= {f"{path.stem}.{key}": text for key, text in part.items()}
    return Words(language, MappingProxyType(texts))


def tag_of(name: str) -> str:
    """Return the tag of a language that any of ``LANGUAGES`` calls so; else the name itself."""
    return _tags().get(name.casefold(), name)


@cache
def _tags() -> Mapping[str, str]:
    named = (one for language in LANGUAGES for one in words_of(language).texts.items())
    return MappingProxyType(
        {
            str(text).casefold(): key.removeprefix(_TONGUES)
            for key, text in named
            if key.startswith(_TONGUES)
        }
    )


def language_of(request: Request, asked: str | None = None) -> str:
    """Return the language for a request: what is asked for, else remembered, else preferred."""
    said = (asked, request.query_params.get("lang"), request.cookies.get(COOKIE))
    for one in said:
        if one is not None and one in LANGUAGES:
            return one
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """Return the first of ``LANGUAGES`` by the weights of an ``Accept-Language`` header."""
    best, weight = DEFAULT, 0.0
    for part in header[:500].split(","):
        tag, _, rest = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        given = _weight(rest)
        if language in LANGUAGES and given > weight:
            best, weight = language, given
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return min(1.0, float(value)) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
