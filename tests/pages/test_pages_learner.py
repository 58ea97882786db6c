"""The learner's page without scripts: one form that goes back and forth, and nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml.html import HtmlElement

from skillmatch.linking.evidence import Claim
from skillmatch.service.matcher import Matcher
from skillmatch.service.verifying import Verifier
from skillmatch_api.access.principal import Scope
from skillmatch_api.people import adding
from tests.pages.browsing import found, parsed
from tests.pages.conftest import Keys

SKILL = "http://example.org/esco/skill/"
POSTING = """Junior developer

About us
We are a friendly team and we love coffee.

Requirements
- You must know Python
- SQL
- Git
- fluent quantum basket weaving

Nice to have
- UI design
"""
Files = list[tuple[str, tuple[str, bytes]]]


def fields(page: HtmlElement) -> dict[str, list[str]]:
    """Return what a browser would send of the form, without pressing anything."""
    sent: dict[str, list[str]] = {}
    form = page.get_element_by_id("work")
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def send(
    client: TestClient,
    page: HtmlElement | None = None,
    changed: Mapping[str, str | list[str]] | None = None,
    *,
    files: Files | None = None,
    **more: str,
) -> HtmlElement:
    """Send the form of a page with some fields changed, as a browser does."""
    data: dict[str, str | list[str]] = {} if page is None else {**fields(page)}
    data |= {**(changed or {}), **more}
    return parsed(client.post("/learn", data=data, files=files or []).text)


def states(page: HtmlElement) -> dict[str, str]:
    """Return the state of each requirement, by label."""
    labels = found(page, "//table[contains(@class,'requirements')]//a[contains(@class,'label')]")
    pills = found(page, "//table[contains(@class,'requirements')]//*[contains(@class,'pill')]")
    return dict(zip(labels, pills, strict=True))


def test_a_posting_and_skills_become_a_gap(everybody: TestClient) -> None:
    """The learner's main job, with one form and no script."""
    page = send(everybody, posting=POSTING, skills="Python; 3 years\nfoobarology")

    assert states(page) == {
        "Python (computer programming)": "claimed",
        "query databases": "missing",
        "use version control": "missing",
        "design user interface": "missing",
    }
    assert found(page, "//h1") == ["Junior developer"]
    assert found(page, "//*[@aria-labelledby='unread']//q") == ["foobarology"]
    assert found(page, "//*[@aria-labelledby='unlinked']//q") == ["fluent quantum basket weaving"]


def test_skills_are_marked_in_the_words_of_the_posting(everybody: TestClient) -> None:
    """Joined, the pieces are the posting; each mark leads to its detail and says what it means."""
    page = send(everybody, posting=POSTING, skills="Python")
    (paper,) = page.find_class("paper")

    for one in [*paper.iter("sup"), *paper.find_class("sr")]:
        one.drop_tree()
    (python,) = [one for one in paper.iter("a") if one.text_content() == "Python"]

    assert paper.text_content().strip() == POSTING.strip()
    assert {"hl", "s-claimed", "n-must"} <= set((python.get("class") or "").split())
    detail = page.get_element_by_id((python.get("href") or "").removeprefix("#"))
    assert "Python (computer programming)" in detail.text_content()


def test_the_line_that_asks_for_a_skill_is_quoted_and_a_long_one_is_cut(
    everybody: TestClient,
) -> None:
    """“SQL” alone says nothing about how it is meant."""
    story = "It is a long story. " * 12
    long = f"{story}You must know SQL. {story}"
    page = send(everybody, posting=f"Requirements\n- You must know Python\n- {long}")

    quotes = found(page, "//ul[@class='quotes']//q")

    assert quotes[0] == "You must know Python"
    assert (quotes[1][0], quotes[1][-1]) == ("…", "…")
    assert "You must know SQL." in quotes[1]
    assert len(quotes[1]) < 170


def test_a_requirement_is_taken_out_and_put_back(everybody: TestClient) -> None:
    """A wrong reading must not stay in the way, and a wrong click neither."""
    page = send(everybody, posting=POSTING, skills="Python")
    name = f"necessity:{SKILL}version-control"

    without = send(everybody, page, {name: "none"})
    again = send(everybody, without, {name: ["must", "none"]})

    assert "use version control" not in states(without)
    assert found(without, "//fieldset[contains(@class,'removed')]//li/bdi") == [
        "use version control"
    ]
    assert states(again) == states(page)


def test_how_much_a_skill_is_asked_for_can_be_corrected(everybody: TestClient) -> None:
    """The order follows, since it is made from it."""
    page = send(everybody, posting=POSTING)
    first = next(iter(states(page)))
    name = found(page, "//article//input[starts-with(@name,'necessity:')]/@name")[0]

    changed = send(everybody, page, {name: "nice"})

    assert next(iter(states(changed))) != first
    assert list(states(changed)).index(first) > 0
    assert "you changed it" in changed.text_content()


def test_a_skill_that_was_overlooked_can_be_added_by_name(everybody: TestClient) -> None:
    """And it stays with the next change, without the name being typed again."""
    page = send(everybody, posting=POSTING)

    added = send(everybody, page, adding="GDPR")
    later = send(everybody, added, skills="data protection")

    assert states(added)["data protection"] == "missing"
    assert states(later)["data protection"] == "claimed"
    assert found(later, "//input[@id='adding']/@value") == [""]


def test_a_name_that_nobody_knows_is_said_at_its_field_and_kept(everybody: TestClient) -> None:
    """A mistyped name is mended faster than typed anew."""
    page = send(everybody, posting=POSTING, adding="quantum basketry")

    field = page.get_element_by_id("adding")
    assert (field.get("value"), field.get("aria-invalid")) == ("quantum basketry", "true")
    assert "quantum basketry" in page.get_element_by_id("adding-fault-1").text_content()
    assert "adding-fault-1" in (field.get("aria-describedby") or "").split()


def test_documents_count_and_are_read_once(everybody: TestClient) -> None:
    """Files do not come back from a browser, so what was read travels in the form."""
    cv: Files = [("documents", ("cv.txt", b"Skills\n- SQL"))]
    page = send(everybody, files=cv, posting=POSTING, skills="Python")

    later = send(everybody, page, skills="Git")
    forgotten = send(everybody, later, forget="cv.txt")

    assert states(page)["query databases"] == "claimed"
    assert states(later) == {
        "Python (computer programming)": "missing",
        "query databases": "claimed",
        "use version control": "claimed",
        "design user interface": "missing",
    }
    assert states(forgotten)["query databases"] == "missing"


def test_an_edited_posting_is_read_anew(everybody: TestClient) -> None:
    """What was read before is another text's."""
    page = send(everybody, posting=POSTING)

    changed = send(everybody, page, posting="Requirements\n- You must know Java")

    assert list(states(changed)) == ["Java (computer programming)"]


def test_two_files_of_one_name_are_both_read_and_a_newer_one_replaces(
    everybody: TestClient,
) -> None:
    """Phones call every photo and every scan the same."""
    twice: Files = [
        ("documents", ("cv.txt", b"Skills\n- Python")),
        ("documents", ("cv.txt", b"Skills\n- SQL")),
    ]
    page = send(everybody, files=twice, posting=POSTING)

    newer = send(everybody, page, files=[("documents", ("cv.txt", b"Skills\n- Git"))])

    assert found(page, "//fieldset[contains(@class,'kept')]//li/span") == ["cv.txt", "cv (2).txt"]
    assert states(newer) == {
        "Python (computer programming)": "missing",
        "query databases": "claimed",
        "use version control": "claimed",
        "design user interface": "missing",
    }


def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(everybody: TestClient) -> None:
    """All faults at once, and what could be read of the rest stays read."""
    files: Files = [
        ("documents", ("cv.txt", b"Skills\n- SQL")),
        ("documents", ("old.doc", b"\xd0\xcf\x11\xe0rubbish")),
    ]
    page = send(everybody, files=files, posting="", skills="Python\nSQL; -3 years")

    assert found(page, "//div[@role='alert']//a/@href") == ["#documents", "#posting", "#skills"]
    assert page.get_element_by_id("skills").text_content().strip() == "Python\nSQL; -3 years"
    assert "old.doc" in page.get_element_by_id("documents-fault-1").text_content()
    mended = send(everybody, page, posting=POSTING, skills="Python")
    assert states(mended)["query databases"] == "claimed"


def test_a_level_that_nobody_knows_is_said_at_its_field(everybody: TestClient) -> None:
    """With those that there are."""
    page = send(everybody, posting=POSTING, skills="Python; ninja")

    assert found(page, "//div[@role='alert']//a/@href") == ["#skills"]
    assert "ninja" in page.get_element_by_id("skills-fault-1").text_content()
    assert "beginner" in page.get_element_by_id("skills-fault-1").text_content()


def test_a_posting_that_asks_for_nothing_says_why(everybody: TestClient) -> None:
    """An empty list must never look like a clean bill."""
    page = send(everybody, posting="About us\nWe are a friendly team and we love coffee.")

    assert states(page) == {}
    assert found(page, "//*[@aria-labelledby='nothing']//h2") == ["Nothing to compare yet"]
    assert found(page, "//p[@class='headline']")[0].startswith("No requirement was found")


def test_a_proof_cannot_be_forged_in_the_hidden_field(everybody: TestClient) -> None:
    """The state of a badge travels through the browser, where anybody can write."""
    cv: Files = [("documents", ("cv.txt", b"Skills\n- SQL"))]
    page = send(everybody, files=cv, posting=POSTING)
    (kept,) = fields(page)["kept"]
    forged = kept[:-6] + ("A" if kept[-6] != "A" else "B") + kept[-5:]

    answer = send(everybody, page, kept=forged)

    assert states(answer)["query databases"] == "missing"
    assert "drop them again" in answer.get_element_by_id("documents-fault-1").text_content()


@pytest.mark.parametrize(
    ("name", "media_type", "holds"),
    [
        ("gap.json", "application/json", '"schema_version": "gap-1"'),
        ("gap.md", "text/markdown", "# Junior developer"),
        ("gap.html", "text/html", "Skill gap: Junior developer"),
        ("gap.svg", "image/svg+xml", "<svg"),
    ],
)
def test_the_answer_can_be_taken_home(
    everybody: TestClient, name: str, media_type: str, holds: str
) -> None:
    """Nothing is stored here, so a file is how an answer lasts."""
    page = send(everybody, posting=POSTING, skills="Python")

    answer = everybody.post(f"/learn/{name}", data=fields(page))

    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert holds in answer.text


def test_corrections_are_in_what_is_taken_home(everybody: TestClient) -> None:
    """A file that says other things than the page would be a trap."""
    page = send(everybody, posting=POSTING)
    page = send(everybody, page, {f"necessity:{SKILL}python": "none"})

    answer = everybody.post("/learn/gap.json", data=fields(page)).json()

    assert [one["requirement"]["label"] for one in answer["gaps"]] == list(states(page))


def test_script_in_any_field_is_text(everybody: TestClient) -> None:
    """A posting comes from anywhere, and so does a badge's file name."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    files: Files = [("documents", (f"{evil}.txt", b"Skills\n- SQL"))]
    page_text = everybody.post(
        "/learn",
        data={"posting": f"{evil}\n{POSTING}", "skills": f"{evil}\nPython", "adding": evil},
        files=files,
    ).text

    assert not re.search(r"<script>|<img|onerror=alert\(1\)>(?!.*&gt;)", page_text)
    assert "&lt;script&gt;" in page_text


def test_the_page_speaks_german(everybody: TestClient) -> None:
    """With the answer at hand, without losing it."""
    page = send(everybody, posting=POSTING, skills="Python")

    german = send(everybody, page, lang="de")

    assert german.get("lang") == "de"
    assert list(states(german).values()) == ["angegeben", "fehlt", "fehlt", "fehlt"] or set(
        states(german).values()
    ) == {"angegeben", "fehlt"}
    assert found(german, "//p[@class='headline']")[0].startswith("Von 4 verlangten Fähigkeiten")


def test_nothing_is_written_down(everybody: TestClient) -> None:
    """What is stored only when asked for is not stored by looking at it."""
    services = everybody.app.state.services  # type: ignore[attr-defined] # a Starlette app
    send(everybody, posting=POSTING, skills="Zymurgy of private matters")

    data = b"".join(
        path.read_bytes()
        for path in Path(services.settings.database.removeprefix("sqlite:///")).parent.glob("*")
        if path.is_file()
    )

    assert b"Zymurgy" not in data
    assert b"quantum basket" not in data


def test_only_learners_are_let_in(client: TestClient, key: Keys) -> None:
    """Who has another key is told so on a page."""
    client.post("/login", data={"key": key(Scope.RECRUITER)}, follow_redirects=False)

    answer = client.get("/learn")

    assert answer.status_code == 403
    assert "learner" in parsed(answer.text).text_content()
    assert answer.headers["content-type"].startswith("text/html")


def registered(client: TestClient, key: Keys) -> None:
    """Register a person, and log in as that person."""
    headers = {"Authorization": f"Bearer {key(Scope.LEARNER)}"}
    answer = client.post("/v1/candidates", json={"name": "Ada"}, headers=headers)
    own = answer.json()["key"]
    client.post("/login", data={"key": own}, follow_redirects=False)


def test_what_is_kept_in_the_own_record_counts_the_next_time(client: TestClient, key: Keys) -> None:
    """A learner who asks for it need not bring the same files each time."""
    registered(client, key)
    start = parsed(client.get("/learn").text)
    cv: Files = [("documents", ("cv.txt", b"Skills\n- SQL"))]
    kept = send(client, start, files=cv, posting=POSTING, skills="Git", keeping="1")

    later = send(client, parsed(client.get("/learn").text), posting=POSTING)
    without = send(client, later, {"own": []})

    assert found(kept, "//p[@class='done']") == ["2 pieces of evidence were kept in your record."]
    assert states(kept) == states(later)
    assert states(later)["query databases"] == states(later)["use version control"] == "claimed"
    assert set(states(without).values()) == {"missing"}


def test_badges_are_not_kept_for_a_contact_that_they_were_not_checked_for(
    client: TestClient, key: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise somebody could name another, and themselves while that one's badge is checked."""
    registered(client, key)
    start = parsed(client.get("/learn").text)
    mine = client.get("/v1/candidates").json()["items"][0]["id"]
    csrf = client.get("/v1/session").json()["csrf"]
    read = adding.read

    def slowly(
        matcher: Matcher,
        *,
        have: Sequence[Claim],
        documents: Sequence[adding.Brought],
        verifier: Verifier,
    ) -> adding.Reading:
        client.patch(
            f"/v1/candidates/{mine}",
            json={"contact": "mallory@example.org"},
            headers={"X-CSRF-Token": csrf},
        ).raise_for_status()
        return read(matcher, have=have, documents=documents, verifier=verifier)

    monkeypatch.setattr(adding, "read", slowly)
    page = send(client, start, posting=POSTING, skills="Git", keeping="1")

    assert "the contact changed" in page.text_content()
    assert client.get(f"/v1/candidates/{mine}/evidence").json()["total"] == 0


def test_nothing_is_kept_unless_it_is_asked_for(client: TestClient, key: Keys) -> None:
    """Looking is free, whoever looks."""
    registered(client, key)
    start = parsed(client.get("/learn").text)
    send(client, start, posting=POSTING, skills="Git")

    later = send(client, parsed(client.get("/learn").text), posting=POSTING)

    assert set(states(later).values()) == {"missing"}


def test_who_has_no_record_is_not_offered_one(everybody: TestClient) -> None:
    """A field that can do nothing is a riddle; sent all the same, it does nothing."""
    start = parsed(everybody.get("/learn").text)

    page = send(everybody, start, posting=POSTING, skills="Git", keeping="1", own="1")

    assert found(start, "//input[@name='keeping']") == []
    assert found(page, "//p[@class='done']") == []
    assert states(page)["use version control"] == "claimed"
