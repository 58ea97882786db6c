"""Steps that tests of people share: to register, and to consent."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from tests.api.conftest import Authorised

ADA = {
    "name": "Ada Example",
    "contact": "ada@example.org",
    "place": "Vienna",
    "languages": ["en", "de"],
    "available_from": "2027-01-01",
}
EVERY_FIELD = ["name", "contact", "place", "languages", "availability", "evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A person with their own key."""

    id: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        """Return where the record lies."""
        return f"/v1/candidates/{self.id}"


def bearer(key: str) -> dict[str, str]:
    """Return the header that carries a key."""
    return {"Authorization": f"Bearer {key}"}


def registered(
    client: TestClient, authorised: Authorised, body: dict[str, object] | None = None
) -> Registered:
    """Register somebody with a key for everybody."""
    made = client.post("/v1/candidates", json=body or ADA, headers=authorised(Scope.LEARNER)).json()
    return Registered(id=made["id"], headers=bearer(made["key"]))


def consented(
    client: TestClient,
    person: Registered,
    fields: list[str] | None = None,
    **more: str,
) -> None:
    """Let a person consent to be found, sharing every field unless told otherwise."""
    answer = client.put(
        f"{person.path}/consent",
        json={"fields": EVERY_FIELD if fields is None else fields, **more},
        headers=person.headers,
    )
    assert answer.status_code == 200, answer.text
