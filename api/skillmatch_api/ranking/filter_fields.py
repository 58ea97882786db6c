"""Places and languages of the people of an index, each combination kept once.

A million people live in some thousand places and speak some dozen combinations of languages; a
filter is decided once for each combination, and people carry the number of theirs.
"""

from __future__ import annotations

import json
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


@dataclass(slots=True)
class FilterFields:
    """Combinations of place and languages, numbered as they come; only grows.

    To be changed by one thread at a time; others may read meanwhile.
    """

    _numbers: dict[bytes, int] = field(default_factory=dict)
    _at: dict[str, list[int]] = field(default_factory=dict)
    _speaking: dict[str, list[int]] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _languages: dict[str, int] = field(default_factory=dict)
    _place_of: array[int] = field(default_factory=lambda: array("i"))
    _spoken: array[int] = field(default_factory=lambda: array("i"))
    _spoken_in: array[int] = field(default_factory=lambda: array("i"))

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, tails: Iterable[bytes]) -> NDArray[np.int32]:
        """Return the number of each packed tail."""
        known = self._numbers
        return np.fromiter(
            (known[one] if one in known else self._add(one) for one in tails), np.int32
        )

    def _add(self, tail: bytes) -> int:
        number = len(self._numbers)
        place, *languages = json.loads(tail)
        for form in place_forms(place):
            self._at.setdefault(form, []).append(number)
        for form in {form for one in languages for form in language_forms(one)}:
            self._speaking.setdefault(form, []).append(number)
        for language in dict.fromkeys(map(main_language, languages)):
            self._spoken.append(self._languages.setdefault(language, len(self._languages)))
            self._spoken_in.append(number)
        shown = " ".join(place.split())
        self._place_of.append(self._places.setdefault(shown, len(self._places)))
        self._numbers[tail] = number
        return number

    def admitted(self, places: Sequence[str], languages: Sequence[str]) -> Flags | None:
        """Tell of each combination whether it passes, None where all do.

        A place passes when it, or a part of it between commas, is one of ``places``; languages
        pass when each of ``languages`` is there, alone or as a regional form ("de" lets "de-AT"
        pass). Neither letter case nor spaces count.
        """
        if not places and not languages:
            return None
        size = len(self._numbers)
        passes = np.full(size, not places)
        for place in places:
            passes |= _flags(self._at.get(folded(place), ()), size)
        for language in languages:
            passes &= _flags(self._speaking.get(folded(language), ()), size)
        return passes

    def count_places(self, counts: NDArray[np.int64]) -> dict[str, int]:
        """Return how many people live where, given how many there are of each combination."""
        names = list(self._places)
        found = np.bincount(
            np.array(self._place_of[: len(counts)]), weights=counts, minlength=len(names)
        )
        return _counted(names, found)

    def count_languages(self, counts: NDArray[np.int64]) -> dict[str, int]:
        """Return how many people speak which language; regional forms count as their language."""
        names = list(self._languages)
        spoken, within = np.array(self._spoken), np.array(self._spoken_in)
        known = within < len(counts)
        found = np.bincount(spoken[known], weights=counts[within[known]], minlength=len(names))
        return _counted(names, found)


def folded(text: str) -> str:
    """Return a text without what does not count in a filter: letter case and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def place_forms(place: str) -> set[str]:
    """Return the forms under which a place is found: all of it, and each of its parts."""
    return {folded(one) for one in (place, *place.split(","))} - {""}


def language_forms(tag: str) -> set[str]:
    """Return the forms under which a language is found: ``de`` and ``de-at`` of ``de-AT``."""
    parts = folded(tag).split("-")
    return {"-".join(parts[: end + 1]) for end in range(len(parts))} - {""}


def main_language(tag: str) -> str:
    """Return the language of a tag without region or script, as in ``de`` of ``de-AT``."""
    return folded(tag).partition("-")[0]


def _flags(numbers: Sequence[int], size: int) -> Flags:
    flags = np.zeros(size, np.bool_)
    found = np.array(numbers, np.int64)
    flags[found[found < size]] = True
    return flags


def _counted(names: Sequence[str], counts: NDArray[np.generic]) -> dict[str, int]:
    # A weighted count is a float; up to 2**53 it is exact.
    pairs = zip(names, counts.tolist(), strict=False)
    return {name: int(count) for name, count in pairs if name and count}
