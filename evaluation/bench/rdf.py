"""Time, size and memory of a framework's way to RDF and back.

``python -m evaluation.bench.rdf --from FOLDER`` reads official ESCO CSV (``--onet``: O*NET files)
and, for each syntax, writes it, reads it and compares the two; it prints one JSON object. A
syntax is measured in a process of its own, so ``peak_rss_mb`` is the peak of source, export and
comparison together. ``--compare`` adds what rdflib's graph takes for the same Turtle and
N-Triples, which is why skillmatch writes its own. Times are CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skillmatch.model.framework import Framework
from skillmatch.readers.esco import read_esco_csv
from skillmatch.readers.onet import read_onet
from skillmatch.readers.rdf import rdf_formats, read_skos, write_skos

RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt"}


def peak_rss_mb() -> float:
    """Return the largest resident set of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


def read_source(source: Path, *, onet: bool) -> Framework:
    """Return the framework of the official files, without what tells how a reading went."""
    if onet:
        framework = read_onet(source, framework_id="onet-29.3", release="29.3")
    else:
        framework = read_esco_csv(source, framework_id="esco-1.1.1", release="1.1.1")
    return replace(framework, counts=(), missing=())


def measure(source: Path, folder: Path, name: str, onet: bool) -> dict[str, object]:
    """Write, read and compare in one syntax."""
    framework = read_source(source, onet=onet)
    path = folder / f"framework.{name}"
    start = time.process_time()
    write_skos(framework, path, name)
    written = time.process_time()
    found = read_skos(path, framework_id=framework.id, format=name)
    read = time.process_time()
    return {
        "format": name,
        "write_cpu_s": round(written - start, 2),
        "read_cpu_s": round(read - written, 2),
        "size_mb": round(path.stat().st_size / 1e6, 1),
        "statements": found.counts[0].read,
        "equal": replace(found, counts=(), missing=()) == framework,
        "peak_rss_mb": peak_rss_mb(),
    }


def compare(folder: Path, name: str) -> dict[str, object]:
    """Load the same file into rdflib's graph and let rdflib write it as Turtle."""
    from rdflib import Graph

    graph = Graph()
    start = time.process_time()
    graph.parse(folder / f"framework.{name}", format=RDFLIB_NAMES[name])
    loaded = time.process_time()
    graph.serialize(format="turtle", encoding="utf-8")
    return {
        "rdflib": name,
        "load_cpu_s": round(loaded - start, 2),
        "write_turtle_cpu_s": round(time.process_time() - loaded, 2),
        "peak_rss_mb": peak_rss_mb(),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements; exit code 1 where a framework did not come back equal."""
    names = [known.name for known in rdf_formats()]
    parser = argparse.ArgumentParser(description="Time a framework's way to RDF and back.")
    parser.add_argument("--from", dest="source", type=Path, required=True, help="official files")
    parser.add_argument("--onet", action="store_true", help="the files are O*NET's")
    parser.add_argument("--format", dest="formats", action="append", choices=names)
    parser.add_argument("--compare", action="store_true", help="also measure rdflib's own graph")
    chosen = parser.parse_args(arguments)
    results: list[dict[str, object]] = []
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen.formats or names:
            with fresh.Pool(1) as pool:
                job = (chosen.source, Path(folder), name, chosen.onet)
                results.append(pool.apply(measure, job))
            if chosen.compare and name in RDFLIB_NAMES:
                with fresh.Pool(1) as pool:
                    results.append(pool.apply(compare, (Path(folder), name)))
    summary = {"what": "RDF round trip", "python": platform.python_version(), "results": results}
    print(json.dumps(summary, indent=2))
    return 0 if all(result.get("equal", True) for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
