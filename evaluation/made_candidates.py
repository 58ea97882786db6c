"""Candidates made for measuring: people as a framework says that they are.

A candidate has one occupation, drawn by Zipf's law (s = 1) from all that have essential skills, in
the order of their URIs: the first is twice as common as the second. They show its essential skills
and as noise a fifth of all they show: skills of any occupation, each equally likely. Nobody's data
is in it, and the same seed makes the same people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.model.framework import Predicate
from skillmatch.store import FrameworkDb

ASSURANCES: Final = ("verified", "endorsed", "documented", "claimed", "invalid")
BADGES: Final = (0, 1, 4)
"""Places of those that come from badges, which have a day of issue."""
_SHARES: Final = (0.2, 0.05, 0.15, 0.55, 0.05)
LEVELS: Final = ("", "basic", "intermediate", "proficient", "advanced")
_LEVEL_SHARES: Final = (0.6, 0.1, 0.1, 0.1, 0.1)
LANGUAGES: Final = (("de",), ("en",), ("de", "en"), ("de-AT", "en", "fr"), ("en", "es"), ())
PLACES: Final = 1_000
NOISE: Final = 0.2
TODAY: Final = date(2026, 11, 22)
_BATCH: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What candidates are made from.

    Attributes:
        skills: Every skill of the framework, by URI.
        occupations: For each occupation with essential skills, by URI, the places of these.
    """

    skills: tuple[ConceptUri, ...]
    labels: tuple[str, ...]
    occupations: tuple[NDArray[np.int64], ...]

    @classmethod
    def of(cls, db: FrameworkDb) -> World:
        """Read what a framework says of its occupations."""
        every = sorted(db.concepts(ConceptKind.SKILL), key=lambda one: one.uri)
        skills = tuple(one.uri for one in every)
        place = {uri: number for number, uri in enumerate(skills)}
        occupations = []
        for uri in sorted(one.uri for one in db.concepts(ConceptKind.OCCUPATION)):
            essential = [
                place[one.uri]
                for one in db.occupation_skills(uri)
                if one.predicate is Predicate.ESSENTIAL and one.uri in place
            ]
            if essential:
                occupations.append(np.array(sorted(essential)))
        labels = tuple(one.pref_label() for one in every)
        return cls(skills=skills, labels=labels, occupations=tuple(occupations))

    def zipf(self) -> NDArray[np.float64]:
        """Return how likely each occupation is."""
        weights: NDArray[np.float64] = 1.0 / np.arange(1, len(self.occupations) + 1)
        weights /= weights.sum()
        return weights


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePeople:
    """Some people, in the order of their ids; those of person ``n`` begin at ``bounds[n]``.

    Attributes:
        first: How many people came before.
        available: Day numbers.
        skills: Places in ``World.skills``; the columns after it tell of each.
        assurance: Places in ``ASSURANCES``.
        issued: Day numbers, 0 for none.
        level: Places in ``LEVELS``.
    """

    first: int
    ids: list[str]
    places: list[str]
    languages: list[tuple[str, ...]]
    available: list[int]
    bounds: list[int]
    skills: NDArray[np.int64]
    assurance: NDArray[np.int64]
    issued: NDArray[np.int64]
    level: NDArray[np.int64]


def made_people(world: World, count: int, *, seed: int = 1) -> Iterator[MadePeople]:
    """Yield people, ten thousand at a time."""
    chance = np.random.default_rng(seed)
    likely = world.zipf()
    for start in range(0, count, _BATCH):
        size = min(_BATCH, count - start)
        drawn = chance.choice(len(likely), size=size, p=likely)
        yield _batch(world, chance, start, [world.occupations[one] for one in drawn])


def _batch(
    world: World, chance: np.random.Generator, start: int, essential: Sequence[NDArray[np.int64]]
) -> MadePeople:
    size = len(essential)
    noise = [max(1, round(len(one) * NOISE / (1 - NOISE))) for one in essential]
    skills = [
        np.unique(np.concatenate([own, chance.integers(len(world.skills), size=more)]))
        for own, more in zip(essential, noise, strict=True)
    ]
    bounds = np.cumsum([0, *map(len, skills)])
    total = int(bounds[-1])
    assurance = chance.choice(len(ASSURANCES), size=total, p=_SHARES)
    days = TODAY.toordinal() - chance.integers(0, 5 * 365, size=total)
    places = np.minimum(chance.zipf(1.5, size=size), PLACES).tolist()
    spoken = chance.integers(len(LANGUAGES), size=size).tolist()
    tails = chance.integers(0, 2**48, size=size).tolist()
    return MadePeople(
        first=start,
        ids=[f"{start + n:08x}-0000-4000-8000-{tail:012x}" for n, tail in enumerate(tails)],
        places=[f"Town {one}" for one in places],
        languages=[LANGUAGES[one] for one in spoken],
        available=(TODAY.toordinal() + chance.integers(-100, 200, size=size)).tolist(),
        bounds=bounds.tolist(),
        skills=np.concatenate(skills),
        assurance=assurance,
        issued=np.where(np.isin(assurance, BADGES), days, 0),
        level=chance.choice(len(LEVELS), size=total, p=_LEVEL_SHARES),
    )
