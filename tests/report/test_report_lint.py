"""The views of a lint: the same findings, each in the form that its reader needs."""

from __future__ import annotations

import html.parser
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from skillmatch.errors import UsageError
from skillmatch.model.credential import Unread
from skillmatch.quality import lint_badge, rules
from skillmatch.quality.batch import LintResult, Options, lint_path, result_of
from skillmatch.quality.changes import compare
from skillmatch.quality.switches import Off, Switches
from skillmatch.readers.credentials.node import Node
from skillmatch.report.lint import LINT_FORMATS, render_lint
from skillmatch.report.lint.as_json import diff_json, diff_schema, lint_schema
from skillmatch.report.lint.as_text import badge_text, rule_text
from skillmatch.report.lint.diff_text import diff_text

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "badges" / "lint"
DOCUMENT: dict[str, Any] = {
    "type": ["Achievement"],
    "id": "urn:example:1",
    "name": "Forklift <Hero> & co",
    "description": "Understand <script>alert(1)</script> | pipes\nand \x1b[31mcolours\u202e.",
    "criteria": {"narrative": "Attended the course. *Nothing* else."},
}


def english(_text: str) -> str:
    """Tell that a text is English."""
    return "en"


@pytest.fixture(scope="module")
def result() -> LintResult:
    """The examples, one document that tries to break the page, and what else a report shows."""
    switches = Switches(off=(Off(rule="B14", reason="<our> style"),))
    options = Options(switches=switches, detect=english)
    hostile = lint_badge(Node(DOCUMENT), source="a b|c.json", switches=switches, detect=english)
    found = (*lint_path(EXAMPLES, options), hostile, Unread(source="x.txt", reason="no <badge>"))
    return result_of(found, options, date(2027, 1, 1))


@pytest.mark.parametrize("name", LINT_FORMATS)
def test_every_format_names_every_finding_and_what_was_off_due_and_not_read(
    result: LintResult,
    name: Any,  # noqa: ANN401 - one of LINT_FORMATS
) -> None:
    """A format that leaves something out would be chosen for that."""
    text = render_lint(result, name)

    for badge in result.badges:
        assert all(one.rule in text for one in badge.findings)
    assert "x.txt" in text
    assert "style" in text
    assert text.endswith("\n")
    assert text == render_lint(result, name)


@pytest.mark.parametrize("name", ["text", "html", "markdown"])
def test_formats_for_people_say_which_badges_are_due(
    result: LintResult,
    name: Any,  # noqa: ANN401 - one of LINT_FORMATS
) -> None:
    """Asked for is asked for."""
    text = render_lint(result, name)

    assert "Due for review by 2027" in text.replace("\\", "")
    assert "Forklift Hero" in text


def test_an_unknown_format_is_refused(result: LintResult) -> None:
    """With those that there are."""
    with pytest.raises(UsageError, match="sarif"):
        render_lint(result, "pdf")  # type: ignore[arg-type]  # wrong on purpose


# What the SARIF 2.1.0 specification requires of the parts that are written (sections 3.13 to 3.58).
TEXT = {
    "type": "object",
    "properties": {"text": {"type": "string", "minLength": 1}},
    "required": ["text"],
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": r"^[!-;=?-\[\]_a-z~]+$"}},
                },
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["startLine"],
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "fullyQualifiedName": {"type": "string"},
                    "kind": {"type": "string"},
                },
            },
        },
    },
}
SARIF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "additionalProperties": False,
                                            "required": ["id"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {"level": LEVEL},
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["message"],
                                        "properties": {
                                            "message": TEXT,
                                            "level": LEVEL,
                                            "locations": {"type": "array", "items": LOCATION},
                                        },
                                    },
                                },
                            },
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["message"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "justification": {"type": "string"},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_has_the_structure_that_the_standard_asks_for(result: LintResult) -> None:
    """Scanners refuse the whole file for one wrong member."""
    log = json.loads(render_lint(result, "sarif"))

    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == [one.id for one in rules()]
    for one in run["results"]:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
    prints = [json.dumps(one["partialFingerprints"]) for one in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_has_lines_and_the_reasons_of_what_is_suppressed(result: LintResult) -> None:
    """Without them findings have no place in an editor, and no excuse."""
    (run,) = json.loads(render_lint(result, "sarif"))["runs"]

    muted = [one for one in run["results"] if "suppressions" in one]
    assert {one["ruleId"] for one in muted} == {"B14"}
    assert muted[0]["suppressions"] == [{"kind": "external", "justification": "<our> style"}]
    placed = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert any("region" in one for one in placed)
    assert "a%20b%7Cc.json" in [one["artifactLocation"]["uri"] for one in placed]


def test_json_follows_its_schema(result: LintResult) -> None:
    """Programs rely on it."""
    jsonschema.validate(json.loads(render_lint(result, "json")), lint_schema())


class Page(html.parser.HTMLParser):
    """What a browser would make of the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it refers to."""
        values = dict(attrs)
        self.tags.append(tag)
        if tag not in {"meta", "link", "br", "rect"}:
            self.open.append(tag)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.targets += [one for key, one in attrs if key in {"href", "src"} and one]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in {"meta", "link", "br", "rect"}:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Check that what closes is what was opened last."""
        if tag not in {"meta", "link", "br", "rect"}:
            assert self.open.pop() == tag


def test_the_page_needs_nothing_and_runs_nothing(result: LintResult) -> None:
    """It is sent by mail and opened years later; badge texts must stay texts."""
    text = render_lint(result, "html")
    page = Page()
    page.feed(text)

    assert page.open == []
    assert "script" not in page.tags
    assert page.policy.startswith("default-src 'none'")
    assert {one for one in page.targets if not one.startswith(("#", "data:"))} == set()
    assert {one[1:] for one in page.targets if one.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "prefers-color-scheme: dark" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_page_shows_the_worst_badge_first_and_its_score_with_its_reasons(
    result: LintResult,
) -> None:
    """What needs most is what a provider has time for; a bare number explains nothing."""
    text = render_lint(result, "html")

    scores = [int(one) for one in re.findall(r'<span class="score \w+">(\d+)</span>', text)]
    assert scores == sorted(scores)
    assert len(scores) == len(result.badges)
    assert text.count("= 100 − ") == len(result.badges)


def test_a_badge_without_a_score_comes_last_on_the_page(result: LintResult) -> None:
    """What could not be judged needs nobody's time first."""
    first, *others = result.badges
    unscored = replace(first, score=None)

    text = render_lint(replace(result, badges=(unscored, *others), due=()), "html")

    shown = re.findall(r'<span class="score (\w+)">', text)
    assert shown[-1] == "none"
    assert shown.count("none") == 1


def test_text_steers_no_terminal_and_fits_its_width(result: LintResult) -> None:
    """A badge's own words are printed on somebody's screen."""
    text = render_lint(result, "text", width=70)

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_whole_text_is_the_badges_and_the_ending(result: LintResult) -> None:
    """What is printed badge by badge is what is written at once."""
    text = render_lint(result, "text", width=80)

    assert text.startswith(
        "\n".join(badge_text(one, width=80, colour=False) for one in result.badges)
    )


def test_markdown_shows_words_as_they_are(result: LintResult) -> None:
    """A pipe in a badge must not open a new cell."""
    text = render_lint(result, "markdown")

    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {5}
    assert "<script>" not in text


def test_a_rule_is_explained_in_full() -> None:
    """What --explain prints is all there is."""
    text = " ".join(rule_text("a10", width=70).split())
    rule = next(one for one in rules() if one.id == "A10")

    for words in (rule.title, rule.why, rule.mend, rule.source, "error"):
        assert " ".join(words.split()) in text


def test_a_badge_without_a_score_says_why(result: LintResult) -> None:
    """No number is a statement, too."""
    badge = replace(result.badges[0], score=None)

    assert "no score: no description" in badge_text(badge, width=100, colour=False)
    assert "no score" in render_lint(replace(result, badges=(badge,)), "html")


def test_a_difference_is_told_with_what_matters_first_and_follows_its_schema() -> None:
    """One screen should answer whether earners must do it again."""
    documents = [
        json.loads((EXAMPLES / f"forklift-{number}.json").read_text(encoding="utf-8"))
        for number in (1, 2)
    ]

    found = compare(*documents, detect=english)
    text = diff_text(found, width=80, colour=False)

    jsonschema.validate(json.loads(diff_json(found)), diff_schema())
    assert text.index("What matters") < text.index("What does not")
    assert "Earners of the old version do not cover the new one" in text
    assert "inspect the hydraulics before each shift" in text


def test_no_difference_is_said_to_be_none() -> None:
    """Silence could be a fault."""
    text = diff_text(compare(DOCUMENT, DOCUMENT, detect=english), width=80, colour=False)

    assert "Nothing that was compared has changed." in text
