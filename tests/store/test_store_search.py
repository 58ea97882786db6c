"""The ranking of a search by labels, beside one that is worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText
from skillmatch.model.framework import Framework
from skillmatch.store import FrameworkDb, MatchHow, search, write_framework
from skillmatch.store.search import RARE

LETTERS = "ab "
LABELS = st.lists(
    st.text(LETTERS, min_size=1, max_size=6).filter(lambda one: one == " ".join(one.split())),
    min_size=1,
    max_size=60,
)


def framework_of(labels: list[str]) -> Framework:
    """Return a framework with one skill or, each third, one occupation for each label."""
    return Framework(
        id="letters-1",
        title="Letters",
        release="1",
        concepts=tuple(
            Concept(
                uri=ConceptUri(f"http://example.org/{place:03}"),
                kind=ConceptKind.OCCUPATION if place % 3 == 0 else ConceptKind.SKILL,
                pref_labels=(LangText(text=label),),
            )
            for place, label in enumerate(labels)
        ),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(labels=LABELS, typed=st.sampled_from(["a", "b", "ab", "a b"]), limit=st.integers(1, 3))
def test_beginnings_are_ranked_as_by_hand(
    labels: list[str], typed: str, limit: int, tmp_path: Path
) -> None:
    """However many labels begin alike: a whole last word first, then the shortest, then by URI."""
    path = tmp_path / "framework.sqlite"
    path.unlink(missing_ok=True)
    write_framework(framework_of(labels), path)
    skills = [one for one in enumerate(labels) if one[0] % 3]
    begun = [one for one in skills if one[1].startswith(typed) and one[1] != typed]
    by_hand = sorted(begun, key=lambda one: (one[1][len(typed)] != " ", len(one[1]), one[0]))

    with pytest.MonkeyPatch.context() as patch, FrameworkDb.open(path) as db:
        # So few are read at once that more have to be read.
        patch.setattr(search, "LABELS_PER_CONCEPT", 1)
        hits = db.search(typed, ConceptKind.SKILL, limit)

    whole = sum(hit.how is MatchHow.EXACT for hit in hits)
    found = [hit.uri for hit in hits if hit.how is MatchHow.PREFIX]
    expected = [f"http://example.org/{place:03}" for place, _ in by_hand]
    assert found == expected[: limit - whole]


@pytest.mark.parametrize(("asked", "found"), [("rare of", ["it is rare"]), ("of", None)])
def test_a_word_of_every_label_counts_only_alone(
    asked: str, found: list[str] | None, tmp_path: Path
) -> None:
    """Labels that share "of" with a text have nothing in common with it."""
    common = [f"label {place} of many" for place in range(RARE * 2)]
    write_framework(framework_of(["none", *common, "it is rare"]), tmp_path / "framework.sqlite")

    with FrameworkDb.open(tmp_path / "framework.sqlite") as db:
        hits = db.search(asked, None, 10)

    labels = [hit.label for hit in hits]
    assert (labels == found) if found else (len(labels) == 10)


def test_a_word_that_is_typed_often_counts_once(tmp_path: Path) -> None:
    """Two hundred times the same common word took seconds, and says no more than once."""
    common = [f"label {place} of many" for place in range(RARE * 2)]
    write_framework(framework_of(["none", *common, "it is rare"]), tmp_path / "framework.sqlite")

    with FrameworkDb.open(tmp_path / "framework.sqlite") as db:
        often = db.search("unknown " + "rare " * 200, None, 5)

        assert often == db.search("unknown rare", None, 5)
    assert [hit.label for hit in often] == ["it is rare"]
