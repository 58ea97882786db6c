"""A term table says in a few lines what a JSON-LD context says."""

from __future__ import annotations

import pytest
from pyld import jsonld as pyld

from skillmatch.jsonld.term_tables import build_context

TABLE = """
[vocabularies]
v = "https://words.example/v#"
x = "https://types.example/"

[badge]
keywords = "id type"
prefixes = "x"
"v" = "Award name=label"
"v @id @set" = "holder"
"v x:day >when" = "given"

[Award]
with = "when"
"v" = "name=title"

[when]
"x" = "zone"
"""


def test_a_heading_says_what_its_terms_share() -> None:
    """Vocabulary, type, container, and what counts inside; the other name stands behind "="."""
    built = build_context(TABLE, "badge")

    zone = {"zone": "https://types.example/zone"}
    assert built == {
        "@context": {
            "id": "@id",
            "type": "@type",
            "x": "https://types.example/",
            "Award": {
                "@id": "https://words.example/v#Award",
                "@context": {"name": "https://words.example/v#title", **zone},
            },
            "name": "https://words.example/v#label",
            "holder": {
                "@id": "https://words.example/v#holder",
                "@type": "@id",
                "@container": "@set",
            },
            "given": {
                "@id": "https://words.example/v#given",
                "@type": "https://types.example/day",
                "@context": zone,
            },
        }
    }


def test_a_built_context_is_one_for_a_json_ld_processor() -> None:
    """The same word means one thing outside of an award and another inside."""
    document = {"type": "Award", "name": "inside", "x:more": "1"}
    outer = {"name": "outside", "holder": {"id": "urn:holder", **document}}

    (node,) = pyld.expand({**build_context(TABLE, "badge"), **outer})

    holder = node["https://words.example/v#holder"][0]
    assert node["https://words.example/v#label"] == [{"@value": "outside"}]
    assert holder["https://words.example/v#title"] == [{"@value": "inside"}]
    assert holder["https://types.example/more"] == [{"@value": "1"}]


def test_protection_reaches_every_group() -> None:
    """A term that counts only inside a type could otherwise still be turned into another."""
    built = build_context(f"protected = true\n{TABLE}", "badge")["@context"]

    assert built["@protected"] is True
    assert built["Award"]["@context"]["@protected"] is True
    assert built["given"]["@context"]["@protected"] is True


def test_a_default_names_every_other_word() -> None:
    """The W3C's examples use words that nobody defined."""
    table = '[vocabularies]\nv = "https://words.example/v#"\n[any]\ndefault = "v"\n'

    assert build_context(table, "any") == {"@context": {"@vocab": "https://words.example/v#"}}


EDITION = """
[vocabularies]
v = "https://words.example/v#"

[earlier]
without = "holder"
"v" = "Award=Prize"

[Award]
without = "zone"
"v" = "colour"
"""


def test_an_edition_is_told_by_what_it_changes() -> None:
    """What is not named stays, also inside a type whose own name changes."""
    later = build_context(TABLE, "badge")

    earlier = build_context(EDITION, "earlier", edition=later)["@context"]

    assert earlier["Award"] == {
        "@id": "https://words.example/v#Prize",
        "@context": {
            "name": "https://words.example/v#title",
            "colour": {"@id": "https://words.example/v#colour"},
        },
    }
    assert "holder" not in earlier
    assert earlier["given"] == later["@context"]["given"]
    assert later == build_context(TABLE, "badge")


def test_a_later_edition_without_the_term_is_not_the_one_meant() -> None:
    """Another document would be built from it, and nobody would see."""
    with pytest.raises(KeyError, match="zone"):
        build_context(EDITION, "earlier", edition={"@context": {}})
