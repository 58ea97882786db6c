"""Time and memory of linking: one sentence, many in a batch, and a posting of 500 words.

``python -m evaluation.bench.link [--rounds N]`` prints one JSON object about what is installed. All
of it is warm and happens in one fresh process, whose peak memory is part of the result. Each round
puts another word into every sentence, so that no text was ever seen before. The same sentences
encoded alone are the baseline of the same run, since a machine may be busy.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from evaluation.bench.frameworks import peak_rss_mb
from evaluation.bench.gap import POSTINGS, varied, word_of
from evaluation.provenance import ROOT, commit_id
from evaluation.systems.dense import open_default_encoder
from skillmatch import Matcher
from skillmatch.embedding import Role
from skillmatch.model.posting import Posting
from skillmatch.readers.documents import read_posting
from skillmatch.settings import Settings
from skillmatch.text.cues import BOILERPLATE, classify
from skillmatch.text.segment import segment

LIMITS = {
    "sentence_p50_ms": 8.0,
    "posting_p50_ms": 200.0,
    "batch_ms_per_unit": 4.0,
    "peak_rss_mb": 700.0,
}
"""Four milliseconds a unit are 250 units a second."""
WORDS = 500
TOP = 10
BATCH = 64
Text = TypeVar("Text")


def example_postings() -> list[Posting]:
    """Read the example postings, by name."""
    return [read_posting(path) for path in sorted(POSTINGS.iterdir())]


def about_500_words(postings: Sequence[Posting]) -> Posting:
    """Return the posting whose length is nearest to 500 words."""
    return min(postings, key=lambda one: abs(len(one.text.split()) - WORDS))


def sentences(posting: Posting) -> list[str]:
    """Return the units of a posting that are looked at."""
    return [
        unit.text for unit in classify(segment(posting.text)) if unit.section not in BOILERPLATE
    ]


def fresh_units(postings: Sequence[Posting], number: int) -> list[str]:
    """Return the units of all postings, each with the word of this round at its end."""
    return [f"{text} {word_of(number)}" for posting in postings for text in sentences(posting)]


def each_ms(step: Callable[[Text], object], items: Iterable[Text]) -> list[float]:
    """Return the wall milliseconds that a step takes for each item."""
    found = []
    for item in items:
        started = time.perf_counter()
        step(item)
        found.append(1000 * (time.perf_counter() - started))
    return found


def warm(rounds: int) -> dict[str, float]:
    """Measure everything in this process."""
    postings = example_postings()
    with Matcher.open() as matcher:
        matcher.requirements(postings[0])
        alone = one_by_one(matcher, postings, rounds)
        batch = in_batches(matcher, postings, rounds)
        whole = posting_times(matcher, about_500_words(postings), rounds)
    # Before the baseline, which opens an encoder of its own.
    peak = peak_rss_mb()
    encoder = open_default_encoder(Settings.from_environ(os.environ))
    encoder.encode(["warm up"], Role.QUERY)
    texts = fresh_units(postings, 0)
    encoded = each_ms(lambda text: encoder.encode([text], Role.QUERY), texts)
    return {
        **alone,
        **batch,
        **whole,
        "peak_rss_mb": peak,
        "encode_alone_p50_ms": round(statistics.median(encoded), 2),
    }


def one_by_one(matcher: Matcher, postings: Sequence[Posting], rounds: int) -> dict[str, float]:
    """Link sentences each on its own."""
    found: list[float] = []
    for number in range(rounds):
        texts = fresh_units(postings, number)
        found += each_ms(lambda text: matcher.link([text], top=TOP), texts)
    return {
        "sentences": len(found),
        "sentence_p50_ms": round(statistics.median(found), 2),
        "sentence_p95_ms": round(statistics.quantiles(found, n=20)[-1], 2),
    }


def in_batches(matcher: Matcher, postings: Sequence[Posting], rounds: int) -> dict[str, float]:
    """Link the same kind of sentences in batches."""
    texts = [text for number in range(rounds) for text in fresh_units(postings, rounds + number)]
    parts = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    took = sum(each_ms(lambda part: matcher.link(part, top=TOP), parts))
    return {
        "batch_size": BATCH,
        "batch_ms_per_unit": round(took / len(texts), 3),
        "batch_units_per_s": round(1000 * len(texts) / took, 1),
    }


def posting_times(matcher: Matcher, posting: Posting, rounds: int) -> dict[str, float]:
    """Read a posting's requirements, again and again with other words."""
    asked = [varied(posting, 2 * rounds + number) for number in range(max(rounds, 2))]
    found = each_ms(matcher.requirements, asked)
    return {
        "posting_words": len(posting.text.split()),
        "posting_units": len(segment(posting.text)),
        "posting_units_looked_at": len(sentences(posting)),
        "posting_p50_ms": round(statistics.median(found), 1),
        "posting_p95_ms": round(statistics.quantiles(found, n=20)[-1], 1),
    }


def measure(rounds: int) -> dict[str, object]:
    """Measure in a fresh process and set the numbers beside their limits."""
    command = [sys.executable, "-m", "evaluation.bench.link", "--warm", str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    facts: dict[str, float] = json.loads(done.stdout)
    measured = {name: facts[name] for name in LIMITS}
    return {
        "what": "linking, warm",
        "commit": commit_id(),
        "warm": facts,
        "measured": measured,
        "limits": LIMITS,
        "missed": [name for name, limit in LIMITS.items() if measured[name] > limit],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurement; exit code 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm", type=int, help="measure only this many rounds, in this process")
    chosen = parser.parse_args(arguments)
    if chosen.warm is not None:
        print(json.dumps(warm(chosen.warm)))
        return 0
    result = measure(chosen.rounds)
    result |= {
        "within_limits": not result["missed"],
        "load_average_1_min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(result, indent=2))
    return 0 if result["within_limits"] else 1


if __name__ == "__main__":
    sys.exit(main())
