"""Steps that tests of people share: to register, and to consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient

from skillmatch.issuing.signing import sign_data_integrity
from skillmatch_api.access.principal import Scope
from tests.api.conftest import Authorised
from tests.issuing.issuing_samples import award, credential, draft, key

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
    client: TestClient,
    authorised: Authorised,
    body: Mapping[str, object] | None = None,
    *,
    tenant: str = "default",
) -> Registered:
    """Register somebody with a key for everybody."""
    made = client.post(
        "/v1/candidates",
        json=dict(ADA if body is None else body),
        headers=authorised(Scope.LEARNER, tenant=tenant),
    ).json()
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


SKILLS = "http://example.org/esco/skill/"
"""Where the skills of ``mini_esco`` begin."""


def badge(
    name: str = "Python course", to: str = "ada@example.org", until: datetime | None = None
) -> dict[str, Any]:
    """A signed badge for Python, whose recipient is hashed; without ``until`` it has no end."""
    meant = {"type": "Alignment", "targetName": "Python", "targetUrl": f"{SKILLS}python"}
    return sign_data_integrity(
        credential(of=draft(name, meant), to=replace(award(to), valid_until=until)),
        key(),
        created=datetime(2026, 3, 2, tzinfo=UTC),
    )


def issuers_file() -> str:
    """The file of known issuers that knows who signed ``badge``."""
    return f'[[issuer]]\nid = "{key().did}"\nname = "Harbour Kitchen School"\n'
