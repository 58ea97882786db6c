"""What the page of the service tells is what the service has."""

from __future__ import annotations

import json
import re

from skillmatch_api.settings import Limits
from skillmatch_api.wire.answers.problems import Problem
from skillmatch_api.wire.limits.admission import Lanes
from skillmatch_api.wire.limits.bodies import STRANGERS_BYTES
from skillmatch_api.wire.limits.connections import (
    CHUNK_BYTES,
    FREE_CHUNKS,
    HEAD_BYTES,
    UNREAD_SECONDS,
)
from skillmatch_api.wire.limits.rates import BURST_SECONDS, Rates
from skillmatch_api.wire.limits.streams import Streams
from skillmatch_api.wire.process.server import KEEP_ALIVE_SECONDS
from skillmatch_api.wire.telemetry.metrics import Metrics
from tests.docs.doc_pages import blocks, page, rows


def test_every_number_for_prometheus_is_described() -> None:
    """A dashboard is built from the page; the two that ask the database are added by the app."""
    limits = Limits()
    streams = Streams(most=limits.streams, most_each=limits.streams_each)
    metrics = Metrics(lanes=Lanes.of(limits), rates=Rates(limits.rate), streams=streams)
    metrics.note("/healthz", "GET", 200, 0.1)
    metrics.errors.labels("KeyError").inc()
    told = {
        name
        for row in rows(page("service.md"))
        for name in re.findall(r"`(skillmatch_\w+)`", row[0])
    }

    exposed = set(re.findall(r"^# TYPE (skillmatch_\w+) ", metrics.text().decode(), re.MULTILINE))
    exposed = {name for name in exposed if not name.endswith("_created")}

    assert told == exposed | {"skillmatch_framework", "skillmatch_jobs"}


def test_the_limits_that_no_setting_changes_are_those_of_the_page() -> None:
    """Whoever meets one looks for its number here."""
    text = page("service.md")

    assert f"{HEAD_BYTES // 1024} KiB" in text
    assert f"| {FREE_CHUNKS:,}, and one more for each {CHUNK_BYTES} bytes |" in text
    assert f"| {STRANGERS_BYTES // 1024} KiB; " in text
    assert f"{UNREAD_SECONDS:.0f} s during which nobody reads it" in text
    assert f"silent ones for {KEEP_ALIVE_SECONDS} s" in text
    assert BURST_SECONDS * 6 == 60  # a sixth of a minute's requests may come at once
    assert f'"caller";q={Limits().rate // 6};w={BURST_SECONDS}' in text


def test_the_problem_on_the_page_is_one() -> None:
    """Clients are written after it."""
    (problem, line) = (json.loads(block) for block in blocks(page("service.md"), "json"))

    assert Problem.model_validate(problem).model_dump() == problem
    assert {"request_id", "method", "route", "status", "ms", "bytes", "caller"} <= set(line)
