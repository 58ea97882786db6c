"""The provider's page in a browser: by keyboard, without scripts, on a phone, in German."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from tests.pages.browsing import Site, Visit, follow, opened_to_all, services_over, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
EVIL = '<img src=x onerror="owned=1"><script>owned=1</script>'
LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
ARABIC = "شهادة في تحليل البيانات"


def badge(place: int, **more: str) -> Mapping[str, Any]:
    """Return a badge with outcomes that the invented framework knows."""
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": f"https://academy.example/badges/{place}",
        "name": f"Data {place}",
        "description": "Earners can query databases with SQL and use version control.",
        "criteria": {"narrative": "Write a program in Python. Know data protection."},
        **more,
    }


@pytest.fixture(scope="module")
def badges_site(
    empty_database: Path,
    mini_settings: Settings,
    mini_matcher: Matcher,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A server with ``--open`` whose worker does jobs."""
    folder = tmp_path_factory.mktemp("badges")
    made = opened_to_all(services_over(folder, empty_database, mini_matcher, mini_settings))
    with serving(replace(made, settings=replace(made.settings, job_workers=1))) as running:
        yield running


def upload(page: Page, folder: Path, *badges: Mapping[str, Any]) -> None:
    """Choose files, send them, and wait until they are read."""
    paths = []
    for place, one in enumerate(badges):
        paths.append(folder / f"{place}.json")
        paths[-1].write_text(json.dumps(one), encoding="utf-8")
    page.set_input_files("#badges", paths)
    page.click(".upload button")
    page.wait_for_selector(".far")


def pressed(page: Page, key: str) -> None:
    """Press a key and wait for the answer."""
    page.keyboard.press(key)
    page.wait_for_selector("body:not(.busy)")


def decisions(page: Page) -> list[str]:
    """Return what is decided on each proposal."""
    return page.locator("[data-proposal] .decision").all_inner_texts()


def test_badges_are_reviewed_by_keyboard_and_taken_home(
    visit: Visit, badges_site: Site, tmp_path: Path
) -> None:
    """Upload, accept, reject, undo, next badge, download: the file has what was accepted."""
    page = visit("/provide", site=badges_site)
    upload(page, tmp_path, badge(1), badge(2))
    visit.check(page, "provider-job")
    page.click(".card .button")
    page.wait_for_selector("html.keys #review")
    first = page.url
    count = len(decisions(page))
    assert count > 1

    pressed(page, "a")
    page.wait_for_selector(".d-accept")
    accepted = page.locator(".d-accept h4").inner_text()
    assert page.evaluate("document.activeElement.matches('[data-proposal].open')")
    pressed(page, "r")
    page.wait_for_selector(".d-reject")
    pressed(page, "u")
    page.wait_for_selector(".d-reject", state="detached")
    page.keyboard.press("j")
    page.keyboard.press("k")
    pressed(page, "r")
    page.wait_for_selector(".d-reject")
    visit.check(page, "provider-decided")
    while page.locator("[data-proposal].open").count():
        left = page.locator("[data-proposal].open").count()
        pressed(page, "r")
        page.wait_for_selector(f"[data-proposal].open >> nth={left - 1}", state="detached")
    page.wait_for_selector(".finished")
    visit.check(page, "provider-finished")
    assert decisions(page).count("accepted") == 1
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    assert page.locator("h1").inner_text() == "Data 2"
    page.goto("/provide")
    with page.expect_download() as got:
        page.click("a[href^='/provide/files/badge.zip']")

    archive = zipfile.ZipFile(io.BytesIO(Path(got.value.path()).read_bytes()))
    written = [name for name in archive.namelist() if name.endswith(".json")]
    named = [one["targetName"] for one in json.loads(archive.read(written[0]))["alignment"]]
    assert named == [accepted]


def test_keys_are_silent_while_typing_and_where_they_are_off(
    visit: Visit, badges_site: Site, tmp_path: Path
) -> None:
    """A name with an a in it must accept nothing, and speech input must not either."""
    page = visit("/provide", site=badges_site)
    upload(page, tmp_path, badge(3))
    page.click(".card .button")
    page.wait_for_selector("html.keys #review")
    before = decisions(page)

    page.click("#reviewer")
    page.keyboard.type("Ada jar nurx")
    page.keyboard.press("?")
    page.keyboard.press("Control+a")
    page.uncheck("#keys-on")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")

    assert not page.is_checked("#keys-on")
    assert decisions(page) == before
    page.check("#keys-on")
    page.wait_for_selector("html.keys")
    page.keyboard.press("?")
    assert page.locator("dl.keys").is_visible()
    visit.check(page, "provider-keys")


def test_another_concept_is_found_and_put_in_its_place(
    visit: Visit, badges_site: Site, tmp_path: Path
) -> None:
    """With suggestions while one types; a note beside it is kept, and wrong names are said."""
    visit.expected.append("422")
    page = visit("/provide", site=badges_site)
    upload(page, tmp_path, badge(4))
    page.click(".card .button")
    page.wait_for_selector("html.keys #review")
    page.keyboard.press("e")
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fault")
    visit.check(page, "provider-fault")
    field = page.locator("[data-proposal] input[aria-invalid], .at-fault input").first
    field.fill("")
    field.press_sequentially("data prot", delay=20)
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(".d-edit")

    assert "data protection" in page.locator(".d-edit .instead").inner_text()


@pytest.mark.parametrize(
    "look", [(1280, True, "en"), (360, False, "de"), (360, True, "de")], ids=str
)
def test_names_of_strangers_are_inert_and_break_nothing(
    visit: Visit, badges_site: Site, tmp_path: Path, look: tuple[int, bool, str]
) -> None:
    """Script, a word without end, and right-to-left text in every field that a badge has."""
    width, dark, language = look
    name = f"provider-{width}-{language}-{'night' if dark else 'day'}"
    page = visit("/provide", site=badges_site, width=width, dark=dark, language=language)
    evil = badge(
        len(name) * 1000 + width,
        name=f"{ARABIC} {EVIL} {LONG}",
        description=f"{EVIL} {LONG} use SQL.",
    )
    upload(page, tmp_path, evil)
    page.goto("/provide")
    visit.check(page, f"{name}-desk")
    page.click(f".queue a:has-text('{ARABIC}') >> nth=-1")
    page.wait_for_selector("#review")
    visit.check(page, f"{name}-review")

    assert page.evaluate("window.owned") is None
    assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_the_main_job_is_done_without_scripts(
    visit: Visit, badges_site: Site, tmp_path: Path, width: int
) -> None:
    """The page of a job loads itself again; buttons and links do the rest."""
    page = visit("/provide", site=badges_site, scripts=False, width=width)
    upload(page, tmp_path, badge(100 + width))
    follow(page, ".card .button")
    follow(page, "[data-proposal] .yes >> nth=0")
    assert decisions(page)[0] == "accepted"
    follow(page, ".told button")
    assert decisions(page)[0] == "to decide"
    follow(page, "[data-proposal] .yes >> nth=0")
    page.screenshot(path=visit.pictures / f"provider-scriptless-{width}.png", full_page=True)
    with page.expect_download() as got:
        page.click("a[href$='/files/badge']")

    assert json.loads(Path(got.value.path()).read_text(encoding="utf-8"))["alignment"]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_demand_is_asked_and_shown(
    visit: Visit, badges_site: Site, tmp_path: Path, width: int, dark: bool
) -> None:
    """Faults first, then postings of strangers beside a catalogue."""
    visit.expected.append("422")
    name = f"provider-demand-{width}"
    offers = tmp_path / "offers.csv"
    offers.write_text("id,name,skills\nsql-1,SQL for all,query databases\n", encoding="utf-8")
    page = visit("/provide/demand", site=badges_site, width=width, dark=dark)
    page.click("#demand-form .go-on button")
    page.wait_for_selector(".faults")
    visit.check(page, f"{name}-faults")
    page.fill(
        "#text", f"Requirements\n- SQL\n- Python\n{EVIL}\n---\n{LONG}\n- Must know Git\n- SQL"
    )
    page.set_input_files("#offers", offers)
    page.click("#demand-form .go-on button")
    page.wait_for_selector(".chart")
    visit.check(page, name)
    with page.expect_download() as got:
        page.click("a[download='demand.svg']")

    assert page.evaluate("document.getElementById('offers').files.length") == 1
    assert "<svg" in Path(got.value.path()).read_text(encoding="utf-8")
    assert page.evaluate("window.owned") is None
