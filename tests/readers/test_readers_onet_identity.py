"""URIs of O*NET: fixed for good, because badges carry them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.concept import ConceptKind
from skillmatch.readers.onet.identity import (
    activity_uri,
    element_uri,
    kind_of,
    notation_of,
    occupation_uri,
    task_uri,
    technology_group_uri,
    technology_slug,
    technology_uri,
)


def test_uris_are_the_ones_the_decision_fixed() -> None:
    """A change here would orphan every badge and result written before it."""
    assert element_uri("2.A.1.a") == "https://www.onetonline.org/find/descriptor/result/2.A.1.a"
    assert occupation_uri("15-2051.00") == "https://www.onetonline.org/link/summary/15-2051.00"
    assert task_uri("8823") == "urn:skillmatch:onet:task:8823"
    assert activity_uri("4.A.1.a.1.I01") == "urn:skillmatch:onet:activity:4.A.1.a.1.I01"
    assert technology_group_uri("43232110") == "urn:skillmatch:onet:commodity:43232110"
    assert technology_group_uri("2.E.5.b") == element_uri("2.E.5.b")
    assert (
        technology_uri("43232110", "Microsoft Excel")
        == "urn:skillmatch:onet:technology:43232110:microsoft-excel"
    )


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "c++"),
        ("C#", "c%23"),
        (".NET", ".net"),
        ("NET", "net"),
        ("Node.js", "node.js"),
        ("R", "r"),
        ("AT&T Connect", "at%26t-connect"),
        ("Yahoo! Mail", "yahoo%21-mail"),
        ("Stata/MP", "stata%2Fmp"),
        ("Blender\u00a03D", "blender-3d"),
        ("Auto-CAD", "auto-cad"),
        ("AUTO  CAD", "auto-cad"),
        ("Café", "caf%C3%A9"),
        ("Cafe\u0301", "caf%C3%A9"),
    ],
)
def test_a_slug_keeps_every_mark_that_tells_names_apart(name: str, slug: str) -> None:
    """C, C++ and C# are three languages; a slug of letters only would make them one."""
    assert technology_slug(name) == slug


@given(st.text(min_size=1).filter(str.strip))
def test_a_slug_is_legal_in_a_urn_and_can_be_read_back(name: str) -> None:
    """Two names share a slug only where folding makes them equal, so none is lost unseen."""
    slug = technology_slug(name)

    assert re.fullmatch(r"(?:[A-Za-z0-9_.~+-]|%[0-9A-F]{2})+", slug)
    assert technology_slug(unquote(slug)) == slug


@pytest.mark.parametrize(
    ("uri", "kind", "notation"),
    [
        (occupation_uri("15-2051.00"), ConceptKind.OCCUPATION, "15-2051.00"),
        (element_uri("2.A.1.a"), ConceptKind.SKILL, "2.A.1.a"),
        (task_uri("8823"), ConceptKind.TASK, "8823"),
        (activity_uri("4.A.1.a.1.I01"), ConceptKind.ACTIVITY, "4.A.1.a.1.I01"),
        (technology_group_uri("43232110"), ConceptKind.SKILL_GROUP, "43232110"),
        (technology_uri("43232110", "Microsoft Excel"), ConceptKind.SKILL, ""),
    ],
)
def test_a_uri_tells_what_it_stands_for(uri: str, kind: ConceptKind, notation: str) -> None:
    """Stubs have nothing but their URI to say what they are."""
    known = occupation_uri("")
    typed = type(known)(uri)

    assert (kind_of(typed), notation_of(typed)) == (kind, notation)
