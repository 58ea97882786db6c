"""Badges that end: verified until then, and not a moment longer, wherever evidence is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.wire.services import Services
from tests.api.candidate_steps import SKILLS, Registered, badge, consented, issuers_file, registered
from tests.api.conftest import NOW, Authorised

END = NOW + timedelta(days=1)
ASKED = {"skills": [{"concept": f"{SKILLS}python"}]}


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.at


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at ``NOW``."""
    return Clock()


@pytest.fixture
def client(matching: Services, clock: Clock, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a service whose operator knows the issuer of ``badge``."""
    path = tmp_path / "issuers.toml"
    path.write_text(issuers_file(), encoding="utf-8")
    settings = replace(matching.settings, issuers=path)
    services = replace(matching, settings=settings, clock=clock)
    with TestClient(create_app(services), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def ada(client: TestClient, authorised: Authorised) -> Registered:
    """Somebody who may be found, with a badge for Python that ends at ``END``."""
    person = registered(client, authorised)
    consented(client, person)
    answer = client.post(
        f"{person.path}/evidence",
        json={"documents": [{"name": "badge.json", "json": badge(until=END)}]},
        headers=person.headers,
    )
    assert answer.status_code == 201, answer.text
    assert answer.json()["items"][0]["assurance"] == "verified"
    return person


def _search(client: TestClient, recruiter: dict[str, str], **filters: bool) -> dict[str, Any]:
    answer = client.post(
        "/v1/candidates/search", json={**ASKED, "filters": filters}, headers=recruiter
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_search_trusts_a_badge_until_it_ends_and_not_at_its_end(
    client: TestClient, clock: Clock, authorised: Authorised, ada: Registered
) -> None:
    """Nobody has to add or check anything; the index in memory is told, too."""
    recruiter = authorised(Scope.RECRUITER)

    clock.at = END - timedelta(seconds=1)
    before = _search(client, recruiter, proven_only=True)
    clock.at = END
    after = _search(client, recruiter)

    assert [one["id"] for one in before["candidates"]] == [ada.id]
    assert before["candidates"][0]["skills"][0]["state"] == "proven"
    assert after["total"] == 0


@pytest.mark.parametrize("own", [True, False])
def test_evidence_says_that_its_badge_has_ended(
    client: TestClient, clock: Clock, authorised: Authorised, ada: Registered, own: bool
) -> None:
    """To its owner and to recruiters, with what would mend it."""
    headers = ada.headers if own else authorised(Scope.RECRUITER)

    clock.at = END
    (piece,) = client.get(f"{ada.path}/evidence", headers=headers).json()["items"]

    assert piece["assurance"] == "invalid"
    assert piece["reason"].startswith("dates: it expired on 2026-11-23")


def test_shortlists_and_exports_do_not_trust_a_badge_that_has_ended(
    client: TestClient, clock: Clock, authorised: Authorised, ada: Registered
) -> None:
    """They are read long after, and elsewhere."""
    clock.at = END
    listed = client.post(
        "/v1/candidates/export", json={"ids": [ada.id]}, headers=authorised(Scope.RECRUITER)
    ).json()
    own = client.get(f"{ada.path}/export", headers=ada.headers).json()

    assert [one["assurance"] for one in listed["items"][0]["evidence"]] == ["invalid"]
    assert [one["assurance"] for one in own["evidence"]] == ["invalid"]


def test_a_badge_that_was_renewed_counts_again(
    client: TestClient, clock: Clock, ada: Registered
) -> None:
    """The renewed one is another file; the old one keeps saying that it ended."""
    clock.at = END
    client.get(f"{ada.path}/evidence", headers=ada.headers)

    renewed = client.post(
        f"{ada.path}/evidence",
        json={"documents": [{"name": "new.json", "text": json.dumps(badge())}]},
        headers=ada.headers,
    )

    assert [one["assurance"] for one in renewed.json()["items"]] == ["verified"]
    listed = client.get(f"{ada.path}/evidence", headers=ada.headers).json()["items"]
    assert [one["assurance"] for one in listed] == ["invalid", "verified"]
