"""The public keys of an identity provider: where they come from, which count, and how long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from joserfc.util import int_to_base64

from skillmatch.errors import DataError, FetchError, UsageError
from skillmatch_api.access.oidc import key_source
from skillmatch_api.access.oidc.key_ring import EVERY, FRESH, STALE, KeyRing
from skillmatch_api.access.oidc.key_source import MAX_BYTES, source_of
from skillmatch_api.access.oidc.tokens import TokenReader
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.oidc_settings import OidcSettings
from tests.api.conftest import NOW
from tests.api.oidc_provider import (
    AUDIENCE,
    ISSUER,
    Source,
    entry_of,
    jose_key,
    key_set,
    oidc_settings,
)


def test_a_token_without_a_name_fits_only_where_there_is_one_key_of_its_kind() -> None:
    """Which of two was meant, nobody may guess."""
    one = key_set(entry_of("RS256", None))
    two = key_set(entry_of("RS256", "a"), entry_of("stranger RS256", "b"))

    for content, found in ((one, True), (two, False)):
        ring = KeyRing(lambda content=content: content)  # type: ignore[misc]  # bound on purpose
        assert (ring.find("RS256", None, at=NOW) is not None) == found


def test_two_keys_of_one_name_are_no_key_unless_their_kinds_differ() -> None:
    """A set that names two alike cannot be used to smuggle one in."""
    same = key_set(entry_of("RS256", "a"), entry_of("stranger RS256", "a"))
    kinds = key_set(entry_of("RS256", "a"), entry_of("ES256", "a"))

    assert KeyRing(lambda: same).find("RS256", "a", at=NOW) is None
    assert KeyRing(lambda: kinds).find("RS256", "a", at=NOW) is not None


def test_a_key_is_used_for_what_it_is_meant_for_only() -> None:
    """For encryption, for another algorithm, too short or symmetric: none of them signs."""
    small = int_to_base64((1 << 2047) - 1)
    content = key_set(
        entry_of("ES256", "good"),
        entry_of("RS256", "enc", use="enc"),
        entry_of("RS256", "other", alg="PS256"),
        {"kty": "RSA", "n": small, "e": "AQAB", "kid": "small"},
        {"kty": "oct", "k": "AAAA", "kid": "oct"},
        {"kty": "RSA", "n": "!", "e": "AQAB", "kid": "broken"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "off the curve"},
    )
    ring = KeyRing(lambda: content)

    assert ring.find("ES256", "good", at=NOW) is not None
    for kid in ("enc", "other", "small", "oct", "broken", "off the curve"):
        assert ring.find("RS256", kid, at=NOW) is None
        assert ring.find("ES256", kid, at=NOW) is None


def test_a_new_key_of_the_provider_is_found_and_names_made_up_cost_nothing() -> None:
    """Who sends names at random must not make the service ask without end."""
    source = Source(key_set(entry_of("RS256", "old")))
    ring = KeyRing(source)
    ring.find("RS256", "old", at=NOW)
    source.content = key_set(entry_of("RS256", "old"), entry_of("ES256", "new"))

    soon = [ring.find("ES256", "new", at=NOW + EVERY / 2) for _ in range(50)]
    later = ring.find("ES256", "new", at=NOW + EVERY)
    for number in range(50):
        ring.find("RS256", str(number), at=NOW + EVERY * 1.5)

    assert set(soon) == {None}
    assert later is not None
    assert source.asked == 2


def test_a_key_that_the_provider_withdrew_counts_no_longer_after_a_while() -> None:
    """That is how they revoke it."""
    source = Source(key_set(entry_of("RS256", "old")))
    ring = KeyRing(source)
    ring.find("RS256", "old", at=NOW)
    source.content = key_set(entry_of("ES256", "new"))

    assert ring.find("RS256", "old", at=NOW + FRESH / 2) is not None
    assert ring.find("RS256", "old", at=NOW + FRESH) is None


def test_a_provider_that_is_away_for_a_while_shuts_nobody_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """But not for ever: nobody would learn that a key was withdrawn."""
    source = Source(key_set(entry_of("RS256", "a")))
    ring = KeyRing(source)
    ring.find("RS256", "a", at=NOW)
    source.content = None

    found = ring.find("RS256", "a", at=NOW + STALE - timedelta(seconds=1))
    with pytest.raises(BusyServiceError):
        ring.find("RS256", "a", at=NOW + STALE)

    assert found is not None
    assert "switched off" in caplog.text


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"keys": {}}', b'{"keys": []}', b"[" * 100_000, b"\xff"],
)
def test_a_set_without_keys_is_no_set(content: bytes) -> None:
    """A page that says "error" must not empty the ring."""
    source = Source(key_set(entry_of("RS256", "a")))
    ring = KeyRing(source)
    ring.find("RS256", "a", at=NOW)
    source.content = content

    assert ring.find("RS256", "a", at=NOW + FRESH) is not None


def test_a_set_that_holds_a_private_key_is_refused() -> None:
    """Whoever publishes it has to make a new one."""
    entry = {**jose_key("ES256", private=True).as_dict(private=True), "kid": "a"}

    with pytest.raises(BusyServiceError):
        KeyRing(lambda: key_set(entry)).find("ES256", "a", at=NOW)


def test_the_key_set_is_read_from_a_file_of_bounded_size(tmp_path: Path) -> None:
    """The simplest setup needs no network at all."""
    path = tmp_path / "keys.json"
    source = source_of(oidc_settings(jwks=str(path)))
    with pytest.raises(FetchError):
        source()
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(FetchError):
        source()
    path.write_bytes(b"{}")

    assert source() == b"{}"


Answer = Callable[[BaseHTTPRequestHandler], None]


def test_a_file_that_holds_no_keys_is_told_at_the_start(tmp_path: Path) -> None:
    """Not when the first person cannot log in."""
    path = tmp_path / "keys.json"
    settings = oidc_settings(jwks=str(path))

    with pytest.raises(FetchError):
        TokenReader.of(settings)
    path.write_bytes(b"{}")
    with pytest.raises(DataError):
        TokenReader.of(settings)
    path.write_bytes(key_set(entry_of("ES256", "a")))
    assert TokenReader.of(settings).keys.find("ES256", "a", at=NOW) is not None


@contextmanager
def _server(answer: Answer) -> Iterator[str]:
    """Yield the address of a server on this machine that answers once and more."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/keys.json"
        finally:
            server.shutdown()
            thread.join()


def test_the_key_set_is_fetched_from_where_the_operator_said() -> None:
    """From nowhere else: no redirect is followed, and neither size nor time is without end."""

    def good(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(b'{"keys": []}')

    with _server(good) as url:
        assert source_of(oidc_settings(jwks=url))() == b'{"keys": []}'


def _redirects(request: BaseHTTPRequestHandler) -> None:
    request.send_response(302)
    request.send_header("Location", "file:///etc/hostname")
    request.end_headers()


def _is_endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"x" * (MAX_BYTES + 1))


def _is_slow(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    stop = threading.Event()
    try:
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            stop.wait(0.01)
    except OSError:
        pass  # the reader has left


def _fails(request: BaseHTTPRequestHandler) -> None:
    request.send_response(500)
    request.end_headers()


@pytest.mark.parametrize("answer", [_redirects, _is_endless, _is_slow, _fails])
def test_an_answer_that_is_no_key_set_is_given_up(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider that misbehaves must not hold requests or fill the memory."""
    monkeypatch.setattr(key_source, "SECONDS", 0.1)

    with _server(answer) as url, pytest.raises(FetchError):
        source_of(oidc_settings(jwks=url))()


def test_the_settings_of_a_provider_belong_together() -> None:
    """Half of them would let nobody in, or everybody."""
    full = {
        "SKILLMATCH_OIDC_ISSUER": ISSUER,
        "SKILLMATCH_OIDC_AUDIENCE": AUDIENCE,
        "SKILLMATCH_OIDC_JWKS": "https://login.example.org/keys",
        "SKILLMATCH_OIDC_SCOPE_CLAIM": "roles",
        "SKILLMATCH_OIDC_SCOPES": "hr=recruiter, a=b=learner",
        "SKILLMATCH_OIDC_TENANT_CLAIM": "org",
    }

    assert OidcSettings.from_environ({}) is None
    assert OidcSettings.from_environ(full) == OidcSettings(
        issuer=ISSUER,
        audience=AUDIENCE,
        jwks="https://login.example.org/keys",
        scope_claim="roles",
        grants=(("hr", "recruiter"), ("a=b", "learner")),
        tenant_claim="org",
    )
    for name in list(full)[:3]:
        with pytest.raises(UsageError):
            OidcSettings.from_environ({**full, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SKILLMATCH_OIDC_JWKS", "http://login.example.org/keys"),
        ("SKILLMATCH_OIDC_SCOPES", "hr"),
        ("SKILLMATCH_OIDC_SCOPES", "hr=root"),
        ("SKILLMATCH_OIDC_SCOPES", "=learner"),
    ],
)
def test_a_setting_that_would_open_a_door_is_refused(name: str, value: str) -> None:
    """Keys over plain http can be exchanged on the way."""
    full = {
        "SKILLMATCH_OIDC_ISSUER": ISSUER,
        "SKILLMATCH_OIDC_AUDIENCE": AUDIENCE,
        "SKILLMATCH_OIDC_JWKS": "keys.json",
    }

    with pytest.raises(UsageError):
        OidcSettings.from_environ({**full, name: value})
