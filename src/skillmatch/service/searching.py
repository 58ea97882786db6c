"""Find concepts by their labels, over all frameworks at hand."""

from __future__ import annotations

from collections.abc import Sequence

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
    found: list[tuple[str, SearchHit]] = []
    for framework_id in choose_frameworks(places, frameworks):
        with FrameworkDb.open(places.get_database(framework_id)) as db:
            found.extend((framework_id, hit) for hit in db.search(text, kind, limit))
    order = list(MatchHow)
    return tuple(sorted(found, key=lambda pair: order.index(pair[1].how))[:limit])
