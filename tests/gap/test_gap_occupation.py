"""Requirements of an occupation: the rule, worked by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UsageError
from skillmatch.gap.occupation import (
    LEVEL_SCALE,
    Asked,
    Excluded,
    Exclusion,
    Rule,
    necessity_from_importance,
    necessity_from_predicate,
    necessity_from_technology,
    occupation_checklist,
    requirement_from_relation,
    requirements_of_occupation,
)
from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.framework import Predicate
from skillmatch.model.requirement import Necessity, Requirement
from skillmatch.store.values import OccupationSkill

SKILL = ConceptUri("urn:x:skill")
RANK = [None, Necessity.NICE, Necessity.SHOULD, Necessity.MUST]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an occupation says of one skill; nothing where nothing is given."""

    uri: ConceptUri = SKILL
    label: str = "a skill"
    skill_type: SkillType | None = SkillType.SKILL
    predicate: Predicate | None = None
    importance: float | None = None
    level: float | None = None
    suppress_importance: bool = False
    suppress_level: bool = False
    not_relevant: bool = False
    technology: bool = False
    hot: bool = False
    in_demand: bool = False


def made_of(asked: Asked) -> Requirement:
    made = requirement_from_relation(asked, framework="onet-29.3")
    assert isinstance(made, Requirement)
    return made


def excluded(asked: Asked) -> Exclusion:
    made = requirement_from_relation(asked, framework="onet-29.3")
    assert isinstance(made, Exclusion)
    return made


@pytest.mark.parametrize(
    ("predicate", "necessity"),
    [(Predicate.ESSENTIAL, Necessity.MUST), (Predicate.OPTIONAL, Necessity.NICE)],
)
def test_essential_is_a_must_and_optional_is_nice(
    predicate: Predicate, necessity: Necessity
) -> None:
    """ESCO knows two steps; optional skills depend on employer and place."""
    made = made_of(Said(predicate=predicate))

    assert made.necessity is necessity
    assert made.necessity_why == f"{predicate.value} for this occupation"
    assert (made.level_value, made.level_scale, made.importance) == (None, "", None)


def test_a_relation_that_says_nothing_of_need_is_refused() -> None:
    """A wrong query would otherwise make requirements out of nothing."""
    with pytest.raises(UsageError, match="related-occupation"):
        necessity_from_predicate(Predicate.RELATED_OCCUPATION)


@pytest.mark.parametrize(
    ("importance", "necessity"),
    [
        (5.0, Necessity.MUST),
        (3.5, Necessity.MUST),
        (3.49, Necessity.SHOULD),
        (3.0, Necessity.SHOULD),
        (2.99, Necessity.NICE),
        (2.5, Necessity.NICE),
        (2.49, None),
        (1.0, None),
    ],
)
def test_importance_turns_into_necessity_at_its_cut_offs(
    importance: float, necessity: Necessity | None
) -> None:
    """The cut-offs themselves belong to the stronger side."""
    assert necessity_from_importance(importance) is necessity


@pytest.mark.parametrize("importance", [0.99, 5.01, -1.0, float("nan")])
def test_a_number_off_the_scale_is_refused(importance: float) -> None:
    """A level (0 to 7) passed for an importance must not pass unseen."""
    with pytest.raises(UsageError, match="1 to 5"):
        necessity_from_importance(importance)


@given(st.floats(1, 5), st.floats(1, 5))
def test_more_importance_never_means_less_necessity(one: float, other: float) -> None:
    """Cut-offs in the wrong order would show here."""
    low, high = sorted((one, other))

    assert RANK.index(necessity_from_importance(low)) <= RANK.index(necessity_from_importance(high))


def test_a_rating_keeps_importance_and_level_as_they_are() -> None:
    """Necessity is a reading of them, not a replacement."""
    made = made_of(Said(importance=4.12, level=4.62))

    assert (made.importance, made.level_value, made.level_scale) == (4.12, 4.62, LEVEL_SCALE)
    assert LEVEL_SCALE == "O*NET LV 0-7"
    assert made.necessity_why == "importance 4.12 of 5, must from 3.5"


def test_an_uncertain_level_is_left_out_and_the_importance_stays() -> None:
    """O*NET flags each scale by itself."""
    asked = Said(importance=3.2, level=3.0, suppress_level=True)

    made = requirements_of_occupation([asked], framework="onet-29.3")

    requirement = made.requirements[0]
    assert (requirement.necessity, requirement.level_value) == (Necessity.SHOULD, None)
    assert requirement.level_scale == ""
    assert made.notes == ("left out the level of 1: too uncertain to use",)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (Said(importance=4.0, suppress_importance=True), Exclusion.SUPPRESSED),
        (Said(importance=4.0, not_relevant=True), Exclusion.NOT_RELEVANT),
        (Said(importance=2.0), Exclusion.UNIMPORTANT),
        (Said(importance=4.5, skill_type=SkillType.WORK_STYLE), Exclusion.TRAIT),
        (Said(importance=4.5, skill_type=SkillType.ABILITY), Exclusion.TRAIT),
        (Said(importance=4.5, skill_type=SkillType.WORK_ACTIVITY), Exclusion.TRAIT),
        (Said(technology=True), Exclusion.PLAIN_TECHNOLOGY),
        (Said(), Exclusion.UNSAID),
        (Said(level=5.0), Exclusion.UNSAID),
    ],
)
def test_what_makes_no_requirement_has_a_reason(asked: Said, reason: Exclusion) -> None:
    """Whatever is dropped is counted by reason, so the reasons must be told apart."""
    assert excluded(asked) is reason


@pytest.mark.parametrize(
    ("hot", "in_demand", "necessity"),
    [
        (True, True, Necessity.SHOULD),
        (False, True, Necessity.SHOULD),
        (True, False, Necessity.NICE),
        (False, False, None),
    ],
)
def test_technology_in_demand_is_asked_for_more_than_a_hot_one(
    hot: bool, in_demand: bool, necessity: Necessity | None
) -> None:
    """In demand is said of this occupation, hot of all of them."""
    assert necessity_from_technology(hot=hot, in_demand=in_demand)[0] is necessity


def test_plain_technologies_join_where_the_rule_says_so() -> None:
    """A person may want to see everything an occupation uses."""
    asked = Said(technology=True, skill_type=SkillType.TECHNOLOGY)

    made = requirement_from_relation(
        asked, framework="onet-29.3", rule=Rule(plain_technology=Necessity.NICE)
    )

    assert isinstance(made, Requirement)
    assert made.necessity is Necessity.NICE


def test_cut_offs_in_the_wrong_order_are_refused() -> None:
    """A should above a must would give nonsense quietly."""
    with pytest.raises(UsageError, match="rise from nice"):
        Rule(must_from=3.0, should_from=3.5)


def test_requirements_come_by_necessity_importance_and_uri() -> None:
    """The list is shown and saved, so its order is part of the result."""
    skills = [
        Said(uri=ConceptUri("urn:x:d"), importance=2.6),
        Said(uri=ConceptUri("urn:x:c"), technology=True, in_demand=True),
        Said(uri=ConceptUri("urn:x:b"), importance=3.75),
        Said(uri=ConceptUri("urn:x:a"), importance=3.75),
        Said(uri=ConceptUri("urn:x:e"), importance=4.5),
        Said(uri=ConceptUri("urn:x:f"), importance=1.5),
        Said(uri=ConceptUri("urn:x:g"), importance=1.6),
    ]

    made = requirements_of_occupation(skills, framework="onet-29.3")

    assert [each.uri[-1] for each in made.requirements] == ["e", "a", "b", "c", "d"]
    assert made.excluded == (Excluded(reason=Exclusion.UNIMPORTANT, count=2),)
    assert made.notes == ("left out 2: less than important for the occupation",)


said = st.builds(
    Said,
    uri=st.sampled_from([ConceptUri(f"urn:x:{letter}") for letter in "abcdefgh"]),
    importance=st.none() | st.sampled_from([1.0, 2.5, 3.0, 3.5, 3.75, 4.0]),
    level=st.none() | st.sampled_from([0.0, 2.0, 4.0]),
    suppress_importance=st.booleans(),
    suppress_level=st.booleans(),
    technology=st.booleans(),
    hot=st.booleans(),
    in_demand=st.booleans(),
)


@given(st.lists(said, max_size=30), st.randoms())
def test_the_order_of_skills_never_changes_the_requirements(
    skills: list[Said], random: Random
) -> None:
    """Tables come in any order; the same content must give the same bytes."""
    shuffled = list(skills)
    random.shuffle(shuffled)

    assert requirements_of_occupation(shuffled, framework="x") == requirements_of_occupation(
        skills, framework="x"
    )


def test_two_answers_about_one_skill_give_the_same_whichever_comes_first() -> None:
    """A level of 0 and no level are different answers, though both count as nothing."""
    pair = [Said(importance=4.0, level=0.0), Said(importance=4.0)]

    forwards = requirements_of_occupation(pair, framework="onet-29.3")

    assert forwards.requirements[0].level_value == 0.0
    assert requirements_of_occupation(reversed(pair), framework="onet-29.3") == forwards


def test_a_skill_said_twice_keeps_what_asks_for_more() -> None:
    """Essential and optional at once happens in ESCO."""
    essential = Said(predicate=Predicate.ESSENTIAL)

    made = requirements_of_occupation(
        [replace(essential, predicate=Predicate.OPTIONAL), essential], framework="esco-1.1.1"
    )

    assert [each.necessity for each in made.requirements] == [Necessity.MUST]


def test_a_checklist_names_its_occupation_and_frameworks() -> None:
    """The comparison and the saved file do not care where requirements came from."""
    made = requirements_of_occupation([Said(importance=4.0)], framework="onet-29.3")

    checklist = occupation_checklist(made, uri=ConceptUri("urn:x:nurse"), title="Nurses")

    assert (checklist.source, checklist.title) == ("urn:x:nurse", "Nurses")
    assert checklist.frameworks == ("onet-29.3",)
    assert checklist.requirements == made.requirements


def test_the_store_answers_in_the_form_the_rule_reads() -> None:
    """The rule may not import the store, so a test holds the two together."""
    asked = OccupationSkill(uri=ConceptUri("urn:x:s"), label="S", importance=4.0, level=3.0)

    assert made_of(asked).necessity is Necessity.MUST
