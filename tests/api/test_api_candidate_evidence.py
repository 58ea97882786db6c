"""Evidence of people: who may add it, what makes it count, and who sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.wire.services import Services
from tests.api.candidate_steps import SKILLS, badge, consented, issuers_file, registered
from tests.api.conftest import Authorised


@pytest.fixture
def client(matching: Services, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a service whose operator knows the issuer of ``badge``."""
    path = tmp_path / "issuers.toml"
    path.write_text(issuers_file(), encoding="utf-8")
    services = replace(matching, settings=replace(matching.settings, issuers=path))
    with TestClient(create_app(services), base_url="http://127.0.0.1") as opened:
        yield opened


def _add(
    client: TestClient, path: str, headers: dict[str, str], **body: list[object]
) -> dict[str, Any]:
    answer = client.post(f"{path}/evidence", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _badge(name: str = "badge.json") -> dict[str, object]:
    return {"name": name, "json": badge()}


def test_skills_documents_and_badges_become_evidence(
    client: TestClient, authorised: Authorised
) -> None:
    """Each with how far it can be believed, and the badge behind it."""
    ada = registered(client, authorised)

    added = _add(
        client,
        ada.path,
        ada.headers,
        have=["Java; advanced; 3 years", "no such skill at all"],
        documents=[_badge(), {"name": "cv.txt", "text": "I use Git every day."}],
    )

    kinds = {one["kind"]: one for one in added["items"]}
    assert kinds["claim"]["uri"] == f"{SKILLS}java"
    assert (kinds["claim"]["years"], kinds["claim"]["assurance"]) == (3, "claimed")
    assert kinds["document"]["assurance"] == "documented"
    assert (kinds["badge"]["assurance"], kinds["badge"]["badge"]) == ("verified", "Python course")
    assert kinds["badge"]["issuer"] == "Harbour Kitchen School"
    assert kinds["badge"]["document"] == added["documents"][0]["id"]
    assert added["unread"] == ["no such skill at all"]
    listed = client.get(f"{ada.path}/evidence", headers=ada.headers).json()
    assert listed["items"] == added["items"]


@pytest.mark.parametrize("contact", ["bob@example.org", ""])
def test_a_badge_of_somebody_else_is_not_verified(
    client: TestClient, authorised: Authorised, contact: str
) -> None:
    """Whose it is decides as much as who signed it; without a contact nobody knows."""
    bob = registered(client, authorised, {"contact": contact})

    added = _add(client, bob.path, bob.headers, documents=[_badge()])

    assert added["items"][0]["assurance"] in {"documented", "invalid"}


def test_a_badge_of_an_issuer_whom_the_operator_does_not_know_is_not_verified(
    matching: Services, authorised: Authorised
) -> None:
    """And whoever shows it cannot vouch for the issuer."""
    with TestClient(create_app(matching), base_url="http://127.0.0.1") as client:
        ada = registered(client, authorised)

        added = _add(client, ada.path, ada.headers, documents=[_badge()])
        vouched = client.post(
            f"{ada.path}/evidence",
            json={"documents": [_badge()], "issuers": [{"id": "did:example:me"}]},
            headers=ada.headers,
        )

    assert added["items"][0]["assurance"] == "documented"
    assert vouched.status_code == 422


def test_a_new_contact_lets_badges_prove_nothing_until_they_are_added_again(
    client: TestClient, authorised: Authorised
) -> None:
    """Otherwise somebody could prove another's badge, and then give their own address."""
    ada = registered(client, authorised)
    _add(client, ada.path, ada.headers, documents=[_badge()])

    client.patch(ada.path, json={"contact": "mallory@example.org"}, headers=ada.headers)
    before = client.get(f"{ada.path}/evidence", headers=ada.headers).json()
    client.patch(ada.path, json={"contact": "ada@example.org"}, headers=ada.headers)
    again = _add(client, ada.path, ada.headers, documents=[_badge()])

    assert [one["assurance"] for one in before["items"]] == ["documented"]
    assert [one["assurance"] for one in again["items"]] == ["verified"]
    listed = client.get(f"{ada.path}/evidence", headers=ada.headers).json()
    assert (listed["total"], len(listed["documents"])) == (1, 1)


def test_the_same_skill_named_again_takes_the_place_of_the_older_claim(
    client: TestClient, authorised: Authorised
) -> None:
    """Sent twice, it is there once."""
    ada = registered(client, authorised)

    for level in ("beginner", "expert"):
        _add(client, ada.path, ada.headers, have=[f"Java; {level}"])

    listed = client.get(f"{ada.path}/evidence", headers=ada.headers).json()
    assert [one["level"] for one in listed["items"]] == ["expert"]


def test_two_files_of_one_name_stay_apart(client: TestClient, authorised: Authorised) -> None:
    """Each piece of evidence finds the file that it comes from."""
    ada = registered(client, authorised)

    added = _add(
        client, ada.path, ada.headers, documents=[_badge(), _badge(name_of := "badge.json")]
    )
    two = _add(
        client,
        ada.path,
        ada.headers,
        documents=[_badge(name_of), {"name": name_of, "json": badge(name="Second course")}],
    )

    assert len(added["items"]) >= 1
    assert [one["badge"] for one in two["items"]] == ["Python course", "Second course"]
    assert len({one["document"] for one in two["items"]}) == 2


def test_removed_evidence_and_its_file_are_gone(client: TestClient, authorised: Authorised) -> None:
    """A file goes with the last thing that it shows, or by its own id."""
    ada = registered(client, authorised)
    first = _add(client, ada.path, ada.headers, documents=[_badge()], have=["Java"])
    by_item, claim = first["items"][-1], first["items"][0]
    assert by_item["kind"] == "badge"

    gone = client.delete(f"{ada.path}/evidence/{by_item['id']}", headers=ada.headers)
    twice = client.delete(f"{ada.path}/evidence/{by_item['id']}", headers=ada.headers)

    listed = client.get(f"{ada.path}/evidence", headers=ada.headers).json()
    assert (gone.status_code, twice.status_code) == (204, 404)
    assert ([one["id"] for one in listed["items"]], listed["documents"]) == ([claim["id"]], [])


def test_the_organisation_adds_evidence_until_the_record_is_claimed(
    client: TestClient, authorised: Authorised
) -> None:
    """A provider may put down what somebody learned; a claimed record is the person's alone."""
    provider = authorised(Scope.PROVIDER)
    made = client.post("/v1/candidates", json={}, headers=provider).json()
    ada = registered(client, authorised)

    _add(client, f"/v1/candidates/{made['id']}", provider, have=["Java"])

    refused = client.post(f"{ada.path}/evidence", json={"have": ["Java"]}, headers=provider)
    assert refused.status_code == 404


def test_recruiters_see_shared_evidence_with_the_badge_behind_it(
    client: TestClient, authorised: Authorised
) -> None:
    """Its state and date included; the name of the file is its owner's affair."""
    ada = registered(client, authorised)
    _add(client, ada.path, ada.headers, documents=[_badge("ada-private.json")])
    recruiter = authorised(Scope.RECRUITER)
    consented(client, ada, ["evidence"])

    seen = client.get(f"{ada.path}/evidence", headers=recruiter).json()

    item = seen["items"][0]
    assert (item["badge"], item["assurance"]) == ("Python course", "verified")
    assert item["issued"] == "2026-03-02"
    assert item["checked_at"].startswith("2026-11-22")
    assert "ada-private" not in json.dumps(seen)
    assert item["document"] is None


def test_evidence_that_is_not_shared_stays_with_its_owner(
    client: TestClient, authorised: Authorised
) -> None:
    """To be found is not to be read."""
    ada = registered(client, authorised)
    _add(client, ada.path, ada.headers, documents=[_badge()])
    consented(client, ada, ["name"])

    seen = client.get(f"{ada.path}/evidence", headers=authorised(Scope.RECRUITER)).json()

    assert (seen["items"], seen["shared"], seen["total"]) == ([], False, 0)


def test_blind_evidence_tells_neither_badge_nor_issuer_nor_dates(
    client: TestClient, authorised: Authorised
) -> None:
    """The name of a school may tell a faith or a sex, and a date an age."""
    ada = registered(client, authorised)
    _add(client, ada.path, ada.headers, documents=[_badge()], have=["Java; 30 years"])
    consented(client, ada)

    seen = client.get(f"{ada.path}/evidence?blind=true", headers=authorised(Scope.RECRUITER)).json()

    assert [one["assurance"] for one in seen["items"]] == ["claimed", "verified"]
    for one in seen["items"]:
        hidden = ("badge", "issuer", "issued", "text", "reason", "years", "document")
        assert not any(one[name] for name in hidden), one


def test_the_file_of_a_badge_is_given_only_with_what_stands_in_it(
    client: TestClient, authorised: Authorised
) -> None:
    """It names its recipient, so name and contact must be shared, too; a CV is never given."""
    ada = registered(client, authorised)
    added = _add(
        client,
        ada.path,
        ada.headers,
        documents=[_badge(), {"name": "cv.txt", "text": "I use Git every day."}],
    )
    recruiter = authorised(Scope.RECRUITER)
    paths = [f"{ada.path}/documents/{one['id']}" for one in added["documents"]]

    consented(client, ada, ["evidence", "name"])
    without = [client.get(path, headers=recruiter).status_code for path in paths]
    consented(client, ada, ["evidence", "name", "contact"])
    given = [client.get(path, headers=recruiter) for path in paths]

    assert without == [404, 404]
    assert [one.status_code for one in given] == [200, 404]
    assert given[0].json() == badge()
    assert given[0].headers["Content-Disposition"].startswith("attachment")
    own = client.get(paths[1], headers=ada.headers)
    assert own.content == b"I use Git every day."


def test_a_faulty_document_leaves_nothing_behind(
    client: TestClient, authorised: Authorised
) -> None:
    """All of a request is kept, or none of it."""
    ada = registered(client, authorised)

    answer = client.post(
        f"{ada.path}/evidence",
        json={"have": ["Java"], "documents": [{"name": "x.pdf", "base64": "JVBERi0xLjQK"}]},
        headers=ada.headers,
    )

    assert answer.status_code == 422
    assert client.get(f"{ada.path}/evidence", headers=ada.headers).json()["total"] == 0


def test_a_level_that_nobody_knows_is_refused_with_those_that_there_are(
    client: TestClient, authorised: Authorised
) -> None:
    """Kept without a word, it would count for nothing, and nobody would know why."""
    ada = registered(client, authorised)

    answer = client.post(
        f"{ada.path}/evidence", json={"have": ["Git", "Java; ninja"]}, headers=ada.headers
    )

    assert answer.status_code == 422
    (told,) = (answer.json()["detail"],)
    assert told.startswith("/have/1: level “ninja” is none that is known")
    assert "beginner, basic, intermediate, proficient, advanced, expert, and A1 to C2" in told
    assert client.get(f"{ada.path}/evidence", headers=ada.headers).json()["total"] == 0


def test_evidence_is_read_in_pages(client: TestClient, authorised: Authorised) -> None:
    """In the order in which it was added, each piece once."""
    ada = registered(client, authorised)
    _add(client, ada.path, ada.headers, have=["Java", "Python", "Git"])

    seen, cursor = [], None
    while True:
        params = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = client.get(f"{ada.path}/evidence", params=params, headers=ada.headers).json()
        seen += [one["uri"].rpartition("/")[2] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert seen == ["java", "python", "version-control"]
