"""A search from the command line: read what is asked for, search, and write that down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import UnreadableError, UsageError
from skillmatch.model.requirement import Checklist, Necessity
from skillmatch.readers.documents import parse_skill
from skillmatch.report.nothing_found import nothing_found
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import get_tenant
from skillmatch_api.cli.opening import OPERATOR, opened_store
from skillmatch_api.engine.wishes import Wish, all_asked, read_wishes
from skillmatch_api.people.candidate_query import CandidateQuery
from skillmatch_api.people.candidate_search import Asker, CandidateSearcher
from skillmatch_api.ranking.found import CandidateSearch
from skillmatch_api.ranking.indexes import RankingIndexes
from skillmatch_api.ranking.ranked import Filters
from skillmatch_api.wire.services import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options of the command say."""

    must: tuple[str, ...]
    nice: tuple[str, ...]
    posting: Path | None
    occupation: str
    filters: Filters
    blind: bool
    limit: int
    cursor: str | None


def search_now(asked: Asked, *, tenant: str) -> CandidateSearch:
    """Search as the operator of an organisation.

    Raises:
        UsageError: Options contradict each other, or make no sense.
        UnreadableError: The posting asks for nothing that was understood.
        NotFoundError: There is no such occupation.
        AbsentError: There is no such organisation.
    """
    if asked.posting is not None and asked.occupation:
        raise UsageError("give --posting or --occupation, not both")
    wishes = [*_wishes(asked.must, Necessity.MUST), *_wishes(asked.nice, Necessity.NICE)]
    at = now()
    with opened_store() as (settings, store):
        with store.writing() as session:
            tenant_id = get_tenant(session, tenant, at=at).id
        caller = Principal(
            tenant_id=tenant_id, caller=OPERATOR, scopes=frozenset({Scope.RECRUITER})
        )
        searcher = CandidateSearcher(store, RankingIndexes())
        with Matcher.open(settings=settings.library) as matcher:
            query = _query(matcher, asked, wishes)
            return searcher.search(query, matcher.frameworks, Asker(caller=caller, at=at))


def _query(matcher: Matcher, asked: Asked, wishes: Sequence[Wish]) -> CandidateQuery:
    wished, unread = read_wishes(matcher, wishes)
    checklist = _checklist(matcher, asked)
    return CandidateQuery(
        requirements=all_asked(matcher, wished, checklist),
        filters=asked.filters,
        blind=asked.blind,
        limit=asked.limit,
        cursor=asked.cursor,
        unread=unread,
        notes=checklist.notes if checklist else (),
    )


def _checklist(matcher: Matcher, asked: Asked) -> Checklist | None:
    if asked.occupation:
        return matcher.occupation(asked.occupation)
    if asked.posting is None:
        return None
    found = matcher.requirements(asked.posting)
    if not found.requirements:
        raise UnreadableError(nothing_found(found, str(asked.posting)))
    return found


def _wishes(values: Sequence[str], necessity: Necessity) -> list[Wish]:
    found = []
    for value in values:
        try:
            line = parse_skill(value)
        except ValueError as error:
            raise UsageError(f"{value!r}: {error}") from error
        found.append(Wish(text=line.text, necessity=necessity, level=line.level, years=line.years))
    return found
