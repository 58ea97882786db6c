"""What there is much of is told briefly, and nothing of it is lost."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi.testclient import TestClient
from lxml.html import HtmlElement
from sqlalchemy import update

from skillmatch.model.evidence import Assurance
from skillmatch_api.access.principal import Scope
from skillmatch_api.pages.language import LANGUAGES, words_of
from skillmatch_api.store.tables import EvidenceRow
from skillmatch_api.wire.services import Services
from tests.api.ranking_people import add_person, shown
from tests.pages.browsing import found, parsed
from tests.pages.conftest import Keys
from tests.pages.test_pages_learner import POSTING
from tests.pages.test_pages_learner import send as send_posting

SKILL = "http://example.org/esco/skill/"
MANY = (
    "Python (computer programming)",
    "Java (computer programming)",
    "use version control",
    "query databases",
    "test software",
    "design user interface",
    "data protection",
    "infection control",
    "kitchen hygiene",
    "record vital signs",
)


@pytest.fixture(scope="module")
def ada(services: Services) -> str:
    """The id of somebody who can do one thing, and says so twice."""
    with services.store.writing() as session:
        pieces = [
            shown(SKILL + "python", Assurance.VERIFIED, issued=date(2026, 3, 1)),
            shown(SKILL + "python", years=1),
        ]
        return add_person(session, pieces, name="Ada").id


def searched(client: TestClient, key: Keys, *skills: str, **more: str) -> HtmlElement:
    """Return the page of a search for skills."""
    client.post("/login", data={"key": key(Scope.RECRUITER)})
    token = found(parsed(client.get("/recruit").text), "//input[@name='csrf_token']/@value")[0]
    columns = ("level", "skill_uri", "skill_known", "skill_years")
    form: dict[str, str | list[str]] = {name: [""] * len(skills) for name in columns}
    form |= {"skill": list(skills), "necessity": ["nice"] * len(skills), "by": "skills", **more}
    return parsed(client.post("/recruit", data={**form, "csrf_token": token}).text)


@pytest.mark.usefixtures("ada")
def test_of_many_skills_what_is_not_shown_is_counted_and_named_in_the_reasons(
    client: TestClient, key: Keys
) -> None:
    """Twenty crosses on every card hide the few things that somebody shows."""
    page = searched(client, key, *MANY)
    card = page.find_class("candidate")[0]

    pills = found(card, ".//ul[@class='states']/li")
    reasons = found(card, ".//details[@class='reasons']//b")

    assert pills[0].startswith("Python (computer programming)")
    assert pills[-1] == "9 not shown"
    assert len(pills) == 2
    assert set(reasons) == set(MANY)
    assert card.find_class("reasons")[0].get("open") is None


@pytest.mark.usefixtures("ada")
def test_of_few_skills_each_is_named_and_the_first_reasons_stand_open(
    client: TestClient, key: Keys
) -> None:
    """There is room for them."""
    page = searched(client, key, *MANY[:3])
    first = page.find_class("candidate")[0]

    assert len(found(first, ".//ul[@class='states']/li")) == 3
    assert first.find_class("reasons")[0].get("open") is not None


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_is_found_the_heading_says_so(
    client: TestClient, key: Keys, language: str
) -> None:
    """“0 people show some of this” is what a program says."""
    page = searched(client, key, "Python", places="Nowhere", lang=language)

    assert found(page, "//h1") == [words_of(language)("recruiter.nobody_heading")]


def test_the_evidence_of_a_person_says_nothing_twice(
    client: TestClient, key: Keys, ada: str, services: Services
) -> None:
    """A skill under a heading that is its name needs no quotation of its name."""
    with services.store.writing() as session:
        mine = update(EvidenceRow).where(EvidenceRow.person_id == ada)
        session.execute(mine.values(label="Python", text="python"))
    client.post("/login", data={"key": key(Scope.RECRUITER)})

    page = parsed(client.get(f"/recruit/people/{ada}?blind=0").text)

    assert found(page, "//ul[@class='held']//h3") == ["Python"]
    assert found(page, "//p[@class='quote']") == []
    assert any("1 year" in one and "years" not in one for one in found(page, "//p[@class='sub']"))
    leads = found(page, "//nav[@data-jump]//a/@href")
    assert leads == ["#content", "#g-proven"]
    assert {page.get_element_by_id(one[1:]).get("tabindex") for one in leads} == {"-1"}


def test_one_year_is_one_year_on_the_learners_page(everybody: TestClient) -> None:
    """“1 years” looks like a program as well."""
    page = send_posting(everybody, posting=POSTING, skills="Python; 1 year\nSQL; 2 years")

    about = " ".join(found(page, "//ul[@class='pieces']//p[@class='sub']"))

    assert "1 year" in about
    assert "1 years" not in about
    assert "2 years" in about


def test_demand_names_a_few_skills_of_an_offer_and_leads_through_the_page(
    everybody: TestClient,
) -> None:
    """An offer of twenty skills would be a wall of words; the files have all of them."""
    offers = f"id,name,skills\nall-1,All of it,{'; '.join(MANY)}\n"
    text = "Requirements\n" + "".join(f"- {one}\n" for one in MANY)

    answer = everybody.post(
        "/provide/demand", data={"text": text}, files={"offers": ("o.csv", offers, "text/csv")}
    )
    page = parsed(answer.text)
    leads = found(page, "//nav[@data-jump]//a/@href")

    (offer,) = found(page, "//section[@aria-labelledby='wanted']//li")
    assert offer.count(",") == 5
    assert offer.endswith("and 3 more")
    assert leads == ["#answer", "#most", "#wanted", "#unasked", "#demand-files"]
    assert {page.get_element_by_id(one[1:]).get("tabindex") for one in leads} == {"-1"}


def test_the_search_of_the_log_stands_open_where_something_is_searched_for(
    client: TestClient, key: Keys
) -> None:
    """On a phone it is folded, and what narrows a list must be seen beside it."""
    client.post("/login", data={"key": key(Scope.ADMIN)})

    whole = parsed(client.get("/admin/audit").text).get_element_by_id("sift")
    narrowed = parsed(client.get("/admin/audit?action=key.").text).get_element_by_id("sift")
    wrong = parsed(client.get("/admin/audit?since=soon").text).get_element_by_id("sift")

    assert whole.get("open") is None
    assert narrowed.get("open") is not None
    assert wrong.get("open") is not None
