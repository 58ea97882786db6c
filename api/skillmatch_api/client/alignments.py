"""The queue of reviews: badges with what was proposed for them and decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from skillmatch_api.client.asked_work import DecisionIn
from skillmatch_api.client.exchange import path_of, tag_of
from skillmatch_api.client.family import Family
from skillmatch_api.client.reader import Reader, each
from skillmatch_api.client.told_work import AlignmentItem, AlignmentList, AlignmentOut

State = Literal["open", "reviewed"]
As = Literal["badge", "ob3", "ob2", "endorsement", "sssom"]
"""What a review is written as."""

_LIST = Reader[AlignmentList](AlignmentList)
_ONE = Reader[AlignmentOut](AlignmentOut)
_BADGE = Reader[dict[str, object]](dict[str, object])


class Alignments(Family):
    """Badges under review."""

    __slots__ = ()

    def page(
        self,
        *,
        state: State | None = None,
        job: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> AlignmentList:
        """Return a page of the queue, the oldest first, those of one job in its order."""
        query = {"state": state, "job": job, "limit": limit, "cursor": cursor}
        return _LIST(self.exchange.get("/v1/alignments", query))

    def each(
        self, *, state: State | None = None, job: str | None = None
    ) -> Iterator[AlignmentItem]:
        """Yield all of it."""
        return each(lambda cursor: self.page(state=state, job=job, cursor=cursor))

    def get(self, alignment_id: str) -> AlignmentOut:
        """Return a badge with proposals, decisions and lint findings."""
        return _ONE(self.exchange.get(path_of("/v1/alignments/{}", alignment_id)))

    def decide(
        self,
        alignment_id: str,
        decisions: Sequence[DecisionIn],
        *,
        reviewer: str = "",
        revision: int | None = None,
    ) -> AlignmentOut:
        """Decide on entries of a badge; all decisions count, or none.

        ``reviewer`` is kept beside each. ``revision`` is that of what you saw; where somebody else
        was quicker the answer is 412.
        """
        asked = {"decisions": decisions, **({"reviewer": reviewer} if reviewer else {})}
        path = path_of("/v1/alignments/{}/decisions", alignment_id)
        request = self.exchange.request("POST", path, body=asked, headers=tag_of(revision))
        return _ONE(self.exchange.send(request))

    def badge(
        self,
        alignment_id: str,
        *,
        written_as: Literal["badge", "ob3", "ob2", "endorsement"] = "badge",
        proposed: bool = False,
        license_uri: str = "",
    ) -> dict[str, object]:
        """Return a badge with what was accepted; with what is only proposed, if wanted."""
        path = path_of("/v1/alignments/{}/badge", alignment_id)
        query = {"as": written_as, "proposed": proposed, "license": license_uri}
        return _BADGE(self.exchange.get(path, query))

    def mappings(self, alignment_id: str, *, proposed: bool = False, license_uri: str = "") -> str:
        """Return what was accepted as SSSOM, tab-separated."""
        path = path_of("/v1/alignments/{}/badge", alignment_id)
        query = {"as": "sssom", "proposed": proposed, "license": license_uri}
        return self.exchange.get(path, query).text

    def export(
        self,
        *,
        written_as: As = "badge",
        state: State | None = None,
        job: str | None = None,
        proposed: bool = False,
        license_uri: str = "",
    ) -> bytes:
        """Return all of them as a zip, with ``NOTES.md`` and ``review.yaml``."""
        query = {
            "as": written_as,
            "state": state,
            "job": job,
            "proposed": proposed,
            "license": license_uri,
        }
        return self.exchange.get("/v1/alignments/export", query).content

    def delete(self, alignment_id: str, *, revision: int | None = None) -> None:
        """Take a badge out of the queue."""
        path = path_of("/v1/alignments/{}", alignment_id)
        self.exchange.write("DELETE", path, revision=revision)
