"""The pinned contexts say what the published ones say, in every place where that can matter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld as pyld

from skillmatch.jsonld import context_document
from skillmatch.jsonld.pins import PINS

VALIDATOR = "credentials/contexts/1edtech-validator/inspector-vc/src/main/resources/contexts"
W3C = "credentials/contexts/w3c-vcdm/contexts/credentials"
STATUS = "credentials/contexts/w3c-bitstring/contexts"
PUBLISHED = {
    "https://www.w3.org/2018/credentials/v1": f"{W3C}/v1.json",
    "https://www.w3.org/ns/credentials/v2": f"{W3C}/v2.json",
    "https://www.w3.org/ns/credentials/examples/v2": f"{W3C}/examples/v2.json",
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
AROUND: tuple[tuple[dict[str, Any], ...], ...] = (
    (),
    ({"id": "@id", "type": "@type", "xsd": "urn:other:xsd:", "sec": "urn:other:sec:"},),
    ({"@vocab": "urn:any:", "obi": "urn:other:obi:", "cred": "urn:other:cred:"},),
)
"""What may stand beside a context: short names of another meaning, and words without any."""
OTHER = "urn:another:meaning"
KEYWORDS = ("id", "type")

pytestmark = pytest.mark.shared
BUILT = {url for url, pins in PINS.items() if any(pin.group for pin in pins)} & PUBLISHED.keys()
every_built = pytest.mark.parametrize("url", sorted(BUILT))


def both(url: str, shared_data: Path) -> tuple[Any, Any]:
    """Return our context and the published one."""
    published = json.loads((shared_data / PUBLISHED[url]).read_text(encoding="utf-8"))
    return context_document(url)["@context"], published["@context"]


def places(context: object, types: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every term of a context, also those inside, with the terms around it."""
    for term, value in context.items() if isinstance(context, dict) else ():
        if not term.startswith("@"):
            yield types, term
            if isinstance(value, dict):
                yield from places(value.get("@context"), (*types, term))


def at(path: tuple[str, ...], inner: dict[str, Any]) -> dict[str, Any]:
    """Return an object under the terms around it: as its type or, for a property, as its value."""
    for term in reversed(path):
        inner = {"type": term, **inner} if term[0].isupper() else {term: inner}
    return inner


def probe(context: object) -> dict[str, Any]:
    """Return a document that uses every term of a context, at its place and inside every type."""
    found = sorted({(path, term) for path, term in places(context) if term not in KEYWORDS})
    terms = sorted({term for _, term in found})
    plain: dict[str, Any] = {term: f"urn:value:{term}" for term in terms}
    short: dict[str, Any] = {f"{term}:name": f"{term}:value" for term in terms}
    placed = [at(path, {**plain, **short}) for path in sorted({path for path, _ in found})]
    typed = [{"type": [term, "urn:t"], "id": f"urn:node:{term}"} for term in terms]
    # Values that the terms inside a property name, such as the purpose of a proof.
    named = [at(path, {term: [*terms, {"id": "urn:n"}, 7]}) for path, term in found]
    return {**plain, **short, "urn:p:all": [*placed, *typed, *named]}


def expanded(contexts: list[Any], document: dict[str, Any]) -> object:
    """Expand with nothing but these contexts, through PyLD itself; the word of an error counts."""
    options = {"base": None, "documentLoader": None}
    try:
        return pyld.expand({"@context": contexts, **document}, options)
    except pyld.JsonLdError as error:
        inner: BaseException = error
        while inner.__cause__ is not None:
            inner = inner.__cause__
        return f"refused: {getattr(inner, 'code', inner)}"


def meaning(context: dict[str, Any], around: Any, **flags: bool) -> dict[str, Any]:  # noqa: ANN401
    """Return what a JSON-LD processor makes of every term, with the contexts inside worked in."""
    processor = pyld.JsonLdProcessor()
    options: dict[str, Any] = {"processingMode": "json-ld-1.1", "base": "", "documentLoader": None}
    options["contextResolver"] = pyld.ContextResolver({}, None)
    active = around or processor._get_initial_context(options)
    made = processor._process_context(active, context, options, **flags)
    found: dict[str, Any] = {"@vocab": made.get("@vocab")}
    for term in made["mappings"]:
        mapping = dict(made["mappings"][term] or {})
        inside = mapping.pop("@context", None)
        if inside is not None and term in context:
            mapping["inside"] = meaning(inside, made, override_protected=True, propagate=False)
        found[term] = mapping
    return found


@pytest.mark.parametrize("url", sorted(PUBLISHED.keys() - BUILT))
def test_a_shipped_context_is_the_published_one(url: str, shared_data: Path) -> None:
    """The package's name for a file does not make it the document of that address."""
    shipped, published = both(url, shared_data)

    assert shipped == published


@every_built
def test_every_term_means_what_it_means_in_the_published_context(
    url: str, shared_data: Path
) -> None:
    """Full name, type, container, protection, use as a prefix: all that a processor keeps."""
    ours, published = both(url, shared_data)

    assert sorted(set(places(ours))) == sorted(set(places(published)))
    assert meaning(ours, None) == meaning(published, None)


@every_built
@pytest.mark.parametrize("around", AROUND, ids=["alone", "other short names", "any word"])
def test_a_document_with_every_term_expands_equally(
    url: str, around: tuple[dict[str, Any], ...], shared_data: Path
) -> None:
    """What a signature covers must not depend on whose copy of a context is used."""
    ours, published = both(url, shared_data)
    document = probe(published)

    assert probe(ours) == document
    for before, after in ((around, ()), ((), around)):
        result = expanded([*before, published, *after], document)
        assert isinstance(result, list)
        assert expanded([*before, ours, *after], document) == result


@every_built
def test_the_same_terms_may_be_given_another_meaning(url: str, shared_data: Path) -> None:
    """A protected term is refused another meaning, also inside a type; any other term takes it."""
    ours, published = both(url, shared_data)

    for path, term in sorted(set(places(published))):
        change = {"@context": {term: OTHER}, term: "x"}
        for document in (at(path, change), {"urn:p:in": change}, {"urn:p:in": at(path, change)}):
            assert expanded([ours], document) == expanded([published], document), (path, term)
        late = at(path, {term: "x"})
        change = {term: OTHER}
        assert expanded([ours, change], late) == expanded([published, change], late), (path, term)
        assert expanded([change, ours], late) == expanded([change, published], late), (path, term)


@every_built
def test_the_published_context_can_stand_beside_ours(url: str, shared_data: Path) -> None:
    """Two contexts may protect a term only if they write the same inside it, to the letter."""
    ours, published = both(url, shared_data)
    document = probe(published)

    alone = expanded([published], document)

    assert isinstance(alone, list)
    assert expanded([published, ours], document) == alone
    assert expanded([ours, published], document) == alone


def test_every_context_that_is_built_here_is_compared() -> None:
    """One that is left out would be ours alone."""
    compared = {pin for url in BUILT for pin in PINS[url]}

    assert {pin for pins in PINS.values() for pin in pins if pin.group} <= compared
