"""schema.org JobPosting to text."""

from __future__ import annotations

import json

import pytest

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.job_posting_jsonld import (
    read_embedded_job_posting,
    read_job_posting,
)

POSTING: dict[str, object] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Welder",
    "description": "<p>We build <b>gates</b>.</p><ul><li>Weld steel</li></ul>",
}


def read(**more: object) -> list[str]:
    return read_job_posting(json.dumps(POSTING | more)).text.split("\n")


def test_each_part_stands_under_its_own_heading() -> None:
    """Sections decide how much something is insisted on."""
    lines = read(
        qualifications="<ul><li>Apprenticeship</li></ul>",
        skills="MIG; TIG",
        responsibilities=["Grinding", "Painting"],
        employmentType="FULL_TIME",
        experienceRequirements={"@type": "X", "monthsOfExperience": 30},
        educationRequirements={"credentialCategory": "high school"},
    )

    assert lines[:5] == ["Welder", "", "We build gates.", "", "- Weld steel"]
    for part in (
        ["Responsibilities", "- Grinding", "- Painting"],
        ["Qualifications", "- Apprenticeship"],
        ["Skills", "- MIG", "- TIG"],
        ["Education", "high school"],
        ["Experience", "At least 2.5 years (30 months) of experience"],
        ["Employment type", "full time"],
    ):
        start = lines.index(part[0])
        assert lines[start : start + len(part)] == part


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: [{"@type": "Organization"}, node],
        lambda node: {"@graph": [{"@type": "WebSite"}, node]},
        lambda node: {"@type": "WebPage", "mainEntity": {"item": node}},
        lambda node: node | {"@type": ["JobPosting", "Thing"]},
        lambda node: node | {"@type": "http://schema.org/JobPosting"},
        lambda node: {f"schema:{key.lstrip('@')}" if key[0] != "@" else key: value
                      for key, value in node.items()},
    ],
)  # fmt: skip
def test_a_posting_is_found_however_it_is_wrapped(wrap: object) -> None:
    """Sites put it into lists, graphs and pages, with and without a prefix."""
    document = read_job_posting(json.dumps(wrap(POSTING)))  # type: ignore[operator]  # a lambda

    assert document.title == "Welder"
    assert "- Weld steel" in document.text


def test_html_that_was_escaped_once_more_is_still_html() -> None:
    """Several job boards send &lt;p&gt; inside JSON."""
    lines = read(
        description="&lt;p&gt;Weld &amp;amp; grind&lt;/p&gt;&lt;ul&gt;&lt;li&gt;MIG&lt;/li&gt;"
    )

    assert lines[2:] == ["Weld & grind", "", "- MIG"]


def test_fields_that_repeat_the_description_are_read_once() -> None:
    """Twice the same sentence would count as twice asked for."""
    lines = read(responsibilities=POSTING["description"], experienceRequirements="no requirements")

    assert "Responsibilities" not in lines
    assert "Experience" not in lines


def test_prose_with_a_semicolon_is_no_list() -> None:
    """Only short items are split."""
    long = "We weld all day long, and we like it" + " very" * 30
    lines = read(description="Weld; grind", qualifications=f"{long}; {long}")

    assert "Weld; grind" in lines
    assert f"{long}; {long}" in lines


def test_the_first_of_several_postings_is_read_and_the_others_are_counted() -> None:
    """A page of results is not one posting, and a person should know."""
    other = POSTING | {"title": "Cook", "description": "Cook."}

    document = read_job_posting(json.dumps([POSTING, other]))

    assert document.title == "Welder"
    assert document.notes == ("The file holds 2 job postings; only one was read.",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (json.dumps(POSTING)[:-30], "not complete JSON: .* line 1"),
        ('{"@type": "Person", "name": "x"}', "no schema.org JobPosting"),
        ("[1, 2]", "no schema.org JobPosting"),
        ('{"@type": "JobPosting", "title": "Welder"}', "no description"),
        ('{"@type": "JobPosting", "description": "<p> </p>"}', "no description"),
        ('{"@type": "JobPosting", "description": {"a": [1]}}', "no description"),
        ("[" * 200_000, "nested too deeply|not complete"),
        ('{"@type": "JobPosting", "x": ' + "9" * 5000 + "}", "too long"),
    ],
)
def test_json_that_holds_no_posting_says_why(text: str, message: str) -> None:
    """Each fault needs another remedy."""
    with pytest.raises(UnreadableError, match=message):
        read_job_posting(text)


def test_a_page_gives_its_full_posting_and_not_a_teaser() -> None:
    """Search engines read the embedded data, so most boards keep it complete."""
    full = json.dumps(POSTING | {"description": "<p>" + "Weld steel gates. " * 20 + "</p>"})
    script = '<script type="application/ld+json">{}</script>'

    found = read_embedded_job_posting(f"<body>{script.format('{broken')}{script.format(full)}")
    teaser = read_embedded_job_posting(script.format(json.dumps(POSTING)))

    assert found is not None
    assert found.title == "Welder"
    assert teaser is None
