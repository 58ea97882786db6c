"""Find concepts by their labels, over all frameworks at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack

from skillmatch.model.concept import ConceptKind
from skillmatch.service.choice import choose_frameworks
from skillmatch.service.places import Places
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb
from skillmatch.store.values import MatchHow, SearchHit


def search_concepts(
    text: str,
    kind: ConceptKind,
    *,
    settings: Settings,
    frameworks: Sequence[str] = (),
    limit: int = 10,
) -> tuple[tuple[str, SearchHit], ...]:
    """Return (framework id, hit), exact labels first, then beginnings, then words in common.

    Within one way of matching the frameworks keep their order, and hits theirs.
    """
    places = Places.of(settings)
    with ExitStack() as opened:
        databases = [
            opened.enter_context(FrameworkDb.open(places.get_database(framework_id)))
            for framework_id in choose_frameworks(places, frameworks)
        ]
        return search_opened(databases, text, kind, limit=limit)


def search_opened(
    databases: Iterable[FrameworkDb], text: str, kind: ConceptKind, *, limit: int
) -> tuple[tuple[str, SearchHit], ...]:
    """Return the same from frameworks that are open."""
    found = [(one.info.id, hit) for one in databases for hit in one.search(text, kind, limit)]
    order = list(MatchHow)
    return tuple(sorted(found, key=lambda pair: order.index(pair[1].how))[:limit])
