"""What is written is what is read."""

from __future__ import annotations

import random
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri
from skillmatch.model.framework import Count, Framework, Rating
from skillmatch.store import FrameworkDb, Source, content_digest, write_framework
from tests.fixtures.framework_strategy import frameworks


@given(framework=frameworks())
def test_any_framework_is_read_as_it_was_written(framework: Framework) -> None:
    """The installed form loses nothing: no order, no language, no empty field, no odd sign."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.sqlite"

        write_framework(framework, path)

        with FrameworkDb.open(path) as db:
            assert db.read() == framework
            assert db.info.digest == content_digest(framework)
            db.verify()


@given(framework=frameworks(), seed=st.integers())
def test_the_digest_does_not_depend_on_the_order_of_anything(
    framework: Framework, seed: int
) -> None:
    """Two readers may meet the same content in another order."""
    chance = random.Random(seed)  # noqa: S311  shuffles, keeps no secret

    shuffled = replace(
        framework,
        concepts=tuple(chance.sample(framework.concepts, len(framework.concepts))),
        relations=tuple(chance.sample(framework.relations, len(framework.relations))),
        ratings=tuple(chance.sample(framework.ratings, len(framework.ratings))),
        collections=tuple(chance.sample(framework.collections, len(framework.collections))),
    )

    assert content_digest(shuffled) == content_digest(framework)


def test_the_digest_tells_content_from_the_story_of_its_reading(mini_esco: Framework) -> None:
    """Counts and gaps of one reading are not content; a single changed word is."""
    concept = mini_esco.concepts[0]
    other = (replace(concept, notation="changed"), *mini_esco.concepts[1:])

    same = replace(mini_esco, counts=(Count(what="x", read=1, kept=1),), missing=("y",))
    changed = replace(mini_esco, concepts=other)

    assert content_digest(same) == content_digest(mini_esco)
    assert content_digest(changed) != content_digest(mini_esco)


def test_the_same_input_gives_the_same_bytes(mini_esco: Framework, tmp_path: Path) -> None:
    """Installed files can be compared and cached by their checksum."""
    sources = (Source(name="a.zip", sha256="0" * 64, licence="free", provides="labels"),)

    write_framework(mini_esco, tmp_path / "one.sqlite", sources=sources)
    write_framework(mini_esco, tmp_path / "two.sqlite", sources=sources)

    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()


def test_info_tells_everything_but_the_concepts(mini_esco: Framework, tmp_path: Path) -> None:
    """`frameworks show` reads nothing else."""
    sources = (Source(name="a.zip", sha256="0" * 64, origin="file", provides="all"),)
    write_framework(mini_esco, tmp_path / "mini.sqlite", sources=sources)

    with FrameworkDb.open(tmp_path / "mini.sqlite") as db:
        info = db.info

    assert (info.id, info.release, info.languages) == ("esco-mini", "mini", ("en",))
    assert (info.counts, info.missing) == (mini_esco.counts, mini_esco.missing)
    assert info.sources == sources
    assert info.digest == content_digest(mini_esco)


def test_a_framework_that_contradicts_itself_is_refused(
    mini_esco: Framework, tmp_path: Path
) -> None:
    """Which of two descriptions is right, nobody can tell."""
    uri = ConceptUri("http://example.org/esco/skill/python")
    other = Concept(uri=uri, kind=ConceptKind.SKILL)
    ratings = tuple(Rating(occupation=uri, element=uri, level=level) for level in (1.0, 2.0))

    for wrong in (
        replace(mini_esco, concepts=(*mini_esco.concepts, other)),
        replace(mini_esco, ratings=ratings),
    ):
        with pytest.raises(DataError, match=f"two different things about {re.escape(uri)}"):
            write_framework(wrong, tmp_path / "mini.sqlite")
