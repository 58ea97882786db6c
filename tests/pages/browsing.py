"""A real server and a real browser: what the tests of the pages open and look at."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from lxml import html
from lxml.html import HtmlElement

from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.access.keys import create_key
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store
from skillmatch_api.wire.services import Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""What the clock of the service under test says."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True, slots=True)
class Site:
    """A running server, and what it was made from."""

    url: str
    services: Services


class KeptOpen(MatcherHolder):
    """Lends the matcher of all tests, which outlives the application."""

    def close(self) -> None:
        """Leave it to the other tests."""


@contextlib.contextmanager
def serving(services: Services) -> Iterator[Site]:
    """Serve the application on a free port in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(create_app(services), log_level="warning", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield Site(f"http://127.0.0.1:{port}", services)
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def services_over(folder: Path, empty: Path, matcher: Matcher, settings: Settings) -> Services:
    """Return services over a copy of an empty database, with a matcher that is open already."""
    database = folder / "pages.sqlite"
    shutil.copy(empty, database)
    url = f"sqlite:///{database}"
    holder = KeptOpen(opening=lambda: matcher)
    holder.exchange()
    return Services(
        settings=ServiceSettings(library=settings, database=url),
        store=Store.open(url),
        matchers=holder,
        clock=lambda: NOW,
    )


def opened_to_all(services: Services) -> Services:
    """Return the services as ``--open`` makes them."""
    return replace(services, settings=replace(services.settings, open=True))


def new_key(services: Services, *scopes: Scope, person_id: str | None = None) -> str:
    """Make a key of the default organisation."""
    with services.store.writing() as session:
        tenant = tenant_named(session, DEFAULT, at=NOW)
        _, key = create_key(
            session, tenant_id=tenant.id, name="test", scopes=scopes, at=NOW, person_id=person_id
        )
    return key


def follow(page: Page, selector: str) -> None:
    """Press what leads to another page, and wait until that one is there whole."""
    with page.expect_navigation():
        page.click(selector)


@dataclass(slots=True)
class Visit:
    """Opens pages of the site and keeps what the browser complains about.

    Attributes:
        faults: Errors of scripts, the console and the network, of all pages that were opened.
        expected: Words of complaints that a test brings about on purpose.
    """

    browser: Browser
    site: Site
    pictures: Path
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    _close: list[Callable[[], None]] = field(default_factory=list)

    def __call__(
        self,
        path: str = "/learn",
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
        language: str = "en",
        site: Site | None = None,
    ) -> Page:
        """Open a path in a browser of its own."""
        base = (site or self.site).url
        context = self.browser.new_context(
            base_url=base,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale=language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        self._close.append(context.close)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("requestfailed", lambda one: self._failed(one.url, one.failure))
        page.goto(path)
        return page

    def close(self) -> None:
        """Close every browser that was opened."""
        for close in self._close:
            close()

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(word in text for word in self.expected):
            self.faults.append(f"console: {text}")

    def _failed(self, url: str, failure: str | None) -> None:
        if failure != "net::ERR_ABORTED" and not any(one in str(failure) for one in self.expected):
            self.faults.append(f"request: {url} {failure}")

    def check(self, page: Page, name: str, *, full: bool = True) -> None:
        """Find no violation of WCAG 2.2 AA and no sideways scroll; keep a picture.

        Args:
            page: As it is now.
            name: Of the picture.
            full: Whether the picture is of the whole page, not only of what the window shows.
        """
        page.wait_for_load_state()
        page.wait_for_selector("body:not(.busy)")
        page.screenshot(path=self.pictures / f"{name}.png", full_page=full)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} pixels wider than the window"
        assert violations(page) == []


def parsed(text: str) -> HtmlElement:
    """Return a page."""
    return html.document_fromstring(text)


def found(page: HtmlElement, path: str) -> list[str]:
    """Return the texts that an XPath finds, white space made one."""
    hits = page.xpath(path)
    assert isinstance(hits, list)
    return [" ".join(_words(one).split()) for one in hits]


def _words(one: object) -> str:
    return str(one.text_content()) if isinstance(one, HtmlElement) else str(one)


def violations(page: Page) -> list[str]:
    """Return what axe finds, one line each with the first places."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # has no annotations

    options = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['help']} at "
        + "; ".join(
            f"{node['target'][0]} ({node['failureSummary'][:200]})" for node in one["nodes"][:4]
        )
        for one in found
    ]
