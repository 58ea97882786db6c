"""What is on offer, and the frameworks that name its skills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from skillmatch.model.catalogue import CatalogueCheck, ImportReport
from skillmatch.model.offer import Catalogue
from skillmatch_api.client.asked import DocumentIn
from skillmatch_api.client.exchange import path_of
from skillmatch_api.client.family import Family
from skillmatch_api.client.reader import Reader, each
from skillmatch_api.client.told import (
    CatalogueListed,
    Catalogues,
    FrameworkOut,
    Frameworks,
    Reloaded,
)

_LISTED = Reader[Catalogues](Catalogues)
_CATALOGUE = Reader[Catalogue](Catalogue)
_IMPORTED = Reader[ImportReport](ImportReport)
_CHECK = Reader[CatalogueCheck](CatalogueCheck)
_FRAMEWORKS = Reader[Frameworks](Frameworks)
_FRAMEWORK = Reader[FrameworkOut](FrameworkOut)
_RELOADED = Reader[Reloaded](Reloaded)


class CatalogueRoutes(Family):
    """Catalogues of an organisation, by name."""

    __slots__ = ()

    def page(self, *, limit: int | None = None, cursor: str | None = None) -> Catalogues:
        """Return a page of the catalogues that plans may use, by name."""
        return _LISTED(self.exchange.get("/v1/catalogue", {"limit": limit, "cursor": cursor}))

    def each(self) -> Iterator[CatalogueListed]:
        """Yield all of them."""
        return each(lambda cursor: self.page(cursor=cursor))

    def get(self, name: str) -> Catalogue:
        """Return a catalogue with its offers."""
        return _CATALOGUE(self.exchange.get(path_of("/v1/catalogue/{}", name)))

    def put(
        self, name: str, documents: Sequence[DocumentIn], *, revision: int | None = None
    ) -> ImportReport:
        """Keep offers under a name, in the place of those that were there."""
        path = path_of("/v1/catalogue/{}", name)
        return _IMPORTED(self.exchange.write("PUT", path, {"documents": documents}, revision))

    def delete(self, name: str, *, revision: int | None = None) -> None:
        """Forget a catalogue."""
        self.exchange.write("DELETE", path_of("/v1/catalogue/{}", name), revision=revision)

    def check(self, name: str, *, at: date | None = None) -> CatalogueCheck:
        """Return what to mend in a catalogue."""
        return _CHECK(self.exchange.get(path_of("/v1/catalogue/{}/check", name), {"at": at}))


class FrameworkRoutes(Family):
    """What is installed."""

    __slots__ = ()

    def list(self) -> tuple[FrameworkOut, ...]:
        """Return all installed frameworks."""
        return _FRAMEWORKS(self.exchange.get("/v1/frameworks")).items

    def get(self, framework_id: str) -> FrameworkOut:
        """Return one of them."""
        return _FRAMEWORK(self.exchange.get(path_of("/v1/frameworks/{}", framework_id)))

    def reload(self) -> Reloaded:
        """Take into use at once what was installed meanwhile."""
        return _RELOADED(self.exchange.post("/v1/frameworks/reload", None))
