"""What Prometheus reads; each application counts for itself.

Labels are templates of routes, methods, statuses and names of frameworks: few, and never
anybody's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from skillmatch_api.wire.limits.admission import Lane, Lanes
from skillmatch_api.wire.limits.rates import Rates
from skillmatch_api.wire.limits.streams import Streams

BUCKETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1.0, 2.0, 5.0, 15.0, 60.0)
"""Upper ends, in seconds, of the classes that answers fall into by their time."""

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


class Metrics:
    """The numbers of one application."""

    def __init__(self, *, lanes: Lanes, rates: Rates, streams: Streams) -> None:
        self.registry = CollectorRegistry()
        self.in_flight = Gauge(
            "skillmatch_requests_in_flight", "Requests being answered.", registry=self.registry
        )
        self.errors = Counter(
            "skillmatch_errors", "Unexpected errors.", ["type"], registry=self.registry
        )
        self._requests = Counter(
            "skillmatch_requests",
            "Requests answered; status 0 is one whose client went away.",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "skillmatch_request_seconds",
            "Time until a request was answered completely.",
            ["route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_Load(lanes, rates, streams))
        ProcessCollector(registry=self.registry)

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        known = method if method in _METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def gauge_of(self, name: str, help_text: str, labels: tuple[str, ...], values: Values) -> None:
        """Ask ``values`` for a gauge whenever somebody reads the numbers."""
        self.registry.register(_Asked(name, help_text, labels, values))

    def text(self) -> bytes:
        """Return all numbers in Prometheus' text format."""
        return generate_latest(self.registry)


Values = Callable[[], dict[tuple[str, ...], float]]
"""Returns the value of each set of labels."""


class _Asked(Collector):
    def __init__(self, name: str, help_text: str, labels: tuple[str, ...], values: Values) -> None:
        self.name, self.help_text, self.labels, self.values = name, help_text, labels, values

    def describe(self) -> Iterable[Metric]:
        return [GaugeMetricFamily(self.name, self.help_text, labels=self.labels)]

    def collect(self) -> Iterable[Metric]:
        family = GaugeMetricFamily(self.name, self.help_text, labels=self.labels)
        for labels, value in sorted(self.values().items()):
            family.add_metric(labels, value)
        return [family]


class _Load(Collector):
    def __init__(self, lanes: Lanes, rates: Rates, streams: Streams) -> None:
        self.lanes, self.rates, self.streams = _by_name(lanes), rates, streams

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        running = GaugeMetricFamily(
            "skillmatch_lane_running", "Requests being worked on in a lane.", labels=["lane"]
        )
        waiting = GaugeMetricFamily(
            "skillmatch_lane_waiting", "Requests waiting in a lane.", labels=["lane"]
        )
        streams = GaugeMetricFamily(
            "skillmatch_streams", "Streams of events that are open.", value=self.streams.running
        )
        shed = CounterMetricFamily(
            "skillmatch_shed", "Requests sent away: no place, or asked too often.", labels=["why"]
        )
        for name, lane in self.lanes.items():
            running.add_metric([name], lane.running)
            waiting.add_metric([name], lane.waiting)
            shed.add_metric([name], lane.shed)
        shed.add_metric(["rate"], self.rates.refused)
        shed.add_metric(["streams"], self.streams.refused)
        return [running, waiting, streams, shed]


def _by_name(lanes: Lanes) -> dict[str, Lane]:
    return {one.name: getattr(lanes, one.name) for one in fields(lanes)}
