"""What a plan says beside its steps, and how offers are found by what a person calls them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance
from skillmatch.model.offer import OfferKind
from skillmatch.model.plan import PlanRequest, UnderWay
from skillmatch.model.posting import Span
from skillmatch.model.requirement import Gate, GateKind
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.planning.naming import unknown_held, with_ids
from skillmatch.pathway.planning.notes import gate_notes, notes_of
from tests.pathway.plan_cases import START, World, asks, offer, shows

GATE = Gate(kind=GateKind.LICENCE, text="Forklift licence", span=Span(start=0, end=16))


@pytest.mark.parametrize(
    ("name", "kind", "offered"),
    [
        ("forklift  LICENCE", OfferKind.LICENCE, True),
        ("Forklift licence, part 1", OfferKind.LICENCE, False),
        ("Forklift licence", OfferKind.COURSE, False),
    ],
)
def test_a_gate_names_an_offer_only_where_it_bears_the_same_words(
    name: str, kind: OfferKind, *, offered: bool
) -> None:
    """A course called after a licence is none; nothing here is ever scored."""
    world = World(asked=[asks("a")], offers=[replace(offer("card", "a"), name=name, kind=kind)])

    (note,) = gate_notes([GATE, GATE], world.case())

    assert note.startswith("Check yourself: licence, “Forklift licence”")
    assert ("card" in note) == offered


def test_a_badge_that_lapses_before_the_plan_ends_is_to_be_renewed() -> None:
    """Else the last step may find its door shut."""
    soon = Holding(id="", name="First Aid", valid_until=START + timedelta(days=20))
    world = World(asked=[asks("a")], offers=[offer("o", "a")], holdings=[soon])

    late = notes_of(world.case(), taken=["o"], ends=START + timedelta(days=30))
    early = notes_of(world.case(), taken=["o"], ends=START + timedelta(days=10))

    assert any("First Aid" in note and "renew" in note for note in late)
    assert not any("First Aid" in note for note in early)


def test_what_is_held_under_another_name_is_told_once() -> None:
    """Only where it matters: where a step that is planned rests on it."""
    evening = Holding(
        id="x", name="Evening", issuer="E", source="e.json", assurance=Assurance.VERIFIED,
        concepts=(ConceptUri("p"),),
    )  # fmt: skip
    offers = [offer("basics", "p"), offer("web", "w", needs="basics"), offer("idle", "q")]
    idle = replace(evening, concepts=(ConceptUri("q"),))
    world = World(asked=[asks("w")], offers=offers, evidence=[shows("p")], holdings=[evening])

    told = notes_of(world.case(), taken=["web"], ends=None)
    unused = notes_of(world.case(), taken=[], ends=None)
    idle_told = notes_of(replace(world, holdings=[idle]).case(), taken=["web"], ends=None)

    assert told[1:] == (
        "“The basics” counts as held as “Evening” (e.json); whoever asks for it has to confirm "
        "that.",
    )
    assert unused == ()
    assert idle_told == told[:1]


def test_more_under_way_than_there_are_hours_is_said_and_still_planned() -> None:
    """What was begun is finished, whatever the week has."""
    begun = [
        UnderWay(offer=one, ends=START + timedelta(days=6), hours_left=6) for one in ("p", "q")
    ]
    world = World(asked=[asks("a")], offers=[offer("p", "a"), offer("q", "b")])

    plan = world.plan(under_way=tuple(begun))

    assert set(plan.taken) == {"p", "q"}
    notes = notes_of(plan.draft.case, taken=plan.taken, ends=START)
    assert any("12.0 hours a week" in note for note in notes)


def test_offers_are_named_by_id_alias_or_name_and_near_names_are_offered() -> None:
    """Ids are often long addresses; a typing slip should cost one look."""
    offers = [
        offer("https://x.example/py", same_as=("py-2",)),
        replace(offer("b"), name="Twice"),
        replace(offer("c"), name="Twice"),
    ]

    def named(one: str) -> tuple[str, ...]:
        return with_ids(PlanRequest(start=START, without=(one,)), offers).without

    assert named("py-2") == named("the HTTPS://x.example/py") == ("https://x.example/py",)
    with pytest.raises(UsageError, match="several offers have that name: b, c"):
        named("twice")
    with pytest.raises(UsageError, match=r"did you mean https://x\.example/py"):
        named("https://x.example/pi")


def test_a_held_credential_that_nothing_asks_for_is_told() -> None:
    """A misspelt name would otherwise change nothing, silently."""
    request = PlanRequest(start=START, held=("teh first", "the first", "diploma"))

    (note,) = unknown_held(request, [offer("first")], frozenset({"diploma"}))

    assert note.startswith("--hold teh first")
    assert "did you mean first" in note
