"""The way through a long page: links to its parts, and parts that are folded on small screens."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.pages.language import LANGUAGES, words_of
from tests.pages.browsing import found
from tests.pages.test_pages_learner import POSTING, send

NAV = "//nav[@data-jump]"
UNASKED = (
    "Java (computer programming)",
    "use version control",
    "test software",
    "design user interface",
    "data protection",
    "communicate with patients",
    "administer medication",
    "record vital signs",
    "infection control",
    "kitchen hygiene",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_on_this_page_leads_to_a_part_that_takes_the_focus(
    everybody: TestClient, language: str
) -> None:
    """A link that only scrolls leaves whoever works by keyboard or by ear where they were."""
    page = send(everybody, posting=POSTING, lang=language)

    leads = [one.removeprefix("#") for one in found(page, f"{NAV}//a/@href")]

    assert found(page, f"{NAV}/@aria-label") == [words_of(language)("base.on_this_page")]
    assert leads[0] == "result"
    assert {"next", "matrix", "posting-text", "plan", "yours", "take"} == set(leads[1:])
    assert {page.get_element_by_id(one).get("tabindex") for one in leads} == {"-1"}


def test_links_name_only_parts_that_are_there(everybody: TestClient) -> None:
    """Who has nothing to do first is led nowhere by a link that says so."""
    page = send(everybody, posting="We are a friendly team and we love coffee.")

    leads = found(page, f"{NAV}//a/@href")

    assert "#next" not in leads
    assert [one for one in leads if not page.xpath(f"//*[@id='{one[1:]}']")] == []


def test_what_is_folded_is_sent_all_the_same(everybody: TestClient) -> None:
    """Folding is a matter of looks: a correction must not lose the skills that were typed."""
    page = send(everybody, posting=POSTING, skills="Python")
    (fold,) = page.xpath("//details[@id='yours-fold']")

    again = send(everybody, page)

    assert fold.get("open") is None
    assert found(again, "//textarea[@id='skills']") == ["Python"]


def test_a_fault_in_what_is_folded_unfolds_it(everybody: TestClient) -> None:
    """A link to a field that cannot be seen would lead nowhere."""
    page = send(everybody, posting=POSTING)

    faulty = send(everybody, page, skills="Python; 3 years; 5 years; advanced; basic")

    assert found(faulty, "//*[@class='faults']//a/@href") == ["#skills"]
    assert faulty.get_element_by_id("yours-fold").get("open") is not None


def test_a_long_list_of_what_is_not_asked_for_is_cut_and_loses_nothing(
    everybody: TestClient,
) -> None:
    """A CV shows dozens of skills that a posting does not ask for."""
    page = send(everybody, posting="Requirements\n- SQL\n", skills="\n".join(UNASKED))

    shown = found(page, "//*[@aria-labelledby='unused']/ul/li")
    others = found(page, "//details[@id='unused-others']//li")

    assert (len(shown), len(others)) == (6, 4)
    assert {one.removesuffix(" your own list") for one in shown + others} == set(UNASKED)
    assert found(page, "//details[@id='unused-others']/summary") == ["4 more"]


def test_a_short_list_is_shown_whole(everybody: TestClient) -> None:
    """One line behind a click is one click too many."""
    page = send(everybody, posting="Requirements\n- SQL\n", skills="\n".join(UNASKED[:2]))

    assert found(page, "//details[@id='unused-others']") == []


def test_a_line_that_is_not_too_long_is_quoted_whole_and_once(everybody: TestClient) -> None:
    """Twice the same line, cut in two places, looks like two reasons."""
    line = "You must know Python and SQL, since we write nearly everything in Python"
    page = send(everybody, posting=f"Requirements\n- {line}\n")

    quotes = found(page, "//article[contains(@class,'detail')]//ul[@class='quotes']//q")

    assert quotes == [line, line]


def test_a_cut_line_is_cut_between_words(everybody: TestClient) -> None:
    """Half a word reads like a mistake of the posting."""
    story = "Everything is remarkably extraordinary here. " * 6
    page = send(everybody, posting=f"Requirements\n- {story}You must know SQL. {story}\n")

    (quote,) = found(page, "//article[contains(@class,'detail')]//ul[@class='quotes']//q")

    assert quote.startswith("…")
    assert quote.endswith("…")
    assert set(quote.strip("…").split()) <= set(f"{story} You must know SQL.".split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_requirement_was_found_the_page_says_what_to_do(
    everybody: TestClient, language: str
) -> None:
    """An empty list with an order, and a plan of nothing, only confuse."""
    t = words_of(language)
    page = send(everybody, posting="We are a friendly team and we love coffee.", lang=language)

    assert found(page, "//label[@for='adding']") == [t("learner.adding_first")]
    assert found(page, "//section[@aria-labelledby='plan']/p") == [t("learner.plan_first")]
    assert found(page, "//button[@id='make-plan']") == []
    assert t("learner.matrix_intro") not in page.text_content()
    assert page.get_element_by_id("posting-fold").get("open") is not None
