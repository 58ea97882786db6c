"""The learner's main job in a real browser: by mouse, by keyboard, on a phone, without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.pages.browsing import Site, Visit, follow, new_key, violations
from tests.pages.test_pages_learner import POSTING

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OFFERS = """id,name,provider,skills,cost,currency,hours
sql-1,SQL First Steps,Harbour School,query databases,120,EUR,20
git-1,Git in a Week,Harbour School,use version control,0,EUR,6
"""


@pytest.fixture(scope="session")
def with_offers(site: Site) -> Site:
    """The server, with a catalogue of two courses."""
    body = {"documents": [{"name": "offers.csv", "text": OFFERS}]}
    httpx.put(f"{site.url}/v1/catalogue/harbour", json=body).raise_for_status()
    return site


def fill_in(page: Page, *, posting: str = POSTING, skills: str = "Python; 3 years") -> None:
    """Fill in the first page and send it."""
    page.fill("#posting", posting)
    page.fill("#skills", skills)
    page.click(".go-on button")
    page.wait_for_selector("#result")
    page.wait_for_load_state()


def states(page: Page) -> dict[str, str]:
    """Return the state of each requirement, by label, all at one moment."""
    labels, pills = page.evaluate(
        """() => [".requirements a.label", ".requirements .pill"].map(
          (which) => [...document.querySelectorAll(which)].map((one) => one.innerText.trim()))"""
    )
    return dict(zip(labels, pills, strict=True))


@pytest.mark.parametrize(
    ("width", "dark"), [(1280, False), (360, True)], ids=["desktop-by-day", "phone-by-night"]
)
def test_the_page_is_accessible_by_day_and_night_on_phone_and_desktop(
    visit: Visit, with_offers: Site, width: int, dark: bool
) -> None:
    """Empty, with faults, with an answer, with a detail, and with a plan."""
    name = f"learner-{width}-{'night' if dark else 'day'}"
    visit.expected.append("422")
    page = visit("/learn", width=width, dark=dark, site=with_offers)
    visit.check(page, f"{name}-1-start")
    follow(page, ".go-on button")
    visit.check(page, f"{name}-2-faults")
    fill_in(page)
    visit.check(page, f"{name}-3-answer")
    page.click(".requirements a.label >> nth=1")
    visit.check(page, f"{name}-4-detail", full=False)
    if width == 360:
        page.click(".detail.shown .close")
    page.click("#make-plan")
    page.wait_for_selector("#plan-headline")
    visit.check(page, f"{name}-5-plan")


def test_a_correction_shows_at_once_and_the_focus_stays(visit: Visit) -> None:
    """Whoever works down a list must not be thrown back to its top."""
    page = visit("/learn")
    fill_in(page)
    before = states(page)
    page.click(".requirements a.label >> nth=0")

    page.click(".detail.shown label:has-text('nice')")
    page.wait_for_selector("body:not(.busy)")

    first = next(iter(before))
    assert next(iter(states(page))) != first
    assert page.locator(".detail.shown h3 bdi").inner_text() == first
    assert page.evaluate("document.activeElement.value") == "nice"
    page.wait_for_selector("#announce:has-text('must-have')", state="attached")


def test_a_skill_is_added_with_suggestions(visit: Visit) -> None:
    """Names of a framework are hard to guess."""
    page = visit("/learn")
    fill_in(page)

    page.locator("#adding").press_sequentially("data prot", delay=20)
    page.wait_for_selector("#adding-list [role=option]")
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#adding", "aria-activedescendant")
    page.keyboard.press("Enter")
    assert page.input_value("#adding") == "data protection"
    page.keyboard.press("Enter")

    page.wait_for_selector(".requirements a.label:has-text('data protection')")
    assert page.evaluate("document.activeElement.id") == "adding"
    assert page.input_value("#adding") == ""


def test_the_main_job_is_done_with_the_keyboard_alone(visit: Visit) -> None:
    """From the first tab to a download, without a mouse."""
    page = visit("/learn")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    until(page, "posting")
    page.keyboard.insert_text(POSTING)
    until(page, "skills")
    page.keyboard.insert_text("Python")
    press_on(page, "button.button", "Compare")
    page.wait_for_selector("#result")

    until_matches(page, ".requirements a.label")
    label = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.detail.shown')")
    assert label in page.evaluate("document.activeElement.textContent")
    until_matches(page, ".detail.shown input[type=radio]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("body:not(.busy)")
    assert page.evaluate("document.activeElement.value") == "should"
    with page.expect_download() as got:
        press_on(page, "button[formaction='/learn/gap.json']", "")
    assert got.value.suggested_filename == "gap.json"


def until(page: Page, identity: str) -> None:
    """Press tab until the element of an id has the focus."""
    until_matches(page, f"#{identity}")


def until_matches(page: Page, selector: str) -> None:
    """Press tab until what has the focus matches."""
    for _ in range(150):
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no tab leads to {selector}")


def press_on(page: Page, selector: str, words: str) -> None:
    """Tab to a button and press it."""
    until_matches(page, selector)
    assert words in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_main_job_is_done_without_scripts(
    visit: Visit, with_offers: Site, width: int, tmp_path: Path
) -> None:
    """Scripts are blocked, broken or not there yet more often than one thinks."""
    cv = tmp_path / "cv.txt"
    cv.write_text("Skills\n- SQL\n", encoding="utf-8")
    page = visit("/learn", width=width, scripts=False, site=with_offers)
    page.set_input_files("#documents", cv)
    fill_in(page)
    assert states(page)["query databases"] == "claimed"
    page.click(".requirements a.label:has-text('use version control')")
    detail = page.locator(".detail:target")
    assert detail.is_visible()
    page.screenshot(path=visit.pictures / f"scriptless-{width}.png")
    detail.get_by_label("not at all").check()
    with page.expect_navigation():
        detail.get_by_role("button", name="Update").click()
    assert "use version control" not in states(page)
    page.fill("#adding", "data protection")
    follow(page, ".adding button")
    assert states(page)["data protection"] == "missing"
    follow(page, "#make-plan")
    assert page.locator("#plan-headline").is_visible()
    with page.expect_download() as got:
        page.click("button[formaction='/learn/plan.ics']")
    assert "BEGIN:VCALENDAR" in Path(got.value.path()).read_text(encoding="utf-8")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_files_are_dropped(visit: Visit) -> None:
    """Several at once, from wherever they lie."""
    page = visit("/learn")
    for field, name, text in (
        ("posting_file", "job.txt", POSTING),
        ("documents", "cv.txt", "Skills\n- SQL\n"),
        ("documents", "more.txt", "Skills\n- Git\n"),
    ):
        page.evaluate(
            """([field, name, text]) => {
              const data = new DataTransfer();
              data.items.add(new File([text], name, { type: "text/plain" }));
              const zone = document.getElementById(field).closest("[data-drop]");
              zone.dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }""",
            [field, name, text],
        )
    assert page.locator("[data-drop] .files li").count() == 3
    follow(page, ".go-on button")

    assert states(page)["query databases"] == "claimed"
    assert states(page)["use version control"] == "claimed"


def test_script_in_every_field_is_shown_and_never_runs(visit: Visit, tmp_path: Path) -> None:
    """Postings, badges and file names come from strangers."""
    evil = '<img src=x onerror="owned=1"><script>owned=1</script>'
    cv = tmp_path / "<img src=x onerror=alert(1)>.txt"
    cv.write_text(f"{evil}\nSkills\n- SQL\n", encoding="utf-8")
    visit.expected.append("422")
    page = visit("/learn")
    page.set_input_files("#documents", cv)
    fill_in(page, posting=f"{evil}\n{POSTING}\n{evil}", skills=f"Python\n{evil}")
    page.fill("#adding", evil)
    page.click(".adding button")
    page.wait_for_selector("#adding-fault-1")
    page.fill("#hours", evil)
    page.fill("#cost", evil)

    assert page.evaluate("window.owned") is None
    assert page.locator("#result img, #result script").count() == 0
    assert "onerror" in page.locator(".paper").inner_text()


def test_other_scripts_and_very_long_names_do_not_break_the_page(visit: Visit) -> None:
    """Right-to-left text keeps its order, and a word without end its box."""
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
    arabic = "مطور برمجيات أول"
    for width in (360, 1280):
        page = visit("/learn", width=width)
        fill_in(
            page,
            posting=f"{arabic}\n\nRequirements\n- You must know Python\n- {long}\n- SQL\n",
            skills=f"{long}\n{arabic}\n" + "https://example.org/" + "x" * 150,
        )
        visit.check(page, f"long-and-right-to-left-{width}")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"


def test_the_page_is_as_good_in_german(visit: Visit, with_offers: Site) -> None:
    """German words are longer, and the switch must not lose anything."""
    page = visit("/learn", width=360, site=with_offers)
    fill_in(page)
    follow(page, "button[name=lang][value=de]")
    page.wait_for_selector("html[lang=de] #result")
    page.click("#make-plan")
    page.wait_for_selector("#plan-headline")
    page.wait_for_load_state()

    visit.check(page, "german")
    assert "angegeben" in states(page).values()
    assert page.input_value("#skills").strip() == "Python; 3 years"


def test_who_has_a_key_logs_in_works_and_logs_out(visit: Visit, locked_site: Site) -> None:
    """With the cookie and the token of the page, corrections included."""
    from skillmatch_api.access.principal import Scope

    page = visit("/learn", site=locked_site)
    page.fill("#key", new_key(locked_site.services, Scope.LEARNER))
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn")
    fill_in(page)
    page.click(".requirements a.label >> nth=0")
    page.click(".detail.shown label:has-text('not at all')")
    page.wait_for_selector(".removed")
    page.click("header .quiet")

    page.wait_for_url("**/login")
    assert page.goto("/learn") is not None
    assert page.url.endswith("/login?next=/learn")


def test_a_printed_page_holds_what_matters(visit: Visit) -> None:
    """Saving as PDF is printing: no buttons, every detail."""
    page = visit("/learn")
    fill_in(page)

    page.emulate_media(media="print")
    page.screenshot(path=visit.pictures / "print.png", full_page=True)
    pdf = page.pdf(path=visit.pictures / "print.pdf", format="A4")

    assert pdf.startswith(b"%PDF")
    assert page.locator("#yours").is_hidden()
    assert all(one.is_visible() for one in page.locator(".detail").all())


def test_a_busy_service_or_a_lost_connection_loses_nothing(visit: Visit) -> None:
    """The page says so, stays as it is, and the next try may succeed."""
    visit.expected += ["503", "ERR_FAILED"]
    page = visit("/learn")
    fill_in(page)
    page.fill("#skills", "Python\nSQL")
    problem = '{"status": 503, "detail": "come again in a moment"}'
    busy = {"status": 503, "content_type": "application/problem+json", "body": problem}
    page.route("**/learn", lambda route: route.fulfill(**busy))
    page.click("#yours-fold .go-on button")
    page.wait_for_selector(".refused:has-text('come again')")
    visit.check(page, "busy", full=False)
    page.unroute("**/learn")
    page.route("**/learn", lambda route: route.abort())
    page.click("#yours-fold .go-on button")
    page.wait_for_selector(".refused:has-text('nothing is lost')")
    page.unroute("**/learn")
    page.click("#yours-fold .go-on button")
    page.wait_for_selector(".requirements .pill.s-claimed >> nth=1")

    assert states(page)["query databases"] == "claimed"
    assert page.locator(".refused").count() == 0
