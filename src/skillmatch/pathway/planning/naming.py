"""Offers as a person names them: by id, by another id of the same, or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from skillmatch.errors import UsageError
from skillmatch.model.offer import Offer
from skillmatch.model.plan import PlanRequest

SUGGESTED = 3
"""Names that a message offers in the place of one that nobody knows."""


def by_any_id(offers: Iterable[Offer]) -> dict[str, str]:
    """Return the id of an offer by its id and by its other ids; an id wins over another's alias."""
    found: dict[str, str] = {}
    ordered = sorted(offers, key=lambda one: one.id)
    for offer in ordered:
        for alias in offer.same_as:
            found.setdefault(alias, offer.id)
    return found | {offer.id: offer.id for offer in ordered}


def with_ids(request: PlanRequest, offers: Sequence[Offer]) -> PlanRequest:
    """Return a request in which offers are named by id alone.

    Raises:
        UsageError: A name fits no offer, or several; says which are near. One that is left out is
            also asked for.
    """
    naming = _Naming(offers)
    changed = replace(
        request,
        without=tuple(naming.get(one, "--without") for one in request.without),
        commit=tuple(naming.get(one, "--commit") for one in request.commit),
        under_way=tuple(
            replace(one, offer=naming.get(one.offer, "under way")) for one in request.under_way
        ),
    )
    if clash := sorted(set(changed.without) & set(changed.commit)):
        raise UsageError(f"--commit and --without both name {', '.join(clash)}; keep one of them")
    return changed


def unknown_held(request: PlanRequest, offers: Sequence[Offer], kept: frozenset[str]) -> list[str]:
    """Return a note on every credential that the person names and that nothing asks for.

    Args:
        request: With ``held``.
        offers: Of the catalogue.
        kept: What conditions name in words, where a held credential may be meant.
    """
    naming = _Naming(offers)
    return [
        f"--hold {one}: no offer has that id or name, so it changes nothing{naming.near(one)}"
        for one in request.held
        if not naming.fitting(one) and one not in kept
    ]


class _Naming:
    def __init__(self, offers: Sequence[Offer]) -> None:
        self._ids: Mapping[str, str] = by_any_id(offers)
        self._named: dict[str, list[str]] = {}
        for offer in sorted(offers, key=lambda one: one.id):
            self._named.setdefault(_plain(offer.name), []).append(offer.id)
        self._shown = {offer.id: offer.name for offer in offers}

    def fitting(self, named: str) -> list[str]:
        if named in self._ids:
            return [self._ids[named]]
        return self._named.get(_plain(named), [])

    def get(self, named: str, option: str) -> str:
        found = self.fitting(named)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{option} {named}: several offers have that name: {', '.join(found)}")
        raise UsageError(f"{option} {named}: the catalogue has no such offer{self.near(named)}")

    def near(self, named: str) -> str:
        """Return what may be meant, in words that end a message; empty where nothing is near."""
        keys = sorted({*self._named, *(one.casefold() for one in self._ids)})
        found = get_close_matches(_plain(named), keys, n=SUGGESTED)
        ids = {key.casefold(): one for key, one in self._ids.items()}
        shown = [self._named[one][0] if one in self._named else ids[one] for one in found]
        said = [f"{one} (“{self._shown[one]}”)" for one in dict.fromkeys(shown)]
        return f"; did you mean {' or '.join(said)}?" if said else ""


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
