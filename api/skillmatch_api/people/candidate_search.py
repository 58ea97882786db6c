"""Searching for candidates: rank in memory, then look at the page once more in the database.

Ranking reads; showing writes: who was shown is written down in the transaction that reads what
they share. A person who changed or left in between is not shown from memory: the search is done
again, with the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal
from skillmatch_api.people.candidate_answer import Seen, answer
from skillmatch_api.people.candidate_query import CandidateQuery
from skillmatch_api.people.cards import as_others_see, cards
from skillmatch_api.people.lapsing import is_due, keep_up
from skillmatch_api.people.views import record_views
from skillmatch_api.ranking.explaining import Shown
from skillmatch_api.ranking.found import CandidateSearch
from skillmatch_api.ranking.going_on import GoingOn, digest, read_cursor
from skillmatch_api.ranking.indexes import RankingIndexes
from skillmatch_api.ranking.ranked import Behind, Question, Ranking, rank
from skillmatch_api.ranking.tenant_index import Snapshot
from skillmatch_api.store import Store
from skillmatch_api.store.among import among, filtered
from skillmatch_api.store.tables import EvidenceRow, Profile

ACTION = "candidate.search"
TRIES = 3
"""How often a search is done again because somebody on its page changed meanwhile; after the last
time those are left out."""

_OWN: Final = frozenset(
    {"place", "document_id", "source", "pointer", "span_start", "span_end", "lapses_at"}
)
"""Columns of evidence that are not told to others."""
BEARING: Final = select(
    # Columns of the table, not objects: there are hundreds of rows behind a page.
    *(one for one in EvidenceRow.__table__.columns if one.name not in _OWN)
).where(
    EvidenceRow.tenant_id == bindparam("tenant_id"),
    among(EvidenceRow.person_id, "ids"),
    filtered(EvidenceRow.uri, "uris"),
)
"""What bears on anything that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, and when."""

    caller: Principal
    at: datetime


@dataclass(frozen=True, slots=True)
class CandidateSearcher:
    """Searches in one database; threads may share it."""

    store: Store
    indexes: RankingIndexes

    def search(
        self, query: CandidateQuery, frameworks: FrameworksAtHand, asker: Asker
    ) -> CandidateSearch:
        """Return who is found, and write down who was shown to whom.

        Raises:
            UsageError: The cursor is of another search.
        """
        bound_to = digest(query.requirements, query.filters)
        start = read_cursor(query.cursor, bound_to) if query.cursor else None
        seen = None
        for left in reversed(range(TRIES)):
            question, ranking = self._rank(query, frameworks, asker, start)
            version = ranking.version if left else None
            seen = self._look(query, question, ranking, asker, version)
            if seen is not None:
                break
        if seen is None:  # cannot be: the last look leaves out whom it cannot show
            raise RuntimeError("a search without an end")
        return answer(seen, frameworks, start)

    def _rank(
        self,
        query: CandidateQuery,
        frameworks: FrameworksAtHand,
        asker: Asker,
        start: GoingOn | None,
    ) -> tuple[Question, Ranking]:
        snapshot, after = self._read(asker, start)
        asked = self.indexes.asked(snapshot, query.requirements, frameworks)
        question = Question(asked=asked, filters=query.filters, at=asker.at, blind=query.blind)
        # One more than is shown tells whether there is a next page.
        ranking = rank(snapshot, question, limit=query.limit + 1, after=after)
        return question, ranking

    def _read(self, asker: Asker, start: GoingOn | None) -> tuple[Snapshot, Behind | None]:
        """Return the candidates of this moment, and behind whom the page begins."""
        tenant_id = asker.caller.tenant_id
        with self.store.reading() as session:
            if not is_due(session, tenant_id=tenant_id, at=asker.at):
                return self._newest(session, tenant_id, start)
        keep_up(self.store, tenant_id=tenant_id, at=asker.at)
        with self.store.reading() as session:
            return self._newest(session, tenant_id, start)

    def _newest(
        self, session: Session, tenant_id: str, start: GoingOn | None
    ) -> tuple[Snapshot, Behind | None]:
        after = None if start is None else _behind(session, tenant_id, start)
        return self.indexes.newest(session, self.store, tenant_id), after

    def _look(
        self,
        query: CandidateQuery,
        question: Question,
        ranking: Ranking,
        asker: Asker,
        version: int | None,
    ) -> Seen | None:
        """Read what the people on the page share, and write down that they were shown.

        Args:
            query: What is searched for.
            question: The same, as it was ranked.
            ranking: Who was found.
            asker: Who asks.
            version: Of the index; None where whoever changed since is left out.

        Returns:
            None where somebody changed since ``version``, and nothing was written.
        """
        people = ranking.page[: query.limit]
        ids = [one.person_id for one in people]
        tenant_id, at = asker.caller.tenant_id, asker.at
        with self.store.writing() as session:
            found = cards(
                session,
                tenant_id=tenant_id,
                person_ids=ids,
                blind=query.blind,
                at=at,
                version=version,
            )
            if version is not None and len(found) < len(ids):
                return None
            shown = _evidence(session, tenant_id, list(found), question)
            search_id = _write_down(session, query, ranking, list(found), asker)
        return Seen(
            query=query,
            question=question,
            ranking=ranking,
            cards=found,
            shown=shown,
            search_id=search_id,
        )


def _behind(session: Session, tenant_id: str, start: GoingOn) -> Behind:
    """Return behind whom a page begins, and whether they changed since the page before."""
    version = session.scalar(
        select(Profile.version).where(
            Profile.tenant_id == tenant_id, Profile.person_id == start.person_id
        )
    )
    moved = version is not None and version > start.version
    return Behind(person_id=start.person_id, place=start.place, moved=moved)


def _write_down(
    session: Session, query: CandidateQuery, ranking: Ranking, shown: Sequence[str], asker: Asker
) -> str:
    """Write the search into the audit log, and into the views of everybody who is shown."""
    search_id = deeds.record(
        session, asker.caller, ACTION, at=asker.at, details=_details(query, ranking, len(shown))
    )
    record_views(
        session,
        caller=asker.caller,
        person_ids=shown,
        action=ACTION,
        search_id=search_id,
        blind=query.blind,
        at=asker.at,
    )
    return search_id


def _evidence(
    session: Session, tenant_id: str, ids: Sequence[str], question: Question
) -> dict[str, list[Shown]]:
    """Return what bears on anything that is asked for, by person."""
    wanted = sorted({uri for skill in question.asked for uri in skill.related})
    rows = (
        session.connection()
        .execute(BEARING, {"tenant_id": tenant_id, "ids": list(ids), "uris": wanted})
        .all()
    )
    found: dict[str, list[Shown]] = {one: [] for one in ids}
    for row in rows:
        said = as_others_see(cast("EvidenceRow", row), blind=False)
        piece = Shown(id=row.id, evidence=said, badge=row.badge, added_at=row.added_at)
        found[row.person_id].append(piece)
    return found


def _details(query: CandidateQuery, ranking: Ranking, shown: int) -> Mapping[str, Any]:
    """Return what the audit log keeps of a search: no word that a person wrote."""
    filters = query.filters
    return {
        "concepts": [one.uri for one in query.requirements],
        "proven_only": filters.proven_only,
        "issued_after": filters.issued_after and filters.issued_after.isoformat(),
        "languages": list(filters.languages),
        "places": len(filters.places),
        "available_by": filters.available_by and filters.available_by.isoformat(),
        "blind": query.blind,
        "total": ranking.total,
        "shown": shown,
    }
