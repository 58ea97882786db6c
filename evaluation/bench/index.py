"""Time and memory of encoding, index building and search on an ESCO release.

``python -m evaluation.bench.index --esco FOLDER [--encoder NAME]`` prints one JSON object. Each
step runs in a process of its own, so that its peak memory is its own. Times are wall seconds,
which is what a person waits, and CPU seconds, since a machine may be busy with other work. Two
baselines belong to the same run: encoding one text at a time, and a plain matrix product in
float32, which tells how fast the cores were at that moment.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.bench.frameworks import Facts, peak_rss_mb, timed
from skillmatch.embedding import Role, open_encoder
from skillmatch.embedding.opening import find_encoder
from skillmatch.model.concept import ConceptKind, LabelKind
from skillmatch.readers.esco import read_esco_csv
from skillmatch.retrieval.dense_index import DenseIndex
from skillmatch.retrieval.recipe import read_recipe
from skillmatch.service.indexing import build_index, index_dir, models_dir
from skillmatch.service.opening import DEFAULT_RECIPE
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb, write_framework

FRAMEWORK = "esco-bench"
LIMITS_S = {"default_from_nothing": 120.0, "full_from_nothing": 240.0, "default_cached": 10.0}
ALONE = 300
SIDE = 1536


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a step finds its things; ``data`` is a data folder of this run alone."""

    esco: Path
    encoder: str
    data: Path
    models: Path

    @property
    def settings(self) -> Settings:
        """Settings of the user with the data folder of this run."""
        theirs = Settings.from_environ(os.environ)
        return Settings(
            data_dir=self.data,
            manifests=theirs.manifests,
            recipes=theirs.recipes,
            threads=theirs.threads,
        )

    @property
    def database(self) -> Path:
        """The installed form of the release."""
        return self.data / "frameworks" / FRAMEWORK / "framework.sqlite"

    @property
    def encoder_folder(self) -> str:
        """Folder of the encoder, whether it was named or pointed at; the program's by default."""
        theirs = self.settings.recipes
        name = self.encoder or read_recipe(DEFAULT_RECIPE, folder=theirs).encoder
        return str(find_encoder(name, models=self.models).resolve())


def install(place: Place) -> Facts:
    """Put the release into the data folder of this run."""

    def step() -> None:
        place.database.parent.mkdir(parents=True)
        framework = read_esco_csv(place.esco, framework_id=FRAMEWORK, release="bench")
        write_framework(framework, place.database)

    return timed(step)


def matrix_product(_place: Place) -> Facts:
    """Multiply two float32 matrices, in billions of operations a second."""
    import numpy as np

    left = np.random.default_rng(0).normal(size=(SIDE, SIDE)).astype(np.float32)
    left @ left
    facts = timed(lambda: [left @ left for _ in range(10)])
    return facts | {"gflops": round(2 * 10 * SIDE**3 / facts["wall_s"] / 1e9, 1)}


def one_at_a_time(place: Place) -> Facts:
    """Encode labels each in a run of its own: what batching saves."""
    with FrameworkDb.open(place.database) as db:
        rows = db.label_rows(kinds=(ConceptKind.SKILL,), label_kinds=(LabelKind.PREF,))
        texts = [row.text for row in itertools.islice(rows, ALONE)]
    encoder = open_encoder(place.encoder_folder, models=place.models)
    encoder.encode(texts[:5])
    facts = timed(lambda: [encoder.encode([text]) for text in texts])
    return facts | {"texts_per_s": round(len(texts) / facts["wall_s"], 1)}


def build(place: Place, recipe: str) -> Facts:
    """Build an index; what the vector cache of ``place.data`` knows is not encoded again."""
    encoded = [0]

    def step() -> None:
        built = build_index(
            FRAMEWORK,
            recipe,
            settings=place.settings,
            encoder=place.encoder_folder,
            force=True,
            progress=lambda _done, total: encoded.append(total),
        )
        facts["rows"] = built.info.rows
        facts["concepts"] = built.info.concepts

    facts: Facts = {}
    facts |= timed(step)
    facts["encoded_characters"] = encoded[-1]
    facts["rows_per_s"] = round(facts["rows"] / facts["wall_s"], 1)
    return facts | {"peak_rss_mb": peak_rss_mb()}


def search(place: Place) -> Facts:
    """Open encoder and index cold, then search warm, alone and by thirties."""
    facts: Facts = {"start_rss_mb": peak_rss_mb()}
    started = time.perf_counter()
    encoder = open_encoder(place.encoder_folder, models=place.models)
    facts["open_encoder_s"] = round(time.perf_counter() - started, 3)
    started = time.perf_counter()
    index = DenseIndex.open(index_dir(place.data, FRAMEWORK, "default"))
    facts["open_index_s"] = round(time.perf_counter() - started, 3)
    texts = [f"plan the work of team {number} and report about it in time" for number in range(30)]
    vectors = encoder.encode(texts, Role.QUERY)
    facts["encode_1_p50_ms"] = p50_ms(lambda: encoder.encode(texts[:1], Role.QUERY))
    facts["encode_30_p50_ms"] = p50_ms(lambda: encoder.encode(texts, Role.QUERY))
    facts["search_1_p50_ms"] = p50_ms(lambda: index.search(vectors[:1], 20))
    facts["search_30_p50_ms"] = p50_ms(lambda: index.search(vectors, 20))
    return facts | {"peak_rss_mb": peak_rss_mb()}


def p50_ms(step: Callable[[], object], repeats: int = 15) -> float:
    """Return the median wall time of a step in milliseconds, after one run to warm up."""
    step()
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - started)
    return round(1000 * statistics.median(seconds), 2)


def forget_vectors(place: Place) -> Facts:
    """Empty the vector cache, so that the next build starts from nothing."""
    removed = 0
    for path in (place.data / "vectors").glob("*.*s"):
        path.unlink()
        removed += 1
    return {"files": removed}


STEPS: dict[str, Callable[[Place], Facts]] = {
    "install": install,
    "matrix_product": matrix_product,
    "one_at_a_time": one_at_a_time,
    "default_from_nothing": lambda place: build(place, "default"),
    "default_cached": lambda place: build(place, "default"),
    "search": search,
    "forget_vectors": forget_vectors,
    "full_from_nothing": lambda place: build(place, "full"),
}


def run_apart(step: str, place: Place) -> Facts:
    """Run one step in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "evaluation.bench.index", "--step", step]
    options = {"--esco": place.esco, "--encoder": place.encoder_folder, "--data": place.data}
    parts = [str(part) for option in options.items() for part in option]
    done = subprocess.run([*command, *parts], check=True, stdout=subprocess.PIPE, text=True)
    facts: Facts = json.loads(done.stdout)
    return facts


def measure(place: Place) -> dict[str, object]:
    """Run all steps in their order and set them beside baselines and limits."""
    facts = {step: run_apart(step, place) for step in STEPS}
    rate = facts["default_from_nothing"]["rows_per_s"]
    return {
        "what": "index build and search",
        "encoder": open_encoder(place.encoder_folder, models=place.models).fingerprint,
        "steps": facts,
        "batched_to_one_at_a_time": round(rate / facts["one_at_a_time"]["texts_per_s"], 2),
        "rows_per_gflop": round(rate / facts["matrix_product"]["gflops"], 3),
        "limits_wall_s": LIMITS_S,
        "within_limits": all(facts[step]["wall_s"] <= limit for step, limit in LIMITS_S.items()),
        "load_average_1_min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurement; exit code 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description="Time index building on an ESCO release.")
    parser.add_argument("--esco", type=Path, required=True, help="folder of the official zips")
    parser.add_argument(
        "--encoder", default="", help="name or folder; the program's own by default"
    )
    parser.add_argument("--step", choices=sorted(STEPS), help="run one step in this process")
    parser.add_argument("--data", type=Path, help="data folder of the run, for --step")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(
            esco=chosen.esco,
            encoder=chosen.encoder,
            data=chosen.data or Path(folder),
            models=models_dir(Settings.from_environ(os.environ).data_dir),
        )
        if chosen.step is not None:
            print(json.dumps(STEPS[chosen.step](place)))
            return 0
        result = measure(place)
    print(json.dumps(result, indent=2))
    return 0 if result["within_limits"] else 1


if __name__ == "__main__":
    sys.exit(main())
