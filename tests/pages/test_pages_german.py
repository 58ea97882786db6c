"""The pages in German, walked through: no English but what is somebody's own, or is marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from lxml.html import HtmlElement

from skillmatch_api.pages.language import words_of
from skillmatch_api.wire.process.working import workers_of
from tests.pages.browsing import parsed
from tests.pages.test_pages_learner import POSTING, Files
from tests.pages.test_pages_provider import BADGE
from tests.pages.test_pages_recruiter import asking

ENGLISH = re.compile(
    r"\b(?:the|is|are|and|of|with|not|that|for|this|by|its|as|from|no|or|be|at|you|your)\b",
    re.IGNORECASE,
)
SPOKEN = ("title", "aria-label", "placeholder", "alt")
NO_PROSE = {"script", "style", "code", "pre", "textarea"}
OFFER = "name,kind,skills,weeks,cost,currency\nGood SQL,course,SQL,4,90,EUR\nGit,course,Git,2,,\n"
BADGE_FILE = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://academy.example", "type": "Profile", "name": "Academy"},
    "validFrom": "2024-01-01T00:00:00Z",
    "validUntil": "2025-01-01T00:00:00Z",
    "credentialSubject": {
        "type": "AchievementSubject",
        "achievement": {
            "id": "https://academy.example/sql",
            "type": "Achievement",
            "name": "SQL",
            "description": "Earners can query databases with SQL.",
            "criteria": {"narrative": "Pass the exam."},
        },
    },
}
Walk = Callable[[TestClient], Iterator[str]]


def learner(client: TestClient) -> Iterator[str]:
    """A posting, skills and documents; corrections, a plan, and what is wrong with a form."""
    yield client.get("/learn").text
    files: Files = [
        ("documents", ("sql.json", json.dumps(BADGE_FILE).encode())),
        ("documents", ("cv.txt", b"Skills\n- GDPR\n- Java")),
    ]
    form = {"posting": POSTING, "skills": "Python; 3 years\nfoobarology", "plan": "1"}
    answer = client.post("/learn", data=form, files=files)
    assert answer.status_code == 200
    yield answer.text
    yield client.post("/learn", data={**form, "hours": "x", "cost": "y", "by": "2020-01-01"}).text
    wrong: Files = [("documents", ("old.doc", b"\xd0\xcf\x11\xe0rubbish"))]
    yield client.post(
        "/learn", data={"posting": "", "skills": "SQL; -3 Jahre\nSQL; Ninja"}, files=wrong
    ).text
    yield client.post("/learn", data={"posting": "We love coffee."}).text


def provider(client: TestClient) -> Iterator[str]:
    """Badges in, one of them broken; a review; demand, and what is wrong with each form."""
    yield client.get("/provide").text
    yield client.post("/provide", data={}).text
    files = [
        ("badges", ("data.json", json.dumps(BADGE), "application/json")),
        ("badges", ("broken.json", "{nope", "application/json")),
    ]
    waiting = client.post("/provide", files=files)
    yield waiting.text
    assert workers_of(client.app.state.services).run_one()  # type: ignore[attr-defined] # a FastAPI
    done = client.get(waiting.url.path).text
    yield done
    yield client.get("/provide").text
    review = re.findall(r'href="(/provide/badges/[^"]+)"', done)[0]
    yield client.get(review).text
    yield client.post(review, data={"revision": "0", "do": "accept 0 0"}).text
    yield client.get("/provide/demand").text
    yield client.post("/provide/demand", data={}).text
    asked = {"text": POSTING, "catalogue": "region"}
    rubbish = [("postings", ("x.pdf", b"%PDF rubbish", "application/pdf"))]
    yield client.post("/provide/demand", data=asked, files=rubbish).text


def recruiter(client: TestClient) -> Iterator[str]:
    """Searches that find nobody, and that cannot be made."""
    yield client.get("/recruit").text
    yield client.get("/recruit/about").text
    yield client.post("/recruit", data=asking("Python", "SQL", blind="1")).text
    yield client.post("/recruit", data=asking("zzqx basketry")).text
    yield client.post(
        "/recruit", data=asking("Python", languages="german!!", places="x" * 300)
    ).text
    for occupation in ("", "zzqx", "developer", "98-7654.00"):
        form = asking("", by="occupation", occupation=occupation)
        yield client.post("/recruit", data=form).text


def administrator(client: TestClient) -> Iterator[str]:
    """Every list, and addresses where nothing is."""
    for part in ("keys", "people", "frameworks", "jobs", "audit"):
        yield client.get(f"/admin/{part}").text
    yield client.get("/admin/audit?action=%C3%84&since=x").text
    yield client.get("/admin/audit?cursor=x").text
    yield client.get("/admin/keys/x/revoke").text
    yield client.get("/provide/badges/x").text


@pytest.mark.parametrize("walk", [learner, provider, recruiter, administrator])
def test_who_reads_german_meets_no_english_that_is_not_marked(
    everybody: TestClient, walk: Walk
) -> None:
    """It would be read out by German rules, and half a page in another language is nobody's."""
    body = {"documents": [{"name": "offers.csv", "text": OFFER}]}
    everybody.put("/v1/catalogue/region", json=body).raise_for_status()
    everybody.cookies.set("skillmatch_lang", "de")

    pages = [parsed(text) for text in walk(everybody)]

    assert {page.get("lang") for page in pages} == {"de"}
    assert sorted({text for page in pages for text in english_in(page)}) == []


def test_the_walk_would_find_english() -> None:
    """A test that finds nothing anywhere proves nothing."""
    page = parsed(
        '<html lang="de"><p>Das ist gut.</p><p>This is not.</p><p lang="en">This is marked.</p>'
        '<p title="Look at this">Gut</p><p><q>That is quoted</q> <bdi>The name of a badge</bdi></p>'
        "<p>Log out</p>"
    )

    assert sorted(english_in(page)) == ["Log out", "Look at this", "This is not."]


def english_in(page: HtmlElement) -> Iterator[str]:
    """Yield the English of a page; what people wrote stands apart (``bdi``, ``q``, ``dir``)."""
    english, german = (set(map(str, words_of(one).texts.values())) for one in ("en", "de"))
    for one in page.iter():
        if not isinstance(one.tag, str):
            continue
        parent = one.getparent()
        near = [(one.text, one), *((one.get(name), one) for name in SPOKEN)]
        if parent is not None:
            near.append((one.tail, parent))
        for text, place in near:
            words = " ".join((text or "").split())
            if words and _is_prose(place) and (ENGLISH.search(words) or words in english - german):
                yield words


def _is_prose(place: HtmlElement) -> bool:
    for one in (place, *place.iterancestors()):
        if one.tag in NO_PROSE or one.tag in {"bdi", "q"} or one.get("dir") == "auto":
            return False
        if one.get("lang"):
            return str(one.get("lang")) == "de"
    return True
