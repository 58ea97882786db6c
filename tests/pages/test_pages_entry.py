"""The way in and out, and what surrounds every page."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from skillmatch_api.pages.rendering import POLICY
from tests.pages.browsing import found, parsed
from tests.pages.conftest import Keys


def test_who_is_not_known_is_sent_to_the_login_and_back(client: TestClient, key: Keys) -> None:
    """A bookmark must lead where it says, with a login in between."""
    first = client.get("/?lang=de", follow_redirects=False)
    form = {"key": key(Scope.LEARNER), "next": "/?lang=de"}

    answer = client.post("/login", data=form, follow_redirects=False)

    assert (first.status_code, first.headers["location"]) == (303, "/login?next=/%3Flang%3Dde")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=de")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/"))


def test_a_key_that_does_not_count_is_refused_at_its_field(client: TestClient) -> None:
    """The message must stand where the mistake can be mended, and never show the key."""
    answer = client.post("/login", data={"key": "skm_wrong", "next": "/"})
    page = parsed(answer.text)

    assert answer.status_code == 422
    assert page.get_element_by_id("key").get("aria-invalid") == "true"
    assert page.get_element_by_id("key-fault").text_content()
    assert "skm_wrong" not in answer.text


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "x", "/\r\nX: y"]
)
def test_the_login_leads_to_pages_of_this_service_only(
    client: TestClient, key: Keys, elsewhere: str
) -> None:
    """Else a link to the login could send people anywhere, with our address to trust."""
    form = {"key": key(Scope.LEARNER), "next": elsewhere}

    answer = client.post("/login", data=form, follow_redirects=False)

    assert answer.headers["location"] == "/"


def test_logging_out_needs_the_token_of_the_page_and_ends_the_login(
    client: TestClient, key: Keys
) -> None:
    """Another site's form must not log anybody out, and a button on the page must."""
    client.post("/login", data={"key": key(Scope.LEARNER)}, follow_redirects=False)
    without = client.post("/logout", follow_redirects=False)
    page = client.get("/v1/session").json()

    answer = client.post("/logout", data={"csrf_token": page["csrf"]}, follow_redirects=False)

    assert without.status_code == 403
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert client.get("/v1/session").status_code == 401


def test_every_page_comes_under_a_strict_policy_and_is_not_kept(client: TestClient) -> None:
    """A script that got into a page must not run, and a shared computer keeps nothing."""
    answer = client.get("/login")

    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", answer.text)


def test_files_of_a_page_are_kept_for_a_year_under_an_address_that_changes_with_them(
    client: TestClient,
) -> None:
    """A new release must never meet an old script."""
    page = parsed(client.get("/login").text)
    addresses = found(page, "//link/@href | //script/@src")

    answers = [client.get(one) for one in addresses]

    assert len(addresses) >= 4
    assert {one.status_code for one in answers} == {200}
    assert all("immutable" in one.headers["cache-control"] for one in answers)
    assert client.get(addresses[0].replace("/assets/", "/assets/0")).status_code == 404
    assert client.get("/assets/..%2f..%2fsettings.py/x.css").status_code == 404


def test_a_chosen_language_is_remembered(client: TestClient) -> None:
    """Nobody wants to choose it again on each page."""
    before = parsed(client.get("/login").text)
    client.get("/login?lang=de")

    after = parsed(client.get("/login").text)

    assert (before.get("lang"), after.get("lang")) == ("en", "de")


def test_a_browser_that_wants_german_gets_it(client: TestClient) -> None:
    """Most people never look for a switch."""
    answer = client.get("/login", headers={"Accept-Language": "de-CH,de;q=0.9,en;q=0.5"})

    assert parsed(answer.text).get("lang") == "de"
    assert answer.headers["content-language"] == "de"
