"""From a table of candidates to the file that the linker reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tomli_w

from evaluation import fit_linker as module
from evaluation.linker_examples import LabelledUnit, Source, Table
from evaluation.scorer import Scorer
from skillmatch.linking.features import FEATURE_NAMES
from skillmatch.linking.weights import HiddenUnit, read_link_weights, read_skill_bearing
from skillmatch.linking.weights import SkillBearing as Bearing
from skillmatch.model.concept import ConceptUri

COUNT = len(FEATURE_NAMES)


def table(*units: tuple[Source, int, list[bool]]) -> Table:
    """Return units of (source, labels that people gave, whether each candidate is gold)."""
    sizes = [len(right) for _, _, right in units]
    return Table(
        units=tuple(
            LabelledUnit(source=source, text=str(place), gold=frozenset(), labels=labels)
            for place, (source, labels, _) in enumerate(units)
        ),
        features=np.zeros((sum(sizes), COUNT)),
        right=np.array([one for _, _, right in units for one in right]),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


THREE = table(
    (Source.TECH, 3, [True, False, True]),
    (Source.SKILLSKAPE, 1, [False]),
    (Source.TECH, 0, [False, False]),
)
CHANCES = np.array([0.9, 0.8, 0.3, 0.7, 0.4, 0.6])


def test_links_of_a_set_are_those_of_its_units() -> None:
    """Rows of other sets are left out; gold counts labels, found or not."""
    found = module._scored(THREE, CHANCES, [Source.TECH])

    assert found.confidences.tolist() == [0.9, 0.8, 0.3, 0.4, 0.6]
    assert found.right.tolist() == [True, False, True, False, False]
    assert found.gold == 3
    both = module._scored(THREE, CHANCES, [Source.TECH, Source.SKILLSKAPE])
    assert (len(both.confidences), both.gold) == (6, 4)


def test_calibration_looks_at_the_best_of_each_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the protocol has it; units without gold are in."""
    monkeypatch.setattr(module, "TOP", 1)

    found = module._top(THREE, CHANCES, Source.TECH)

    assert found.confidences.tolist() == [0.9, 0.6]
    assert found.right.tolist() == [1.0, 0.0]


def test_what_is_told_of_a_set_is_worked_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """TECH at .5: three links, one right, three gold: 1/3 and 1/3. At .8 or above: one of two."""
    full = table(
        *((source, labels, right) for source in Source for labels, right in [(3, [True, False])])
    )
    chances = np.tile([0.9, 0.8], len(Source))

    found = module._measured(full, chances, 0.85)

    for source in Source:
        name = source.name.lower()
        assert found[f"precision_{name}"] == "1.0000"
        assert found[f"recall_{name}"] == "0.3333"
        # Said .9 and true, .8 and false: off by .1 and .8, in bins of one each.
        assert found[f"calibration_error_{name}"] == "0.4500"
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "threshold 0.85"
    # By chance: .9 is right nine times of ten, then off by .1, else by .9, which is .18; .8: .32.
    assert float(found["calibration_error_by_chance_tech"]) == pytest.approx(0.25, abs=0.03)
    assert said[1] == (
        "TECH validation: precision 1.000, recall 0.333, calibration error 0.450 (by chance alone "
        "0.253), 2 at 0.8 or above, right: 0.500"
    )


def test_a_set_without_a_sure_link_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A share of none is no number."""
    full = table(*((source, 1, [True]) for source in Source))

    module._measured(full, np.full(len(Source), 0.3), 0.2)

    assert "0 at 0.8 or above, right: none" in capsys.readouterr().out


def test_fitted_weights_are_read_by_the_program_as_they_are(tmp_path: Path) -> None:
    """Every number, bends and hand-set ones included."""
    fitted = Scorer(
        intercept=-3.5,
        coefficients=tuple(0.25 * place for place in range(COUNT)),
        hidden=(
            HiddenUnit(bias=0.5, out=-1.5, weights=tuple(0.125 * place for place in range(COUNT))),
            HiddenUnit(bias=-0.5, out=2.0, weights=(0.0,) * COUNT),
        ),
    )
    weights = module._weights(
        fitted, threshold=0.42, ordinary=frozenset({"go", "r"}), provenance={"seed": "13"}
    )

    module._write(tmp_path / "weights.toml", module._weights_table(weights))

    read = read_link_weights(tmp_path / "weights.toml")
    assert read == weights
    assert read.hidden == fitted.hidden
    assert (read.threshold, read.ordinary) == (0.42, frozenset({"go", "r"}))


def test_the_fitted_classifier_is_read_by_the_program_as_it_is(tmp_path: Path) -> None:
    """With the name of the encoder whose space it was fitted in."""
    fitted = Bearing(
        encoder="mini", intercept=-0.5, direction=(0.25, -1.0), provenance={"seed": "13"}
    )
    path = tmp_path / "skill_bearing.toml"

    path.write_text(tomli_w.dumps(module._bearing_table(fitted)), encoding="utf-8")

    assert read_skill_bearing(path) == fitted


def test_sentences_kept_for_the_confidence_are_named_among_what_was_read(tmp_path: Path) -> None:
    """The digest of a result must change with everything that it was fitted on."""
    names = [path.name for path in module.Sources(benchmarks=tmp_path).files]

    assert names == [
        "train.csv",
        "dev.csv",
        "train.json",
        "tech_validation_annotations.csv",
        "house_validation_annotations.csv",
        "skillspan-train.judged",
    ]


def test_gold_that_is_no_candidate_counts_as_never_found() -> None:
    """One of two gold concepts is proposed, and stands first: RP@5 is a half, MRR is 1."""
    unit = LabelledUnit(
        source=Source.TECH,
        text="a",
        gold=frozenset({ConceptUri("urn:a"), ConceptUri("urn:b")}),
        labels=2,
    )
    one = Table(
        units=(unit,),
        features=np.zeros((3, COUNT)),
        right=np.array([False, True, False]),
        starts=np.array([0, 3]),
    )

    measured = module._ranked(one, np.array([0.1, 0.9, 0.2]), Source.TECH)

    assert measured == {"RP@5": 0.5, "RP@10": 0.5, "MRR": 1.0}
