"""The provider's page without a browser: what forms do, what is said, what can be taken home."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from skillmatch_api.access.principal import Scope
from skillmatch_api.pages.provider.demand_page import pasted
from skillmatch_api.pages.provider.view import marked
from skillmatch_api.wire.process.working import workers_of
from tests.pages.browsing import found, parsed
from tests.pages.conftest import Keys

EVIL = "<script>owned=1</script>"
BADGE: Mapping[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://academy.example/badges/data",
    "name": f"Data {EVIL} مهارات",
    "description": "Earners can query databases with SQL and use version control.",
    "criteria": {"narrative": "Write a program in Python."},
}


def sent(client: TestClient, *badges: Mapping[str, Any]) -> str:
    """Upload badges, let them be read, and return the address of the first review."""
    files = [
        ("badges", (f"{place}.json", json.dumps(one), "application/json"))
        for place, one in enumerate(badges)
    ]
    waiting = client.post("/provide", files=files)
    assert "http-equiv" in waiting.text
    assert workers_of(client.app.state.services).run_one()  # type: ignore[attr-defined] # a FastAPI
    page = parsed(client.get(waiting.url.path).text)
    return found(page, "//a[starts-with(@href, '/provide/badges/')]/@href")[0]


def fields(page: HtmlElement) -> dict[str, str]:
    """Return what the form of a review sends where nobody typed anything."""
    form = page.get_element_by_id("review-form")
    return {
        str(one.get("name")): str(one.get("value") or "")
        for one in form.iter("input")
        if one.get("name")
    }


def press(client: TestClient, path: str, button: str, **typed: str) -> HtmlElement:
    """Load a review, press a button of it, and return the page after that."""
    page = parsed(client.get(path).text)
    answer = client.post(path, data={**fields(page), "do": button, **typed})
    assert answer.status_code == 200, answer.text
    return parsed(answer.text)


def decisions(page: HtmlElement) -> list[str]:
    """Return the decision on each proposal, in order."""
    return found(page, "//*[@data-proposal]//*[@class='decision']")


def test_badges_are_sent_in_reviewed_and_taken_home(everybody: TestClient) -> None:
    """The whole job, as a browser without scripts does it."""
    path = sent(everybody, BADGE)
    page = parsed(everybody.get(path).text)
    assert EVIL in found(page, "//h1")[0]
    assert not page.xpath("//main//script")
    assert found(page, "//mark")
    empty = everybody.get(f"{path}/files/badge")
    assert empty.status_code == 409

    for button in found(page, "//button[starts-with(@value, 'accept')]/@value"):
        page = press(everybody, path, button, reviewer="Ada مريم")

    assert set(decisions(page)) == {"accepted"}
    assert page.xpath("//*[@class='finished']")
    badge = everybody.get(f"{path}/files/badge").json()
    assert len(badge["alignment"]) > 0
    review = everybody.get(f"{path}/files/review.yaml").text
    assert "decision: accept" in review
    archive = zipfile.ZipFile(io.BytesIO(everybody.get("/provide/files/ob3.zip").content))
    assert {"NOTES.md", "review.yaml"} < set(archive.namelist())
    report = everybody.get(f"{path}/files/lint.html")
    assert "<script>" not in report.text
    assert "sandbox" in report.headers["content-security-policy"]
    assert parsed(everybody.get(path).text).get_element_by_id("reviewer").get("value") == "Ada مريم"


def test_every_decision_can_be_taken_back(everybody: TestClient) -> None:
    """A slip of the finger must cost one key, whatever it was."""
    path = sent(everybody, {**BADGE, "id": "https://academy.example/badges/undo"})
    before = decisions(parsed(everybody.get(path).text))
    assert set(before) == {"to decide"}
    place = found(parsed(everybody.get(path).text), "//*[@data-proposal]/@id")[0][2:]
    spaced = place.replace("-", " ")
    for button, typed, said in (
        (f"accept {spaced}", {}, "accepted"),
        (f"reject {spaced}", {}, "rejected"),
        (f"replace {spaced}", {f"other-{place}": "data protection"}, "replaced"),
        (f"none {spaced.split()[0]}", {}, "rejected"),
    ):
        page = press(everybody, path, button, **typed)
        assert decisions(page)[0] == said
        (undo,) = found(page, "//button[starts-with(@value, 'undo')]/@value")

        page = press(everybody, path, undo)

        assert decisions(page) == before
    page = press(
        everybody, path, f"add {spaced.split()[0]}", **{f"add-{place.split('-')[0]}": "SQL"}
    )
    assert found(page, "//*[contains(@class, 'told')]")


def test_a_stale_page_decides_nothing_and_keeps_what_was_typed(everybody: TestClient) -> None:
    """Two people may review one badge; neither may lose or overwrite anything."""
    path = sent(everybody, {**BADGE, "id": "https://academy.example/badges/stale"})
    old = fields(parsed(everybody.get(path).text))
    buttons = found(parsed(everybody.get(path).text), "//button[@data-key='a']/@value")
    after = decisions(press(everybody, path, buttons[0]))
    note = next(name for name in old if name.startswith("note-"))

    answer = everybody.post(path, data={**old, "do": buttons[-1], note: f"mine {EVIL}"})

    assert answer.status_code == 412
    page = parsed(answer.text)
    assert decisions(page) == after
    assert page.get_element_by_id(note).get("value") == f"mine {EVIL}"
    assert "Somebody decided" in found(page, "//*[@role='alert']")[0]


def test_a_name_that_is_no_concept_is_said_at_its_field(everybody: TestClient) -> None:
    """Nothing is decided by a guess, and a note beside it waits for the next try."""
    path = sent(everybody, {**BADGE, "id": "https://academy.example/badges/name"})
    page = parsed(everybody.get(path).text)
    before = decisions(page)
    data = {**fields(page), "do": "add 0", "add-0": f"zzzz {EVIL}"}

    answer = everybody.post(path, data=data)

    assert answer.status_code == 422
    page = parsed(answer.text)
    assert decisions(page) == before
    assert page.get_element_by_id("add-0").get("value") == f"zzzz {EVIL}"
    assert found(page, "//*[@id='add-0-fault-1']")
    pressed = everybody.post(path, data={**fields(page), "add-0": ""})
    assert pressed.status_code == 200
    assert "Nothing was changed" in pressed.text


@pytest.mark.parametrize("button", ["accept 99 0", "accept 0 99", "undo 99", "undo x"])
def test_a_forged_button_is_refused(everybody: TestClient, button: str) -> None:
    """Whoever writes forms by hand gets a page that says what is wrong."""
    path = sent(everybody, {**BADGE, "id": f"https://academy.example/{button}"})
    data = fields(parsed(everybody.get(path).text))

    answer = everybody.post(path, data={**data, "do": button})

    assert answer.status_code == 422


def test_other_scopes_and_strangers_are_kept_out(client: TestClient, key: Keys) -> None:
    """Badges under review are the business of those who award them."""
    assert "/login" in str(client.get("/provide").url)
    headers = {"Authorization": f"Bearer {key(Scope.LEARNER)}"}
    assert client.get("/provide", headers=headers).status_code == 403
    headers = {"Authorization": f"Bearer {key(Scope.PROVIDER)}"}
    assert client.get("/provide", headers=headers).status_code == 200
    assert client.get("/provide/badges/none", headers=headers).status_code == 404
    assert client.get("/provide/jobs/none", headers=headers).status_code == 404


def test_demand_is_shown_with_its_files(everybody: TestClient) -> None:
    """What is asked for and not offered, from pasted postings and a file of offers."""
    offers = "id,name,skills\nsql-1,SQL for all,query databases\n"
    text = f"Requirements\n- SQL\n- Python\n{EVIL}\n---\nRequirements\n- Python\n"

    answer = everybody.post(
        "/provide/demand", data={"text": text}, files={"offers": ("o.csv", offers, "text/csv")}
    )

    page = parsed(answer.text)
    assert answer.status_code == 200
    assert found(page, "//*[@class='chart']/li")
    assert found(page, "//table[@class='unmet']/tbody/tr")
    assert not page.xpath("//main//script")
    names = found(page, "//a/@download")
    assert names == ["demand.svg", "demand.html", "demand.md", "demand.csv", "demand.json"]


def test_demand_without_anything_says_what_is_missing(everybody: TestClient) -> None:
    """Both faults at once, each at its field, and the text stays."""
    answer = everybody.post("/provide/demand", data={"text": " \n"})

    page = parsed(answer.text)
    assert answer.status_code == 422
    assert found(page, "//*[@id='text-fault-1']")
    assert found(page, "//*[@id='offers-fault-1']")


def test_an_upload_without_files_says_so(everybody: TestClient) -> None:
    """The button is pressed too early by everybody once."""
    answer = everybody.post("/provide", data={"x": "y"})

    assert answer.status_code == 422
    assert "Choose at least one file" in answer.text


@given(text=st.text(max_size=40), words=st.lists(st.text(max_size=5), max_size=4))
def test_marking_loses_nothing(text: str, words: list[str]) -> None:
    """What is marked and what is not make up the sentence as it was written."""
    assert "".join(one.text for one in marked(text, words)) == text


@given(parts=st.lists(st.text(alphabet="ab \n", min_size=1).filter(str.strip), max_size=4))
def test_pasted_postings_are_told_apart(parts: list[str]) -> None:
    """A line of dashes stands between two; nothing else does."""
    read = pasted("\n---\n".join(parts))

    assert [one.data.decode() for one in read] == ["\n".join(p.splitlines()).strip() for p in parts]
