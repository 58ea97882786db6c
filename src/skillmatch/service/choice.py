"""Which of the installed frameworks a question is answered with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skillmatch.errors import NotFoundError
from skillmatch.service.places import Places

PRIMARY = "esco"
SECONDARY = "onet"
OPEN = "-open"


def choose_frameworks(places: Places, asked: Sequence[str] = ()) -> tuple[str, ...]:
    """Return framework ids, the one that requirements are expressed in first.

    Without a wish this is the best ESCO, then the best O*NET: an official release before one
    put together from open packages, then the newer. A bare name (``esco``) means the best of it.

    Raises:
        NotFoundError: Nothing is installed, or not what was asked for.
    """
    installed = places.installed()
    if asked:
        return tuple(dict.fromkeys(_resolve(places, name, installed) for name in asked))
    chosen = [best for name in (PRIMARY, SECONDARY) if (best := _best(name, installed))]
    if not chosen and installed:
        chosen = [installed[0]]
    if not chosen:
        raise NotFoundError("no framework is installed yet; run `skillmatch setup` once")
    return tuple(chosen)


def _resolve(places: Places, name: str, installed: Sequence[str]) -> str:
    plain = name.replace("@", "-", 1)
    found = plain if plain in installed else _best(plain, installed)
    if found is None:
        places.get_database(plain)
        raise NotFoundError(f"{name} is not installed")
    return found


def _best(name: str, installed: Sequence[str]) -> str | None:
    matching = [one for one in installed if one.rsplit("-open", 1)[0].startswith(f"{name}-")]
    return max(matching, key=_rank, default=None)


def _rank(framework_id: str) -> tuple[bool, tuple[int, ...], str]:
    numbers = tuple(int(part) for part in re.findall(r"\d+", framework_id))
    return not framework_id.endswith(OPEN), numbers, framework_id
