"""What stays, stays: not as a skill, not inside a text, not in a title."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UsageError
from skillmatch.issuing.choosing import choose
from skillmatch.issuing.portfolio import ProofState, Vouch
from skillmatch.model.credential import SupportingEvidence
from skillmatch.report.portfolio import PAGES, render_portfolio
from tests.issuing.portfolio_samples import (
    CUTTING,
    HYGIENE,
    LEADING,
    checked,
    portfolio,
    signed,
)

EVERYTHING = portfolio(claims=["Danish"])
NAMES = ["cut vegetables", "kitchen hygiene", "lead a team", "Danish"]


def test_without_a_choice_everything_leaves() -> None:
    """Sharing all is a choice, too."""
    choice = choose(EVERYTHING)

    assert choice.leaving == EVERYTHING
    assert (choice.skills, choice.badges, choice.texts) == ((), (), ())


@given(
    only=st.lists(st.sampled_from(NAMES), unique=True),
    without=st.lists(st.sampled_from(NAMES), unique=True),
)
def test_every_skill_and_badge_leaves_or_stays_and_never_both(
    only: list[str], without: list[str]
) -> None:
    """A preview that forgets something is worse than none."""
    choice = choose(EVERYTHING, only=only, without=without)

    leaving = {one.name for one in choice.leaving.skills}
    assert leaving | set(choice.skills) == set(NAMES)
    assert leaving.isdisjoint(choice.skills)
    assert leaving == {name for name in NAMES if name not in without and (not only or name in only)}
    badges = {one.name for one in choice.leaving.badges}
    assert badges | set(choice.badges) == {"Knives", "Pass", "Cleaning"}
    assert badges.isdisjoint(choice.badges)


@given(without=st.sets(st.sampled_from(NAMES), min_size=1, max_size=3), page=st.sampled_from(PAGES))
def test_a_skill_that_stays_is_nowhere_on_the_page(without: set[str], page: str) -> None:
    """Neither its name nor its address, in any format."""
    choice = choose(EVERYTHING, without=sorted(without))

    text = render_portfolio(choice.leaving, page)

    urls = {one.name: one.url for one in EVERYTHING.skills}
    for name in without:
        assert name not in text
        assert not urls[name] or f'{urls[name]}"' not in text


def test_texts_that_name_what_stays_stay_with_it() -> None:
    """A criteria text tells what the alignment was removed for."""
    badge = signed("Knives", CUTTING, HYGIENE, description="Cuts; Kitchen  hygiene as well.")
    badge = replace(
        badge,
        narrative="I kept kitchen hygiene.",
        evidence=(
            SupportingEvidence(id="https://x.example/kitchen hygiene"),
            SupportingEvidence(name="Photograph"),
        ),
    )
    vouch = Vouch(by="Rosa", comment="Her kitchen hygiene!", state=ProofState.SIGNED, reason="")
    made = portfolio(checked(badge, endorsements=[vouch]))

    choice = choose(made, without=["kitchen hygiene"])

    (left,) = choice.leaving.badges
    assert (left.description, left.narrative, left.endorsements) == ("", "", ())
    assert left.criteria
    assert [one.name for one in left.evidence] == ["Photograph"]
    assert len(choice.texts) == 4
    assert all("kitchen hygiene" in text for text in choice.texts)


def test_a_name_inside_another_word_hides_nothing() -> None:
    """R is not in "carrots"."""
    r_skill = {**LEADING, "targetName": "R"}
    made = portfolio(checked(signed("Knives", CUTTING, r_skill, description="Cuts carrots.")))

    (left,) = choose(made, without=["R"]).leaving.badges

    assert left.description == "Cuts carrots."


def test_a_badge_whose_title_names_what_stays_stays_as_a_whole() -> None:
    """A title cannot be cut."""
    made = portfolio(checked(signed("Kitchen hygiene and knives", CUTTING, HYGIENE)))

    choice = choose(made, without=["kitchen hygiene"])

    assert choice.leaving.badges == ()
    assert choice.badges == ("Kitchen hygiene and knives",)
    assert set(choice.skills) == {"cut vegetables", "kitchen hygiene"}


def test_whole_badges_leave_only_without_what_is_kept_back() -> None:
    """A signed badge cannot be cut, so it stays for the sake of one skill in it."""
    choice = choose(EVERYTHING, without=["kitchen hygiene"], whole=True)

    assert [one.name for one in choice.leaving.badges] == ["Pass"]
    assert choice.along == ()


def test_whole_badges_say_which_skills_they_take_along() -> None:
    """Who chooses one skill must know that another leaves with it."""
    choice = choose(EVERYTHING, only=["cut vegetables"], whole=True)

    assert [one.name for one in choice.leaving.badges] == ["Knives"]
    assert choice.along == ("kitchen hygiene",)
    assert set(choice.skills) == {"lead a team", "Danish"}


@pytest.mark.parametrize("named", ["CUT  vegetables", CUTTING["targetUrl"]])
def test_a_skill_is_named_by_its_name_or_its_url(named: str) -> None:
    """Whatever its case and blanks."""
    assert [one.name for one in choose(EVERYTHING, only=[named]).leaving.skills] == [
        "cut vegetables"
    ]


@pytest.mark.parametrize(
    ("named", "said"), [("cut vegetable", "cut vegetables"), ("", "Danish"), ("zz", "lead a team")]
)
def test_a_name_that_fits_nothing_is_refused_with_the_closest(named: str, said: str) -> None:
    """A typing error in --without must never let a skill leave."""
    with pytest.raises(UsageError, match=said):
        choose(EVERYTHING, without=[named])
