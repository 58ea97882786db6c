"""The fitted numbers of the linker: data with provenance, never constants in code.

``linking/data/weights.toml`` is written by ``python -m evaluation.fit_linker`` and names the
data, the encoder and the commit it was fitted with. Named features give the confidence; two
thresholds turn it into a decision.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.embedding.port import Vectors
from skillmatch.errors import DataError
from skillmatch.linking.features import FEATURE_NAMES, Matrix

DATA = Path(__file__).resolve().parent / "data"
DIGITS = 4
"""Confidences are rounded before ties are broken, so that they agree across machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenUnit:
    """What the sum of single features cannot say: one bend along a mixture of them.

    Attributes:
        weights: One a feature, in the order of ``FEATURE_NAMES``.
        out: How much ``tanh(bias + weights · features)`` adds to the log-odds.
    """

    bias: float
    out: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWeights:
    """The fitted linker: log-odds from named features, by a sum and a few bends.

    Attributes:
        coefficients: One weight a feature, in the order of ``FEATURE_NAMES``.
        hidden: Bends beside the sum, none in a purely additive linker.
        threshold: Confidence from which a link is accepted.
        min_confidence: What a link that is not accepted alone must have of its own.
        min_mass: Summed confidence of the candidates for the same words from which the best one
            is taken into a checklist (see ``selection``).
        ordinary: Single-word names that are everyday words as well, in normal form.
        provenance: Where the numbers come from, to be shown with them.
    """

    intercept: float
    coefficients: tuple[float, ...]
    hidden: tuple[HiddenUnit, ...] = ()
    threshold: float
    min_confidence: float
    min_mass: float
    ordinary: frozenset[str]
    provenance: Mapping[str, str]

    def confidences(self, features: Matrix) -> NDArray[np.float64]:
        """Return the probability in [0, 1] that a person would make each link.

        Args:
            features: Shape (candidates, features).
        """
        logits = log_odds(features, self.intercept, self.coefficients, self.hidden)
        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
        return chances.round(DIGITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillBearing:
    """Tells units that speak of a skill from those that do not, by the unit's vector.

    Attributes:
        encoder: Fingerprints that start so share the vector space it was fitted in.
        direction: Weights, one a dimension.
    """

    encoder: str
    intercept: float
    direction: tuple[float, ...]
    provenance: Mapping[str, str]

    def fits(self, fingerprint: str) -> bool:
        """Tell whether an encoder's vectors can be read by this classifier."""
        return fingerprint.startswith(self.encoder)

    def log_odds(self, vectors: Vectors) -> Sequence[float]:
        """Return log-odds for each row of ``vectors``, clipped to [-6, 6]."""
        raw = vectors.astype(np.float64) @ np.asarray(self.direction) + self.intercept
        return [float(value) for value in np.clip(raw, -6.0, 6.0)]


def no_opinion(vectors: Vectors) -> Sequence[float]:
    """Return even odds: what is known about units in a space nothing was fitted in."""
    return [0.0] * len(vectors)


def log_odds(
    features: Matrix,
    intercept: float,
    coefficients: Sequence[float],
    hidden: tuple[HiddenUnit, ...],
) -> NDArray[np.float64]:
    """Return the log-odds of each row: the sum of its features, and the bends beside it.

    Args:
        features: Shape (candidates, features).
        intercept: Log-odds where every feature is 0, bends aside.
        coefficients: One a feature.
        hidden: The bends.
    """
    logits: NDArray[np.float64] = features @ np.asarray(coefficients) + intercept
    if not hidden:
        return logits
    weights, biases, outs = _layer(hidden)
    return logits + np.tanh(features @ weights + biases) @ outs


@lru_cache(maxsize=8)
def _layer(hidden: tuple[HiddenUnit, ...]) -> tuple[Matrix, Matrix, Matrix]:
    """Return the bends as arrays: weights (features, bends), biases and outs (bends,)."""
    weights = np.array([unit.weights for unit in hidden], dtype=np.float64).T
    biases = np.array([unit.bias for unit in hidden], dtype=np.float64)
    return weights, biases, np.array([unit.out for unit in hidden], dtype=np.float64)


@cache
def read_link_weights(path: Path = DATA / "weights.toml") -> LinkWeights:
    """Read the fitted linker.

    Raises:
        DataError: The file lacks a feature, so it belongs to another version of the code.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = [data["coefficients"], *(unit["weights"] for unit in data.get("hidden", ()))]
    missing = [name for name in FEATURE_NAMES if any(name not in one for one in columns)]
    if missing:
        raise DataError(
            f"no weight for {', '.join(missing)}; fit again with `python -m evaluation.fit_linker`",
            path=path,
        )
    return LinkWeights(
        intercept=float(data["intercept"]),
        coefficients=tuple(float(data["coefficients"][name]) for name in FEATURE_NAMES),
        hidden=tuple(_hidden_unit(unit) for unit in data.get("hidden", ())),
        threshold=float(data["threshold"]),
        min_confidence=float(data["min_confidence"]),
        min_mass=float(data["min_mass"]),
        ordinary=frozenset(data["ordinary"]["forms"]),
        provenance={key: str(value) for key, value in data["provenance"].items()},
    )


def _hidden_unit(data: Mapping[str, Any]) -> HiddenUnit:
    return HiddenUnit(
        bias=float(data["bias"]),
        out=float(data["out"]),
        weights=tuple(float(data["weights"][name]) for name in FEATURE_NAMES),
    )


@cache
def read_skill_bearing(path: Path = DATA / "skill_bearing.toml") -> SkillBearing:
    """Read the fitted unit classifier."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return SkillBearing(
        encoder=str(data["encoder"]),
        intercept=float(data["intercept"]),
        direction=tuple(float(value) for value in data["direction"]),
        provenance={key: str(value) for key, value in data["provenance"].items()},
    )
