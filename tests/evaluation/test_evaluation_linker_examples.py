"""Units with their gold, and every candidate of each in one table."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from evaluation import linker_examples as module
from evaluation.linker_examples import (
    LabelledUnit,
    Source,
    labelled_units,
    proposals_of,
    sample,
    table_of,
    unit_of,
)
from evaluation.train.judged import is_kept, read_judged
from skillmatch.linking.features import Feature
from skillmatch.model.concept import ConceptUri
from skillmatch.service.matcher import Matcher
from tests.evaluation.conftest import HOUSE, SKILLSKAPE, TECH
from tests.mini_engine import SKILL, uri

LABELS = {
    "Java (computer programming)": uri("java"),
    "query databases": uri("query-databases"),
    "scheduling": uri("scheduling"),
    "test software": uri("test-software"),
}
SHOWN = next(number for number in range(100) if not is_kept("tech", number))
KEPT = next(number for number in range(100) if is_kept("tech", number))
SPOKEN = (
    ("Know Java", "OB", SHOWN),
    ("Know SQL and Java", "OBOB", KEPT),
    ("Apply now", "OO", KEPT),
    # Stands in TECH validation, too.
    ("You know Java and SQL", "OOBOB", KEPT),
)


@pytest.fixture
def benchmarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Splits of a few lines, and judgements of them."""
    rows = [
        {
            "tokens": text.split(),
            "tags_skill": ["O"] * len(tags),
            "tags_knowledge": list(tags),
            "source": "tech",
            "idx": posting,
        }
        for text, tags, posting in SPOKEN
    ]
    files = {
        "skill-extraction-validation/tech_validation_annotations.csv": TECH,
        "skill-extraction-validation/house_validation_annotations.csv": HOUSE,
        "skillskape/dev.csv": SKILLSKAPE,
        "skillspan/train.json": "\n".join(map(json.dumps, rows)),
        "some.judged": "0\t1\tjava\n1\t1\tquery-databases\n1\t2\t-\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    judged = tmp_path / "some.judged"
    monkeypatch.setattr(module, "read_judged", partial(read_judged, judged=judged))
    return tmp_path


def test_units_are_those_that_the_encoder_never_saw(benchmarks: Path) -> None:
    """Validation, dev, and the kept postings; sentences without a skill are among them."""
    found = labelled_units(benchmarks, LABELS)

    texts = {(unit.source, unit.text) for unit in found}
    assert len(texts) == len(found) == 3 + 2 + 3 + 2
    assert (Source.SKILLSPAN, "Know SQL and Java") in texts
    assert (Source.SKILLSPAN, "Apply now") in texts
    assert not any(text == "Know Java" for _, text in texts)


def test_a_sentence_of_two_sets_counts_for_the_first(benchmarks: Path) -> None:
    """Twice in the table, one copy could be in the fold that judges the other."""
    found = labelled_units(benchmarks, LABELS)

    assert [unit.source for unit in found if "You know Java" in unit.text] == [Source.TECH]


def test_labels_that_the_release_lacks_are_missed_and_not_forgotten(benchmarks: Path) -> None:
    """Recall is over what people found, not over what can be found."""
    units = {unit.text: unit for unit in labelled_units(benchmarks, LABELS)}

    tech = units["You know Java and SQL"]
    assert tech.gold == {uri("java"), uri("query-databases")}
    house = units["You clean the kitchen and plan shifts"]
    assert (house.gold, house.labels) == (frozenset({uri("scheduling")}), 2)
    spoken = units["Know SQL and Java"]
    assert (spoken.gold, spoken.labels) == (frozenset({uri("query-databases")}), 1)
    assert units["Apply now"].labels == 0


def unit(text: str, *gold: ConceptUri) -> LabelledUnit:
    return LabelledUnit(source=Source.TECH, text=text, gold=frozenset(gold), labels=len(gold))


UNITS = (
    unit("You know Java", uri("java")),
    unit("A great place to be"),
    unit("Query databases and test software", uri("query-databases"), uri("test-software")),
)


def test_every_candidate_of_every_unit_is_in_the_table(mini_matcher: Matcher) -> None:
    """In the order of the units; right where a person gave it."""
    proposer = mini_matcher.linker.proposer

    table = table_of(proposer, UNITS)

    found = list(proposals_of(proposer, [one.text for one in UNITS]))
    assert table.starts.tolist() == [0, *np.cumsum([len(one.uris) for one in found])]
    assert table.features.shape == (table.starts[-1], len(Feature)) == (len(table.right), 30)
    for place, (one, proposals) in enumerate(zip(UNITS, found, strict=True)):
        rows = slice(table.starts[place], table.starts[place + 1])
        np.testing.assert_array_equal(table.features[rows], proposals.features)
        assert {
            name for name, right in zip(proposals.uris, table.right[rows], strict=True) if right
        } == one.gold


def test_batches_of_units_do_not_show(
    mini_matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit has the same features whoever stands beside it."""
    proposer = mini_matcher.linker.proposer
    whole = table_of(proposer, UNITS)
    monkeypatch.setattr(module, "BATCH", 1)

    alone = table_of(proposer, UNITS)

    np.testing.assert_allclose(alone.features, whole.features, atol=1e-6)
    np.testing.assert_array_equal(alone.right, whole.right)


def test_a_unit_is_what_skillmatch_link_makes_of_a_line(mini_matcher: Matcher) -> None:
    """What is fitted on one kind of unit and used on another would not be calibrated."""
    text = "Knowledge of Java"

    (links,) = mini_matcher.link([text], top=3)

    assert mini_matcher.linker.link([unit_of(text)], top=3) == [links]
    assert links[0].uri == f"{SKILL}java"


def test_a_sample_is_repeatable_and_in_order() -> None:
    """A few where there are many, and all where there are few."""
    items = list(range(100))

    assert sample(items, 10, seed=1) == sample(items, 10, seed=1) != sample(items, 10, seed=2)
    assert sample(items, 10, seed=1) == sorted(sample(items, 10, seed=1))
    assert sample(items, 500, seed=1) == items
