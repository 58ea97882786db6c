"""Plans and postings, and those that were kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Unpack

from skillmatch.model.plan import Plan
from skillmatch_api.client.asked import PlanIn, PostingIn
from skillmatch_api.client.exchange import path_of
from skillmatch_api.client.family import Family
from skillmatch_api.client.matching import Shown
from skillmatch_api.client.reader import Reader, each
from skillmatch_api.client.told import KeptItem, KeptList, PostingOut

PlanForm = Shown | Literal["text/calendar"]

_PLAN = Reader[Plan](Plan)
_KEPT = Reader[KeptList](KeptList)
_POSTING = Reader[PostingOut](PostingOut)


class Plans(Family):
    """Which credentials close a gap."""

    __slots__ = ()

    def make(self, **asked: Unpack[PlanIn]) -> Plan:
        """Return the best plan within the limits that are given."""
        return _PLAN(self.exchange.post("/v1/plans", asked))

    def make_as(self, form: PlanForm, **asked: Unpack[PlanIn]) -> str:
        """Return the same as a page, a picture, text or a calendar."""
        return self.exchange.post("/v1/plans", asked, form).text

    def keep(self, **asked: Unpack[PlanIn]) -> tuple[str, Plan]:
        """Make a plan and keep it; return its id, too."""
        response = self.exchange.post("/v1/plans", {**asked, "keep": True})
        return response.headers["Location"].rpartition("/")[2], _PLAN(response)

    def page(self, *, limit: int | None = None, cursor: str | None = None) -> KeptList:
        """Return a page of the plans that were kept."""
        return _KEPT(self.exchange.get("/v1/plans", {"limit": limit, "cursor": cursor}))

    def each(self) -> Iterator[KeptItem]:
        """Yield all of them."""
        return each(lambda cursor: self.page(cursor=cursor))

    def get(self, plan_id: str) -> Plan:
        """Return a plan that was kept."""
        return _PLAN(self.exchange.get(path_of("/v1/plans/{}", plan_id)))

    def get_as(self, form: PlanForm, plan_id: str) -> str:
        """Return the same as a page, a picture, text or a calendar."""
        return self.exchange.get(path_of("/v1/plans/{}", plan_id), accept=form).text

    def delete(self, plan_id: str) -> None:
        """Forget a plan."""
        self.exchange.write("DELETE", path_of("/v1/plans/{}", plan_id))


class Postings(Family):
    """Postings with their checklists."""

    __slots__ = ()

    def keep(self, **asked: Unpack[PostingIn]) -> PostingOut:
        """Keep a posting with what it asks for."""
        return _POSTING(self.exchange.post("/v1/postings", asked))

    def page(self, *, limit: int | None = None, cursor: str | None = None) -> KeptList:
        """Return a page of the postings that were kept."""
        return _KEPT(self.exchange.get("/v1/postings", {"limit": limit, "cursor": cursor}))

    def each(self) -> Iterator[KeptItem]:
        """Yield all of them."""
        return each(lambda cursor: self.page(cursor=cursor))

    def get(self, posting_id: str) -> PostingOut:
        """Return a posting that was kept."""
        return _POSTING(self.exchange.get(path_of("/v1/postings/{}", posting_id)))

    def delete(self, posting_id: str) -> None:
        """Forget a posting."""
        self.exchange.write("DELETE", path_of("/v1/postings/{}", posting_id))
