"""What badges in a request are checked with: known issuers, documents, and whose they are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from skillmatch.errors import UsageError
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.wire.given.documents import MAX_DOCUMENTS, DocumentIn

if TYPE_CHECKING:
    from skillmatch.service.verifying import Verifier

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+")
_ISSUERS: list[Any] = [[{"id": "https://academy.example/issuer", "name": "Academy"}]]
_ADDRESSES: list[Any] = [{"https://academy.example/issuer": {"json": {"type": "Issuer"}}}]


class BadgeChecks(BaseModel):
    """How badges are checked; without any of it no badge proves anything."""

    model_config = ConfigDict(extra="forbid")

    issuers: Annotated[
        list[dict[str, Any]],
        Field(
            max_length=1000,
            description="Issuers that are believed, as the file of --issuers lists them: id, name, "
            "keys, note.",
            examples=_ISSUERS,
        ),
    ] = []
    documents: Annotated[
        dict[str, DocumentIn],
        Field(
            max_length=MAX_DOCUMENTS,
            description="Keys, status lists and badge classes by their web address.",
            examples=_ADDRESSES,
        ),
    ] = {}
    recipient: Annotated[
        list[Annotated[str, Field(max_length=500)]],
        Field(
            max_length=20,
            description="E-mail addresses or ids that the badges were issued to.",
            examples=[["mailto:ada@example.org"]],
        ),
    ] = []
    online: Annotated[
        bool,
        Field(
            description="Fetch over https what badges need and `documents` lacks; only where the "
            "service may (SKILLMATCH_ONLINE=1)."
        ),
    ] = False

    def verifier(self, settings: ServiceSettings, at: date | None) -> Verifier | None:
        """Return what checks badges at the end of a day; None for the default, which knows nobody.

        Raises:
            UsageError: Something is to be fetched and this service fetches nothing, or an address
                is none.
            RowError: Issuers are wrong; all faults are named.
        """
        if not (self.issuers or self.documents or self.recipient or self.online):
            return None
        from skillmatch.service.credential_documents import OnlineDocuments
        from skillmatch.service.verifying import Verifier
        from skillmatch.service.wallets import end_of_day
        from skillmatch.trust.documents import FirstOf, MappedDocuments
        from skillmatch.trust.issuers import known_issuers
        from skillmatch.trust.recipient import Person

        if self.online and not settings.library.allow_network:
            raise UsageError(
                "this service fetches nothing from the web; give what badges need in documents, or "
                "ask its operator for SKILLMATCH_ONLINE=1"
            )
        contents = self._contents()
        return Verifier(
            at=end_of_day(at),
            documents=MappedDocuments(source="documents", contents=contents)
            if contents
            else FirstOf(()),
            online=OnlineDocuments() if self.online else None,
            issuers=known_issuers(self.issuers, Path("issuers")),
            recipient=Person(names=tuple(self.recipient)) if self.recipient else None,
        )

    def _contents(self) -> dict[str, bytes]:
        wrong = sorted(url for url in self.documents if not _ABSOLUTE.fullmatch(url))
        if wrong:
            named = ", ".join(f"{url[:100]!r}" for url in wrong[:5])
            raise UsageError(f"documents: {named}: no absolute address without a fragment")
        return {url: one.data for url, one in self.documents.items()}
