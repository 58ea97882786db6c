"""The fitted numbers of the linker: data with provenance, never constants in code.

``linking/data/weights.toml`` is written by ``python -m evaluation.fit_linker`` and names the
data, the encoder and the commit it was fitted with. A logistic regression over named features
gives the confidence; two thresholds turn it into a decision.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from skillmatch.embedding.port import Vectors
from skillmatch.errors import DataError
from skillmatch.linking.features import FEATURE_NAMES, Features

DATA = Path(__file__).resolve().parent / "data"
DIGITS = 4
"""Confidences are rounded before ties are broken, so that they agree across machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeWeights:
    """How much the theme of a document counts (see ``theme``).

    Attributes:
        slope: Change of log-odds for each 1.0 of cosine.
        middle: Cosine at which nothing changes.
        least: Cosine below which a likeness is left out.
    """

    slope: float
    middle: float
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWeights:
    """The fitted linker.

    Attributes:
        coefficients: One weight a feature, in the order of ``FEATURE_NAMES``.
        threshold: Confidence from which a link is accepted.
        min_confidence: What a link that is not accepted alone must have of its own.
        min_mass: Summed confidence of the candidates for the same words from which the best one
            is taken into a checklist (see ``selection``).
        theme: How much the theme of a whole document counts.
        ordinary: Single-word names that are everyday words as well, in normal form.
        provenance: Where the numbers come from, to be shown with them.
    """

    intercept: float
    coefficients: tuple[float, ...]
    threshold: float
    min_confidence: float
    min_mass: float
    theme: ThemeWeights
    ordinary: frozenset[str]
    provenance: Mapping[str, str]

    def confidence(self, features: Features) -> float:
        """Return the probability in [0, 1] that a person would make this link."""
        logit = self.intercept + sum(
            weight * value
            for weight, value in zip(self.coefficients, features.values(), strict=True)
        )
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit)))), DIGITS)


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


@cache
def read_link_weights(path: Path = DATA / "weights.toml") -> LinkWeights:
    """Read the fitted linker.

    Raises:
        DataError: The file lacks a feature, so it belongs to another version of the code.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    missing = [name for name in FEATURE_NAMES if name not in data["coefficients"]]
    if missing:
        raise DataError(
            f"no weight for {', '.join(missing)}; fit again with `python -m evaluation.fit_linker`",
            path=path,
        )
    return LinkWeights(
        intercept=float(data["intercept"]),
        coefficients=tuple(float(data["coefficients"][name]) for name in FEATURE_NAMES),
        threshold=float(data["threshold"]),
        min_confidence=float(data["min_confidence"]),
        min_mass=float(data["min_mass"]),
        theme=ThemeWeights(
            slope=float(data["theme"]["slope"]),
            middle=float(data["theme"]["middle"]),
            least=float(data["theme"]["least"]),
        ),
        ordinary=frozenset(data["ordinary"]["forms"]),
        provenance={key: str(value) for key, value in data["provenance"].items()},
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
