"""Contexts are pinned: no other address, and no other document, is taken for one."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from skillmatch.jsonld import JsonLdError, UnknownContextError, context_document, known_contexts
from skillmatch.jsonld import contexts as room
from skillmatch.jsonld.pins import OURS, PINS, Pin


def test_every_built_context_is_the_one_that_was_compared_with_the_published() -> None:
    """A slip in a term table would change what signatures mean without any error."""
    built = {
        pin.group: (room.built_digest(context_document(url, edition=at)), *pin.sha256)
        for url, pins in PINS.items()
        for at, pin in enumerate(pins)
        if pin.group
    }

    assert len(built) == 10
    assert all(len(digests) == 2 and len(set(digests)) == 1 for digests in built.values())


def test_every_pin_is_readable_and_has_the_hash_it_promises() -> None:
    """A pin to a file that is not there would be found by a learner, and not by us."""
    read = {url: [context_document(url, edition=at) for at in range(3)] for url in known_contexts()}

    assert all("@context" in one for found in read.values() for one in found)
    assert {pin.package for pins in PINS.values() for pin in pins} == {OURS, "openbadgeslib"}


def test_reading_contexts_runs_no_code_of_the_package_that_ships_them() -> None:
    """The package is there for its files; importing it would bring an issuer and its settings."""
    program = (
        "import sys; from skillmatch.jsonld import context_document as c, known_contexts as k; "
        "[c(url) for url in k()]; sys.exit('openbadgeslib' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], check=False)

    assert done.returncode == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/context.json",
        "https://www.w3.org/ns/credentials/v2/",
        "HTTPS://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/v2#",
    ],
)
def test_a_context_under_another_spelling_is_unknown(url: str) -> None:
    """Two addresses are one context only where somebody has looked."""
    with pytest.raises(UnknownContextError, match="unknown context") as caught:
        context_document(url)

    assert caught.value.url == url


def test_a_changed_copy_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever can change the copy could change what every signature means."""
    (tmp_path / "context.json").write_text('{"@context": {"name": "https://evil.example/"}}')
    pin = Pin(package=OURS, path="context.json", sha256=(hashlib.sha256(b"{}").hexdigest(),))
    monkeypatch.setattr(room, "_package_folder", lambda _package: tmp_path)
    monkeypatch.setitem(PINS, "https://example.org/c", (pin,))

    with pytest.raises(JsonLdError, match="not the pinned"):
        context_document("https://example.org/c")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("issuer\n", "\n"), "not the pinned"),
        (("expires=expiration", "expires=created"), "not the pinned"),
        (("protected = true", ""), "not the pinned"),
        (("[vocabularies]", "[vocabularies"), "cannot be read"),
        (("[VerifiableCredential]", "[credentials-v1]"), "cannot be read"),
        (("[vocabularies]", "[words]"), "cannot be read"),
        (("sec @id", "nowhere @id"), "cannot be read"),
    ],
)
def test_a_changed_term_table_is_refused(
    change: tuple[str, str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its expiry date among the terms, a credential would stay good for ever."""
    (pin,) = PINS["https://www.w3.org/2018/credentials/v1"]
    text = (room._package_folder(OURS) / pin.path).read_text(encoding="utf-8")
    monkeypatch.setattr(room, "_package_folder", lambda _package: tmp_path)
    changed = tmp_path / pin.path
    changed.parent.mkdir(parents=True)

    changed.write_text(text, encoding="utf-8")
    assert "@context" in room._read.__wrapped__(pin)
    changed.write_text(text.replace(*change), encoding="utf-8")
    assert change[0] in text
    with pytest.raises(JsonLdError, match=message):
        room._read.__wrapped__(pin)


def test_every_decisive_property_has_one_name_only() -> None:
    """Checks look for the plain term; a second one would be a place to hide an expiry date."""
    names: dict[str, set[str]] = {}
    for url in known_contexts():
        for edition in range(2):
            for term, full in definitions(context_document(url, edition=edition)["@context"]):
                names.setdefault(full, set()).add(term)

    found = {name: names[f"https://www.w3.org/2018/credentials#{name}"] for name in DECISIVE}

    assert found == {name: {name} for name in DECISIVE}


DECISIVE = ("issuer", "credentialSubject", "credentialStatus", "validFrom", "validUntil", "holder")


def definitions(context: object) -> list[tuple[str, str]]:
    """Return every term with its full name, also those of contexts inside."""
    found = []
    prefixes = {"cred": "https://www.w3.org/2018/credentials#"}
    for term, value in context.items() if isinstance(context, dict) else ():
        full = value.get("@id") if isinstance(value, dict) else value
        if isinstance(full, str):
            prefix, colon, rest = full.partition(":")
            found.append((term, prefixes[prefix] + rest if prefix in prefixes and colon else full))
        if isinstance(value, dict):
            found += definitions(value.get("@context"))
    return found
