"""``/v1/candidates/search``: who is found, what is told of them, and what is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from skillmatch.model.evidence import Assurance
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.ranking import profiles
from skillmatch_api.ranking.indexes import RankingIndexes
from skillmatch_api.store import Store
from skillmatch_api.store.tables import AuditEntry, Consent, EvidenceRow, Person, View
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised
from tests.api.ranking_people import add_person, refresh, shown

PATH = "/v1/candidates/search"
SKILL = "http://example.org/esco/skill/"
PYTHON, MEDICATION = SKILL + "python", SKILL + "medication"
ASKED = {"skills": [{"concept": PYTHON}, {"concept": MEDICATION, "necessity": "nice"}]}


@pytest.fixture
def recruiter(authorised: Authorised) -> dict[str, str]:
    """Header of a recruiter's key."""
    return authorised(Scope.RECRUITER)


@pytest.fixture
def ada(store: Store) -> Person:
    """Somebody who proves Python with a badge and shares everything."""
    with store.writing() as session:
        person = add_person(
            session,
            [shown(PYTHON, Assurance.VERIFIED, issued=date(2026, 3, 1))],
            name="Ada",
            place="Graz, Austria",
            languages=["de-AT"],
            available_from=date(2026, 12, 1),
        )
        row = session.scalars(select(EvidenceRow)).one()
        row.badge = "Python in practice"
    return person


def _post(client: TestClient, key: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(PATH, json=body, headers=key)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_candidate_is_told_of_with_shares_reasons_and_the_badge_behind(
    client: TestClient, recruiter: dict[str, str], ada: Person
) -> None:
    """That is what a recruiter decides by: what is shown, how far, and who says so."""
    found = _post(client, recruiter, ASKED)

    assert (found["total"], found["next"], found["why_empty"]) == (1, None, "")
    (candidate,) = found["candidates"]
    assert candidate["id"] == ada.id
    assert candidate["name"] == "Ada"
    # Must counts 1, nice .3: Python alone is 1 / 1.3.
    assert (candidate["covered"], candidate["proven"]) == (0.769231, 0.769231)
    python, other = candidate["skills"]
    assert python["state"] == "proven"
    assert python["reason"] == "“Python (computer programming)” is shown by a badge; verified."
    assert python["behind"]["badge"] == "Python in practice"
    assert python["behind"]["issued"] == "2026-03-01"
    assert python["behind"]["verified_at"].startswith("2026-11-22")
    assert (other["state"], other["behind"]) == ("missing", None)
    assert found["asked"][0]["counts"][0] == {"value": "proven", "count": 1}
    assert found["facets"]["languages"] == [{"value": "de", "count": 1}]
    assert found["facets"]["places"] == [{"value": "Graz, Austria", "count": 1}]


def test_a_blind_search_hides_who_it_is(
    client: TestClient, recruiter: dict[str, str], ada: Person
) -> None:
    """Neither names nor what points at a protected trait, wherever it stands in the answer."""
    text = client.post(PATH, json={**ASKED, "blind": True}, headers=recruiter).text

    assert ada.id in text
    for hidden in ("Ada", "Graz", "de-AT", "Example Academy", "Python in practice", "2026-03-01"):
        assert hidden not in text


def test_what_is_not_shared_is_not_told(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """Ranking reads evidence; who does not share it is told of by state alone."""
    with store.writing() as session:
        add_person(
            session, [shown(PYTHON, Assurance.VERIFIED)], shares=(), name="Bea", place="Graz"
        )

    found = _post(client, recruiter, ASKED)

    (candidate,) = found["candidates"]
    assert (candidate["name"], candidate["place"], candidate["shares"]) == ("", "", [])
    assert candidate["skills"][0]["reason"] == "A skill is shown; verified."
    assert candidate["skills"][0]["behind"] is None
    assert found["facets"]["places"] == []
    nobody = _post(client, recruiter, {**ASKED, "filters": {"places": ["Graz"]}})
    assert nobody["total"] == 0


@pytest.mark.parametrize(
    "asked", [{"years": 7}, {"level": "expert"}, {"level": "ausgezeichnete Kenntnisse"}]
)
def test_a_level_that_is_not_shared_is_not_told(
    client: TestClient, recruiter: dict[str, str], store: Store, asked: dict[str, object]
) -> None:
    """That it is below what was asked for is all that the reason says of it."""
    with store.writing() as session:
        add_person(session, [shown(PYTHON, years=2.5, level="basic")], shares=())

    found = _post(client, recruiter, {"skills": [{"concept": PYTHON, **asked}]})

    (skill,) = found["candidates"][0]["skills"]
    assert skill["state"] == "below level"
    assert skill["reason"] == "A skill is shown, below the level asked for."


@pytest.mark.usefixtures("ada")
def test_words_and_postings_are_read_and_what_was_not_is_told(
    client: TestClient, recruiter: dict[str, str]
) -> None:
    """Who searches must know which of their words counted for nothing."""
    words = _post(client, recruiter, {"skills": [{"text": "Python"}, {"text": "qwertzuiop"}]})
    posting = _post(client, recruiter, {"posting": "You have solid knowledge of Python."})

    assert [one["uri"] for one in words["asked"]] == [PYTHON]
    assert words["unread"] == ["qwertzuiop"]
    assert PYTHON in [one["uri"] for one in posting["asked"]]
    assert posting["total"] == 1


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "give skills, a posting, an occupation or requirements"),
        ({"skills": [{}]}, "give either a concept or a text"),
        ({"skills": [{"concept": "http://example.org/none"}]}, "/skills/0/concept"),
        ({"skills": [{"concept": PYTHON, "level": "wizard"}]}, "/skills/0/level"),
        ({"skills": [{"text": "qwertzuiop"}]}, "names a skill that is known"),
        ({**ASKED, "cursor": "abc"}, "cursor"),
        ({**ASKED, "limit": 201}, "limit"),
        ({**ASKED, "filters": {"gender": "f"}}, "gender"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    client: TestClient, recruiter: dict[str, str], body: dict[str, Any], named: str
) -> None:
    """One clear problem: which field, and what was expected."""
    answer = client.post(PATH, json=body, headers=recruiter)

    assert answer.status_code == 422
    assert named in answer.text


def test_pages_follow_each_other_and_belong_to_one_search(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """Nobody twice, nobody left out; a cursor of another search is refused, not misread."""
    with store.writing() as session:
        ids = {add_person(session, [shown(PYTHON)]).id for _ in range(5)}

    first = _post(client, recruiter, {**ASKED, "limit": 3})
    second = _post(client, recruiter, {**ASKED, "limit": 3, "cursor": first["next"]})
    other = client.post(
        PATH, json={"skills": [{"concept": MEDICATION}], "cursor": first["next"]}, headers=recruiter
    )

    found = [*first["candidates"], *second["candidates"]]
    assert [one["rank"] for one in found] == [1, 2, 3, 4, 5]
    assert [one["id"] for one in found] == sorted(ids)
    assert second["next"] is None
    assert other.status_code == 422
    assert "another search" in other.json()["detail"]
    bound_to, _, _ = first["next"].partition(".")
    for rest in ("1.0.a1", "1.9999999999.a1", "1.1", "x.1.a1"):
        forged = {**ASKED, "cursor": f"{bound_to}.{rest}"}
        assert client.post(PATH, json=forged, headers=recruiter).status_code == 422


def test_a_search_is_written_down_without_words(
    client: TestClient, recruiter: dict[str, str], ada: Person, store: Store
) -> None:
    """The audit log says what was searched for; the person sees that somebody looked."""
    found = _post(client, recruiter, {"skills": [{"text": "Python"}], "blind": True})

    with store.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "candidate.search")
        ).one()
        view = session.scalars(select(View)).one()
    assert entry.id == found["search_id"]
    assert entry.details["concepts"] == [PYTHON]
    assert (entry.details["total"], entry.details["blind"]) == (1, True)
    assert (view.person_id, view.search_id, view.blind) == (ada.id, entry.id, True)
    assert view.by == entry.by


def test_a_withdrawal_takes_effect_at_once(
    client: TestClient, recruiter: dict[str, str], ada: Person, store: Store
) -> None:
    """The next search does not find them, though the last one did."""
    assert _post(client, recruiter, ASKED)["total"] == 1
    with store.writing() as session:
        session.scalars(select(Consent)).one().withdrawn_at = NOW
        refresh(session, ada)

    found = _post(client, recruiter, ASKED)

    assert found["candidates"] == []
    assert found["why_empty"].startswith("Nobody has consented to be found.")


def test_consent_that_runs_out_ends_to_the_second(
    matching: Services, recruiter: dict[str, str], store: Store
) -> None:
    """Nothing is written when it ends; the search itself looks at the clock."""
    with store.writing() as session:
        add_person(session, [shown(PYTHON)], expires_at=NOW + timedelta(seconds=1))
    later = replace(matching, clock=lambda: NOW + timedelta(seconds=1))

    with TestClient(create_app(matching), base_url="http://127.0.0.1") as client:
        before = _post(client, recruiter, ASKED)
    with TestClient(create_app(later), base_url="http://127.0.0.1") as client:
        after = _post(client, recruiter, ASKED)

    assert (before["total"], after["total"]) == (1, 0)


def test_another_process_sees_a_withdrawal_too(
    matching: Services, recruiter: dict[str, str], ada: Person, store: Store
) -> None:
    """Each process has its own index; all of them follow the one database."""
    other = replace(matching, indexes=RankingIndexes())
    with (
        TestClient(create_app(matching), base_url="http://127.0.0.1") as one,
        TestClient(create_app(other), base_url="http://127.0.0.1") as two,
    ):
        before = [_post(client, recruiter, ASKED)["total"] for client in (one, two)]
        with store.writing() as session:
            session.scalars(select(Consent)).one().withdrawn_at = NOW
            refresh(session, ada)

        after = [_post(client, recruiter, ASKED)["total"] for client in (two, one)]

    assert (before, after) == ([1, 1], [0, 0])


def test_an_erased_person_is_found_by_no_search(
    client: TestClient, recruiter: dict[str, str], ada: Person, store: Store
) -> None:
    """The index lets go of them with the next search."""
    assert _post(client, recruiter, ASKED)["total"] == 1
    with store.writing() as session:
        profiles.forget(session, tenant_id=ada.tenant_id, number=ada.number)
        session.delete(session.merge(ada))

    text = client.post(PATH, json=ASKED, headers=recruiter).text

    assert ada.id not in text
    assert "Ada" not in text


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("filters", "why"),
    [
        (
            {"languages": ["fr"]},
            "The filters leave out every candidate (1): what they ask about is otherwise, or is "
            "not shared; lift one of: languages.",
        ),
        ({"available_by": "2026-11-30"}, "lift one of: available_by."),
        ({"issued_after": "2026-04-01"}, "with evidence that passes issued_after."),
    ],
)
def test_an_empty_answer_says_why(
    client: TestClient, recruiter: dict[str, str], filters: dict[str, Any], why: str
) -> None:
    """An empty page that says nothing looks like a fault."""
    found = _post(client, recruiter, {**ASKED, "filters": filters})

    assert found["total"] == 0
    assert why in found["why_empty"]


def test_only_recruiters_search_and_only_among_their_own(
    client: TestClient, authorised: Authorised, ada: Person
) -> None:
    """Another organisation's people are not there; other keys have no business here."""
    others = authorised(Scope.RECRUITER, tenant="another")

    statuses = [
        client.post(PATH, json=ASKED, headers=authorised(scope)).status_code
        for scope in (Scope.LEARNER, Scope.PROVIDER, Scope.ADMIN)
    ]

    assert statuses == [403, 403, 403]
    assert client.post(PATH, json=ASKED).status_code == 401
    assert ada.id not in client.post(PATH, json=ASKED, headers=others).text
