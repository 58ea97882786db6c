"""What a person can show, and the export of everything that is kept about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

from skillmatch_api.client.asked_people import EvidenceIn
from skillmatch_api.client.exchange import path_of
from skillmatch_api.client.family import Family
from skillmatch_api.client.reader import Reader, each
from skillmatch_api.client.told_people import EvidenceItem
from skillmatch_api.client.told_person import EvidenceAdded, EvidenceList

_LIST = Reader[EvidenceList](EvidenceList)
_ADDED = Reader[EvidenceAdded](EvidenceAdded)
_EXPORT = Reader[dict[str, object]](dict[str, object])


class EvidenceRoutes(Family):
    """Skills, badges and documents of a person."""

    __slots__ = ()

    def page(
        self,
        candidate_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        blind: bool = False,
    ) -> EvidenceList:
        """Return a page of what a person can show, as far as they share it with you."""
        path = path_of("/v1/candidates/{}/evidence", candidate_id)
        query = {"limit": limit, "cursor": cursor, "blind": blind}
        return _LIST(self.exchange.get(path, query))

    def each(self, candidate_id: str, *, blind: bool = False) -> Iterator[EvidenceItem]:
        """Yield all of it."""
        return each(lambda cursor: self.page(candidate_id, cursor=cursor, blind=blind))

    def add(self, candidate_id: str, **asked: Unpack[EvidenceIn]) -> EvidenceAdded:
        """Add skills, badges and CVs."""
        path = path_of("/v1/candidates/{}/evidence", candidate_id)
        return _ADDED(self.exchange.post(path, asked))

    def remove(self, candidate_id: str, evidence_id: str) -> None:
        """Remove a piece, or a document with all that it shows."""
        path = path_of("/v1/candidates/{}/evidence/{}", candidate_id, evidence_id)
        self.exchange.write("DELETE", path)

    def document(self, candidate_id: str, document_id: str) -> bytes:
        """Return a file, byte for byte."""
        path = path_of("/v1/candidates/{}/documents/{}", candidate_id, document_id)
        return self.exchange.get(path).content

    def export(self, candidate_id: str) -> dict[str, object]:
        """Return everything that is kept about a person."""
        return _EXPORT(self.exchange.get(path_of("/v1/candidates/{}/export", candidate_id)))

    def export_zip(self, candidate_id: str) -> bytes:
        """Return the same as an archive, with the files beside it."""
        path = path_of("/v1/candidates/{}/export", candidate_id)
        return self.exchange.get(path, {"format": "zip"}).content
