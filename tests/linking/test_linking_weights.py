"""The fitted numbers: read, refused, and turned into probabilities."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError
from skillmatch.linking.features import FEATURE_NAMES, Feature, no_features
from skillmatch.linking.weights import (
    HiddenUnit,
    LinkWeights,
    SkillBearing,
    no_opinion,
    read_link_weights,
)


def numbers(**named: float) -> tuple[float, ...]:
    """Return one number a feature, 0 where none is named."""
    return tuple(named.get(name, 0.0) for name in FEATURE_NAMES)


def weights(*hidden: HiddenUnit) -> LinkWeights:
    return LinkWeights(
        intercept=-1.0,
        coefficients=numbers(late_best=2.0),
        hidden=hidden,
        threshold=0.5,
        min_confidence=0.1,
        min_mass=0.2,
        ordinary=frozenset({"go"}),
        provenance={"seed": "13"},
    )


BEND = HiddenUnit(bias=-1.0, out=3.0, weights=numbers(late_best=1.0, skill_bearing=0.5))


def table(given: LinkWeights) -> dict[str, object]:
    """Return weights as the file holds them."""
    return {
        "intercept": given.intercept,
        "threshold": given.threshold,
        "min_confidence": given.min_confidence,
        "min_mass": given.min_mass,
        "coefficients": dict(zip(FEATURE_NAMES, given.coefficients, strict=True)),
        "hidden": [
            {
                "bias": unit.bias,
                "out": unit.out,
                "weights": dict(zip(FEATURE_NAMES, unit.weights, strict=True)),
            }
            for unit in given.hidden
        ],
        "ordinary": {"forms": ["go"]},
        "provenance": {"seed": "13"},
    }


def written(folder: Path, table: dict[str, object]) -> Path:
    path = folder / "weights.toml"
    path.write_text(tomli_w.dumps(table), encoding="utf-8")
    return path


def test_a_bend_adds_its_tanh_to_the_sum() -> None:
    """-1 + 2 · .8 + 3 tanh(-1 + .8 + .5 · 2) = .6 + 3 tanh .8: the odds of .93."""
    features = no_features(1)
    features[0, Feature.LATE_BEST], features[0, Feature.SKILL_BEARING] = 0.8, 2.0

    plain = weights().confidences(features)
    bent = weights(BEND).confidences(features)

    assert plain[0] == pytest.approx(1 / (1 + math.exp(-0.6)), abs=1e-4)
    assert bent[0] == pytest.approx(1 / (1 + math.exp(-0.6 - 3 * math.tanh(0.8))), abs=1e-4)


def test_bends_add_up() -> None:
    """Two halves of a bend are the bend."""
    half = HiddenUnit(bias=BEND.bias, out=BEND.out / 2, weights=BEND.weights)
    features = np.random.default_rng(3).normal(size=(50, len(Feature)))

    np.testing.assert_array_equal(
        weights(half, half).confidences(features), weights(BEND).confidences(features)
    )


@given(value=st.floats(-1e6, 1e6))
def test_a_confidence_is_a_probability_whatever_the_features(value: float) -> None:
    """No overflow, no NaN, and rounded so that machines agree on ties."""
    features = np.full((1, len(Feature)), value)

    (found,) = weights(BEND).confidences(features)

    assert 0 <= found <= 1
    assert round(float(found), 4) == found


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Bends included, each number under the name of its feature."""
    given = weights(BEND)

    assert read_link_weights(written(tmp_path, table(given))) == given


def test_a_file_without_bends_is_a_plain_sum(tmp_path: Path) -> None:
    """Weights set by hand, as those of the tests, need none."""
    plain = table(weights())
    del plain["hidden"]

    assert read_link_weights(written(tmp_path, plain)).hidden == ()


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    """A missing weight would count as 0, and every confidence would be wrong by a little."""
    other = table(weights())
    other["coefficients"] = {name: 0.0 for name in FEATURE_NAMES if name != "overlap"}

    with pytest.raises(DataError, match=r"no weight for overlap; fit again with `python -m"):
        read_link_weights(written(tmp_path, other))


def test_the_unit_classifier_reads_the_vectors_of_its_own_encoder_only() -> None:
    """Log-odds 1 + 2x - y, clipped; of other vectors it has no opinion."""
    bearing = SkillBearing(encoder="mini", intercept=1.0, direction=(2.0, -1.0), provenance={})
    vectors = np.array([[1, 0], [0, 1], [9, 0], [-9, 0]], dtype=np.float32)

    assert bearing.log_odds(vectors) == [3.0, 0.0, 6.0, -6.0]
    assert no_opinion(vectors) == [0.0] * 4
    assert bearing.fits("mini:0123")
    assert not bearing.fits("maxi:0123")
