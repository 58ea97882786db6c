"""How quickly the service completes what somebody types: a search for every letter of a label.

``python -m evaluation.bench.service_search [--labels N]`` starts ``skillmatch serve`` on a free
port of this machine over what is installed, and prints one JSON object. Labels of skills are drawn
at random and typed letter by letter, up to 30 of them; each letter is a request of its own over one
connection that stays open, with a key, as a page sends them. Beside the time that a request takes
stands the processor time that the service spends on it, which a busy machine changes less.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from evaluation.bench.service import Watch, served
from evaluation.provenance import commit_id, machine
from skillmatch.model.concept import ConceptKind, LabelKind
from skillmatch.service.choice import choose_frameworks
from skillmatch.service.places import Places
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb

PACKAGES = ("fastapi", "starlette", "uvicorn")
LIMITS = {"p95_ms": 30.0}
MOST_LETTERS = 30
WARM_UP = 50
SEED = 20261122


def typed(labels: Sequence[str], count: int, seed: int) -> list[str]:
    """Return what stands in the field after each letter of ``count`` labels, in order of typing."""
    drawn = random.Random(seed).sample(sorted(set(labels)), count)  # noqa: S311 - no secret
    begun = [label[:end] for label in drawn for end in range(1, min(len(label), MOST_LETTERS) + 1)]
    return [one for one in begun if one.strip()]


def labels_of(settings: Settings) -> tuple[str, list[str]]:
    """Return the first framework at hand and the English labels of its skills."""
    places = Places.of(settings)
    first = choose_frameworks(places)[0]
    with FrameworkDb.open(places.get_database(first)) as db:
        rows = db.label_rows(
            kinds=[ConceptKind.SKILL], label_kinds=[LabelKind.PREF, LabelKind.ALT], language="en"
        )
        return first, [row.text for row in rows]


def measured(address: str, key: str, pid: int, queries: Sequence[str]) -> dict[str, Any]:
    """Ask for each query in turn and return what that took."""
    took: list[float] = []
    watch = Watch(pid)
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}) as client:
        for query in queries[:WARM_UP]:
            client.get("/v1/search", params={"query": query})
        before = watch.cpu_s()
        for query in queries:
            started = time.perf_counter()
            client.get("/v1/search", params={"query": query}).raise_for_status()
            took.append((time.perf_counter() - started) * 1000)
        spent = watch.cpu_s() - before
    places = quantiles(took, n=100, method="inclusive")
    return {
        "requests": len(took),
        "p50_ms": round(places[49], 1),
        "p95_ms": round(places[94], 1),
        "p99_ms": round(places[98], 1),
        "max_ms": round(max(took), 1),
        "server_cpu_ms": round(1000 * spent / len(took), 2),
    }


def main() -> int:
    """Measure, print one JSON object, and say by the exit code whether the limit was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=60, help="labels that are typed")
    asked = parser.parse_args()
    framework, labels = labels_of(Settings.from_environ(os.environ))
    queries = typed(labels, asked.labels, SEED)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(f"sqlite:///{Path(folder) / 'search.sqlite'}") as (address, key, pid),
    ):
        found = measured(address, key, pid, queries)
    result = {
        "measured": found,
        "limits": LIMITS,
        "framework": framework,
        "labels": asked.labels,
        "seed": SEED,
        "load_average": [round(one, 2) for one in os.getloadavg()],
        "machine": machine(PACKAGES),
        "commit": commit_id(),
    }
    sys.stdout.write(json.dumps(result, indent=2, sort_keys=True) + "\n")
    return 0 if found["p95_ms"] <= LIMITS["p95_ms"] else 1


if __name__ == "__main__":
    sys.exit(main())
