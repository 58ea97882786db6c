"""What postings that were sent ask for beside catalogues: at once, for an answer or a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from skillmatch.errors import UnreadableError, UsageError
from skillmatch.model.demand import Demand
from skillmatch.model.offer import Catalogue
from skillmatch.readers.offers import catalogue_in
from skillmatch.service.demanding import DemandRequest, find_demand
from skillmatch_api.engine.catalogues import Shelf, for_plan
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.jobs.placed_files import PlacedFiles, placed
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandAsked:
    """What is to be set beside what.

    Attributes:
        catalogue: Files of offers.
        catalogues: Names of catalogues that are kept.
        at: Day that offers must be open on.
    """

    postings: tuple[NamedBytes, ...]
    catalogue: tuple[NamedBytes, ...] = ()
    catalogues: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    at: date
    min_confidence: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandDesk:
    """What counting needs of the service, and whose catalogues are meant."""

    store: Store
    matchers: MatcherHolder
    settings: ServiceSettings
    tenant_id: str


def demand_of(asked: DemandAsked, desk: DemandDesk) -> Demand:
    """Return what ``skillmatch demand`` finds in the same files.

    Raises:
        UsageError: Nothing to count, or nothing on offer, is named.
        AbsentError: There is no catalogue of a name.
        DataError: A catalogue cannot be read.
        UnreadableError: No posting can be counted.
    """
    if not (asked.postings or asked.occupations):
        raise UsageError("name postings, or occupations to suggest stacks of offers for")
    offered = _offered(asked, desk)
    if not offered:
        raise UsageError("name what is on offer: catalogue (files) or catalogues (names)")
    with placed(asked.postings) as postings, desk.matchers.lent() as matcher:
        request = DemandRequest(
            postings=postings.paths,
            occupations=asked.occupations,
            at=asked.at,
            min_confidence=asked.min_confidence,
        )
        catalogue = for_plan(matcher, offered, at=asked.at)
        found = find_demand(matcher, catalogue, request, progress=lambda *_: None)
    found = _without_folder(found, postings)
    if found.unread and not found.postings:
        first = found.unread[0]
        raise UnreadableError(
            f"none of {len(found.unread)} postings could be counted; the first is "
            f"{first.source}: {first.reason}"
        )
    return found


def _offered(asked: DemandAsked, desk: DemandDesk) -> Sequence[Catalogue]:
    files = [catalogue_in(one.data, Path(one.name)) for one in asked.catalogue]
    with desk.store.reading() as session:
        shelf = Shelf(session, desk.tenant_id, desk.settings.library)
        return [*files, *map(shelf.get, asked.catalogues)]


def _without_folder(found: Demand, postings: PlacedFiles) -> Demand:
    """Return the result with the names that the files were sent under."""
    skills = tuple(
        replace(
            skill,
            examples=tuple(
                replace(one, source=postings.shown(one.source)) for one in skill.examples
            ),
        )
        for skill in found.skills
    )
    unread = tuple(
        replace(one, source=postings.shown(one.source), reason=postings.shown(one.reason))
        for one in found.unread
    )
    return replace(found, skills=skills, unread=unread)
