"""Contexts are pinned, and the ones written out here say what the published ones say."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld as pyld

from skillmatch.jsonld import JsonLdError, UnknownContextError, context_document, known_contexts
from skillmatch.jsonld import contexts as room
from skillmatch.jsonld.pins import OURS, PINS, Pin

VALIDATOR = "credentials/contexts/1edtech-validator/inspector-vc/src/main/resources/contexts"
W3C = "credentials/contexts/w3c-vcdm/contexts/credentials"
STATUS = "credentials/contexts/w3c-bitstring/contexts"
PUBLISHED = {
    "https://www.w3.org/2018/credentials/v1": f"{W3C}/v1.json",
    "https://www.w3.org/ns/credentials/v2": f"{W3C}/v2.json",
    "https://www.w3.org/ns/credentials/examples/v2": f"{W3C}/examples/v2.json",
    "https://www.w3.org/ns/credentials/undefined-terms/v2": f"{W3C}/undefined-terms/v2.json",
    "https://w3id.org/vc/status-list/2021/v1": f"{STATUS}/2021/v1.jsonld",
    "https://www.w3.org/ns/credentials/status/v1": f"{STATUS}/v1.jsonld",
    "https://www.w3.org/ns/did/v1": f"{VALIDATOR}/did-v1.jsonld",
    "https://w3id.org/security/data-integrity/v1": f"{VALIDATOR}/data-integrity-v1.jsonld",
    "https://w3id.org/security/suites/ed25519-2020/v1": f"{VALIDATOR}/suites-ed25519-2020.jsonld",
    "https://w3id.org/openbadges/v2": f"{VALIDATOR}/ob-v2p0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": f"{VALIDATOR}/ob-v3p0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        f"{VALIDATOR}/ob-v3p0-3.0.1.json"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        f"{VALIDATOR}/ob-v3p0-3.0.2.json"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        f"{VALIDATOR}/ob-v3p0-3.0.3.json"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        f"{VALIDATOR}/ob-v3p0-extensions.json"
    ),
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json": f"{VALIDATOR}/clr-v2p0.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": (
        f"{VALIDATOR}/clr-v2p0-2.0.1.json"
    ),
}


def probe(context: dict[str, Any]) -> dict[str, Any]:
    """Return a document that uses every term of a context, also inside every type."""
    terms, types = _terms(context["@context"])
    plain = {term: f"urn:value:{term}" for term in sorted(terms - types)}
    typed = [{"type": kind, **plain} for kind in sorted(types)]
    return {**plain, "id": "urn:probe", "urn:p:typed": typed, "urn:p:plain": [dict(plain)]}


def _terms(context: object) -> tuple[set[str], set[str]]:
    """Return all terms, also those of contexts inside, and those that look like types."""
    terms: set[str] = set()
    types: set[str] = set()
    for key, value in context.items() if isinstance(context, dict) else ():
        if key.startswith("@") or key in {"id", "type"}:
            continue
        terms.add(key)
        if key[0].isupper() or key[0].isdigit():
            types.add(key)
        if isinstance(value, dict) and "@context" in value:
            inner, inner_types = _terms(value["@context"])
            terms |= inner
            types |= inner_types
    return terms, types


def expanded(context: dict[str, Any], document: dict[str, Any]) -> object:
    """Expand with nothing but one context, through PyLD itself; the words of an error count."""
    options = {"base": None, "documentLoader": None}
    try:
        return pyld.expand({"@context": context["@context"], **document}, options)
    except pyld.JsonLdError as error:
        return repr(error.code)


@pytest.mark.shared
@pytest.mark.parametrize("url", sorted(PUBLISHED))
def test_a_pinned_context_expands_as_the_published_one(url: str, shared_data: Path) -> None:
    """What a signature covers must not depend on whose copy of a context is used."""
    published = json.loads((shared_data / PUBLISHED[url]).read_text(encoding="utf-8"))
    ours = context_document(url)

    document = probe(published)

    assert probe(ours) == document
    assert expanded(ours, document) == expanded(published, document)
    assert ours["@context"] == published["@context"]


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
