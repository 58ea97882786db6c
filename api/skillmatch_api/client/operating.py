"""What administrators and operators do: keys, the audit log, health and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Unpack

from skillmatch_api.client.asked_work import KeyIn, RotationIn
from skillmatch_api.client.exchange import path_of
from skillmatch_api.client.family import Family
from skillmatch_api.client.reader import Reader, each
from skillmatch_api.client.told import Health, Readiness
from skillmatch_api.client.told_work import (
    AuditEntryOut,
    AuditList,
    KeyList,
    KeyOut,
    NewKeyOut,
    SessionOut,
)

_KEYS = Reader[KeyList](KeyList)
_KEY = Reader[KeyOut](KeyOut)
_NEW = Reader[NewKeyOut](NewKeyOut)
_AUDIT = Reader[AuditList](AuditList)
_SESSION = Reader[SessionOut](SessionOut)
_HEALTH = Reader[Health](Health)
_READY = Reader[Readiness](Readiness)
_DOCUMENT = Reader[dict[str, object]](dict[str, object])


class Keys(Family):
    """Keys of an organisation."""

    __slots__ = ()

    def create(self, **asked: Unpack[KeyIn]) -> NewKeyOut:
        """Make a key; this answer alone holds it."""
        return _NEW(self.exchange.post("/v1/keys", asked))

    def page(self, *, limit: int | None = None, cursor: str | None = None) -> KeyList:
        """Return a page of keys, those that are revoked or expired, too."""
        return _KEYS(self.exchange.get("/v1/keys", {"limit": limit, "cursor": cursor}))

    def each(self) -> Iterator[KeyOut]:
        """Yield all of them."""
        return each(lambda cursor: self.page(cursor=cursor))

    def get(self, key_id: str) -> KeyOut:
        """Return what is known of a key; not the key."""
        return _KEY(self.exchange.get(path_of("/v1/keys/{}", key_id)))

    def revoke(self, key_id: str) -> None:
        """End a key at once."""
        self.exchange.write("DELETE", path_of("/v1/keys/{}", key_id))

    def rotate(self, key_id: str, **asked: Unpack[RotationIn]) -> NewKeyOut:
        """Make a key in the place of another, which goes on for a while."""
        return _NEW(self.exchange.post(path_of("/v1/keys/{}/rotate", key_id), asked))


class Audit(Family):
    """Who did what."""

    __slots__ = ()

    def page(
        self,
        *,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> AuditList:
        """Return a page of the audit log."""
        query = {"action": action, "from": since, "until": until, "limit": limit}
        return _AUDIT(self.exchange.get("/v1/audit", {**query, "cursor": cursor}))

    def each(
        self,
        *,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[AuditEntryOut]:
        """Yield all of it."""
        return each(
            lambda cursor: self.page(action=action, since=since, until=until, cursor=cursor)
        )


class Session(Family):
    """Logins of browsers, for programs that stand in for one."""

    __slots__ = ()

    def begin(self, key: str) -> SessionOut:
        """Trade a key for a cookie, which this client keeps and sends from now on."""
        return _SESSION(self.exchange.post("/v1/session", {"key": key}))

    def read(self) -> SessionOut:
        """Return who is asking."""
        return _SESSION(self.exchange.get("/v1/session"))

    def end(self, csrf: str) -> None:
        """End the login; ``csrf`` is from its beginning."""
        request = self.exchange.request("DELETE", "/v1/session", headers={"X-CSRF-Token": csrf})
        self.exchange.send(request)


class Operating(Family):
    """How the service is."""

    __slots__ = ()

    def health(self) -> Health:
        """Return that the process lives."""
        return _HEALTH(self.exchange.get("/healthz"))

    def ready(self) -> Readiness:
        """Return whether the database answers and the frameworks are open; a 503 while not."""
        return _READY(self.exchange.get("/readyz"))

    def metrics(self) -> str:
        """Return numbers as Prometheus reads them."""
        return self.exchange.get("/metrics").text

    def openapi(self) -> dict[str, object]:
        """Return the description of all routes."""
        return _DOCUMENT(self.exchange.get("/openapi.json"))
