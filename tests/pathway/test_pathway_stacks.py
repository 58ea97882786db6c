"""Stacks: sets of offers for somebody who has nothing yet."""

from __future__ import annotations

from skillmatch.model.offer import Award, Condition, Need, NeedKind, Offer
from skillmatch.pathway.stacks import reachable
from tests.gap.gap_worlds import World, uri

KITCHEN = World(parents={"pastry": ("baking",), "baking": ()})


def asking(id_: str, *skills: str, awards: str = "") -> Offer:
    needs = tuple(Need(kind=NeedKind.SKILL, ref=uri(one)) for one in skills)
    inner = Condition(least=1, needs=needs)
    return Offer(
        id=id_,
        name=id_,
        awards=(Award(uri=uri(awards), label=awards),) if awards else (),
        requires=Condition(least=1, conditions=(inner,)),
    )


def test_a_skill_that_nobody_teaches_is_an_entry_condition() -> None:
    """A course that asks for Git must not vanish from every stack of a catalogue without Git."""
    (opened,) = reachable([asking("course", "git")], KITCHEN)

    (need,) = opened.requires.conditions[0].needs
    assert (need.kind, need.text, need.ref) == (NeedKind.OTHER, "git", uri("git"))


def test_a_skill_that_an_offer_teaches_stays_a_prerequisite() -> None:
    """Also where what is taught is narrower: pastry shows baking."""
    offers = [
        asking("bread", "baking"),
        asking("cakes", "pastry"),
        asking("first", awards="pastry"),
    ]

    opened = reachable(offers, KITCHEN)

    assert opened == tuple(offers)
