"""A family of hostile files: one trick in several sizes, and the readers that it is tried on."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True, kw_only=True)
class HostileFile:
    """One file, made when it is asked for, and the names of the readers that it is for."""

    name: str
    targets: tuple[str, ...]
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One trick.

    Attributes:
        make: Takes the number of a file, which makes it larger or other, and chance.
        count: Of different files.
        heavy: Whether one takes a good part of a second, so that only the long test reads them.
    """

    name: str
    targets: tuple[str, ...]
    make: Callable[[int, random.Random], bytes]
    count: int
    heavy: bool = False

    def files(self) -> Iterator[HostileFile]:
        """Yield the files."""
        for number in range(self.count):
            name = f"{self.name} {number}"
            make = partial(self.make, number, random.Random(name))
            yield HostileFile(name=name, targets=self.targets, make=make)


def as_json(value: object) -> bytes:
    """Return JSON in UTF-8; half characters stay escaped."""
    return json.dumps(value).encode()


Make = Callable[[int, random.Random], bytes]


def made(
    name: str, targets: tuple[str, ...], count: int, make: Make, *, heavy: bool = False
) -> Family:
    """Return a family."""
    return Family(name=name, targets=targets, make=make, count=count, heavy=heavy)
