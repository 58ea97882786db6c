"""What answers tell of a level that is not shared: the step it lies in, however often one asks."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from skillmatch.gap.levels import STEP_NAMES, WORD_SCALE, YEARS_SCALE
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch_api.access.principal import Scope
from skillmatch_api.people.evidence_rows import to_row
from skillmatch_api.ranking.steps import QUARTER, rounded, step
from skillmatch_api.store import Store
from skillmatch_api.store.tables import EvidenceRow, Person
from tests.api.conftest import NOW, Authorised
from tests.api.ranking_people import add_person, refresh, shown

PYTHON = "http://example.org/esco/skill/python"
YEARS_ASKED = (0.5, 1.0, 2.0, 3.0, 4.0, 4.5, 5.0, 8.0, 10.0, 12.0)
NEVER_EVIDENCE = ("name", "place", "languages", "availability")


@pytest.fixture
def recruiter(authorised: Authorised) -> dict[str, str]:
    """A recruiter's key."""
    return authorised(Scope.RECRUITER)


def _hold(store: Store, person: Person, *evidence: Evidence) -> None:
    with store.writing() as session:
        session.execute(delete(EvidenceRow).where(EvidenceRow.person_id == person.id))
        _rows(session, person, evidence)
        refresh(session, person)


def _rows(session: Session, person: Person, evidence: tuple[Evidence, ...]) -> None:
    for place, one in enumerate(evidence):
        row = to_row(one, tenant_id=person.tenant_id, person_id=person.id, place=place, at=NOW)
        # Ids decide ties, and are other ones each time.
        row.id = f"0000000{place}-0000-4000-8000-000000000000"
        session.add(row)


def _told(
    client: TestClient, recruiter: dict[str, str], *, blind: bool = False, **asked: object
) -> str:
    """Return all that an answer tells but the id of the search."""
    body = {"skills": [{"concept": PYTHON, **asked}], "blind": blind}
    answer = client.post("/v1/candidates/search", json=body, headers=recruiter)
    assert answer.status_code == 200, answer.text
    return json.dumps({**answer.json(), "search_id": ""})


@pytest.mark.parametrize(
    "alike", [(0.5, 0.9), (1.0, 2.0, 2.9), (3.0, 4.0, 4.99), (5.0, 7.5, 9.0), (10.0, 12.0, 40.0)]
)
def test_years_that_are_not_shared_are_told_of_by_steps(
    client: TestClient, recruiter: dict[str, str], store: Store, alike: tuple[float, ...]
) -> None:
    """Whoever asks for every number of years gets the same answers for all of one step."""
    with store.writing() as session:
        ada = add_person(session, shares=NEVER_EVIDENCE)
    answers = []
    for held in alike:
        _hold(store, ada, shown(PYTHON, years=held))
        answers.append([_told(client, recruiter, years=asked) for asked in YEARS_ASKED])

    assert all(one == answers[0] for one in answers)
    states = [json.loads(one)["candidates"][0]["skills"][0]["state"] for one in answers[0]]
    assert len([*itertools.groupby(states)]) <= 2


def test_years_are_told_of_by_steps_in_a_blind_search_whoever_shares_them(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """They tell an age."""
    with store.writing() as session:
        ada = add_person(session)
    answers = []
    for held in (5.0, 9.5):
        _hold(store, ada, shown(PYTHON, years=held))
        answers.append([_told(client, recruiter, years=one, blind=True) for one in YEARS_ASKED])

    assert answers[0] == answers[1]


def test_of_several_pieces_none_tells_more_than_its_step(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """Which of them is the best changes with what is asked for, and would tell it, too."""
    with store.writing() as session:
        ada = add_person(session, shares=NEVER_EVIDENCE)
    answers = []
    for proven, claimed in ((1.0, 5.0), (2.5, 8.0)):
        badge = shown(PYTHON, Assurance.VERIFIED, years=proven)
        _hold(store, ada, badge, shown(PYTHON, years=claimed))
        answers.append([_told(client, recruiter, years=one) for one in YEARS_ASKED])

    assert answers[0] == answers[1]


def test_words_for_levels_that_are_not_shared_are_told_of_by_bands(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """Basic, independent, proficient: the bands of the framework that the words come from."""
    with store.writing() as session:
        ada = add_person(session, shares=NEVER_EVIDENCE)
    answers = {}
    for held in STEP_NAMES:
        _hold(store, ada, shown(PYTHON, level=held))
        answers[held] = [_told(client, recruiter, level=asked) for asked in STEP_NAMES]

    assert answers["beginner"] == answers["basic"] != answers["intermediate"]
    assert answers["intermediate"] == answers["proficient"] != answers["advanced"]
    assert answers["advanced"] == answers["expert"]


def test_all_answers_about_a_hidden_level_take_few_values(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """Shares are told in quarters: none, a part, all."""
    with store.writing() as session:
        ada = add_person(session, shares=NEVER_EVIDENCE)
    values = set()
    for held in (0.5, 1.0, 2.7, 4.2, 6.6, 11.1, 30.0):
        _hold(store, ada, shown(PYTHON, years=held))
        for asked in YEARS_ASKED:
            (one,) = json.loads(_told(client, recruiter, years=asked))["candidates"]
            values |= {one["covered"], one["proven"], one["skills"][0]["covered"]}

    assert values <= {0.0, 0.25, 0.5, 0.75, 1.0}


def test_what_is_shared_is_told_exactly(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """Steps are for those who want them."""
    with store.writing() as session:
        add_person(session, [shown(PYTHON, years=3.0)])

    (one,) = json.loads(_told(client, recruiter, years=7))["candidates"]

    assert one["covered"] == one["skills"][0]["covered"] == 0.428571


def test_the_order_is_that_of_the_exact_levels(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """Somebody is not ranked worse for what they keep to themselves."""
    with store.writing() as session:
        ids = [
            add_person(session, [shown(PYTHON, years=held)], shares=NEVER_EVIDENCE).id
            for held in (3.0, 4.5, 4.0)
        ]

    found = json.loads(_told(client, recruiter, years=9))["candidates"]

    assert [one["id"] for one in found] == [ids[1], ids[2], ids[0]]
    assert len({one["covered"] for one in found}) == 1


def test_a_cursor_tells_nothing_that_the_page_does_not(
    client: TestClient, recruiter: dict[str, str], store: Store
) -> None:
    """It names who was last, and no sum of theirs."""
    with store.writing() as session:
        people = [add_person(session, shares=NEVER_EVIDENCE, person_id=f"a{n}") for n in (1, 2)]
    for person, held in zip(people, (4.0, 3.0), strict=True):
        _hold(store, person, shown(PYTHON, years=held))
    body = {"skills": [{"concept": PYTHON, "years": 9}], "limit": 1}

    first = client.post("/v1/candidates/search", json=body, headers=recruiter).json()
    _hold(store, people[0], shown(PYTHON, years=4.5))
    again = client.post("/v1/candidates/search", json=body, headers=recruiter).json()

    bound_to, version, place, last = first["next"].split(".")
    assert (place, last) == ("1", "a1")
    assert again["next"] == f"{bound_to}.{int(version) + 1}.1.a1"


@pytest.mark.parametrize(
    ("becomes", "follow"), [(None, ["a2", "a3"]), (9.0, ["a2", "a3"]), (1.0, ["a2", "a3", "a1"])]
)
def test_a_list_goes_on_where_the_last_one_shown_left_or_moved(
    client: TestClient,
    recruiter: dict[str, str],
    store: Store,
    becomes: float | None,
    follow: list[str],
) -> None:
    """Nobody is left out because somebody else took something back meanwhile."""
    with store.writing() as session:
        for number, held in enumerate((8.0, 6.0, 4.0), start=1):
            add_person(session, [shown(PYTHON, years=held)], person_id=f"a{number}")
    body: dict[str, Any] = {"skills": [{"concept": PYTHON, "years": 9}], "limit": 1}
    first = client.post("/v1/candidates/search", json=body, headers=recruiter).json()

    with store.writing() as session:
        ada = session.get_one(Person, (_tenant(session), "a1"))
        session.expunge(ada)
    _hold(store, ada, *([] if becomes is None else [shown(PYTHON, years=becomes)]))
    body = {**body, "limit": 10, "cursor": first["next"]}
    rest = client.post("/v1/candidates/search", json=body, headers=recruiter).json()

    assert [one["id"] for one in rest["candidates"]] == follow


def _tenant(session: Session) -> str:
    return session.query(Person.tenant_id).filter(Person.id == "a1").scalar() or ""


@given(
    low=st.floats(0, 100),
    high=st.floats(0, 100),
    scale=st.sampled_from([YEARS_SCALE, WORD_SCALE, "LV"]),
)
def test_a_higher_level_never_has_a_lower_step(low: float, high: float, scale: str) -> None:
    """Otherwise somebody would be told of as below a level that they have."""
    low, high = sorted((low, high))

    assert 0 < step(low, scale) <= step(high, scale)


@given(share=st.integers(0, 1_000_000))
def test_a_part_stays_a_part(share: int) -> None:
    """Nobody is told of as showing all of a skill, or none of it, who shows some."""
    found = rounded(share)

    assert found % QUARTER == 0
    assert (found == 0, found == 1_000_000) == (share == 0, share == 1_000_000)
    assert abs(found - share) < QUARTER
