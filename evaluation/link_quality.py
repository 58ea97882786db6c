"""Measure `skillmatch link` on the validation splits.

    python -m evaluation.link_quality --benchmarks FOLDER [--framework esco-1.1.0]

Protocol: sentences grouped, gold ``LABEL NOT PRESENT`` and ``UNDERSPECIFIED`` dropped, labels
become URIs of the release; a query without gold counts for precision only. RP@k is hits in the
first k over min(k, gold); MRR looks at the first 100 concepts; ties break by URI. Beside the linker
stands its own encoder alone: cosine of the whole sentence and the best label.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

from evaluation.datasets import Query, digest, read_linking_csv
from evaluation.provenance import commit_id
from skillmatch import Matcher
from skillmatch.embedding.port import Role
from skillmatch.model.concept import ConceptKind, ConceptUri

TOP = 100


class Ranks(TypedDict):
    """Means over queries with gold."""

    rp_at_5: float
    rp_at_10: float
    mrr: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Means over queries with gold, in [0, 1]; precision and recall over all links."""

    queries: int
    with_gold: int
    rp_at_5: float
    rp_at_10: float
    mrr: float
    precision: float | None = None
    recall: float | None = None


def rank_quality(
    queries: Sequence[Query], ranked: Sequence[Sequence[str]], gold: Sequence[set[ConceptUri]]
) -> Ranks:
    """Return RP@5, RP@10 and MRR of ranked URIs, over the queries that have gold."""
    judged = [(list(uris), right) for uris, right in zip(ranked, gold, strict=True) if right]
    if not judged:
        raise ValueError(f"none of {len(queries)} queries has gold")

    def rp(k: int) -> float:
        hits = (
            sum(uri in right for uri in uris[:k]) / min(k, len(right)) for uris, right in judged
        )
        return round(sum(hits) / len(judged), 4)

    first = (
        next((1 / (place + 1) for place, uri in enumerate(uris) if uri in right), 0.0)
        for uris, right in judged
    )
    return {"rp_at_5": rp(5), "rp_at_10": rp(10), "mrr": round(sum(first) / len(judged), 4)}


def measure(matcher: Matcher, queries: Sequence[Query]) -> dict[str, Quality]:
    """Measure the linker and, beside it, its encoder alone."""
    opened = matcher.frameworks.opened[0]
    uri_of: dict[str, ConceptUri] = {}
    for concept in opened.db.concepts(ConceptKind.SKILL):
        uri_of.setdefault(concept.pref_label(), concept.uri)
    gold = [{uri_of[label] for label in query.labels if label in uri_of} for query in queries]
    texts = [query.text for query in queries]
    linked = matcher.link(texts, top=TOP)
    accepted = [{link.uri for link in links if link.accepted} for links in linked]
    hits = sum(len(found & right) for found, right in zip(accepted, gold, strict=True))
    plain = opened.dense.search(matcher.linker.proposer.encoder.encode(texts, Role.QUERY), TOP)
    judged = sum(bool(right) for right in gold)
    return {
        "linker": Quality(
            queries=len(queries),
            with_gold=judged,
            **rank_quality(queries, [[link.uri for link in links] for links in linked], gold),
            precision=round(hits / max(1, sum(map(len, accepted))), 4),
            recall=round(hits / max(1, sum(len(query.labels) for query in queries)), 4),
        ),
        "encoder alone": Quality(
            queries=len(queries),
            with_gold=judged,
            **rank_quality(queries, [[one.uri for one in row] for row in plain], gold),
        ),
    }


def main() -> None:
    """Print the qualities as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--framework", default="esco-1.1.0")
    options = parser.parse_args()
    folder = options.benchmarks / "skill-extraction-validation"
    files = {name: folder / f"{name}_validation_annotations.csv" for name in ("tech", "house")}
    with Matcher.open([options.framework]) as matcher:
        found = {
            name: {
                system: asdict(quality)
                for system, quality in measure(matcher, read_linking_csv(path)).items()
            }
            for name, path in files.items()
        }
        info = matcher.frameworks.opened[0].db.info
        encoder = matcher.linker.proposer.encoder.fingerprint
    about = {
        "dataset_digest": digest(*files.values()),
        "framework": info.id,
        "framework_digest": info.digest,
        "encoder": encoder,
        "commit": commit_id(),
    }
    print(json.dumps({**found, **about}, indent=2))


if __name__ == "__main__":
    main()
