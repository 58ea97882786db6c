"""Questions to an installed framework."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    ConceptUri,
    LabelKind,
    LabelRow,
    LangText,
    SkillType,
    Status,
)
from skillmatch.model.framework import Framework, Predicate, Rating, Relation, TechnologyUse
from skillmatch.store import FrameworkDb, MatchHow, write_framework

SKILL = "http://example.org/esco/skill/"
KINDS, LABELS = tuple(ConceptKind), tuple(LabelKind)
OCCUPATION = "http://example.org/esco/occupation/"


def test_a_concept_is_found_by_its_uri_with_all_its_fields(
    mini_esco: Framework, mini_esco_db: FrameworkDb
) -> None:
    """One concept read alone is the one that was written."""
    written = {concept.uri: concept for concept in mini_esco.concepts}

    for uri, concept in written.items():
        assert mini_esco_db.find_concept(uri) == concept


def test_an_unknown_uri_is_none_or_an_error_that_helps(mini_esco_db: FrameworkDb) -> None:
    """`find_` answers None, `get_` raises."""
    assert mini_esco_db.find_concept(SKILL + "absent") is None
    with pytest.raises(NotFoundError, match=r"esco-mini has no concept .*absent"):
        mini_esco_db.get_concept(SKILL + "absent")


def test_a_deprecated_concept_resolves_but_is_no_candidate(mini_esco_db: FrameworkDb) -> None:
    """Old badges name it; nothing new should."""
    uri = SKILL + "send-faxes"

    concept = mini_esco_db.get_concept(uri)
    rows = mini_esco_db.label_rows(kinds=KINDS, label_kinds=LABELS)

    assert concept.status is Status.DEPRECATED
    assert concept.replaced_by == (SKILL + "share-documents",)
    assert uri not in {row.uri for row in rows}
    assert uri not in {hit.uri for hit in mini_esco_db.search("send faxes")}


def test_labels_come_in_the_order_of_an_index(mini_esco: Framework, tmp_path: Path) -> None:
    """Row numbers of an index are places in this order, so it must never change."""
    concepts = (
        *mini_esco.concepts,
        Concept(
            uri=ConceptUri(SKILL + "aaa"),
            kind=ConceptKind.SKILL,
            pref_labels=(
                LangText(text="Backen", language="de"),
                LangText(text="baking", language="en"),
            ),
            alt_labels=(
                LangText(text="bread", language="en"),
                LangText(text="zopf", language="de"),
            ),
        ),
    )
    write_framework(replace(mini_esco, concepts=concepts), tmp_path / "mini.sqlite")
    order = list(LabelKind)

    with FrameworkDb.open(tmp_path / "mini.sqlite") as db:
        rows = list(db.label_rows(kinds=KINDS, label_kinds=LABELS, language=None))

    assert rows == sorted(
        rows, key=lambda row: (row.uri, order.index(row.kind), row.language, row.text)
    )
    assert LabelRow(
        uri=ConceptUri(SKILL + "aaa"), text="zopf", kind=LabelKind.ALT, language="de"
    ) in (rows)


def test_labels_are_chosen_by_kind_of_concept_kind_of_label_and_language(
    mini_esco_db: FrameworkDb,
) -> None:
    """A recipe says which texts an index holds."""
    descriptions = list(
        mini_esco_db.label_rows(kinds=[ConceptKind.OCCUPATION], label_kinds=[LabelKind.DESCRIPTION])
    )
    german = mini_esco_db.label_rows(kinds=KINDS, label_kinds=LABELS, language="de")

    assert [row.uri for row in descriptions] == sorted(
        OCCUPATION + name
        for name in (
            "care-assistant",
            "cook",
            "software-developer",
            "warehouse-worker",
            "web-developer",
        )
    )
    assert {row.kind for row in descriptions} == {LabelKind.DESCRIPTION}
    assert list(german) == []


def test_concepts_of_a_kind_come_by_uri_with_their_texts(
    mini_esco: Framework, mini_esco_db: FrameworkDb
) -> None:
    """Streaming pairs each concept with its own texts and nobody else's."""
    expected = [one for one in mini_esco.concepts if one.kind is ConceptKind.SKILL_GROUP]

    assert list(mini_esco_db.concepts(ConceptKind.SKILL_GROUP)) == expected
    assert mini_esco_db.count(ConceptKind.SKILL_GROUP) == len(expected)


def test_a_preferred_label_falls_back_to_another_language_then_to_the_uri(
    mini_esco_db: FrameworkDb,
) -> None:
    """There is always something to show."""
    assert mini_esco_db.pref_label(SKILL + "python") == "Python (computer programming)"
    assert mini_esco_db.pref_label(SKILL + "python", "de") == "Python (computer programming)"
    assert mini_esco_db.pref_label(SKILL + "absent") == SKILL + "absent"


def test_the_hierarchy_is_walked_both_ways(mini_esco_db: FrameworkDb) -> None:
    """Narrower is what says broader of it."""
    assert mini_esco_db.broader(SKILL + "test-software") == (SKILL + "develop-software",)
    assert mini_esco_db.narrower(SKILL + "G-S3.1") == (
        SKILL + "drive-forklift",
        SKILL + "manage-stock",
        SKILL + "pick-orders",
    )
    assert mini_esco_db.broader(SKILL + "absent") == ()


def test_an_occupation_tells_its_skills_by_uri(mini_esco_db: FrameworkDb) -> None:
    """ESCO says essential or optional, and nothing of importance."""
    skills = mini_esco_db.occupation_skills(OCCUPATION + "warehouse-worker")

    assert [(one.label, one.predicate) for one in skills] == [
        ("communicate with customers", Predicate.OPTIONAL),
        ("manual dexterity", Predicate.OPTIONAL),
        ("operate forklift", Predicate.OPTIONAL),
        ("manage inventory", Predicate.ESSENTIAL),
        ("pick orders", Predicate.ESSENTIAL),
        ("work in teams", Predicate.OPTIONAL),
    ]
    assert skills[1].skill_type is None
    assert {one.importance for one in skills} == {None}


def test_essential_wins_where_an_occupation_says_both(mini_esco: Framework, tmp_path: Path) -> None:
    """One line a skill: what is needed somewhere in the job is needed."""
    cook, team = ConceptUri(OCCUPATION + "cook"), ConceptUri(SKILL + "teamwork")
    also = Relation(subject=cook, predicate=Predicate.ESSENTIAL, object=team)
    write_framework(
        replace(mini_esco, relations=(*mini_esco.relations, also)), tmp_path / "mini.sqlite"
    )

    with FrameworkDb.open(tmp_path / "mini.sqlite") as db:
        said = [one.predicate for one in db.occupation_skills(cook) if one.uri == team]

    assert said == [Predicate.ESSENTIAL]


def test_ratings_and_technologies_of_an_occupation_are_skills_too(
    mini_esco: Framework, tmp_path: Path
) -> None:
    """O*NET rates elements and lists technologies; one skill may stand in several tables."""
    cook, hygiene = ConceptUri(OCCUPATION + "cook"), ConceptUri(SKILL + "food-hygiene")
    oven, low = ConceptUri(SKILL + "python"), ConceptUri(SKILL + "french")
    framework = replace(
        mini_esco,
        ratings=(
            Rating(occupation=cook, element=hygiene, importance=4.5, level=3.25),
            Rating(occupation=cook, element=low, importance=1.5, level=0.5, not_relevant=True),
        ),
        technology_uses=(TechnologyUse(occupation=cook, technology=oven, hot=True),),
    )
    write_framework(framework, tmp_path / "mini.sqlite")

    with FrameworkDb.open(tmp_path / "mini.sqlite") as db:
        by_uri = {one.uri: one for one in db.occupation_skills(cook)}
        degrees = [db.skill_degree(uri) for uri in (hygiene, low, oven)]

    both, rated, used = by_uri[hygiene], by_uri[low], by_uri[oven]
    assert (both.predicate, both.importance, both.level) == (Predicate.ESSENTIAL, 4.5, 3.25)
    assert (rated.predicate, rated.not_relevant, rated.skill_type) == (
        None,
        True,
        SkillType.KNOWLEDGE,
    )
    assert (used.technology, used.hot, used.in_demand, used.importance) == (True, True, False, None)
    assert degrees == [1, 1, 3]


def test_a_skill_is_as_popular_as_occupations_ask_for_it(mini_esco_db: FrameworkDb) -> None:
    """Essential and optional count alike; a skill that nobody names counts nothing."""
    assert mini_esco_db.skill_degree(SKILL + "teamwork") == 4
    assert mini_esco_db.skill_degree(SKILL + "share-documents") == 0
    assert mini_esco_db.skill_degree(SKILL + "absent") == 0


def test_a_framework_knows_whether_occupations_say_what_they_ask_for(
    mini_esco: Framework, mini_esco_db: FrameworkDb, tmp_path: Path
) -> None:
    """Without relations the program must say which install brings them."""
    write_framework(replace(mini_esco, relations=()), tmp_path / "bare.sqlite")

    with FrameworkDb.open(tmp_path / "bare.sqlite") as bare:
        assert not bare.has_relations()
    assert mini_esco_db.has_relations()


def test_collections_of_a_concept_are_named(mini_esco_db: FrameworkDb) -> None:
    """A skill may stand in several, or in none."""
    assert mini_esco_db.collections_of(SKILL + "teamwork") == ("transversal",)
    assert mini_esco_db.collections_of(SKILL + "vital-signs") == ()


def test_search_prefers_a_whole_label_then_a_beginning_then_words(
    mini_esco_db: FrameworkDb,
) -> None:
    """Who types a name wants what is called so; ties go by URI."""
    hits = mini_esco_db.search("Design", kind=ConceptKind.SKILL)
    words = mini_esco_db.search("stock of the kitchen", kind=ConceptKind.SKILL)

    assert [(hit.uri.removeprefix(SKILL), hit.how) for hit in hits] == [
        ("design-interface", MatchHow.EXACT),
        ("design-menus", MatchHow.EXACT),
    ]
    assert hits[0].label == "design"
    assert hits[0].label_kind is LabelKind.ALT
    assert hits[0].pref_label == "design user interface"
    assert {hit.how for hit in words} == {MatchHow.WORDS}
    assert SKILL + "food-hygiene" in {hit.uri for hit in words}
    assert [hit.similarity for hit in words] == sorted(
        (hit.similarity for hit in words), reverse=True
    )


def test_search_finds_beginnings_shortest_first(mini_esco_db: FrameworkDb) -> None:
    """Half a word is enough to find a name, a whole word fits better."""
    half = mini_esco_db.search("prog")
    whole = mini_esco_db.search("program")

    assert [hit.label for hit in half] == [
        "programmer",
        "programming in Java",
        "program applications",
        "programming in Python",
        "programming computer systems",
    ]
    assert {hit.how for hit in half} == {MatchHow.PREFIX}
    assert [hit.label for hit in whole][:2] == ["program applications", "programmer"]


@pytest.mark.parametrize("text", ['"', "AND", "NEAR(a b)", "c++ OR *", "%_", "(", "^a", "a:b"])
def test_search_takes_signs_as_text(text: str, mini_esco_db: FrameworkDb) -> None:
    """Nothing that a person types is an operator of the query language."""
    assert isinstance(mini_esco_db.search(text), tuple)


def test_search_for_nothing_is_a_usage_error(mini_esco_db: FrameworkDb) -> None:
    """An empty text fits everything, which answers nothing."""
    with pytest.raises(UsageError, match="needs some text"):
        mini_esco_db.search("  ")


def test_many_threads_may_read_one_framework(
    mini_esco: Framework, mini_esco_db: FrameworkDb
) -> None:
    """A server answers from several threads at once, some of them half way through a list."""
    uris = [concept.uri for concept in mini_esco.concepts] * 5

    def ask(uri: ConceptUri) -> tuple[Concept, int]:
        rows = mini_esco_db.label_rows(kinds=KINDS, label_kinds=[LabelKind.PREF])
        return mini_esco_db.get_concept(uri), sum(1 for _ in rows)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, uris))

    assert [concept.uri for concept, _ in answers] == uris
    assert {number for _, number in answers} == {len(mini_esco.concepts) - 1}


def test_what_is_not_released_is_withdrawn(mini_esco_db: FrameworkDb) -> None:
    """Linking asks this once instead of every candidate's status."""
    withdrawn = mini_esco_db.withdrawn()

    statuses = {
        uri: mini_esco_db.get_concept(uri).status
        for uri in {*withdrawn, *(one.uri for one in mini_esco_db.concepts(ConceptKind.SKILL))}
    }
    assert withdrawn
    for uri, status in statuses.items():
        assert (uri in withdrawn) == (status is not Status.RELEASED)
