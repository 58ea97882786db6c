"""Documents in a request: the same values as from files, and nothing is opened by its name."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from skillmatch.errors import UnreadableError, UsageError
from skillmatch.readers.credentials import read_wallet
from skillmatch.readers.documents import read_document, read_posting
from skillmatch.settings import Settings
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.wire.given.badge_checks import BadgeChecks
from skillmatch_api.wire.given.documents import DocumentIn, read_all, read_posting_in, read_wallets

BADGE = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://academy.example/a/1",
    "recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"},
    "badge": {
        "type": "BadgeClass",
        "id": "https://academy.example/b/1",
        "name": "Python",
        "description": "Writes Python programs.",
        "criteria": {"narrative": "Write one."},
        "issuer": {"type": "Issuer", "id": "https://academy.example", "name": "Academy"},
    },
    "issuedOn": "2026-01-01T00:00:00Z",
    "verification": {"type": "hosted"},
}


def test_a_document_in_a_request_equals_the_file(tmp_path: Path) -> None:
    """Whoever sends what lies on their disk gets what the command line would say."""
    page = "<html><body><h1>Baker</h1><p>You bake bread.</p></body></html>"
    (tmp_path / "job.html").write_text(page, encoding="utf-8")
    (tmp_path / "badge.json").write_text(json.dumps(BADGE), encoding="utf-8")
    packed = base64.b64encode((tmp_path / "job.html").read_bytes()).decode("ascii")

    posting = read_posting_in(DocumentIn(name="job.html", base64=packed))
    document, wallet = read_all(
        [
            DocumentIn(name="job.html", text=page),
            DocumentIn.model_validate({"name": "badge.json", "json": BADGE}),
        ]
    )

    assert posting == read_posting(tmp_path / "job.html")
    assert document == read_document(tmp_path / "job.html")
    assert wallet == read_wallet(tmp_path / "badge.json")


@pytest.mark.parametrize("content", [{}, {"text": "a", "json": 1}, {"base64": "%%%"}])
def test_a_document_has_exactly_one_content(content: dict[str, object]) -> None:
    """Of two contents nobody could tell which was meant."""
    with pytest.raises(ValidationError):
        DocumentIn.model_validate({"name": "cv.txt", **content})


def test_every_document_that_cannot_be_read_is_named() -> None:
    """A person who sent ten files should not mend them one request at a time."""
    broken = [
        DocumentIn(name="first.txt", text=" "),
        DocumentIn(name="good.txt", text="I know Python."),
        DocumentIn.model_validate({"json": {"a": 1}}),
    ]

    with pytest.raises(UnreadableError) as caught:
        read_all(broken)

    said = str(caught.value)
    assert "document 1 (first.txt): it is empty" in said
    assert "document 3 (document-3): it is no credential" in said
    assert "good.txt" not in said


def test_a_token_is_read_whether_it_comes_as_text_or_as_json() -> None:
    """JSON has no other way to write a token than as a string."""
    compact = "eyJhbGciOiJub25lIn0.eyJ2YyI6e319."

    with pytest.raises(UnreadableError) as as_text:
        read_wallets([DocumentIn(text=compact)])
    with pytest.raises(UnreadableError) as as_json:
        read_wallets([DocumentIn.model_validate({"json": compact})])

    assert str(as_text.value) == str(as_json.value)


@given(name=st.text(max_size=60) | st.sampled_from(["../../etc/passwd", "C:\\a\\b.txt", "a/.."]))
def test_the_name_of_a_document_is_one_part_that_can_be_shown(name: str) -> None:
    """It stands in reports and messages, and might be made to leave a folder or steer a screen."""
    called = DocumentIn(name=name, text="x").called("document-1")

    assert called
    assert not {"/", "\\", "\n", "\x00"}.intersection(called)
    assert called not in {".", ".."}


def test_nothing_is_opened_under_the_name_of_a_document(tmp_path: Path) -> None:
    """The path of a secret is only a name."""
    secret = tmp_path / "secret.txt"
    secret.write_text("I know forbidden things.", encoding="utf-8")

    (read,) = read_all([DocumentIn(name=str(secret), text="I know Python.")])

    assert "forbidden" not in repr(read)


def test_badges_are_checked_online_only_where_the_service_may(mini_settings: Settings) -> None:
    """A request must not make the service call other machines."""
    settings = ServiceSettings(library=mini_settings, database="sqlite://")

    with pytest.raises(UsageError, match="fetches nothing"):
        BadgeChecks(online=True).verifier(settings, None)
    assert BadgeChecks().verifier(settings, None) is None


def test_documents_of_badges_are_named_by_absolute_addresses(mini_settings: Settings) -> None:
    """A relative address would never be looked up, and the mistake never be seen."""
    settings = ServiceSettings(library=mini_settings, database="sqlite://")
    checks = BadgeChecks(documents={"issuer.json": DocumentIn(text="{}")})

    with pytest.raises(UsageError, match=r"'issuer\.json'"):
        checks.verifier(settings, None)
