"""The portfolio as pages: self-contained, escaped, readable without colour."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from skillmatch.errors import UsageError
from skillmatch.issuing.choosing import choose
from skillmatch.issuing.portfolio import Portfolio, ProofState, Vouch
from skillmatch.model.credential import SupportingEvidence
from skillmatch.model.evidence import Assurance
from skillmatch.report.portfolio import PAGES, render_portfolio
from skillmatch.report.portfolio_html import SHAPES, portfolio_html
from skillmatch.report.portfolio_preview import preview_text
from skillmatch.report.portfolio_words import MEANINGS, SIGNS, headline
from tests.issuing.portfolio_samples import CUTTING, HYGIENE, LEADING, checked, portfolio, signed

HOSTILE = "<script>alert(1)</script> \x1b[31m \u202e | *bold* [x](javascript:alert(1))"


class Tags(HTMLParser):
    """Collects start tags and the addresses that they name."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag and what it carries."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def parsed(page: str) -> Tags:
    found = Tags()
    found.feed(page)
    return found


def hostile() -> Portfolio:
    """A portfolio in which everybody writes markup."""
    badge = signed("Knives", {**CUTTING, "targetName": HOSTILE}, LEADING)
    badge = replace(
        badge,
        name=HOSTILE,
        narrative=HOSTILE,
        issuer=replace(badge.issuer, name=HOSTILE),
        achievements=(replace(badge.achievements[0], name=HOSTILE, criteria=HOSTILE),),
        evidence=(SupportingEvidence(id="javascript:alert(1)", name=HOSTILE, narrative=HOSTILE),),
    )
    vouch = Vouch(by=HOSTILE, comment=HOSTILE, state=ProofState.SIGNED, reason=HOSTILE)
    made = portfolio(checked(badge, endorsements=[vouch]), claims=[HOSTILE + "!"])
    return replace(made, title=HOSTILE, about=HOSTILE)


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    """It is opened on other people's machines."""
    found = parsed(portfolio_html(hostile()))

    assert not {"script", "iframe", "object", "img", "form", "base"} & set(found.tags)
    addresses = [value for name, value in found.attributes if name in {"href", "src", "action"}]
    assert addresses
    assert all(re.match(r"(https?:|#|data:,$)", value) for value in addresses)
    assert not [name for name, _ in found.attributes if name.startswith("on")]


def test_the_page_forbids_what_it_does_not_need() -> None:
    """Even if an escape were forgotten, nothing would run."""
    page = portfolio_html(portfolio())

    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "http" not in policy
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize("page", PAGES)
def test_nothing_steers_a_terminal_or_a_reading_order(page: str) -> None:
    """A badge may hold any character."""
    text = render_portfolio(hostile(), page)

    if page != "json":  # JSON keeps every character, escaped by its own rules.
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "<script>" not in text


def test_markdown_keeps_hostile_words_as_words() -> None:
    """No link, no emphasis, no further table cell."""
    text = render_portfolio(hostile(), "markdown")

    assert not re.search(r"(?<!\\)\]\(", text)
    assert "\\*bold\\*" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_markdown_keeps_the_lines_of_a_text_and_not_their_markup() -> None:
    """Criteria are lists; whoever wrote them must not head a section of somebody's page."""
    badge = signed("Knives", CUTTING)
    criteria = "# Title\n- one\n2. two\n\n2026-01 three"
    badge = replace(badge, achievements=(replace(badge.achievements[0], criteria=criteria),))

    text = render_portfolio(portfolio(checked(badge)), "markdown")

    assert "\\# Title  \n\\- one  \n2\\. two  \n2026-01 three\n" in text


def test_every_state_differs_in_shape_sign_and_words() -> None:
    """Colour alone says nothing to many people, and nothing on a black and white print."""
    for known in (SHAPES, SIGNS, MEANINGS):
        assert set(known) == set(ProofState)
        assert len(set(known.values())) == len(ProofState)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_each_skill_with_its_state(page: str) -> None:
    """In words."""
    text = render_portfolio(portfolio(claims=["Danish"]), page)

    for words in ("cut vegetables", "lead a team", "Danish", "verified", "not proven", "claimed"):
        assert words in text


@pytest.mark.parametrize("page", PAGES)
def test_the_same_portfolio_gives_the_same_page(page: str) -> None:
    """So that two versions can be compared."""
    assert render_portfolio(portfolio(), page) == render_portfolio(portfolio(), page)


@pytest.mark.parametrize("page", ["html", "markdown"])
def test_a_page_says_that_it_proves_nothing_by_itself(page: str) -> None:
    """Its maker is the person it is about."""
    assert "proves nothing by itself" in render_portfolio(portfolio(), page)


def test_the_json_follows_the_published_schema() -> None:
    """Programs read it."""
    import jsonschema

    from skillmatch.report.json_report import schema_text

    value = json.loads(render_portfolio(hostile(), "json"))

    jsonschema.validate(value, json.loads(schema_text("profile-1.json")))


def test_there_is_no_other_page() -> None:
    """The message names those there are."""
    with pytest.raises(UsageError, match="html, json, markdown"):
        render_portfolio(portfolio(), "pdf")


@pytest.mark.parametrize(
    ("badges", "said"),
    [
        ([], "0 skills, 0 of them verified or endorsed, from 0 badges"),
        (
            [checked(signed("Pass", LEADING))],
            "1 skill, 1 of them verified or endorsed, from 1 badge",
        ),
    ],
)
def test_the_headline_counts(badges: list[object], said: str) -> None:
    """In one sentence."""
    made = portfolio(*badges) if badges else replace(portfolio(), skills=(), badges=())  # type: ignore[arg-type]  # of CheckedBadge

    assert headline(made) == said


def test_a_preview_tells_what_leaves_and_what_stays() -> None:
    """Every skill and badge is on one of the two lists."""
    badge = signed("Knives", CUTTING, HYGIENE, description="Kitchen hygiene first.")
    made = portfolio(checked(badge), checked(signed("Pass", LEADING), Assurance.DOCUMENTED))

    text = preview_text(choose(made, only=["cut vegetables"]), format="html")

    leaves, stays = text.split("STAYS")
    assert "skill: cut vegetables" in leaves
    assert "badge: Knives" in leaves
    assert "hygiene" not in leaves
    for words in ("skill: kitchen hygiene", "skill: lead a team", "badge: Pass", "description of"):
        assert words in stays


def test_a_preview_of_a_record_says_that_badges_leave_whole() -> None:
    """With what comes along, and what the format cannot hold."""
    choice = choose(portfolio(), only=["cut vegetables"], whole=True)

    text = preview_text(choice, format="clr", unfit=["Old"])

    assert "the whole file" in text
    assert "cannot be cut: kitchen hygiene" in text
    assert "badge: Old (the format cannot hold it)" in text
    assert preview_text(choose(portfolio()), format="html").endswith("STAYS\n  nothing\n")
