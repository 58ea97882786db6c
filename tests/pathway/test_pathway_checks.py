"""What checking a catalogue reports, and what it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    CatalogueRule,
    CatalogueSeverity,
    Need,
    NeedKind,
    OfferSkill,
    UnreadOffer,
)
from skillmatch.pathway.catalogue.checks import check_catalogue
from skillmatch.pathway.catalogue.skills import SkillLookup
from tests.pathway.catalogue_samples import (
    DAY,
    SKILL,
    all_of,
    any_of,
    at_least,
    award,
    catalogue,
    found,
    offer,
    proposed,
)

ERROR, WARNING, NOTE = CatalogueSeverity


def test_a_whole_catalogue_has_no_findings() -> None:
    """Otherwise nobody reads the list."""
    course = offer("a", name="Welding")
    stack = offer("s", name="Stack", parts=all_of("a", "b"), awards=())

    assert found(course, offer("b", name="Brazing", counts_towards=("s",)), stack) == []


def test_what_could_not_be_read_is_an_error_at_its_place() -> None:
    """An offer that is not there is missed by nobody."""
    whole = catalogue(
        offer("a"), unread=(UnreadOffer(source="x.csv", pointer="row 3", reason="no name"),)
    )

    (one,) = check_catalogue(whole, known=lambda _uri: True, at=DAY)

    assert (one.rule, one.severity) == (CatalogueRule.UNREAD, ERROR)
    assert (one.place, one.message) == ("x.csv row 3", "no name")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"cost": None}, CatalogueRule.MISSING_COST),
        ({"hours": None}, CatalogueRule.MISSING_LENGTH),
        ({"self_paced": None}, CatalogueRule.MISSING_START),
        ({"awards": ()}, CatalogueRule.NO_SKILL),
        ({"awards": (proposed("x"),)}, CatalogueRule.PROPOSED_ONLY),
        ({"as_of": date(2024, 11, 1)}, CatalogueRule.OLD_SOURCE),
        ({"available_until": date(2026, 10, 31)}, CatalogueRule.EXPIRED),
        ({"self_paced": False, "starts": (date(2026, 10, 31),)}, CatalogueRule.EXPIRED),
        (
            {"available_from": date(2027, 2, 1), "available_until": date(2027, 1, 1)},
            CatalogueRule.EXPIRED,
        ),
    ],
)
def test_each_thing_that_is_missing_or_late_is_one_finding(
    fields: dict[str, Any], rule: CatalogueRule
) -> None:
    """Each has its own mend, and nothing is filled in."""
    (one,) = found(offer("a", **fields))

    assert one.rule is rule
    assert one.offers == ("a",)
    assert one.place == "offers.csv row a"
    assert one.message
    assert one.mend


@pytest.mark.parametrize(
    "fields",
    [
        {"hours": None, "weeks": 3.0},
        {"self_paced": False},
        {"as_of": date(2024, 11, 2)},
        {"as_of": None},
        {"available_until": DAY},
        {"starts": (date(2026, 1, 1), DAY), "self_paced": False},
        {"starts": (date(2026, 1, 1),), "self_paced": True},
        {"awards": (proposed("x"), award("y"))},
        {"awards": (), "parts": all_of("b"), "hours": None, "self_paced": None},
    ],
)
def test_what_is_only_nearly_missing_or_late_is_none(fields: dict[str, Any]) -> None:
    """The borders: the last day counts, weeks stand for hours, a stack has its parts' length."""
    assert found(offer("a", **fields), offer("b", name="Something else")) == []


def test_a_reference_to_nothing_blocks_and_names_what_may_be_meant() -> None:
    """Sheets refer to courses by name; the id is then told."""
    need = Need(kind=NeedKind.OFFER, ref="x/1", text="offer B")
    blocked = offer("a", requires=all_of("b").__class__(least=1, needs=(need,)))

    (one,) = found(blocked, offer("b"))

    assert (one.rule, one.severity) == (CatalogueRule.BROKEN_PREREQUISITE, ERROR)
    assert "“offer B” (x/1)" in one.message
    assert "“Offer b” has the id b" in one.mend


def test_a_reference_to_nothing_beside_another_way_is_a_warning() -> None:
    """A plan takes the other way."""
    (one,) = found(offer("a", requires=any_of("gone", "b")), offer("b"))

    assert (one.rule, one.severity) == (CatalogueRule.BROKEN_PREREQUISITE, WARNING)
    assert "another way" in one.message


def test_a_reference_to_another_name_of_an_offer_is_met() -> None:
    """Other ids of a credential are its ids."""
    assert found(offer("a", requires=all_of("old-b")), offer("b", same_as=("old-b",))) == []


def test_what_needs_something_that_is_over_is_a_warning() -> None:
    """Whoever holds it can still begin; nobody else can."""
    late = offer("b", available_until=date(2020, 1, 1))

    findings = found(offer("a", requires=all_of("b")), late, rule=CatalogueRule.BROKEN_PREREQUISITE)

    assert [one.severity for one in findings] == [WARNING]
    last = found(
        offer("a", requires=any_of("b", "gone")), late, rule=CatalogueRule.BROKEN_PREREQUISITE
    )
    assert [one.severity for one in last] == [WARNING, WARNING]
    assert found(
        offer("a", requires=any_of("b", "c")), late, offer("c"),
        rule=CatalogueRule.BROKEN_PREREQUISITE,
    ) == []  # fmt: skip


def test_a_cycle_is_named_whole() -> None:
    """Three providers each see nothing wrong; only the whole shows it."""
    findings = found(
        offer("a", requires=all_of("b")),
        offer("b", requires=all_of("c")),
        offer("c", requires=all_of("a", "d")),
        offer("d"),
        offer("e", requires=all_of("a")),
    )

    (one,) = findings
    assert (one.rule, one.severity) == (CatalogueRule.CYCLE, ERROR)
    assert "“Offer a” → “Offer b” → “Offer c” → “Offer a”" in one.message
    assert one.offers == ("a", "b", "c")


def test_a_cycle_of_hundreds_is_named_at_both_ends() -> None:
    """Generated catalogues make such; a message of a book's length helps nobody."""
    ids = [f"{n:03}" for n in range(300)]

    (one,) = found(
        *[offer(a, requires=all_of(b)) for a, b in zip(ids, ids[1:] + ids[:1], strict=True)]
    )

    assert len(one.offers) == 300
    assert "“Offer 000” → “Offer 001” → " in one.message
    assert "→ … 261 more … →" in one.message
    assert one.message.endswith("→ “Offer 299” → “Offer 000”")
    assert len(one.message) < 1000


def test_a_cycle_with_a_way_out_is_none() -> None:
    """Each of two courses accepts the other, and one also accepts a third."""
    ring = offer("a", requires=any_of("b", "c")), offer("b", requires=all_of("a"))

    assert found(*ring, offer("c")) == []
    assert [one.rule for one in found(*ring, offer("c", requires=all_of("b")))] == [
        CatalogueRule.CYCLE
    ]


def test_a_stack_that_one_of_its_parts_needs_is_a_cycle() -> None:
    """The parts of a stack come before it, like prerequisites."""
    findings = found(offer("s", parts=all_of("a")), offer("a", requires=all_of("s")))

    assert [one.rule for one in findings] == [CatalogueRule.CYCLE]


def test_what_only_its_parts_call_a_stack_is_one() -> None:
    """Plans take it for one: its length is theirs, and none of them can wait for it."""
    bare: dict[str, Any] = {"hours": None, "self_paced": None, "awards": ()}
    stack = offer("s", **bare)

    assert found(stack, offer("a", counts_towards=("s",))) == []
    (one,) = found(stack, offer("a", counts_towards=("s",), requires=all_of("s")))
    assert one.rule is CatalogueRule.CYCLE


def test_more_of_than_there_are_is_impossible() -> None:
    """Three of two is a slip of the pen that no plan survives."""
    (one,) = found(offer("a", requires=at_least(3, "b", "c")), offer("b"), offer("c"))

    assert (one.rule, one.severity) == (CatalogueRule.IMPOSSIBLE_CONDITION, ERROR)
    assert "3 of 2" in one.message


def test_more_of_than_there_are_in_one_of_two_ways_is_a_warning() -> None:
    """The other way stays open."""
    (one,) = found(offer("a", requires=any_of("b", at_least(2, "c"))), offer("b"), offer("c"))

    assert (one.rule, one.severity) == (CatalogueRule.IMPOSSIBLE_CONDITION, WARNING)


def test_what_needs_itself_is_impossible() -> None:
    """A cycle of one is told as what it is."""
    (one,) = found(offer("a", requires=all_of("a")))

    assert (one.rule, one.severity) == (CatalogueRule.IMPOSSIBLE_CONDITION, ERROR)
    assert found(offer("a", requires=any_of("a", "b")), offer("b")) == []


def test_stack_and_part_that_disagree_are_told_both_ways() -> None:
    """A learner who believes the part would miss the stack."""
    stack = offer("s", parts=all_of("a"))
    claims = offer("b", counts_towards=("s", "nowhere"))
    elsewhere = offer("a", counts_towards=("t",))

    findings = found(
        stack, claims, elsewhere, offer("t", parts=all_of("a")), rule=CatalogueRule.STACK_MISMATCH
    )

    assert [(one.severity, one.offers) for one in findings] == [
        (WARNING, ("b", "s")),
        (NOTE, ("a", "s")),
        (NOTE, ("b",)),
    ]


def test_skills_of_no_framework_are_told_with_the_nearest_label() -> None:
    """A wrong ESCO address is a fault; a provider's own framework is only a pity."""
    wrong = OfferSkill(name="Pythn", url="http://data.europa.eu/esco/skill/none")
    own = OfferSkill(name="Steering", url="https://school.example/skills/4")
    lookup = SkillLookup(
        known=lambda uri: uri.startswith(SKILL),
        meant=lambda _skill: False,
        nearest=lambda name: "Python" if name == "Pythn" else "",
        label=str,
    )

    findings = check_catalogue(
        catalogue(offer("a", skills=(wrong, own))), known=lookup.known, at=DAY, lookup=lookup
    )

    assert [(one.rule, one.severity) for one in findings] == [
        (CatalogueRule.UNKNOWN_CONCEPT, WARNING),
        (CatalogueRule.UNKNOWN_CONCEPT, NOTE),
    ]
    assert "“Pythn” (nearest: “Python”)" in findings[0].message
    assert "“Steering”" in findings[1].message


def test_a_skill_that_must_be_there_before_is_known_and_can_be_had() -> None:
    """An unknown one is a fault, one that no offer awards is told to plan around."""
    needs = tuple(
        Need(kind=NeedKind.SKILL, ref=SKILL + name, text=name) for name in ("b", "far", "none")
    )
    entry = all_of().__class__(least=3, needs=needs)

    findings = check_catalogue(
        catalogue(offer("a", requires=entry), offer("b")),
        known=lambda uri: uri != ConceptUri(SKILL + "none"),
        at=DAY,
    )

    assert [(one.rule, one.severity) for one in findings] == [
        (CatalogueRule.UNKNOWN_CONCEPT, WARNING),
        (CatalogueRule.BROKEN_PREREQUISITE, NOTE),
    ]
    assert "“far”" in findings[1].message


def test_findings_come_errors_first_and_always_in_one_order() -> None:
    """A list that moves cannot be compared with last week's."""
    offers = (
        offer("a", cost=None, requires=all_of("gone")),
        offer("b", self_paced=None),
        offer("c", cost=None),
    )

    first = found(*offers)

    assert [one.severity for one in first] == [ERROR, WARNING, WARNING, NOTE]
    assert first == found(*reversed(offers))
