"""What an installation brings at run time: its dependencies, and theirs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("client",)
"""Extras that go with the service."""


def declared() -> list[Requirement]:
    """Return what ``pyproject.toml`` asks for at run time."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for name in EXTRAS for one in project["optional-dependencies"][name]]
    return [Requirement(one) for one in (*project["dependencies"], *extras)]


def run_time() -> dict[str, Distribution]:
    """Return all packages that are installed for skillmatch to run, by their normal name.

    Optional ones that are not here are left out, and so are those of other systems.
    """
    found: dict[str, Distribution] = {}
    asked: dict[str, set[str]] = {}
    waiting = [(one.name, frozenset(one.extras)) for one in declared()]
    while waiting:
        name, extras = waiting.pop()
        known = asked.get(_normal(name))
        if known is not None and extras <= known:
            continue
        try:
            found[_normal(name)] = distribution(name)
        except PackageNotFoundError:
            continue
        asked.setdefault(_normal(name), set()).update(extras)
        waiting += _needed(found[_normal(name)], extras)
    return dict(sorted(found.items()))


def _needed(package: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for text in package.requires or ():
        one = Requirement(text)
        if one.marker is None or any(one.marker.evaluate({"extra": it}) for it in {"", *extras}):
            yield one.name, frozenset(one.extras)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
