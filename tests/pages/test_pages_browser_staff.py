"""The main jobs of recruiters and administrators in a real browser."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from skillmatch.model.evidence import Assurance
from skillmatch_api.access.principal import Scope
from skillmatch_api.store.tables import EvidenceRow
from tests.api.ranking_people import add_person, shown
from tests.pages.browsing import Site, Visit, follow, new_key

pytestmark = pytest.mark.browser

PYTHON = "http://example.org/esco/skill/python"
NAMES = (
    "Ada Lovelace",
    "<img src=x onerror=alert(1)>",
    "محمد بن عبد الله بن عبد العزيز",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsmitglied",
)


@pytest.fixture(scope="module")
def with_people(locked_site: Site) -> Site:
    """The server, with people of names that are easy to break."""
    with locked_site.services.store.writing() as session:
        for place, name in enumerate(NAMES):
            proof = Assurance.CLAIMED if place else Assurance.VERIFIED
            pieces = [shown(PYTHON, proof, issued=date(2026, 3, 1))]
            add_person(session, pieces, name=name, place="Graz, Austria", languages=["de", "ar"])
        for row in session.scalars(select(EvidenceRow).where(EvidenceRow.kind == "badge")):
            row.badge = "Python in practice"
    return locked_site


@pytest.mark.parametrize(
    ("width", "dark", "language"),
    [(1280, False, "en"), (360, True, "de")],
    ids=["desktop-by-day", "phone-by-night"],
)
def test_a_recruiter_searches_reads_reasons_and_evidence_and_takes_a_shortlist(
    visit: Visit, with_people: Site, width: int, dark: bool, language: str
) -> None:
    """The whole job, with a page that is accessible at every step."""
    name = f"recruiter-{width}-{language}"
    page = visit("/recruit", site=with_people, width=width, dark=dark, language=language)
    page.fill("#key", new_key(with_people.services, Scope.RECRUITER))
    follow(page, "main button")
    visit.check(page, f"{name}-1-start")

    page.locator("#skill-1").press_sequentially("pyth", delay=20)
    page.wait_for_selector("#skill-1-list [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.uncheck("#blind")
    follow(page, "#go")
    assert page.locator(".candidate h2").first.inner_text() == NAMES[0]
    assert "Python in practice" in page.locator(".reasons").first.inner_text()
    visit.check(page, f"{name}-2-found")

    with page.context.expect_page() as opened:
        page.locator(".more a").first.click()
    person = opened.value
    person.wait_for_load_state()
    assert "Python in practice" in person.locator("main").inner_text()
    visit.check(person, f"{name}-3-person")

    page.locator(".pick input").first.check()
    with page.expect_download() as loading:
        page.click("[formaction$=json]")
    taken = json.loads(Path(loading.value.path()).read_text(encoding="utf-8"))
    assert [one["name"] for one in taken["items"]] == [NAMES[0]]


def test_a_recruiter_needs_no_scripts(visit: Visit, with_people: Site) -> None:
    """The page works where scripts are off or did not arrive."""
    page = visit("/recruit", site=with_people, scripts=False)
    page.fill("#key", new_key(with_people.services, Scope.RECRUITER))
    follow(page, "main button")

    page.fill("#skill-1", "Python")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator(".candidate").count() == len(NAMES)
    assert NAMES[0] not in page.content()


def test_an_administrator_makes_a_key_that_works_until_it_is_revoked(
    visit: Visit, locked_site: Site
) -> None:
    """The whole job, with a second browser that uses the key."""
    visit.expected += ["422", "401"]
    page = visit("/admin", site=locked_site)
    page.fill("#key", new_key(locked_site.services, Scope.ADMIN))
    follow(page, "main button")
    page.check("#scope-recruiter")
    page.fill("#name", "careers page")
    follow(page, "#make-key")
    key = page.input_value("#fresh-key")
    visit.check(page, "admin-1-key")

    other = visit("/login", site=locked_site)
    other.fill("#key", key)
    follow(other, "main button")
    assert other.url.endswith("/recruit")

    follow(page, "tr:has-text('careers page') a[href$=revoke]")
    visit.check(page, "admin-2-revoke")
    follow(page, "main form button")
    assert page.locator(".done").is_visible()

    other.goto("/recruit")
    assert "/login" in other.url
    other.fill("#key", key)
    follow(other, "main button")
    assert other.locator("#key-fault").is_visible()


@pytest.mark.parametrize(
    ("width", "dark", "language"), [(1280, False, "en"), (360, True, "de")], ids=["wide", "narrow"]
)
def test_every_part_of_the_administration_is_accessible(
    visit: Visit, with_people: Site, width: int, dark: bool, language: str
) -> None:
    """By day and night, on a phone and a desktop."""
    page = visit("/admin", site=with_people, width=width, dark=dark, language=language)
    page.fill("#key", new_key(with_people.services, Scope.ADMIN))
    follow(page, "main button")

    for part in ("keys", "people", "frameworks", "jobs", "audit"):
        page.goto(f"/admin/{part}")
        visit.check(page, f"admin-{width}-{language}-{part}")
