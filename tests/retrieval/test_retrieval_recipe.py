"""Recipes say what goes into an index, and say what is wrong with themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import DataError, NotFoundError
from skillmatch.model.concept import ConceptKind, LabelKind
from skillmatch.retrieval.recipe import Structure, list_recipes, read_recipe

SHIPPED = Path(__file__).resolve().parents[2] / "indexes"
GOOD = 'encoder = "e"\nconcepts = ["skill"]\nlabels = ["pref"]\n'


def test_the_shipped_recipes_are_readable() -> None:
    """They are what `index build` offers."""
    recipes = {name: read_recipe(name, folder=SHIPPED) for name in list_recipes(SHIPPED)}

    assert set(recipes) == {"default", "full", "hnsw", "occupations"}
    assert recipes["default"].labels == (LabelKind.PREF, LabelKind.ALT)
    assert recipes["default"].concepts == (ConceptKind.SKILL,)
    assert LabelKind.DESCRIPTION in recipes["full"].labels
    assert recipes["hnsw"].structure is Structure.HNSW
    assert len({recipe.digest for recipe in recipes.values()}) == 4


def test_words_about_a_recipe_do_not_change_it(tmp_path: Path) -> None:
    """A typo mended in the description must not force a rebuild; a label kind must."""
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD + 'description = "words"', encoding="utf-8")
    (tmp_path / "c.toml").write_text(GOOD.replace("pref", "alt"), encoding="utf-8")
    a, b, c = (read_recipe(name, folder=tmp_path).digest for name in "abc")

    assert a == b
    assert a != c


def test_all_faults_of_a_recipe_are_named_at_once(tmp_path: Path) -> None:
    """Mending one line only to meet the next fault is no fun."""
    path = tmp_path / "bad.toml"
    path.write_text(
        'concepts = ["skil"]\nlabels = "pref"\nmetric = "l2"\nstructure = "tree"\n'
        "links = 0\nlanguages = [1]\nlabel = 1\n",
        encoding="utf-8",
    )

    with pytest.raises(DataError) as caught:
        read_recipe("bad", folder=tmp_path)

    message = str(caught.value)
    for part in (
        str(path),
        "concepts: 'skil' is none of skill, skill-group",
        "labels: expected a list of texts",
        "metric: only 'cosine'",
        "structure: 'tree' is none of flat, hnsw",
        "links: expected a whole number",
        "languages: expected a list of texts",
        "encoder: expected a text",
        "label: no such key",
    ):
        assert part in message


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """The line of the TOML parser helps more than a stack."""
    (tmp_path / "bad.toml").write_text("a = 1\nb b", encoding="utf-8")

    with pytest.raises(DataError, match=r"bad\.toml: is no TOML .*line"):
        read_recipe("bad", folder=tmp_path)


def test_an_unknown_recipe_lists_the_known_ones() -> None:
    """The next step must be in the message."""
    with pytest.raises(NotFoundError, match=r"'none'; known are: default, full, hnsw, occupations"):
        read_recipe("none", folder=SHIPPED)


def test_a_recipe_of_ones_own_is_read_by_path(tmp_path: Path) -> None:
    """Nobody should have to write into the installed program."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")

    assert read_recipe(str(path), folder=SHIPPED).id == "mine"
