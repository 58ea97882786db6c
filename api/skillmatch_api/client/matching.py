"""Gaps, links, concepts, occupations and demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Unpack

from skillmatch.model.demand import Demand
from skillmatch.model.gap import GapResult
from skillmatch.model.requirement import Checklist
from skillmatch.report.link_lines import LinkLine
from skillmatch_api.client.asked import GapIn, LinkIn, RequirementsIn
from skillmatch_api.client.asked_work import DemandIn
from skillmatch_api.client.exchange import path_of
from skillmatch_api.client.family import Family
from skillmatch_api.client.reader import Reader
from skillmatch_api.client.told import ConceptOut, SearchResult

Shown = Literal["text/markdown", "text/html", "image/svg+xml", "text/plain"]
"""How a result can be read by people."""

_GAP = Reader[GapResult](GapResult)
_LINES = Reader[tuple[LinkLine, ...]](tuple[LinkLine, ...])
_CHECKLIST = Reader[Checklist](Checklist)
_FOUND = Reader[SearchResult](SearchResult)
_CONCEPT = Reader[ConceptOut](ConceptOut)
_DEMAND = Reader[Demand](Demand)


class Matching(Family):
    """What is asked for beside what can be shown."""

    __slots__ = ()

    def gap(self, **asked: Unpack[GapIn]) -> GapResult:
        """Compare a posting, an occupation or a checklist with what can be shown."""
        return _GAP(self.exchange.post("/v1/gap", asked))

    def gap_as(self, form: Shown, **asked: Unpack[GapIn]) -> str:
        """Return the same as a page, a picture or text."""
        return self.exchange.post("/v1/gap", asked, form).text

    def requirements(self, **asked: Unpack[RequirementsIn]) -> Checklist:
        """Return what a posting asks for, to be edited and compared."""
        return _CHECKLIST(self.exchange.post("/v1/requirements", asked))

    def link(self, **asked: Unpack[LinkIn]) -> tuple[LinkLine, ...]:
        """Return the skills that texts speak of, a line for each text."""
        return _LINES(self.exchange.post("/v1/link", asked))

    def search(
        self,
        query: str,
        *,
        kind: Literal["skill", "occupation"] = "skill",
        framework: Sequence[str] = (),
        limit: int | None = None,
    ) -> SearchResult:
        """Return concepts by their labels, as they are typed; of some frameworks, if named."""
        asked = {"query": query, "kind": kind, "framework": list(framework), "limit": limit}
        return _FOUND(self.exchange.get("/v1/search", asked))

    def concept(self, uri: str) -> ConceptOut:
        """Return what a framework says of a concept."""
        return _CONCEPT(self.exchange.get("/v1/concepts", {"uri": uri}))

    def demand(self, **asked: Unpack[DemandIn]) -> Demand:
        """Return what postings ask for beside what is on offer."""
        return _DEMAND(self.exchange.post("/v1/demand", asked))

    def demand_as(self, form: Shown | Literal["text/csv"], **asked: Unpack[DemandIn]) -> str:
        """Return the same as a page, a chart, text or a table."""
        return self.exchange.post("/v1/demand", asked, form).text


class Occupations(Family):
    """What occupations ask for."""

    __slots__ = ()

    def find(self, query: str, *, limit: int | None = None) -> SearchResult:
        """Return occupations by their titles."""
        return _FOUND(self.exchange.get("/v1/occupations", {"query": query, "limit": limit}))

    def get(self, uri_or_code: str) -> Checklist:
        """Return what an occupation asks for."""
        return _CHECKLIST(self.exchange.get(path_of("/v1/occupations/{}", uri_or_code)))
