"""Fit the linker's confidence and the unit classifier, and write them with their provenance.

    python -m evaluation.fit_linker --benchmarks FOLDER [--framework esco-1.1.0]

The unit classifier learns from sentences of SkillSpan train that the encoder may see and from the
sentences without a skill that were written for it; the confidence from labelled units that the
encoder never saw (``linker_examples``). What is printed and recorded of the confidence is
cross-fitted: each unit is judged by a scorer that was fitted on other units. Test splits are
never read.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tomli_w
from numpy.typing import NDArray

from evaluation.accepted_links import ScoredLinks, best_threshold, precision_recall
from evaluation.calibration import Sample, error_by_chance, expected_calibration_error
from evaluation.datasets import digest, read_skillskape, read_skillspan
from evaluation.linker_examples import Source, Table, labelled_units, table_of
from evaluation.measures import mean_values, ranking_values
from evaluation.ordinary_words import ordinary_words
from evaluation.provenance import commit_id
from evaluation.scorer import (
    Scorer,
    cross_fitted,
    fit_scorer,
    with_facts_hidden,
    without_facts,
)
from evaluation.train.judged import JUDGED, read_judged
from evaluation.train.recipe import WRITTEN
from skillmatch.atomic import write_text
from skillmatch.linking.facts import KnownFacts
from skillmatch.linking.features import FEATURE_NAMES
from skillmatch.linking.proposals import Proposer
from skillmatch.linking.surroundings import Ambiguity
from skillmatch.linking.weights import DATA, HiddenUnit, LinkWeights, SkillBearing
from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.service.opening import Engine, open_engine
from skillmatch.settings import Settings

SEED = 13
MIN_WORDS = 3
SHOWN = ("RP@5", "RP@10", "MRR")
TOP = 5
SURE = 0.8
LEAST_PRECISION = 0.5
"""The threshold is the one with the highest F1 among those with this precision."""
MIN_CONFIDENCE = 0.04
MIN_MASS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files that are read, all of them train, validation or dev splits."""

    benchmarks: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file, in the order of its digest."""
        validation = self.benchmarks / "skill-extraction-validation"
        return (
            self.skillskape_train,
            self.benchmarks / "skillskape" / "dev.csv",
            self.skillspan_train,
            validation / "tech_validation_annotations.csv",
            validation / "house_validation_annotations.csv",
            JUDGED,
        )

    @property
    def skillskape_train(self) -> Path:
        """Synthetic sentences with labels."""
        return self.benchmarks / "skillskape" / "train.csv"

    @property
    def skillspan_train(self) -> Path:
        """Real sentences with spans."""
        return self.benchmarks / "skillspan" / "train.json"

    @property
    def skillspan_dev(self) -> Path:
        """Real sentences with spans, for measuring the unit classifier."""
        return self.benchmarks / "skillspan" / "dev.json"


def main() -> None:
    """Fit and write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--framework", default="esco-1.1.0")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    sources = Sources(benchmarks=options.benchmarks)
    settings = Settings.from_environ(os.environ)
    engine = open_engine([options.framework], settings=settings)
    everyday = open_engine([options.framework, "onet"], settings=settings)
    bearing = fit_bearing(engine, sources)
    _write(options.out / "skill_bearing.toml", _bearing_table(bearing))
    ordinary = _ordinary(everyday, sources)
    weights = fit_weights(engine, sources, bearing, ordinary)
    _write(options.out / "weights.toml", _weights_table(weights))


def fit_bearing(engine: Engine, sources: Sources) -> SkillBearing:
    """Fit the unit classifier and measure it on SkillSpan dev."""
    from sklearn.linear_model import LogisticRegression

    spoken, silent = _units_of_both_kinds(engine, sources)
    dev = [
        one for one in read_skillspan(sources.skillspan_dev) if len(one.text.split()) >= MIN_WORDS
    ]
    model = LogisticRegression(C=3.0, max_iter=2000)
    vectors = engine.encoder.encode([*spoken, *silent])
    model.fit(vectors, [True] * len(spoken) + [False] * len(silent))
    said = model.predict(engine.encoder.encode([one.text for one in dev]))
    truth = np.array([bool(one.spans) for one in dev])
    precision = float((said & truth).sum() / max(1, said.sum()))
    recall = float((said & truth).sum() / max(1, truth.sum()))
    print(f"skill-bearing units, SkillSpan dev: precision {precision:.3f}, recall {recall:.3f}")
    measured = {"precision_dev": f"{precision:.4f}", "recall_dev": f"{recall:.4f}"}
    return SkillBearing(
        encoder=engine.encoder.fingerprint.split(":")[0],
        intercept=round(float(model.intercept_[0]), 4),
        direction=tuple(round(float(value), 4) for value in model.coef_[0]),
        provenance=_provenance(engine, (sources.skillspan_train, sources.skillspan_dev), measured),
    )


def _units_of_both_kinds(engine: Engine, sources: Sources) -> tuple[list[str], list[str]]:
    """Return sentences with and without a skill, none of them kept for the confidence."""
    uris = list(_uris(engine).values())
    shown = [
        one
        for one in read_judged(sources.skillspan_train, uris)
        if not one.kept and len(one.text.split()) >= MIN_WORDS
    ]
    written = [
        line.partition("\t")[2]
        for path in sorted(WRITTEN.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("\t")
    ]
    spoken = [one.text for one in shown if one.spans]
    return spoken, [*(one.text for one in shown if not one.spans), *written]


def _ordinary(engine: Engine, sources: Sources) -> frozenset[str]:
    """Return the everyday words among the names of all frameworks at hand."""
    _, lexical = engine.frameworks.union()
    tagged = read_skillspan(sources.skillspan_train)
    judged = [one for one in read_skillskape(sources.skillskape_train) if one.labels]
    return frozenset(ordinary_words(lexical, tagged, judged, _uris(engine)))


def fit_weights(
    engine: Engine, sources: Sources, bearing: SkillBearing, ordinary: frozenset[str]
) -> LinkWeights:
    """Fit the confidence on labelled units and choose the threshold."""
    dense, lexical = engine.frameworks.union()
    proposer = Proposer(
        encoder=engine.encoder,
        dense=dense,
        lexical=lexical,
        ambiguous=Ambiguity(ordinary=ordinary, skill_type=engine.frameworks.skill_type),
        bearing=bearing.log_odds,
        facts=KnownFacts(engine.frameworks.skill_facts()),
    )
    table = table_of(proposer, labelled_units(sources.benchmarks, _uris(engine)))
    shown = with_facts_hidden(table, seed=SEED)
    chances = cross_fitted(table, shown, seed=SEED)
    real = _scored(table, chances, [source for source in Source if source != Source.SKILLSKAPE])
    threshold = best_threshold(real, least_precision=LEAST_PRECISION)
    measured = _measured(table, chances, threshold)
    print("by a release that says nothing of reuse levels:")
    bare = without_facts(table)
    _measured(bare, cross_fitted(bare, shown, seed=SEED), threshold)
    scorer = fit_scorer(shown, table.right, seed=SEED)
    return _weights(
        scorer,
        threshold=threshold,
        ordinary=ordinary,
        provenance=_provenance(engine, sources.files, measured),
    )


def _measured(table: Table, chances: NDArray[np.float64], threshold: float) -> dict[str, str]:
    """Print and return what the confidence is worth, set by set, cross-fitted."""
    found: dict[str, str] = {}
    print(f"threshold {threshold:.2f}")
    for source in Source:
        scored = _scored(table, chances, [source])
        precision, recall = precision_recall(scored, threshold)
        top = _top(table, chances, source)
        sure = top.confidences >= SURE
        right = f"{top.right[sure].mean():.3f}" if sure.any() else "none"
        error, chance = expected_calibration_error(top), error_by_chance(top, seed=SEED)
        print(
            f"{source}: precision {precision:.3f}, recall {recall:.3f}, calibration error "
            f"{error:.3f} (by chance alone {chance:.3f}), {sure.sum()} at {SURE} or above, "
            f"right: {right}"
        )
        name = source.name.lower()
        found |= {f"precision_{name}": f"{precision:.4f}", f"recall_{name}": f"{recall:.4f}"}
        found |= {f"calibration_error_{name}": f"{error:.4f}"}
        found |= {f"calibration_error_by_chance_{name}": f"{chance:.4f}"}
        ranked = _ranked(table, chances, source)
        if ranked:
            print("   " + ", ".join(f"{measure} {value:.3f}" for measure, value in ranked.items()))
        found |= {
            f"{measure.lower().replace('@', '_')}_{name}": f"{value:.4f}"
            for measure, value in ranked.items()
        }
    return found


def _ranked(table: Table, chances: NDArray[np.float64], source: Source) -> dict[str, float]:
    """Return the ranking measures of a set; gold that is no candidate is never found."""
    values = []
    for place, unit in enumerate(table.units):
        if unit.source is source and unit.gold:
            rows = slice(table.starts[place], table.starts[place + 1])
            order = np.argsort(-chances[rows], kind="stable")
            right = np.flatnonzero(table.right[rows])
            missing = [f"missing {number}" for number in range(len(unit.gold) - len(right))]
            values.append(ranking_values(map(str, order), [*map(str, right), *missing]))
    means = mean_values(values) if values else {}
    return {name: means[name] for name in SHOWN if name in means}


def _scored(table: Table, chances: NDArray[np.float64], sources: Sequence[Source]) -> ScoredLinks:
    chosen = [unit.source in sources for unit in table.units]
    rows = np.repeat(chosen, np.diff(table.starts))
    gold = sum(unit.labels for unit, one in zip(table.units, chosen, strict=True) if one)
    return ScoredLinks(confidences=chances[rows], right=table.right[rows], gold=gold)


def _top(table: Table, chances: NDArray[np.float64], source: Source) -> Sample:
    """Return the best candidates of each unit of a set."""
    said: list[NDArray[np.float64]] = []
    true: list[NDArray[np.bool_]] = []
    for place, unit in enumerate(table.units):
        if unit.source is source:
            rows = slice(table.starts[place], table.starts[place + 1])
            best = np.argsort(-chances[rows], kind="stable")[:TOP]
            said.append(chances[rows][best])
            true.append(table.right[rows][best])
    return Sample(confidences=np.concatenate(said), right=np.concatenate(true).astype(np.float64))


def _weights(
    scorer: Scorer, *, threshold: float, ordinary: frozenset[str], provenance: dict[str, str]
) -> LinkWeights:
    return LinkWeights(
        intercept=scorer.intercept,
        coefficients=scorer.coefficients,
        hidden=scorer.hidden,
        threshold=threshold,
        min_confidence=MIN_CONFIDENCE,
        min_mass=MIN_MASS,
        ordinary=ordinary,
        provenance=provenance,
    )


def _uris(engine: Engine) -> dict[str, ConceptUri]:
    """Return the URI of each preferred label of the first framework, the first by URI."""
    found: dict[str, ConceptUri] = {}
    for concept in engine.frameworks.opened[0].db.concepts(ConceptKind.SKILL):
        found.setdefault(concept.pref_label(), concept.uri)
    return found


def _provenance(engine: Engine, files: Sequence[Path], measured: dict[str, str]) -> dict[str, str]:
    opened = engine.frameworks.opened
    return {
        "command": "python -m evaluation.fit_linker",
        "datasets": " ".join(path.name for path in files),
        "dataset_digest": digest(*files),
        "frameworks": " ".join(one.db.info.id for one in opened),
        "framework_digests": " ".join(one.db.info.digest for one in opened),
        "encoder": engine.encoder.fingerprint,
        "commit": commit_id(),
        "seed": str(SEED),
        **measured,
    }


def _weights_table(weights: LinkWeights) -> dict[str, object]:
    return {
        "intercept": weights.intercept,
        "threshold": weights.threshold,
        "min_confidence": weights.min_confidence,
        "min_mass": weights.min_mass,
        "coefficients": dict(zip(FEATURE_NAMES, weights.coefficients, strict=True)),
        "hidden": [_hidden_table(unit) for unit in weights.hidden],
        "ordinary": {"forms": sorted(weights.ordinary)},
        "provenance": dict(weights.provenance),
    }


def _hidden_table(unit: HiddenUnit) -> dict[str, object]:
    weights = dict(zip(FEATURE_NAMES, unit.weights, strict=True))
    return {"bias": unit.bias, "out": unit.out, "weights": weights}


def _bearing_table(bearing: SkillBearing) -> dict[str, object]:
    return {
        "encoder": bearing.encoder,
        "intercept": bearing.intercept,
        "direction": list(bearing.direction),
        "provenance": dict(bearing.provenance),
    }


def _write(path: Path, table: dict[str, object]) -> None:
    write_text(path, tomli_w.dumps(table))
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
