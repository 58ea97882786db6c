"""What training knows of each concept."""

from __future__ import annotations

import pytest

from evaluation.train import concepts as module
from evaluation.train.concepts import TrainConcept, read_concepts
from skillmatch.model.concept import ConceptKind
from skillmatch.store import FrameworkDb
from tests.mini_engine import SKILL


@pytest.fixture(scope="module")
def concepts(mini_esco_db: FrameworkDb) -> dict[str, TrainConcept]:
    """The skills of ``mini_esco`` by the last part of their URI."""
    return {concept.uri.removeprefix(SKILL): concept for concept in read_concepts(mini_esco_db)}


def test_skills_come_by_uri_with_every_text_that_names_them(mini_esco_db: FrameworkDb) -> None:
    """Positions are what examples refer to, so they must be the same on every machine."""
    found = read_concepts(mini_esco_db)

    skills = sorted(one.uri for one in mini_esco_db.concepts(ConceptKind.SKILL))
    assert [concept.uri for concept in found] == skills
    python = next(concept for concept in found if concept.uri == f"{SKILL}python")
    assert python.label == "Python (computer programming)"
    assert python.surface == "Python"
    assert python.description.startswith("The programming language Python: ")
    assert python.is_knowledge


def test_held_out_concepts_show_no_alternative_label(
    mini_esco_db: FrameworkDb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With these the normalisation task asks; the rest of the concept may be learned."""
    open_before = {one.uri: one for one in read_concepts(mini_esco_db)}
    monkeypatch.setattr(module, "is_held_out", lambda uri: uri.endswith("/java"))

    held = {one.uri: one for one in read_concepts(mini_esco_db)}

    java = next(uri for uri in held if uri.endswith("/java"))
    assert open_before[java].alternatives
    assert held[java].alternatives == ()
    assert held[java].description == open_before[java].description
    del open_before[java], held[java]
    assert held == open_before


def test_companions_are_skills_of_one_occupation_and_never_the_skill_itself(
    mini_esco_db: FrameworkDb, concepts: dict[str, TrainConcept]
) -> None:
    """What the generator puts beside each other in a sentence."""
    order = list(concepts.values())
    together = [
        {skill.uri for skill in mini_esco_db.occupation_skills(one.uri)}
        for one in mini_esco_db.concepts(ConceptKind.OCCUPATION)
    ]

    for place, concept in enumerate(order):
        assert place not in concept.companions
        for other in concept.companions:
            assert any({concept.uri, order[other].uri} <= skills for skills in together)
    assert any(concept.companions for concept in order)
