"""People: registering, consent, what is kept of them, and searching for those who consented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

from skillmatch_api.client.asked_people import (
    CandidateIn,
    CandidateSearchIn,
    ConsentIn,
    DetailsIn,
)
from skillmatch_api.client.exchange import path_of
from skillmatch_api.client.family import Family
from skillmatch_api.client.reader import Reader, each
from skillmatch_api.client.told_people import (
    Candidate,
    CandidateSearch,
    PeopleImported,
    Shortlist,
)
from skillmatch_api.client.told_person import (
    CandidateList,
    ConsentHistory,
    ConsentOut,
    ManagedRecord,
    OwnRecord,
    Registered,
    SharedCard,
    ViewItem,
    ViewList,
)

Record = OwnRecord | SharedCard | ManagedRecord
"""A person as they see themselves, as recruiters see them, and as administrators do."""

_MADE = Reader[Registered | ManagedRecord](Registered | ManagedRecord)
_REGISTERED = Reader[Registered](Registered)
_RECORD = Reader[Record](Record)
_CHANGED = Reader[OwnRecord | ManagedRecord](OwnRecord | ManagedRecord)
_LIST = Reader[CandidateList](CandidateList)
_SEARCH = Reader[CandidateSearch](CandidateSearch)
_SHORTLIST = Reader[Shortlist](Shortlist)
_IMPORTED = Reader[PeopleImported](PeopleImported)
_CONSENTS = Reader[ConsentHistory](ConsentHistory)
_CONSENT = Reader[ConsentOut](ConsentOut)
_VIEWS = Reader[ViewList](ViewList)
_ONE = "/v1/candidates/{}"


class Candidates(Family):
    """Records of people; who sees what of them is told in ``docs/service-candidates.md``."""

    __slots__ = ()

    def register(self, **asked: Unpack[CandidateIn]) -> Registered | ManagedRecord:
        """Register yourself, and get a key of your own once; or make a record for somebody."""
        return _MADE(self.exchange.post("/v1/candidates", asked))

    def claim(self, code: str) -> Registered:
        """Take over the record that your organisation made, and get a key of your own once."""
        return _REGISTERED(self.exchange.post("/v1/candidates/claim", {"code": code}))

    def get(self, candidate_id: str, *, blind: bool = False) -> Record:
        """Return a record, as far as you may see it."""
        query = {"blind": True} if blind else None
        return _RECORD(self.exchange.get(path_of(_ONE, candidate_id), query))

    def change(
        self, candidate_id: str, *, revision: int | None = None, **asked: Unpack[DetailsIn]
    ) -> OwnRecord | ManagedRecord:
        """Change what is given of a record, and nothing else."""
        path = path_of(_ONE, candidate_id)
        return _CHANGED(self.exchange.write("PATCH", path, asked, revision))

    def erase(self, candidate_id: str, *, revision: int | None = None) -> None:
        """Erase a person and everything about them; nothing brings it back."""
        self.exchange.write("DELETE", path_of(_ONE, candidate_id), revision=revision)

    def page(
        self, *, limit: int | None = None, cursor: str | None = None, blind: bool = False
    ) -> CandidateList:
        """Return a page of the people whom you may see."""
        query = {"limit": limit, "cursor": cursor, "blind": blind}
        return _LIST(self.exchange.get("/v1/candidates", query))

    def each(self, *, blind: bool = False) -> Iterator[OwnRecord | SharedCard | ManagedRecord]:
        """Yield all of them."""
        return each(lambda cursor: self.page(cursor=cursor, blind=blind))

    def import_csv(self, text: str) -> PeopleImported:
        """Make records from a list; each person still claims theirs and consents."""
        return _IMPORTED(self.exchange.post("/v1/candidates/import", {"csv": text}))

    def search(self, **asked: Unpack[CandidateSearchIn]) -> CandidateSearch:
        """Return a page of the people who show most of what is asked for, and why."""
        return _SEARCH(self.exchange.post("/v1/candidates/search", asked))

    def each_found(self, **asked: Unpack[CandidateSearchIn]) -> Iterator[Candidate]:
        """Yield all of them, best first. Each page is a search of its own, and written down."""
        cursor = asked.get("cursor")
        while True:
            now: CandidateSearchIn = {**asked, "cursor": cursor}
            found = self.search(**now)
            yield from found.candidates
            if found.next is None:
                return
            cursor = found.next

    def shortlist(self, ids: Sequence[str], *, blind: bool = False) -> Shortlist:
        """Return what some people share now."""
        asked = {"ids": ids, "blind": blind}
        return _SHORTLIST(self.exchange.post("/v1/candidates/export", asked))

    def shortlist_csv(self, ids: Sequence[str], *, blind: bool = False) -> str:
        """Return the same for a spreadsheet."""
        asked = {"ids": ids, "blind": blind, "format": "csv"}
        return self.exchange.post("/v1/candidates/export", asked, "text/csv").text

    def consents(self, candidate_id: str) -> ConsentHistory:
        """Return all that a person ever consented to."""
        return _CONSENTS(self.exchange.get(path_of(_ONE + "/consent", candidate_id)))

    def consent(
        self, candidate_id: str, *, revision: int | None = None, **asked: Unpack[ConsentIn]
    ) -> ConsentOut:
        """Consent; only with the person's own key."""
        path = path_of(_ONE + "/consent", candidate_id)
        return _CONSENT(self.exchange.write("PUT", path, asked, revision))

    def withdraw(self, candidate_id: str, *, revision: int | None = None) -> None:
        """Withdraw consent, at once; only with the person's own key."""
        path = path_of(_ONE + "/consent", candidate_id)
        self.exchange.write("DELETE", path, revision=revision)

    def views_page(
        self, candidate_id: str, *, limit: int | None = None, cursor: str | None = None
    ) -> ViewList:
        """Return a page of who looked."""
        path = path_of(_ONE + "/views", candidate_id)
        return _VIEWS(self.exchange.get(path, {"limit": limit, "cursor": cursor}))

    def views(self, candidate_id: str) -> Iterator[ViewItem]:
        """Yield all who looked."""
        return each(lambda cursor: self.views_page(candidate_id, cursor=cursor))
