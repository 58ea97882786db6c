"""The load script: what it makes of answers, and what it sends."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

from evaluation.bench.service import Answer, Load, keep, missed, summary
from evaluation.made_postings import made_postings
from skillmatch.linking.requirements import SILENT
from skillmatch.text.cues import classify
from skillmatch.text.segment import segment


def good(ms: float, kind: str = "gap") -> Answer:
    """Return an answer."""
    return Answer(kind=kind, status=200, ms=ms)


def test_latencies_are_of_answers_and_refusals_stand_apart() -> None:
    """A refusal is quick; among the answers it would make the service look quick."""
    answers = [good(100), good(300), Answer(kind="gap", status=503, ms=2)]

    found = summary(answers)

    assert found["gap"] == {
        "requests": 3, "statuses": {"200": 2, "503": 1}, "p50_ms": 200, "p95_ms": 290, "max_ms": 300
    }  # fmt: skip
    assert found["refused"] == {"requests": 1, "p50_ms": 2, "p95_ms": 2, "max_ms": 2}
    assert found["search"]["p95_ms"] == 0
    assert (found["errors"], found["faults"]) == (0, [])


def test_what_was_missed_is_named() -> None:
    """Errors, refusals of the steady load, and slowness of answers and of refusals."""
    fine = summary([good(10), good(10, "search")])
    refusing = summary([good(10), Answer(kind="search", status=503, ms=2000)])
    failing = summary([good(700), Answer(kind="gap", status=422, ms=5, fault="no")])

    assert missed({"steady": fine, "overload": fine, "recovered": fine}) == []
    told = missed({"steady": failing, "overload": refusing, "recovered": refusing})

    assert told == [
        "steady gap p95 700.0 ms",
        "steady was not answered in full",
        "recovered was not answered in full",
        "overload refused only after 2000.0 ms (p95)",
    ]


def test_requests_are_spread_over_every_second() -> None:
    """The rate holds in each second and not only on average."""
    times = Load(name="steady", seconds=5).times(1)

    for second in range(5):
        kinds = [kind for at, kind in times if second <= at < second + 1]
        assert (kinds.count("gap"), kinds.count("search")) == (3, 27)


def test_results_of_both_databases_stand_in_one_file(tmp_path: Path) -> None:
    """Measuring the one again leaves the other as it was."""
    path = tmp_path / "bench.json"

    for database, seconds in (("sqlite", 1), ("postgresql", 2), ("sqlite", 3)):
        keep(path, {"database": database, "seconds": seconds})

    found = json.loads(path.read_text("utf-8"))
    assert {name: one["seconds"] for name, one in found.items()} == {"sqlite": 3, "postgresql": 2}


def test_of_every_made_posting_something_is_read() -> None:
    """A posting whose lines all fall below "What we offer" asks for nothing, and is no load."""
    postings = list(itertools.islice(made_postings(1), 150))

    assert len(set(postings)) == 150
    for posting in postings:
        units = classify(segment(posting))
        read = sum(len(one.text.split()) for one in units if one.section not in SILENT)
        assert len(posting.split()) >= 500
        assert read >= 50
