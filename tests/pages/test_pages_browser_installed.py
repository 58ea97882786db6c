"""The learner's main job on what is really installed, with the examples of this project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from skillmatch.errors import SkillmatchError
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from tests.pages.browsing import Site, Visit, opened_to_all, services_over, serving

pytestmark = [pytest.mark.browser, pytest.mark.shared]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def real_site(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server over the installed frameworks, with the example catalogue and issuers."""
    settings = Settings.from_environ(os.environ)
    try:
        matcher = Matcher.open(settings=settings)
    except SkillmatchError as error:
        if os.environ.get("SKILLMATCH_REQUIRE_INSTALLED") == "1":
            pytest.fail(f"SKILLMATCH_REQUIRE_INSTALLED=1, but nothing is installed: {error}")
        pytest.skip(f"nothing is installed: {error}")
    folder = tmp_path_factory.mktemp("real")
    made = opened_to_all(services_over(folder, empty_database, matcher, settings))
    issuers = EXAMPLES / "badges" / "known-issuers.toml"
    made = replace(made, settings=replace(made.settings, issuers=issuers))
    with matcher, serving(made) as running:
        yield running


@pytest.mark.parametrize("width", [360, 1280])
def test_a_career_changer_finds_gap_and_plan(visit: Visit, real_site: Site, width: int) -> None:
    """A whole posting, a CV and a wallet of badges, as the README has them."""
    offers = (EXAMPLES / "catalogue" / "software-developer.csv").read_text(encoding="utf-8")
    body = {"documents": [{"name": "offers.csv", "text": offers}]}
    httpx.put(f"{real_site.url}/v1/catalogue/region", json=body, timeout=60).raise_for_status()
    page = visit("/learn", width=width, site=real_site)
    page.fill(
        "#posting",
        (EXAMPLES / "postings" / "software-developer.txt").read_text(encoding="utf-8"),
    )
    page.set_input_files(
        "#documents",
        [
            EXAMPLES / "learners" / "career-changer.txt",
            *sorted((EXAMPLES / "badges" / "wallet").glob("*.*")),
        ],
    )
    page.click(".go-on button")
    page.wait_for_selector("#result", timeout=60_000)
    page.fill("#hours", "8")
    page.click("#make-plan")
    page.wait_for_selector("#plan-headline", timeout=60_000)

    visit.check(page, f"career-changer-{width}")
    assert page.locator(".requirements tbody tr").count() >= 15
    assert page.locator(".requirements .s-proven").count() >= 1
    assert page.locator(".paper a.hl").count() >= 15
    assert page.locator(".plan .steps > li").count() >= 2
