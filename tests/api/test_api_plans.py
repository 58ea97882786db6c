"""``/v1/plans``, ``/v1/catalogue`` and ``/v1/postings``: the values of the command line."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from skillmatch_api.access.principal import Scope
from skillmatch_api.engine.catalogues import Shelf
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Replay
from tests.api.conftest import Authorised, CommandLine
from tests.mini_engine import uri

POSTING = """Junior developer

Requirements:
- Python 3
- Must have order picking
- Excel is a plus
"""
DAY = "2026-11-23"
ROWS = [
    "id,name,kind,provider,skills,cost,currency,hours,self_paced,delivery,language",
    f"py,Python Course,course,Mini School,Python <{uri('python')}>,40,EUR,12,yes,online,en",
    f"pick,Picking Badge,badge,Mini School,pick <{uri('pick-orders')}>,300,EUR,6,yes,in person,de",
    f"team,Team Day,course,Mini School,team <{uri('teamwork')}>,0,EUR,6,yes,online,en",
]
OFFERS = {"name": "offers.csv", "text": "\n".join(ROWS) + "\n"}
PLAN = {"goals": [{"posting": POSTING}], "at": DAY}


@pytest.fixture
def learner(authorised: Authorised) -> dict[str, str]:
    """A learner's key."""
    return authorised(Scope.LEARNER)


@pytest.fixture
def provider(authorised: Authorised) -> dict[str, str]:
    """A provider's key of the same organisation."""
    return authorised(Scope.PROVIDER)


def put(client: TestClient, key: dict[str, str], name: str = "mini") -> Any:  # noqa: ANN401 - a response
    """Keep the three offers under a name."""
    return client.put(f"/v1/catalogue/{name}", headers=key, json={"documents": [OFFERS]})


@pytest.mark.parametrize("form", ["json", "ics"])
def test_a_plan_has_the_bytes_of_the_command_line(
    form: str,
    client: TestClient,
    learner: dict[str, str],
    command_line: CommandLine,
    tmp_path: Path,
) -> None:
    """The same goals, offers and limits, in each form."""
    (tmp_path / "offers.csv").write_text(OFFERS["text"], encoding="utf-8")
    printed = command_line(
        "plan", "-", "--catalogue", str(tmp_path / "offers.csv"), "--at", DAY,
        "--have", "Excel", "--max-cost", "500 EUR", "--hours-per-week", "4", "--max-weeks", "20",
        "--language", "en", "--language", "de", "--format", form, stdin=POSTING.encode(),
    )  # fmt: skip
    media = {"json": "application/json", "markdown": "text/markdown", "ics": "text/calendar"}

    answer = client.post(
        "/v1/plans",
        headers={**learner, "Accept": media.get(form, "image/svg+xml")},
        json={
            **PLAN,
            "offers": [OFFERS],
            "have": ["Excel"],
            "max_cost": {"amount": 500, "currency": "EUR"},
            "hours_per_week": 4,
            "max_weeks": 20,
            "languages": ["en", "de"],
        },
    )

    assert answer.status_code == 200, answer.text
    assert answer.content.decode().replace("\r\n", "\n") == printed.replace("\r\n", "\n")


def test_a_plan_uses_the_catalogues_that_were_kept(
    client: TestClient, learner: dict[str, str], provider: dict[str, str]
) -> None:
    """A provider puts them there once; a learner names none and gets them all."""
    none = client.post("/v1/plans", headers=learner, json=PLAN)
    put(client, provider)

    every = client.post("/v1/plans", headers=learner, json=PLAN)
    named = client.post("/v1/plans", headers=learner, json={**PLAN, "catalogues": ["mini"]})
    absent = client.post("/v1/plans", headers=learner, json={**PLAN, "catalogues": ["other"]})

    assert none.status_code == 422
    assert "no catalogue" in none.json()["detail"]
    assert {one["offer"] for one in every.json()["steps"]} == {"py", "pick"}
    assert every.text == named.text
    assert absent.status_code == 404


def test_a_plan_is_kept_only_when_asked_and_only_for_its_owner(
    client: TestClient, learner: dict[str, str], authorised: Authorised
) -> None:
    """Nobody else of the organisation, and nobody of another, reads what a person keeps."""
    body = {**PLAN, "offers": [OFFERS]}
    client.post("/v1/plans", headers=learner, json=body)
    kept = client.post("/v1/plans", headers=learner, json={**body, "keep": True, "title": "Mine"})
    place = kept.headers["Location"]
    registered = client.post("/v1/candidates", headers=learner, json={}).json()
    person = {"Authorization": f"Bearer {registered['key']}"}
    foreign = authorised(Scope.LEARNER, tenant="another")

    listed = client.get("/v1/plans", headers=learner).json()
    shown = client.get(place, headers=learner)
    calendar = client.get(place, headers={**learner, "Accept": "text/calendar"})
    others = [client.get(place, headers=one).status_code for one in (person, foreign)]
    kept_by_others = [client.delete(place, headers=one).status_code for one in (person, foreign)]
    gone = client.delete(place, headers=learner).status_code

    assert kept.status_code == 201
    assert [one["title"] for one in listed["items"]] == ["Mine"]
    assert shown.text == kept.text
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    assert (others, kept_by_others, gone) == ([404, 404], [404, 404], 204)
    assert client.get(place, headers=learner).status_code == 404


def test_a_plan_that_is_kept_twice_with_one_key_is_kept_once(
    client: TestClient, learner: dict[str, str], store: Store
) -> None:
    """A client whose line broke asks again; a plan that is not kept leaves nothing, key or not."""
    body = {**PLAN, "offers": [OFFERS]}
    headers = {**learner, "Idempotency-Key": "kept"}

    first = client.post("/v1/plans", headers=headers, json={**body, "keep": True})
    again = client.post("/v1/plans", headers=headers, json={**body, "keep": True})
    made = [
        client.post("/v1/plans", headers={**learner, "Idempotency-Key": "made"}, json=body)
        for _ in range(2)
    ]

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Location"] == first.headers["Location"]
    assert len(client.get("/v1/plans", headers=learner).json()["items"]) == 1
    assert [one.headers.get("Idempotency-Replayed") for one in made] == [None, None]
    with store.reading() as session:
        assert [row.key for row in session.scalars(select(Replay))] == ["kept"]


def test_lists_go_on_where_a_page_ends(client: TestClient, learner: dict[str, str]) -> None:
    """Each thing once, although all were kept at one moment."""
    body = {**PLAN, "offers": [OFFERS], "keep": True, "alternatives": False, "curve": False}
    made = {
        client.post("/v1/plans", headers=learner, json=body).headers["Location"] for _ in range(3)
    }
    seen, cursor = [], None

    for _ in range(3):
        params = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/plans", headers=learner, params=params).json()
        seen += [f"/v1/plans/{one['id']}" for one in page["items"]]
        cursor = page["next"]

    assert (len(seen), set(seen), cursor) == (3, made, None)
    assert client.get("/v1/plans?cursor=abc", headers=learner).status_code == 422


def test_catalogues_are_listed_page_by_page_own_and_shared_ones_alike(
    client: TestClient, provider: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name, whosever they are; an own one stands in the place of a shared one of its name."""
    monkeypatch.setattr(Shelf, "shared", ("m", "zz"))
    put(client, provider, "zz")
    put(client, provider, "a")
    seen, cursor = [], None

    for _ in range(3):
        params = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/catalogue", headers=provider, params=params).json()
        seen += [(one["name"], one["shared"]) for one in page["items"]]
        cursor = page["next"]

    assert (seen, cursor) == ([("a", False), ("m", True), ("zz", False)], None)
    assert client.get("/v1/catalogue?cursor=abc", headers=provider).status_code == 422


def test_a_catalogue_is_kept_read_checked_and_forgotten(
    client: TestClient, provider: dict[str, str], command_line: CommandLine, tmp_path: Path
) -> None:
    """What is kept is the file that the command line would write."""
    (tmp_path / "offers.csv").write_text(OFFERS["text"], encoding="utf-8")
    out = tmp_path / "mini.json"
    printed = json.loads(
        command_line(
            "catalogue", "import", str(tmp_path / "offers.csv"), "--name", "mini",
            "--out", str(out), "--json",
        )
    )  # fmt: skip

    made = put(client, provider)
    again = put(client, provider)
    shown = client.get("/v1/catalogue/mini", headers=provider)
    checked = client.get("/v1/catalogue/mini/check", headers=provider, params={"at": DAY})
    listed = client.get("/v1/catalogue", headers=provider).json()["items"]

    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json() == {**printed, "path": ""}
    assert shown.text == out.read_text(encoding="utf-8")
    assert checked.json()["offers"] == 3
    assert [(one["name"], one["offers"]) for one in listed] == [("mini", 3)]
    assert client.delete("/v1/catalogue/mini", headers=provider).status_code == 204
    assert client.get("/v1/catalogue/mini", headers=provider).status_code == 404


def test_nobody_overwrites_a_catalogue_that_they_have_not_seen(
    client: TestClient, provider: dict[str, str]
) -> None:
    """Two people may work on one."""
    seen = put(client, provider).headers["ETag"]
    put(client, provider)

    stale = client.put(
        "/v1/catalogue/mini", headers={**provider, "If-Match": seen}, json={"documents": [OFFERS]}
    )
    fresh = client.get("/v1/catalogue/mini", headers=provider).headers["ETag"]
    right = client.delete("/v1/catalogue/mini", headers={**provider, "If-Match": fresh})

    assert stale.status_code == 412
    assert right.status_code == 204


def test_a_catalogue_belongs_to_one_organisation(
    client: TestClient, provider: dict[str, str], authorised: Authorised, learner: dict[str, str]
) -> None:
    """Another one has never heard of it, and a learner changes none."""
    put(client, provider)
    foreign = authorised(Scope.PROVIDER, tenant="another")

    assert client.get("/v1/catalogue/mini", headers=foreign).status_code == 404
    assert client.get("/v1/catalogue", headers=foreign).json()["items"] == []
    assert client.delete("/v1/catalogue/mini", headers=foreign).status_code == 404
    assert put(client, foreign).status_code == 201
    assert put(client, learner).status_code == 403
    assert client.get("/v1/catalogue/mini", headers=learner).status_code == 200


@pytest.mark.parametrize(
    ("name", "document", "words"),
    [
        ("mini", {"name": "a.csv", "text": "name,cost\nPython,dear\n"}, "a.csv"),
        ("mini", {"name": "a.json", "text": "{}"}, "a.json"),
        ("mini", {"name": "a.zip", "base64": base64.b64encode(b"PK\x03\x04").decode()}, "a.zip"),
        ("UP", OFFERS, "faults"),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_one_problem(
    name: str, document: dict[str, str], words: str, client: TestClient, provider: dict[str, str]
) -> None:
    """It names the document, and nothing is kept."""
    answer = client.put(f"/v1/catalogue/{name}", headers=provider, json={"documents": [document]})

    assert answer.status_code == 422
    assert words in answer.text
    assert client.get("/v1/catalogue", headers=provider).json()["items"] == []


def test_a_posting_is_kept_only_for_whoever_asked(
    client: TestClient, learner: dict[str, str], authorised: Authorised
) -> None:
    """With what it asks for, until it is deleted."""
    kept = client.post("/v1/postings", headers=learner, json={"posting": POSTING})
    place = kept.headers["Location"]
    foreign = authorised(Scope.LEARNER, tenant="another")

    assert kept.status_code == 201
    assert kept.json()["title"] == "Junior developer"
    assert kept.json()["checklist"]["requirements"]
    assert client.get(place, headers=learner).json() == kept.json()
    assert client.get(place, headers=foreign).status_code == 404
    assert len(client.get("/v1/postings", headers=learner).json()["items"]) == 1
    assert client.delete(place, headers=learner).status_code == 204
    assert client.get("/v1/postings", headers=learner).json()["items"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"goals": []},
        {"goals": [{"posting": POSTING, "weight": -1}]},
        {"hours_per_week": 0},
        {"by": "2026-01-01"},
        {"by": "9999-12-31"},
        {"max_cost": {"amount": -1}},
        {"max_cost": {"amount": 1, "currency": "euro"}},
        {"prefer": "nicest"},
        {"commit": ["no such offer"]},
        {"title": "a\u0000b", "keep": True},
    ],
)
def test_a_plan_that_cannot_be_is_one_clear_problem(
    change: dict[str, Any], client: TestClient, learner: dict[str, str]
) -> None:
    """Said before anything is kept."""
    body = {**PLAN, "offers": [OFFERS], **change}

    answer = client.post("/v1/plans", headers=learner, json=body)

    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]


def test_what_is_kept_and_forgotten_is_in_the_audit_log(
    client: TestClient, provider: dict[str, str], authorised: Authorised
) -> None:
    """With who did it and to what, and without a word of what it says."""
    assert put(client, provider).status_code == 201
    assert put(client, provider).status_code == 200
    body = {**PLAN, "keep": True, "title": "My way"}
    plan = client.post("/v1/plans", headers=provider, json=body).headers["location"]
    posting = client.post("/v1/postings", headers=provider, json={"posting": POSTING})
    places = [plan, posting.headers["location"], "/v1/catalogue/mini"]
    assert {client.delete(one, headers=provider).status_code for one in places} == {204}
    assert {client.delete(one, headers=provider).status_code for one in places} == {404}

    told = client.get("/v1/audit", headers=authorised(Scope.ADMIN)).json()["items"]

    ids = [one.rpartition("/")[2] for one in places]
    assert sorted((one["action"], one["subject"], str(one["details"])) for one in told) == [
        ("catalogue.delete", "mini", "{}"),
        ("catalogue.import", "mini", "{'offers': 3, 'revision': 1}"),
        ("catalogue.import", "mini", "{'offers': 3, 'revision': 2}"),
        ("plan.delete", ids[0], "{}"),
        ("plan.keep", ids[0], "{}"),
        ("posting.delete", ids[1], "{}"),
        ("posting.keep", ids[1], "{}"),
    ]
    assert {one["by"].partition(":")[0] for one in told} == {"key"}
