"""A long page on a small screen: the way through it stays at hand and hides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.browsing import Visit, violations
from tests.pages.test_pages_browser_learner import fill_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

COVERED = """() => {
  const [box, nav] = [document.activeElement, document.querySelector(".jump")]
    .map((one) => one.getBoundingClientRect());
  return !document.activeElement.closest(".jump")
    && box.height > 0 && box.top >= nav.top - 1 && box.bottom <= nav.bottom;
}"""


def top_of(page: Page, selector: str) -> float:
    """Return how far below the upper edge of the window something begins."""
    return float(
        page.evaluate("one => document.querySelector(one).getBoundingClientRect().top", selector)
    )


def go(page: Page, link: str) -> None:
    """Follow a link by the keyboard.

    Before a click the page would be scrolled to what is clicked, and the row of links follows the
    page: the click would land beside the link.
    """
    page.press(link, "Enter")


def test_the_way_through_the_page_stays_at_hand_and_opens_what_is_folded(visit: Visit) -> None:
    """Nine screens of a phone are too long to scroll back and forth."""
    page = visit("/learn", width=360, height=780)
    fill_in(page)
    assert page.get_attribute("#j-result", "aria-current") == "true"
    assert page.locator(".paper").is_hidden()

    go(page, "#j-posting")
    page.wait_for_selector("#j-posting[aria-current]")

    assert page.locator(".paper").is_visible()
    assert top_of(page, ".jump") == pytest.approx(0, abs=1)
    bottom = page.evaluate("document.querySelector('.jump').getBoundingClientRect().bottom")
    assert bottom <= top_of(page, "#posting-text") < 200
    assert violations(page) == []
    go(page, "#j-take")
    page.wait_for_selector("#j-take[aria-current]")
    assert page.locator("#j-take").bounding_box()["x"] < 300  # type: ignore[index] # it is visible


def test_the_way_through_the_page_follows_a_new_answer_as_well(visit: Visit) -> None:
    """The part of the page with the links is exchanged together with all else.

    What changed is shown then; what was unfolded stays so for the next change.
    """
    page = visit("/learn", width=360, height=780)
    fill_in(page)
    go(page, "#j-yours")
    page.fill("#skills", "SQL")
    page.click("#yours-fold .go-on button")

    page.wait_for_selector(".pill.s-claimed")

    page.wait_for_selector("#j-matrix[aria-current]")
    assert page.locator("#skills").is_visible()
    go(page, "#j-yours")
    page.wait_for_selector("#j-yours[aria-current]")


def test_nothing_that_has_the_focus_lies_under_what_stays_in_view(visit: Visit) -> None:
    """Who tabs backwards meets every field from below."""
    page = visit("/learn", width=360, height=780)
    fill_in(page)
    page.focus("[formaction$='gap.html']")

    covered = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(COVERED):
            covered.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))

    assert covered == []


def test_a_low_window_is_not_filled_by_what_stays_in_view(visit: Visit) -> None:
    """A phone on its side, or a desktop at 400 %, has few lines as it is."""
    page = visit("/learn", width=640, height=320)
    fill_in(page)

    go(page, "#j-plan")

    assert top_of(page, ".jump") < 0
    assert 0 <= top_of(page, "#plan") < 100


@pytest.mark.parametrize(("width", "folded"), [(360, True), (1280, False)])
def test_without_scripts_a_small_screen_folds_and_a_large_one_does_not(
    visit: Visit, width: int, folded: bool
) -> None:
    """Folding must hide nothing where there is room, nor lock anything away."""
    page = visit("/learn", width=width, scripts=False)
    fill_in(page)

    assert page.locator("#yours-fold > summary").is_visible() is folded
    assert page.locator("#skills").is_hidden() is folded
    assert page.locator(".paper").is_hidden() is folded
    if folded:
        page.click("#yours-fold > summary")
        page.click("#posting-fold > summary")
    page.fill("#skills", "SQL")
    assert page.locator(".paper").is_visible()


def test_suggestions_open_where_they_are_seen(visit: Visit) -> None:
    """A field at the lower edge of a phone has no room below it."""
    page = visit("/learn", width=360, height=780)
    fill_in(page)
    page.evaluate("document.querySelector('#adding').scrollIntoView({ block: 'end' })")

    page.locator("#adding").press_sequentially("data prot", delay=20)
    page.wait_for_selector("#adding-list [role=option]")

    below = "one => document.querySelector(one).getBoundingClientRect().bottom - innerHeight"
    assert page.evaluate(below, "#adding-list") < 1


def test_escape_takes_the_pane_away_and_the_focus_goes_back(visit: Visit) -> None:
    """What lies over a page goes away with Escape, and one is where one was."""
    page = visit("/learn", width=360, height=780)
    fill_in(page)
    page.click(".requirements a.label >> nth=1")
    assert page.locator(".detail.shown").is_visible()

    page.keyboard.press("Escape")

    assert page.locator(".detail.shown").is_hidden()
    label = page.locator(".requirements a.label >> nth=1").inner_text()
    assert page.evaluate("document.activeElement.textContent") == label


def test_the_printed_page_holds_what_is_folded_and_no_links(visit: Visit) -> None:
    """Paper cannot be opened."""
    page = visit("/learn", width=360)
    fill_in(page)

    page.emulate_media(media="print")

    assert page.locator(".jump").is_hidden()
    assert page.locator("#posting-fold > summary").is_hidden()
    assert page.locator(".paper").is_visible()
