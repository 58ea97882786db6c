"""Fit the linker's confidence and the unit classifier, and write them with their provenance.

    python -m evaluation.fit_linker --benchmarks FOLDER [--framework esco-1.1.0]

Weights are fitted on SkillSkape train and SkillSpan train (see ``linker_examples``). The
threshold is chosen on TECH and HOUSE validation and SkillSkape dev together: the one with the
highest F1 over accepted links, sentences without gold included. Test splits are never read.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import tomli_w
from numpy.typing import NDArray

from evaluation.accepted_links import best_threshold, score_links
from evaluation.datasets import (
    Query,
    TaggedSentence,
    digest,
    read_linking_csv,
    read_skillskape,
    read_skillspan,
)
from evaluation.linker_examples import (
    MIN_WORDS,
    Example,
    from_queries,
    from_tags,
    key_of,
    sample,
)
from evaluation.ordinary_words import ordinary_words
from evaluation.provenance import commit_id
from skillmatch.atomic import write_text
from skillmatch.linking.features import FEATURE_NAMES
from skillmatch.linking.proposals import Proposer
from skillmatch.linking.surroundings import Ambiguity
from skillmatch.linking.weights import DATA, LinkWeights, SkillBearing, ThemeWeights
from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.service.opening import Engine, open_engine
from skillmatch.settings import Settings

SEED = 13
SENTENCES = 1500
TAGGED = 800
PLAIN = 800
DEV = 300
MIN_CONFIDENCE = 0.06
MIN_MASS = 0.08
THEME = ThemeWeights(slope=5.0, middle=0.25, least=0.15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files that are read, all of them train, validation or dev splits."""

    skillskape_train: Path
    skillskape_dev: Path
    skillspan_train: Path
    skillspan_dev: Path
    tech: Path
    house: Path

    @classmethod
    def below(cls, folder: Path) -> Sources:
        """Find the files in a folder of benchmarks."""
        validation = folder / "skill-extraction-validation"
        return cls(
            skillskape_train=folder / "skillskape" / "train.csv",
            skillskape_dev=folder / "skillskape" / "dev.csv",
            skillspan_train=folder / "skillspan" / "train.json",
            skillspan_dev=folder / "skillspan" / "dev.json",
            tech=validation / "tech_validation_annotations.csv",
            house=validation / "house_validation_annotations.csv",
        )

    @property
    def validation(self) -> tuple[Query, ...]:
        """TECH and HOUSE validation, sentences without gold included."""
        return (*read_linking_csv(self.tech), *read_linking_csv(self.house))


def main() -> None:
    """Fit and write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--framework", default="esco-1.1.0")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    sources = Sources.below(options.benchmarks)
    settings = Settings.from_environ(os.environ)
    engine = open_engine([options.framework, "onet"], settings=settings)
    bearing = fit_bearing(engine, sources)
    _write(options.out / "skill_bearing.toml", _bearing_table(bearing))
    weights = fit_weights(engine, sources, bearing)
    _write(options.out / "weights.toml", _weights_table(weights))


def fit_bearing(engine: Engine, sources: Sources) -> SkillBearing:
    """Fit the unit classifier on SkillSpan train and measure it on dev."""
    from sklearn.linear_model import LogisticRegression

    train = _training_sentences(sources)
    dev = [
        one for one in read_skillspan(sources.skillspan_dev) if len(one.text.split()) >= MIN_WORDS
    ]
    model = LogisticRegression(C=3.0, max_iter=2000)
    vectors = engine.encoder.encode([one.text for one in train])
    model.fit(vectors, [bool(one.spans) for one in train])
    said = model.predict(engine.encoder.encode([one.text for one in dev]))
    truth = np.array([bool(one.spans) for one in dev])
    precision = float((said & truth).sum() / max(1, said.sum()))
    recall = float((said & truth).sum() / max(1, truth.sum()))
    print(f"skill-bearing units, SkillSpan dev: precision {precision:.3f}, recall {recall:.3f}")
    measured = {"precision_dev": f"{precision:.4f}", "recall_dev": f"{recall:.4f}"}
    files = [sources.skillspan_train, sources.skillspan_dev]
    return SkillBearing(
        encoder=engine.encoder.fingerprint.split(":")[0],
        intercept=round(float(model.intercept_[0]), 4),
        direction=tuple(round(float(value), 4) for value in model.coef_[0]),
        provenance=_provenance(engine, files, measured),
    )


def fit_weights(engine: Engine, sources: Sources, bearing: SkillBearing) -> LinkWeights:
    """Fit the confidence on the training examples and choose the threshold on validation."""
    from sklearn.linear_model import LogisticRegression

    uri_of = _uris(engine)
    judged, tagged = _training_queries(sources), _training_sentences(sources)
    dense, lexical = engine.frameworks.union()
    ordinary = frozenset(ordinary_words(lexical, tagged, judged, uri_of))
    proposer = Proposer(
        encoder=engine.encoder,
        dense=dense,
        lexical=lexical,
        ambiguous=Ambiguity(ordinary=ordinary, skill_type=engine.frameworks.skill_type),
        bearing=bearing.log_odds,
    )
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(*_matrix(_examples(proposer, judged, tagged, uri_of)))
    fitted = LinkWeights(
        intercept=round(float(model.intercept_[0]), 4),
        coefficients=tuple(round(float(value), 4) for value in model.coef_[0]),
        threshold=0.5,
        min_confidence=MIN_CONFIDENCE,
        min_mass=MIN_MASS,
        theme=THEME,
        ordinary=ordinary,
        provenance={},
    )
    return _with_threshold(fitted, proposer, engine, sources, uri_of)


def _examples(
    proposer: Proposer,
    judged: Sequence[Query],
    tagged: Sequence[TaggedSentence],
    uri_of: dict[str, ConceptUri],
) -> Iterator[Example]:
    draw = random.Random(SEED)  # noqa: S311 - a seeded sample, no secret
    spoken = [one for one in tagged if one.spans]
    silent = [one for one in tagged if not one.spans]
    yield from from_queries(proposer, sample(judged, SENTENCES, seed=SEED), uri_of)
    yield from from_tags(proposer, draw.sample(spoken, min(TAGGED, len(spoken))))
    yield from from_tags(proposer, draw.sample(silent, min(PLAIN, len(silent))))


def _training_queries(sources: Sources) -> list[Query]:
    held = {key_of(query.text) for query in sources.validation}
    return [
        one
        for one in read_skillskape(sources.skillskape_train)
        if one.labels and key_of(one.text) not in held
    ]


def _training_sentences(sources: Sources) -> list[TaggedSentence]:
    held = {key_of(query.text) for query in sources.validation}
    return [
        one
        for one in read_skillspan(sources.skillspan_train)
        if len(one.text.split()) >= MIN_WORDS and key_of(one.text) not in held
    ]


def _with_threshold(
    fitted: LinkWeights,
    proposer: Proposer,
    engine: Engine,
    sources: Sources,
    uri_of: dict[str, ConceptUri],
) -> LinkWeights:
    """Choose the threshold with the highest F1 on validation and dev, and record it."""
    queries = [
        *sources.validation,
        *sample(read_skillskape(sources.skillskape_dev), DEV, seed=SEED),
    ]
    scored = score_links(fitted, proposer, queries, uri_of)
    threshold, precision, recall = best_threshold(scored)
    print(f"threshold {threshold:.2f}: precision {precision:.3f}, recall {recall:.3f}")
    measured = {
        "precision_validation": f"{precision:.4f}",
        "recall_validation": f"{recall:.4f}",
        "queries_validation": str(len(queries)),
    }
    files = [
        sources.skillskape_train,
        sources.skillskape_dev,
        sources.skillspan_train,
        sources.tech,
        sources.house,
    ]
    return replace(fitted, threshold=threshold, provenance=_provenance(engine, files, measured))


def _uris(engine: Engine) -> dict[str, ConceptUri]:
    """Return the URI of each preferred label of the first framework, the first by URI."""
    found: dict[str, ConceptUri] = {}
    for concept in engine.frameworks.opened[0].db.concepts(ConceptKind.SKILL):
        found.setdefault(concept.pref_label(), concept.uri)
    return found


def _matrix(examples: Iterable[Example]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rows = list(examples)
    return np.array([one.features for one in rows]), np.array([one.right for one in rows])


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
        "theme": asdict(weights.theme),
        "coefficients": dict(zip(FEATURE_NAMES, weights.coefficients, strict=True)),
        "ordinary": {"forms": sorted(weights.ordinary)},
        "provenance": dict(weights.provenance),
    }


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
