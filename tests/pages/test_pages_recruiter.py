"""The recruiter's pages without a browser: what is asked, who is shown, what is written down."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select

from skillmatch.model.evidence import Assurance
from skillmatch_api.access.principal import Scope
from skillmatch_api.store.tables import AuditEntry, EvidenceRow, View
from skillmatch_api.wire.services import Services
from tests.api.ranking_people import add_person, shown
from tests.pages.browsing import found, parsed
from tests.pages.conftest import Keys
from tests.pages.test_pages_learner import POSTING

SKILL = "http://example.org/esco/skill/"
PYTHON = SKILL + "python"
HOSTILE = "<script>alert(1)</script>{{7*7}}"

Form = dict[str, list[str] | str]
Send = Callable[[str, Form], Response]


def asking(*skills: str, **more: list[str] | str) -> Form:
    """Return a filled-in form that asks for skills."""
    many = len(skills)
    columns: Form = {
        name: [""] * many for name in ("level", "skill_uri", "skill_known", "skill_years")
    }
    return {
        **columns,
        "skill": list(skills),
        "necessity": ["must"] * many,
        "by": "skills",
        **more,
    }


@pytest.fixture(scope="module")
def people(services: Services) -> dict[str, str]:
    """Ids by name of three who consented, and of one who did not."""
    with services.store.writing() as session:
        proof = shown(PYTHON, Assurance.VERIFIED, issued=date(2026, 3, 1))
        ada = add_person(
            session, [proof], name="Ada", place="Murau", contact="ada@example.org", languages=["de"]
        )
        session.scalars(
            select(EvidenceRow).where(EvidenceRow.person_id == ada.id)
        ).one().badge = "Python in practice"
        bob = add_person(session, [shown(PYTHON)], name=HOSTILE)
        shy = add_person(session, [shown(PYTHON)], name="Shy", shares=[])
        out = add_person(session, [shown(PYTHON)], name="Out", shares=None)
        return {"ada": ada.id, "bob": bob.id, "shy": shy.id, "out": out.id}


@pytest.fixture
def send(client: TestClient, key: Keys) -> Send:
    """Send a form of the page as a recruiter who is logged in."""
    client.post("/login", data={"key": key(Scope.RECRUITER)})
    token = found(parsed(client.get("/recruit").text), "//input[@name='csrf_token']/@value")[0]

    def sent(path: str, form: Form) -> Response:
        return client.post(path, data={**form, "csrf_token": token})

    return sent


def test_who_is_found_is_ranked_with_reasons_and_what_lies_behind(
    people: dict[str, str], send: Send
) -> None:
    """The badge, its state and its date are what a recruiter may rely on."""
    page = parsed(send("/recruit", asking("Python")).text)

    ids = found(page, "//article//input[@name='pick']/@value")
    assert ids[0] == people["ada"]
    assert set(ids) == {people["ada"], people["bob"], people["shy"]}
    first = found(page, "(//article)[1]")[0]
    assert all(words in first for words in ("Ada", "Python in practice", "verified", "Murau"))
    assert "1 March 2026" in first


def test_hostile_names_are_shown_as_text(people: dict[str, str], send: Send) -> None:
    """Anybody may register under any name."""
    text = send("/recruit", asking("Python")).text

    assert people
    assert "<script>alert" not in text
    assert "49" not in found(parsed(text), "//article//h2/bdi")
    assert HOSTILE in found(parsed(text), "//article//h2/bdi")


def test_it_is_hidden_who_it_is_unless_asked_otherwise(
    people: dict[str, str], send: Send, client: TestClient
) -> None:
    """The first look is at skills; a name, a place or an issuer often points elsewhere."""
    start = parsed(client.get("/recruit").text)
    answer = send("/recruit", asking("Python", blind="1"))
    person = client.get(f"/recruit/people/{people['ada']}")

    assert start.get_element_by_id("blind").get("checked") is not None
    for text in (answer.text, person.text):
        assert not any(one in text for one in ("Ada", "Murau", "ada@example.org", "in practice"))
        assert "March" not in text
        assert "November" not in text


def test_looks_are_recorded_as_over_http(
    people: dict[str, str], send: Send, client: TestClient, services: Services
) -> None:
    """People see who looked, whichever way somebody came."""
    before = looks(services, people["ada"])

    send("/recruit", asking("Python", blind="1"))
    client.get(f"/recruit/people/{people['ada']}?blind=0")
    send("/recruit/shortlist/csv", asking("Python", pick=[people["ada"]]))

    assert looks(services, people["ada"]) - before == {
        ("candidate.search", True): 1,
        ("candidate.evidence", False): 1,
        ("candidate.shortlist", False): 1,
    }


def looks(services: Services, person_id: str) -> Counter[tuple[str, bool]]:
    """Return how often somebody was shown, and how."""
    with services.store.reading() as session:
        rows = session.scalars(select(View).where(View.person_id == person_id))
        return Counter((row.action, row.blind) for row in rows)


def test_a_shortlist_is_the_one_of_the_http_api(
    people: dict[str, str], send: Send, client: TestClient, key: Keys
) -> None:
    """Whoever takes it along by hand must not get more than a program would."""
    picked = [people["ada"], people["out"], people["shy"]]
    asked = {"ids": picked, "format": "json"}
    headers = {"Authorization": f"Bearer {key(Scope.RECRUITER)}"}

    by_hand = send("/recruit/shortlist/json", asking("Python", pick=picked))
    table = send("/recruit/shortlist/csv", asking("Python", pick=picked))
    expected = client.post("/v1/candidates/export", json=asked, headers=headers).json()

    assert by_hand.json() == expected
    assert expected["left_out"] == [people["out"]]
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [people["ada"], people["shy"]]


def test_without_anybody_ticked_there_is_no_file(people: dict[str, str], send: Send) -> None:
    """An empty file would look as if nobody shared anything."""
    answer = send("/recruit/shortlist/csv", asking("Python"))

    assert people
    assert answer.status_code == 422
    assert "Tick the people" in answer.text


def test_a_language_may_be_asked_for_by_its_name(people: dict[str, str], send: Send) -> None:
    """A recruiter types "Deutsch"; only programs say "de"."""
    by_name, by_tag, by_another = (
        parsed(send("/recruit", asking("Python", languages=one)).text).text_content()
        for one in ("Deutsch", "de", "Polish")
    )

    assert people
    assert ["Ada" in one for one in (by_name, by_tag, by_another)] == [True, True, False]
    assert "Murau · German" in " ".join(by_name.split())


def test_faults_stand_at_their_fields_and_nobody_is_searched_for(
    send: Send, services: Services
) -> None:
    """Nothing that was typed may be lost, and no view written for a search that was none."""
    before = searches(services)
    form = asking("Python", languages="deutsch!!", issued_after="yesterday", blind="1")

    answer = send("/recruit", form)
    nothing = send("/recruit", asking())
    page = parsed(answer.text)

    assert (answer.status_code, nothing.status_code) == (422, 422)
    for field in ("languages", "issued_after"):
        assert page.get_element_by_id(field).get("aria-invalid") == "true"
        assert page.get_element_by_id(f"{field}-fault-1") is not None
    assert page.get_element_by_id("skill-1").get("value") == "Python"
    assert searches(services) == before


def searches(services: Services) -> int:
    """Return how often candidates were searched for."""
    asked = select(func.count()).where(AuditEntry.action == "candidate.search")
    with services.store.reading() as session:
        return session.scalar(asked) or 0


def test_a_posting_becomes_a_list_that_can_be_corrected(
    people: dict[str, str], send: Send, services: Services
) -> None:
    """What was read from a posting may be wrong, and a wrong must leaves people out."""
    before = searches(services)

    answer = send("/recruit", asking(by="posting", posting=POSTING, edit="1"))
    page = parsed(answer.text)
    lines = dict(
        zip(
            found(page, "//input[@name='skill']/@value"),
            found(page, "//select[@name='necessity']/option[@selected]/@value"),
            strict=False,
        )
    )

    assert people
    assert "must" in {need for name, need in lines.items() if name}
    assert any("ython" in one for one in lines)
    assert page.get_element_by_id("by-skills").get("checked") is not None
    assert searches(services) == before


def test_a_level_of_a_posting_is_kept_in_the_list_that_it_becomes(
    people: dict[str, str], send: Send
) -> None:
    """Whoever turns a posting into lines to see what was read must not search for less by that."""
    posting = "You have strong knowledge of Python and basic knowledge of SQL."

    answer = send("/recruit", asking(by="posting", posting=posting, edit="1"))
    page = parsed(answer.text)

    assert people
    assert found(page, "//select[@name='level']/option[@selected]/@value")[:2] == [
        "advanced",
        "basic",
    ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_where_nobody_is_found_the_page_says_why(
    people: dict[str, str], send: Send, language: str
) -> None:
    """An empty list without a reason looks like an empty labour market."""
    answer = send("/recruit", asking("Python", places="Nowhere", lang=language))

    assert people
    said = found(parsed(answer.text), "//section[@aria-labelledby='nobody']")
    assert "filters" in said[0] or "Filter" in said[0]


def test_a_title_that_only_official_files_have_is_told_so(
    send: Send, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nurse among occupations of computing would try other words until the evening."""
    with services.matchers.lent() as matcher:
        db = matcher.frameworks.opened[0].db
    lacks = ("2,916 further occupations are only in the official files.",)
    monkeypatch.setattr(db, "info", replace(db.info, missing=lacks))

    page = parsed(send("/recruit", asking(by="occupation", occupation="zzqx")).text)

    told = page.get_element_by_id("occupation-fault-1").text_content()
    assert "No occupation is called “zzqx”" in told
    assert "skillmatch frameworks install" in told


def test_a_title_is_taken_where_it_names_one_occupation_and_asked_about_where_not(
    people: dict[str, str], send: Send
) -> None:
    """Nobody knows URIs by heart, and a guess would search for another job."""
    unknown = send("/recruit", asking(by="occupation", occupation="no such job at all"))

    assert people
    assert unknown.status_code == 422
    assert parsed(unknown.text).get_element_by_id("occupation").get("aria-invalid") == "true"


def test_only_recruiters_look(client: TestClient, key: Keys, people: dict[str, str]) -> None:
    """Consent was given for recruiters of the organisation."""
    client.post("/login", data={"key": key(Scope.LEARNER, Scope.ADMIN, Scope.PROVIDER)})

    for path in ("/recruit", f"/recruit/people/{people['ada']}"):
        assert client.get(path).status_code == 403


def test_who_shares_nothing_is_not_there(
    people: dict[str, str], send: Send, client: TestClient
) -> None:
    """Not even that there is such a person may be learnt."""
    assert send("/recruit", asking("Python")).status_code == 200
    hidden = client.get(f"/recruit/people/{people['out']}")
    nobody = client.get("/recruit/people/0f8fad5b-d9cb-469f-a165-70867728950e")

    assert (hidden.status_code, nobody.status_code) == (404, 404)
    assert hidden.text == nobody.text
