"""A thousand hostile files: every trick that we know, and good files bent in many places."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice

from tests.fuzz import (
    hostile_badges,
    hostile_carriers,
    hostile_checks,
    hostile_documents,
    hostile_frameworks,
    hostile_offers,
)
from tests.fuzz.catalogue import TARGETS
from tests.fuzz.family import HostileFile
from tests.fuzz.target import Target

COUNT = 1_000
FAMILIES = (
    *hostile_badges.FAMILIES,
    *hostile_carriers.FAMILIES,
    *hostile_checks.FAMILIES,
    *hostile_documents.FAMILIES,
    *hostile_frameworks.FAMILIES,
    *hostile_offers.FAMILIES,
)
_MAX_BENT = 500_000


def hostile_files() -> Iterator[HostileFile]:
    """Yield the thousand files, the same at every call."""
    tricks = (one for family in FAMILIES for one in family.files())
    return islice(chain(tricks, _bent()), COUNT)


def sample_files() -> Iterator[HostileFile]:
    """Yield a hundred of them that are read in a moment."""
    heavy = {one.name for family in FAMILIES if family.heavy for one in family.files()}
    light = [one for one in hostile_files() if one.name not in heavy]
    return islice(light, 0, 100 * (len(light) // 100), len(light) // 100)


def _bent() -> Iterator[HostileFile]:
    """Yield files that were cut off, or changed in two to forty places; for targets in turn."""
    number = 0
    while True:
        for target in TARGETS:
            name = f"bent {target.name} {number}"
            make = partial(_bent_seed, target, name, cut=number % 4 == 3)
            yield HostileFile(name=name, targets=(target.name,), make=make)
        number += 1


def _bent_seed(target: Target, name: str, *, cut: bool) -> bytes:
    chance = random.Random(name)
    data = chance.choice(target.seeds())
    if cut:
        return data[: chance.randrange(len(data))]
    for _ in range(chance.choice((2, 5, 15, 40))):
        data = target.mutate(data, chance)[:_MAX_BENT]
    return data
