"""Which skills a person can show, and how far each holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.issuing.gathering import build_portfolio, file_name, proof_state, skills_of
from skillmatch.issuing.portfolio import ProofState, Vouch
from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance
from skillmatch.model.verification import CheckName, CheckState
from skillmatch.readers.credentials import credential_of
from tests.issuing.issuing_samples import DAY, alignment, credential, draft
from tests.issuing.portfolio_samples import (
    CUTTING,
    HYGIENE,
    LEADING,
    check,
    checked,
    portfolio,
    signed,
)


def test_a_skill_of_several_badges_has_the_best_of_their_states() -> None:
    """An expired badge takes nothing away from a valid one."""
    found = {one.name: one for one in portfolio().skills}

    assert found["kitchen hygiene"].state is ProofState.VERIFIED
    assert found["kitchen hygiene"].badges == (1, 3)
    assert found["lead a team"].state is ProofState.UNPROVEN


def test_skills_stand_in_the_order_of_what_holds_then_by_name() -> None:
    """What is surest is read first."""
    names = [one.name for one in portfolio(claims=["Danish"]).skills]

    assert names == ["cut vegetables", "kitchen hygiene", "lead a team", "Danish"]


def test_badges_stand_in_the_order_of_what_holds_and_keep_their_numbers() -> None:
    """A page does not begin with what expired, and links find their badge."""
    refused, good = (
        checked(signed("Old", CUTTING), Assurance.INVALID),
        checked(signed("New", LEADING)),
    )

    made = portfolio(refused, good)

    assert [(one.number, one.name) for one in made.badges] == [(2, "New"), (1, "Old")]
    assert {one.name: one.badges for one in made.skills} == {
        "cut vegetables": (1,),
        "lead a team": (2,),
    }


def test_a_badge_without_alignments_shows_its_own_name() -> None:
    """No framework is needed to share a badge."""
    bare = replace(signed("Sourdough", CUTTING))
    achievement = replace(bare.achievements[0], alignments=())

    (skill,) = skills_of(checked(replace(bare, achievements=(achievement,))))

    assert (skill.name, skill.how, skill.url) == ("Sourdough", "name", "")


def test_an_alignment_to_another_credential_is_no_skill() -> None:
    """It says what a badge leads to, not what its earner can do."""
    other = {**alignment("Diploma", "d"), "targetType": "ceterms:Credential"}

    names = [one.name for one in skills_of(checked(signed("Knives", CUTTING, other)))]

    assert names == ["cut vegetables"]


def test_what_outcomes_were_linked_to_comes_after_the_issuers_own_alignments() -> None:
    """And never twice."""
    badge = checked(signed("Knives", CUTTING))
    linked = (
        (CUTTING["targetUrl"], "cut vegetables", False),
        ("https://skills.example/n", "sharpen", True),
    )

    found = skills_of(replace(badge, linked=linked))

    assert [(one.name, one.how) for one in found] == [
        ("cut vegetables", "alignment"),
        ("sharpen", "outcome text"),
    ]


def test_what_was_only_read_from_the_words_of_a_badge_is_not_proven() -> None:
    """The issuer signed the words, not what we take them for."""
    linked = (("https://s.example/a", "read", False), ("https://s.example/b", "named", True))
    badge = replace(checked(signed("Knives", CUTTING)), linked=linked)

    states = {one.name: one.state for one in portfolio(badge).skills}

    assert states == {
        "cut vegetables": ProofState.VERIFIED,
        "named": ProofState.VERIFIED,
        "read": ProofState.UNPROVEN,
    }


def test_a_claim_that_a_badge_shows_already_is_not_told_twice() -> None:
    """Whatever its case."""
    names = [one.name for one in portfolio(claims=["LEAD a  team", "Danish", "danish"]).skills]

    assert names.count("Danish") == 1
    assert "LEAD a  team" not in names


@pytest.mark.parametrize(
    ("assurance", "proof", "state"),
    [
        (Assurance.VERIFIED, CheckState.VALID, ProofState.VERIFIED),
        (Assurance.DOCUMENTED, CheckState.VALID, ProofState.SIGNED),
        (Assurance.DOCUMENTED, CheckState.UNKNOWN, ProofState.UNPROVEN),
        (Assurance.INVALID, CheckState.VALID, ProofState.REFUSED),
        (Assurance.ENDORSED, CheckState.UNKNOWN, ProofState.ENDORSED),
        (Assurance.CLAIMED, CheckState.UNKNOWN, ProofState.CLAIMED),
    ],
)
def test_a_state_says_no_more_than_was_checked(
    assurance: Assurance, proof: CheckState, state: ProofState
) -> None:
    """A valid signature of a stranger is neither nothing nor verified."""
    assert proof_state(assurance, [check(CheckName.PROOF, proof)]) is state


VOUCH = Vouch(by="Rosa", comment="Calm.", state=ProofState.ENDORSED, reason="known")


@pytest.mark.parametrize(
    ("assurance", "state"),
    [
        (Assurance.DOCUMENTED, ProofState.ENDORSED),
        (Assurance.INVALID, ProofState.REFUSED),
        (Assurance.VERIFIED, ProofState.VERIFIED),
    ],
)
def test_an_endorsement_lifts_a_badge_that_is_not_refused(
    assurance: Assurance, state: ProofState
) -> None:
    """Nobody's word makes a revoked badge valid."""
    made = portfolio(checked(signed("Pass", LEADING), assurance, endorsements=[VOUCH]))

    assert made.badges[0].state is state


def test_an_endorsement_that_does_not_count_lifts_nothing() -> None:
    """Anybody can sign something."""
    weak = replace(VOUCH, state=ProofState.SIGNED)

    made = portfolio(checked(signed("Pass", LEADING), Assurance.DOCUMENTED, endorsements=[weak]))

    assert made.badges[0].state is ProofState.UNPROVEN


def test_the_reason_is_for_readers_and_not_for_the_owner() -> None:
    """Whoever reads the page has another file of known issuers, and nothing to mend."""
    checks = [
        check(CheckName.PROOF, CheckState.VALID),
        check(CheckName.ISSUER, CheckState.UNKNOWN),
        check(CheckName.STATUS, CheckState.UNKNOWN),
    ]

    made = portfolio(checked(signed("Pass", LEADING), Assurance.DOCUMENTED, checks=checks))

    assert made.badges[0].reason == (
        "whose key signed it is not confirmed; whether it was revoked could not be looked up"
    )
    assert [one.mend for one in made.badges[0].checks] == ["", "", ""]


def test_a_refused_badge_says_what_is_wrong() -> None:
    """Expired and revoked are different stories."""
    checks = [
        check(CheckName.ISSUER, CheckState.UNKNOWN),
        check(CheckName.DATES, CheckState.INVALID),
    ]

    made = portfolio(checked(signed("Pass", LEADING), Assurance.INVALID, checks=checks))

    assert made.badges[0].reason == "dates was invalid"


def graded(achieved: str) -> Credential:
    """A badge with a rubric of two levels, each aligned, of which the first is required."""
    levels = [
        {
            "id": f"urn:level:{number}",
            "type": ["RubricCriterionLevel"],
            "name": name,
            "alignment": [alignment(name, name)],
        }
        for number, name in enumerate(("cut", "carve"))
    ]
    rubric = {
        "id": "urn:rubric",
        "type": ["ResultDescription"],
        "name": "Cutting",
        "resultType": "RubricCriterionLevel",
        "requiredLevel": "urn:level:0",
        "rubricCriterionLevel": levels,
    }
    made = credential(of={**draft("Knives"), "alignment": [], "resultDescription": [rubric]})
    if achieved:
        result = {"type": ["Result"], "resultDescription": "urn:rubric", "achievedLevel": achieved}
        made["credentialSubject"]["result"] = [result]
    return credential_of(made, source="graded.json")


@pytest.mark.parametrize(("achieved", "name"), [("urn:level:1", "carve"), ("", "cut")])
def test_of_a_rubric_the_level_that_was_reached_counts(achieved: str, name: str) -> None:
    """The levels above it are what somebody else may do."""
    assert [one.name for one in skills_of(checked(graded(achieved)))] == [name]


def test_a_badge_that_was_not_passed_is_refused_with_that_reason() -> None:
    """Its signature holds, and so does what it says: not passed."""
    failed = replace(checked(signed("Knives", CUTTING), Assurance.INVALID), refusal="says Failed")

    (badge,) = portfolio(failed).badges

    assert (badge.state, badge.reason) == (ProofState.REFUSED, "says Failed")


def test_the_person_is_no_part_of_a_portfolio() -> None:
    """Name and words are what they give; ids and addresses of the badge stay in it."""
    made = build_portfolio([checked(signed("Knives", CUTTING, HYGIENE))], at=DAY)

    assert "did:example:learner" not in repr(made)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/home/ada/secret/a.json", "a.json"),
        ("w\\x\\b.png", "b.png"),
        ("w/z.zip!m/a.json", "z.zip!m/a.json"),
    ],
)
def test_folders_of_a_file_do_not_leave(source: str, name: str) -> None:
    """A path tells a user name and more."""
    assert file_name(source) == name
