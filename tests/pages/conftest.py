"""Fixtures of the pages: the application without a browser, and a real server with Chromium.

Tests with a browser carry ``@pytest.mark.browser`` and take ``visit``, which opens a page and fails
at the end where the browser reported an error, a violation of the content policy among them::

    @pytest.mark.browser
    def test_...(visit: Visit) -> None:
        page = visit("/learn", width=360, dark=True)
        visit.check(page, "learn-narrow")  # axe, no sideways scroll, and a picture
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.wire.services import Services
from tests.pages.browsing import Site, Visit, new_key, opened_to_all, services_over, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")

Keys = Callable[..., str]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, to be copied: migrating takes its time."""
    path = tmp_path_factory.mktemp("empty") / "service.sqlite"
    store = Store.open(f"sqlite:///{path}")
    upgrade(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def services(
    empty_database: Path,
    mini_settings: Settings,
    mini_matcher: Matcher,
    tmp_path_factory: pytest.TempPathFactory,
) -> Services:
    """What the application is made from; tests share its database, and make their own keys."""
    folder = tmp_path_factory.mktemp("pages")
    return services_over(folder, empty_database, mini_matcher, mini_settings)


@pytest.fixture(scope="session")
def running(services: Services) -> Iterator[TestClient]:
    """The application, which takes its time to begin."""
    with TestClient(create_app(services), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def client(running: TestClient) -> TestClient:
    """A browser without scripts or a login."""
    running.cookies.clear()
    return running


@pytest.fixture(scope="session")
def running_open(
    empty_database: Path,
    mini_settings: Settings,
    mini_matcher: Matcher,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[TestClient]:
    """The application as ``--open`` makes it."""
    folder = tmp_path_factory.mktemp("open")
    made = services_over(folder, empty_database, mini_matcher, mini_settings)
    with TestClient(create_app(opened_to_all(made)), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def everybody(running_open: TestClient) -> TestClient:
    """A browser without scripts where the service runs with ``--open``: nobody needs a key."""
    running_open.cookies.clear()
    return running_open


@pytest.fixture
def key(services: Services) -> Keys:
    """Make a key: ``key(Scope.LEARNER, person_id=...)``."""

    def make(*scopes: Scope, person_id: str | None = None) -> str:
        return new_key(services, *scopes, person_id=person_id)

    return make


@pytest.fixture(scope="session")
def site(
    empty_database: Path,
    mini_settings: Settings,
    mini_matcher: Matcher,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A server with ``--open`` over the invented frameworks."""
    folder = tmp_path_factory.mktemp("pages")
    made = services_over(folder, empty_database, mini_matcher, mini_settings)
    with serving(opened_to_all(made)) as running:
        yield running


@pytest.fixture(scope="session")
def locked_site(
    empty_database: Path,
    mini_settings: Settings,
    mini_matcher: Matcher,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A server that lets in who has a key; ``new_key`` makes one."""
    folder = tmp_path_factory.mktemp("locked")
    with serving(services_over(folder, empty_database, mini_matcher, mini_settings)) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine; skips where there is none and none is required."""
    from playwright.sync_api import sync_playwright

    named = os.environ.get("SKILLMATCH_TEST_CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, CHROMIUMS)), "")
    if not found:
        if os.environ.get("SKILLMATCH_REQUIRE_CHROMIUM") == "1":
            pytest.fail("SKILLMATCH_REQUIRE_CHROMIUM=1, but no Chromium is on the path")
        pytest.skip("no Chromium on the path; name one with SKILLMATCH_TEST_CHROMIUM")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox"] if as_root else []
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the pictures: ``SKILLMATCH_TEST_PICTURES``, else a temporary one."""
    named = os.environ.get("SKILLMATCH_TEST_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visit(chromium: Browser, site: Site, pictures: Path) -> Iterator[Visit]:
    """Open pages; at the end the browser must have complained of nothing."""
    made = Visit(chromium, site, pictures)
    yield made
    made.close()
    assert made.faults == []
