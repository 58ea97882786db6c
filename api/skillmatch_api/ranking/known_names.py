"""Names behind the numbers in profiles, remembered; the same for all organisations."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from skillmatch.model.concept import ConceptUri
from skillmatch_api.ranking.numbers import SCALE, names_of


@dataclass(slots=True)
class KnownNames:
    """Numbers of concepts and scales both ways; threads may share it."""

    _names: dict[int, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def learn(self, session: Session, numbers: Iterable[int]) -> bool:
        """Read the names of numbers that are not known yet; tell whether all are known now.

        A profile is committed with the names that it needs, so that whoever sees it finds them. A
        session that began before may not.
        """
        with self._lock:
            new = [one for one in numbers if one not in self._names]
            if new:
                found = names_of(session, new)
                self._names.update(found)
                self._numbers.update((name, number) for number, name in found.items())
            return all(one in self._names for one in new)

    def concepts(self, numbers: Iterable[int]) -> list[ConceptUri]:
        """Return the concepts behind numbers that were learnt."""
        return [ConceptUri(self._names[one]) for one in numbers]

    def number(self, name: str) -> int | None:
        """Return the number of a concept, None where no profile names it."""
        return self._numbers.get(name)

    def scale(self, name: str) -> int | None:
        """Return the number of a scale, None where no profile has a level on it."""
        return self._numbers.get(SCALE + name)
