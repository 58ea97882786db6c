"""Systems: what all of them promise, and what each of them does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evaluation.systems import BASELINES, Ranking, System, all_systems, choose_systems
from evaluation.systems.dense import Dense
from evaluation.systems.linker import Skillmatch
from evaluation.systems.system import ranking_of
from evaluation.tasks import Entry, Inputs, LabelSpace
from evaluation.tasks.occupation_linking import OccupationLinking
from evaluation.tasks.skill_linking import SkillLinking
from skillmatch.embedding.hashing import HashingEncoder
from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptKind
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from tests.mini_engine import ESCO, uri

NAMES = (*BASELINES, "encoder", "skillmatch")
TEXTS = ("You know Java and SQL", "take a pulse and clean the kitchen", "zzz", "")


@pytest.fixture
def systems(world: Settings) -> dict[str, System]:
    return all_systems(world, minilm="hashing", progress=lambda _what, _done, _total: None)


@pytest.fixture
def space(inputs: Inputs) -> LabelSpace:
    """The skills of the invented ESCO, by way of any task about them."""
    return SkillLinking().read(inputs)[0].space


def ranked(system: System, space: LabelSpace, texts: Sequence[str] = TEXTS) -> list[Ranking]:
    with system.open(space) as ranker:
        return list(ranker.rank(texts))


def labelled(space: LabelSpace, *entries: tuple[str, ...]) -> LabelSpace:
    """Return a space of these labels; their URIs are a, b, c."""
    made = (
        Entry(uri=name, pref=texts[0], alts=texts[1:])
        for name, texts in zip("abcdef", entries, strict=False)
    )
    return replace(space, entries=tuple(made))


@pytest.mark.parametrize("name", NAMES)
def test_a_ranking_names_each_concept_once_best_first_ties_by_uri(
    systems: dict[str, System], space: LabelSpace, name: str
) -> None:
    """What measures take for granted."""
    known = {entry.uri for entry in space.entries}

    for one in ranked(systems[name], space):
        pairs = list(zip(one.similarities, one.uris, strict=True))
        assert len(set(one.uris)) == len(one.uris)
        assert set(one.uris) <= known
        if name == "random":
            assert set(one.uris) == known
        else:
            assert pairs == sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_depends_on_its_text_alone(
    systems: dict[str, System], space: LabelSpace, name: str
) -> None:
    """Neither on the batch nor on the queries before: otherwise a limit would change numbers."""
    together = ranked(systems[name], space)

    alone = [ranked(systems[name], space, [text])[0] for text in TEXTS]

    assert [one.uris for one in together] == [one.uris for one in alone]


@pytest.mark.parametrize("name", NAMES)
def test_whoever_decides_says_so(systems: dict[str, System], space: LabelSpace, name: str) -> None:
    """A system that only ranks must not be taken for one that accepts nothing."""
    decided = [one.accepted is not None for one in ranked(systems[name], space)]

    assert set(decided) == {systems[name].decides}
    assert systems[name].fingerprint() == systems[name].fingerprint()


def test_chance_depends_on_the_seed(space: LabelSpace, world: Settings) -> None:
    """And on nothing that a machine has of its own."""
    first, again, other = (
        all_systems(world, minilm="hashing", seed=seed, progress=lambda *_: None)["random"]
        for seed in (1, 1, 2)
    )

    assert ranked(first, space) == ranked(again, space) != ranked(other, space)
    assert first.fingerprint() != other.fingerprint()


def test_exact_labels_are_whole_words_and_the_longest_leads(
    systems: dict[str, System], space: LabelSpace
) -> None:
    """The word "team" stands in "teams", and "java" does not stand in "javascript"."""
    made = labelled(space, ("java",), ("work in teams",), ("team", "group"), ("other", "work"))

    found, nothing = ranked(
        systems["exact-label"], made, ["They work in a team", "Work in Teams with javascript"]
    )

    assert found.uris == ("c", "d")
    assert nothing.uris == ("b", "c", "d")
    assert nothing.accepted == frozenset("bcd")


def test_a_preferred_label_leads_an_alternative_of_as_many_words(
    systems: dict[str, System], space: LabelSpace
) -> None:
    """The alternative belongs to the concept with the smaller URI, which would win a tie."""
    made = labelled(space, ("group work", "team work"), ("team work",))

    (found,) = ranked(systems["exact-label"], made, ["team work"])

    assert found.uris == ("b", "a")


def test_bm25_prefers_rare_words_and_short_labels(
    systems: dict[str, System], space: LabelSpace
) -> None:
    """One label of four has "tea"; of the two labels with "make" the shorter one leads."""
    made = labelled(space, ("make a very long list of things",), ("make beds",), ("tea",), ("x",))

    (found,) = ranked(systems["bm25"], made, ["make some tea"])

    assert found.uris == ("c", "b", "a", "d")
    assert found.similarities[3] == 0.0


def test_bm25_is_the_formula(systems: dict[str, System], space: LabelSpace) -> None:
    """Idf ln(1 + 2.5 / 1.5), times tf / (tf + k1 * (1 - b + b * length / mean length))."""
    made = labelled(space, ("tea pot",), ("bed",), ("lamp",))

    (found,) = ranked(systems["bm25"], made, ["tea"])

    expected = np.log(1 + 2.5 / 1.5) * 1 / (1 + 1.5 * (0.25 + 0.75 * 2 / (4 / 3)))
    assert found.similarities[0] == pytest.approx(expected, abs=1e-5)


def test_letters_find_what_is_misspelt(systems: dict[str, System], space: LabelSpace) -> None:
    """Which no word would."""
    made = labelled(space, ("plumbing",), ("programming",), ("gardening",))

    (found,) = ranked(systems["char-tfidf"], made, ["programing"])

    assert found.uris[0] == "b"
    assert found.similarities[0] > 3 * found.similarities[1]


def test_the_encoder_alone_is_the_best_cosine_of_all_labels(
    world: Settings, space: LabelSpace
) -> None:
    """And of the preferred one only, where that is what was asked for."""
    made = labelled(space, ("clean", "wash up"), ("wash",))
    encoder = HashingEncoder()
    wash = encoder.encode(["wash up"])[0]

    (best,) = ranked(Dense(name="x", settings=world, all_labels=True), made, ["wash up"])
    (pref,) = ranked(Dense(name="x", settings=world), made, ["wash up"])

    assert best.uris == ("a", "b")
    assert best.similarities[0] == pytest.approx(1.0, abs=1e-5)
    assert pref.uris == ("b", "a")
    cosines = encoder.encode(["wash", "clean"]) @ wash
    assert pref.similarities == pytest.approx(cosines.tolist(), abs=1e-5)


def test_skillmatch_answers_what_people_get(
    systems: dict[str, System], space: LabelSpace, world: Settings
) -> None:
    """The same links in the same order as `skillmatch link`."""
    with Matcher.open([ESCO], settings=world) as matcher:
        links = matcher.link(TEXTS[:1], top=100)[0]

    (found,) = ranked(systems["skillmatch"], space, TEXTS[:1])

    assert found.uris == tuple(link.uri for link in links)
    assert found.similarities == tuple(link.confidence for link in links)
    assert found.accepted == frozenset(str(link.uri) for link in links if link.accepted)
    assert {uri("java"), uri("query-databases")} <= set(found.accepted or ())


def test_skillmatch_links_in_a_changed_framework(
    world: Settings, inputs: Inputs, melo: Path
) -> None:
    """Occupations of a MELO folder: the label that matched leads, then one of each occupation."""
    (task,) = OccupationLinking().read(replace(inputs, queries=(melo,)))
    assert task.space.kind is ConceptKind.OCCUPATION

    coder, cook = ranked(Skillmatch(settings=world), task.space, ["coder", "cook"])

    assert coder.uris[0] == "C1_en_001"
    assert cook.uris[0] == "C2_en_000"
    assert sorted(coder.uris) == ["C1_en_000", "C1_en_001", "C2_en_000", "C3_en_000"]
    assert coder.uris[3] == "C1_en_000"


def test_a_fingerprint_changes_with_the_recipes(world: Settings, tmp_path: Path) -> None:
    """Other labels in the index are another system."""
    for path in world.recipes.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = Skillmatch(settings=replace(world, recipes=tmp_path)).fingerprint()
    recipe = tmp_path / "default.toml"
    recipe.write_text(recipe.read_text("utf-8").replace('"pref", "alt"', '"pref"'), "utf-8")

    after = Skillmatch(settings=replace(world, recipes=tmp_path)).fingerprint()

    assert before == Skillmatch(settings=world).fingerprint()
    assert after != before


def test_similarities_that_differ_by_rounding_are_ties() -> None:
    """The last bit of a float32 sum differs between processors."""
    found = ranking_of(["a", "b", "c"], np.array([0.3, 0.3 + 1e-9, 0.5]))

    assert found.uris == ("c", "a", "b")


def test_an_unknown_system_is_refused(systems: dict[str, System]) -> None:
    """The message lists the known ones."""
    with pytest.raises(UsageError, match="known are: random, exact-label, bm25"):
        choose_systems(systems, ["bm52"])
