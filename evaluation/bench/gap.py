"""Time and memory of ``skillmatch gap`` and ``--help``, cold and warm.

``python -m evaluation.bench.gap [--posting FILE] [--runs N]`` prints one JSON object about what is
installed. Cold is a process of its own, from the command to its end. Warm is one process that
reads all example postings, in rounds; each round puts another word into every sentence, so that no
text was ever seen before. Each number stands beside a baseline of the same run, since a machine may
be busy: a Python that imports numpy, ONNX Runtime and FAISS, one that imports nothing, and encoding
the same texts alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evaluation.bench.processes import run_often
from evaluation.provenance import ROOT, commit_id
from skillmatch import Matcher
from skillmatch.embedding.port import Encoder, Role, TokenVectors, Vectors
from skillmatch.model.posting import Posting
from skillmatch.readers.documents import read_posting

POSTINGS = ROOT / "examples" / "postings"
HAVE = "Python,SQL,communication"
LIMITS = {
    "help_cpu_s": 0.4,
    "cold_wall_s": 2.5,
    "cold_peak_rss_mb": 600.0,
    "warm_wall_p50_ms": 250.0,
}
PROGRAM = "from skillmatch.cli.main import run; run()"
HEAVY = ("torch", "transformers", "sentence_transformers")
WORDS = ("harbour", "violet", "granite", "meadow", "lantern", "copper", "orchard", "saddle")
MIN_WORDS = 5
"""Lines from this many words on are sentences; shorter ones are headings and stay what they are."""


@dataclass(slots=True)
class TimedEncoder:
    """An encoder that remembers what it was asked and how long that took."""

    encoder: Encoder
    texts: list[list[str]] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the encoder within."""
        return self.encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Dimension of the encoder within."""
        return self.encoder.dimension

    def encode(self, texts: Sequence[str], role: Role = Role.PASSAGE) -> Vectors:
        """Encode, and remember the texts."""
        self.texts.append(list(texts))
        return self.encoder.encode(texts, role)

    def encode_tokens(self, texts: Sequence[str], role: Role = Role.QUERY) -> list[TokenVectors]:
        """Encode by the encoder within."""
        return self.encoder.encode_tokens(texts, role)


def word_of(number: int) -> str:
    """Return the word of a round, each round another."""
    return f"{WORDS[number % len(WORDS)]}{number // len(WORDS) or ''}"


def varied(posting: Posting, number: int) -> Posting:
    """Return a posting with another word in every sentence, one for each round."""
    word = word_of(number)
    lines = (
        f"{line} {word}" if len(line.split()) >= MIN_WORDS else line
        for line in posting.text.split("\n")
    )
    return replace(posting, text="\n".join(lines))


def imported(arguments: Sequence[str]) -> list[str]:
    """Return which of the heavy packages a command imports."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "modules.json"
        program = (
            "import json, pathlib, sys\n"
            "from skillmatch.cli.main import run\n"
            "try:\n    run()\n"
            f"finally:\n    pathlib.Path({str(found)!r}).write_text("
            f"json.dumps([name for name in {HEAVY!r} if name in sys.modules]))\n"
        )
        command = [sys.executable, "-c", program, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        names: list[str] = json.loads(found.read_text(encoding="utf-8"))
    return names


def warm(rounds: int) -> dict[str, float]:
    """Read all example postings again and again in this process."""
    postings = [read_posting(path) for path in sorted(POSTINGS.iterdir())]
    wall: list[float] = []
    cpu: list[float] = []
    with Matcher.open() as opened:
        encoder = TimedEncoder(opened.linker.proposer.encoder)
        proposer = replace(opened.linker.proposer, encoder=encoder)
        matcher = replace(opened, linker=replace(opened.linker, proposer=proposer))
        matcher.gap(postings[0], have=HAVE.split(","))
        encoder.texts.clear()
        for number in range(rounds):
            for posting in postings:
                asked = varied(posting, number)
                started, used = time.perf_counter(), time.process_time()
                matcher.gap(asked, have=HAVE.split(","))
                wall.append(1000 * (time.perf_counter() - started))
                cpu.append(1000 * (time.process_time() - used))
        alone = encode_alone(encoder)
    return {
        "postings": len(wall),
        "words_p50": statistics.median(len(varied(one, 0).text.split()) for one in postings),
        "wall_p50_ms": round(statistics.median(wall), 1),
        "wall_p95_ms": round(statistics.quantiles(wall, n=20)[-1], 1),
        "cpu_p50_ms": round(statistics.median(cpu), 1),
        "encode_alone_mean_ms": round(alone / len(wall), 1),
        "gap_to_encoding_alone": round(sum(wall) / alone, 2),
    }


def encode_alone(encoder: TimedEncoder) -> float:
    """Encode everything once more and return the wall milliseconds of it all."""
    started = time.perf_counter()
    for texts in encoder.texts:
        encoder.encoder.encode(texts, Role.QUERY)
    return 1000 * (time.perf_counter() - started)


def warm_apart(rounds: int) -> dict[str, float]:
    """Run ``warm`` in a process that did nothing else."""
    command = [sys.executable, "-m", "evaluation.bench.gap", "--warm", str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    facts: dict[str, float] = json.loads(done.stdout)
    return facts


def measure(posting: Path, runs: int) -> dict[str, object]:
    """Measure help, cold and warm, each beside its baseline and its limit."""
    python = [sys.executable, "-c"]
    bare = run_often([*python, "pass"], runs)
    imports = run_often([*python, "import numpy, onnxruntime, tokenizers, faiss"], runs)
    asked = run_often([*python, PROGRAM, "--help"], runs)
    command = ["gap", str(posting), "--have", HAVE]
    cold, heavy = run_often([*python, PROGRAM, *command], runs), imported(command)
    many = warm_apart(runs)
    measured = {
        "help_cpu_s": asked["cpu_p50_s"],
        "cold_wall_s": cold["wall_p50_s"],
        "cold_peak_rss_mb": cold["peak_rss_mb"],
        "warm_wall_p50_ms": many["wall_p50_ms"],
    }
    missed = [name for name, limit in LIMITS.items() if measured[name] > limit]
    return {
        "what": "gap and --help",
        "commit": commit_id(),
        "posting": posting.name,
        "runs": runs,
        "help": asked,
        "cold": cold,
        "cold_heavy_imports": heavy,
        "warm": many,
        "baselines": {"bare_python": bare, "imports_alone": imports},
        "help_to_bare_python_cpu": round(asked["cpu_p50_s"] / bare["cpu_p50_s"], 1),
        "cold_to_imports_alone_wall": round(cold["wall_p50_s"] / imports["wall_p50_s"], 2),
        "measured": measured,
        "limits": LIMITS,
        "missed": [*missed, *(f"imports {name}" for name in heavy)],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurement; exit code 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--posting", type=Path, default=POSTINGS / "software-developer.txt")
    parser.add_argument("--runs", type=int, default=5, help="cold runs, and rounds when warm")
    parser.add_argument("--warm", type=int, help="measure only this many rounds, in this process")
    chosen = parser.parse_args(arguments)
    if chosen.warm is not None:
        print(json.dumps(warm(chosen.warm)))
        return 0
    machine = {
        "load_average_1_min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    result = measure(chosen.posting, chosen.runs)
    result |= {"within_limits": not result["missed"]} | machine
    print(json.dumps(result, indent=2))
    return 0 if result["within_limits"] else 1


if __name__ == "__main__":
    sys.exit(main())
