"""The page about linting names the rules that there are."""

from __future__ import annotations

import tomllib

from skillmatch.quality import rules
from skillmatch.quality.finding import SEVERITIES
from skillmatch.quality.profiles import PROFILES
from skillmatch.quality.review_dates import REVIEW_NAMES
from skillmatch.quality.score import COSTS
from tests.docs.doc_pages import blocks, first_code, page, rows


def test_the_table_holds_every_rule_as_it_is_registered() -> None:
    """A reader looks a finding up here, and sources are what rules are argued over with."""
    told = {first_code(row[0])[0]: row[1:] for row in rows(page("badges-lint.md")) if len(row) == 5}

    known = {
        one.id: [
            one.severity.value,
            one.title,
            ", ".join(name for name, ids in PROFILES.items() if one.id in ids),
            one.source,
        ]
        for one in rules()
    }

    assert told == known


def test_the_profiles_and_review_fields_on_the_page_are_those_of_the_program() -> None:
    """A name that is on the page only is a promise that is not kept."""
    text = page("badges-lint.md")

    assert all(f"| `{name}` |" in text for name in PROFILES)
    section = text.split("## Review dates")[1].split("##")[0]
    told = {word.lower() for word in first_code(section)}
    assert told >= REVIEW_NAMES


def test_the_costs_on_the_page_are_those_of_the_score() -> None:
    """A score is only traceable with the numbers that made it."""
    text = " ".join(page("badges-lint.md").split())
    error, warning, note = (COSTS[one] for one in SEVERITIES)

    assert f"takes {error} points (error), {warning} (warning) or {note} (note)" in text


def test_the_rules_file_on_the_page_is_one_that_can_be_read() -> None:
    """People copy it."""
    (example,) = blocks(page("badges-lint.md"), "toml")

    assert set(tomllib.loads(example)["off"]) <= {one.id for one in rules()}
