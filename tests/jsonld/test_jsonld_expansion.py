"""Expansion offline: full names, and everything that is dropped is told."""

from __future__ import annotations

import copy
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld as pyld

from skillmatch.jsonld import (
    JsonLdError,
    UnknownContextError,
    canonical_json,
    canonical_nquads,
    context_document,
    dropped_terms,
    expand,
    processor,
)
from skillmatch.jsonld.bounds import MAX_DEPTH, MAX_VALUES

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def badge(**more: object) -> dict[str, Any]:
    """Return a small badge with what a test adds."""
    return {
        "@context": [CREDENTIALS, BADGES],
        "id": "urn:example:badge:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://college.example/issuer", "type": ["Profile"], "name": "College"},
        "validFrom": "2026-01-05T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:example:achievement:1",
                "type": ["Achievement"],
                "name": "Welding",
                "criteria": {"narrative": "Welds a corner joint."},
                "description": "Welds by hand.",
            },
        },
        **more,
    }


def achievement(**more: object) -> dict[str, Any]:
    """Return a badge whose achievement has what a test adds."""
    document = badge()
    document["credentialSubject"]["achievement"] |= more
    return document


def test_names_become_full_names() -> None:
    """The same word of another context is another word."""
    (node,) = expand(badge())

    assert node["https://www.w3.org/2018/credentials#issuer"][0]["@id"] == (
        "https://college.example/issuer"
    )


def test_nothing_of_a_plain_badge_is_dropped() -> None:
    """A check that cries wolf would be switched off."""
    assert dropped_terms(badge()) == ()


@pytest.mark.parametrize(
    ("document", "pointers"),
    [
        (badge(colour="red"), ("/colour",)),
        (badge(type=["VerifiableCredential", "Nonsense"]), ("/type/1",)),
        (badge(id="badge-1"), ("/id",)),
        (achievement(confidence=0.9), ("/credentialSubject/achievement/confidence",)),
        (
            achievement(alignment=[{"type": ["Alignment"], "targetName": "x", "a/b~c": 1}]),
            ("/credentialSubject/achievement/alignment/0/a~1b~0c",),
        ),
        (badge(name={"@value": "Name", "@direction": "rtl"}), ("/name/@direction",)),
        (
            achievement(one=1, criteria={"two": 2, "narrative": "n"}),
            ("/credentialSubject/achievement/criteria/two", "/credentialSubject/achievement/one"),
        ),
        ({"@context": CREDENTIALS, "id": "urn:x"}, ("",)),
    ],
)
def test_what_is_dropped_is_named_by_its_place(
    document: dict[str, Any], pointers: tuple[str, ...]
) -> None:
    """Dropped terms are unsigned: anybody may add or change them under a good signature."""
    assert set(dropped_terms(document)) == set(pointers)


def test_places_are_in_the_order_of_the_document() -> None:
    """Findings in document order are found in the document."""
    document = achievement(criteria={"b": 1, "a": 2}, c=3)

    places = dropped_terms(document)

    assert [place.rsplit("/", 1)[1] for place in places] == ["b", "a", "c"]


def test_what_would_be_dropped_has_no_canonical_form() -> None:
    """A signature over what is left would look good over anything that was added."""
    with pytest.raises(JsonLdError, match="/colour"):
        canonical_nquads(badge(colour="red"))


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ([CREDENTIALS, {"name": "https://evil.example/name"}], "context of its own"),
        ([CREDENTIALS, {"@import": "https://evil.example/c"}], "context of its own"),
        ([CREDENTIALS, None], "context of its own"),
        ([CREDENTIALS, "https://evil.example/c"], "unknown context"),
        (["../v2"], "unknown context"),
        ([CREDENTIALS] * 17, "more than 16 contexts"),
    ],
)
def test_only_named_and_pinned_contexts_count(context: object, reason: str) -> None:
    """Who brings a context decides what the words mean."""
    with pytest.raises(JsonLdError, match=reason):
        expand(badge() | {"@context": context})


def test_a_context_deep_inside_is_held_to_the_same_rules() -> None:
    """An object may bring its own context anywhere."""
    with pytest.raises(UnknownContextError):
        expand(achievement(criteria={"@context": "https://evil.example/c", "narrative": "n"}))
    with pytest.raises(JsonLdError, match="context of its own"):
        expand(achievement(criteria={"@context": {"narrative": "urn:x"}, "narrative": "n"}))


@pytest.mark.parametrize(
    "keyword", ["@graph", "@reverse", "@included", "@nest", "@set", "@list", "@index", "@id"]
)
def test_keywords_that_move_claims_around_are_refused(keyword: str) -> None:
    """They say the same to a signature and another thing to whoever reads the document."""
    with pytest.raises(JsonLdError):
        expand(badge(**{keyword: [{"id": "urn:x"}]}))


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 10**400, -(10**21), "half \ud800", b"bytes", {1: 2}]
)
def test_values_that_json_cannot_hold_are_refused(value: object) -> None:
    """A reader that lets them through must not take the check down with it."""
    with pytest.raises(JsonLdError):
        expand(badge(name=value))


def test_deep_and_wide_documents_are_refused_before_expansion() -> None:
    """Expansion costs more than counting."""
    deep: object = "x"
    for _ in range(5000):
        deep = [deep]

    with pytest.raises(JsonLdError, match=f"{MAX_DEPTH} levels"):
        expand(badge(name=deep))
    with pytest.raises(JsonLdError, match=f"{MAX_VALUES:,} values"):
        expand(badge(name=["x"] * MAX_VALUES))


def test_a_list_is_no_document() -> None:
    """JSON-LD allows it; a credential is one object."""
    with pytest.raises(JsonLdError, match="must be an object"):
        expand([badge()])  # type: ignore[arg-type]  # what a careless caller passes


def test_whole_numbers_with_a_fraction_of_zero_are_whole() -> None:
    """JSON-LD knows no difference between 3 and 3.0, and other signers write either."""
    whole, written = achievement(creditsAvailable=3), achievement(creditsAvailable=3.0)

    assert canonical_nquads(whole) == canonical_nquads(written)
    assert canonical_nquads(whole) != canonical_nquads(achievement(creditsAvailable=3.5))


def test_control_characters_are_written_as_the_standard_says() -> None:
    """Implementations differ here, and a signature breaks where they do."""
    lines = canonical_nquads(badge(description="a\x07b\x7fc\td"))

    assert rb'"a\u0007b\u007Fc\td"' in lines


def test_canonical_json_sorts_keys_and_shortens_numbers() -> None:
    """The example of RFC 8785, in short."""
    assert canonical_json({"b": 1e30, "a": (4.50, None), "é": "\u20ac"}) == (
        '{"a":[4.5,null],"b":1e+30,"é":"€"}'.encode()
    )


@pytest.mark.parametrize("value", [float("nan"), {"a": 2**60}, "\ud800", {1: 2}])
def test_what_json_cannot_keep_has_no_canonical_form(value: object) -> None:
    """Two readers would read two things."""
    with pytest.raises(JsonLdError, match="no canonical JSON"):
        canonical_json(value)


TYPES = ("Achievement", "Alignment", "Criteria", "Evidence", "Image", "Profile", "Result")
TERMS = ("achievement", "alignment", "creator", "criteria", "evidence", "image", "name", "result")
TYPED = st.recursive(
    st.text("ab", max_size=3),
    lambda inner: st.dictionaries(st.sampled_from(TERMS), inner, min_size=1, max_size=3).flatmap(
        lambda one: st.sampled_from(TYPES).map(lambda kind: {"type": [kind], **one})
    ),
    max_leaves=10,
)


@given(part=TYPED, contexts=st.permutations([CREDENTIALS, BADGES]))
def test_remembered_contexts_change_nothing(part: object, contexts: list[str]) -> None:
    """Types in types give words their meaning anew; PyLD alone works each out every time."""
    document = {"@context": contexts, "type": "VerifiableCredential", "evidence": part}
    try:
        mine: object = expand(document)
    except JsonLdError:
        mine = None

    assert mine == by_pyld_alone(document)
    assert mine is None or mine == expand(document)


def by_pyld_alone(document: dict[str, Any]) -> object:
    """Expand without anything remembered; None for an error."""

    def load(url: str, _options: object = None) -> dict[str, Any]:
        found = copy.deepcopy(context_document(url))
        return {"contextUrl": None, "documentUrl": url, "document": found}

    try:
        found: object = pyld.expand(document, {"base": None, "documentLoader": load})
    except pyld.JsonLdError:
        return None
    return found


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that checks badges for months must not grow by each new shape."""
    monkeypatch.setattr(processor, "_REMEMBERED", 3)
    monkeypatch.setattr(processor, "_state", threading.local())

    for kind in TYPES:
        expand(badge(evidence={"type": ["Evidence"], "image": {"type": [kind]}}))

    assert 1 <= len(processor._memory(0).scoped) <= 3
