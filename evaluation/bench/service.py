"""The service under load: what it answers in time, what it sheds, and whether it comes back.

``python -m evaluation.bench.service [--seconds N] [--database URL] [--output FILE]`` starts
``skillmatch serve`` on a free port of this machine with a database of its own, and prints one JSON
object; the file keeps the last one of each kind of database. Requests are sent at set times whether
or not earlier ones were answered, and a latency counts from that time, so that a stall shows in
every request that it held up:

* "steady": 3 gaps of postings of 500 words and 27 searches a second, no two postings alike;
* "overload": four times that, for a minute: what it cannot do it must refuse (429, 503);
* "recovered": the steady load once more, for a minute.

The processor time of client and server stand beside each other, since they share the machine, on
which the client goes first: it stands for others, and one that is late measures itself. The slope
of the server's memory is a straight line through the steady phase.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression, quantiles
from typing import IO, Any

import aiohttp
import httpx

from evaluation.made_postings import made_postings
from evaluation.provenance import commit_id, machine
from skillmatch.atomic import write_text
from skillmatch_api.access.keys import create_key
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.wire.services import now

PACKAGES = ("fastapi", "starlette", "uvicorn", "onnxruntime", "numpy")
GAPS, SEARCHES = 3, 27
"""Requests a second of the steady load."""
OVERLOAD = 4
PATIENCE_S = 30.0
LIMITS = {"p95_ms": 600.0, "refused_p95_ms": 1000.0}
REFUSED = frozenset({429, 503})
_WORDS = (
    "python", "java", "manage", "nurs", "cook", "sql", "data", "weld", "teach", "sales", "team",
    "market", "account", "safety", "english", "drive", "clean", "test", "design", "project",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One request: what for, how it ended (0: no answer at all), how long it took from its time.

    Attributes:
        fault: What was said of an error that is no refusal.
        late_ms: How much later than planned this client itself began: where that is much, the
            machine had no time for the client, and latencies say nothing of the service.
    """

    kind: str
    status: int
    ms: float
    fault: str = ""
    late_ms: float = 0.0


@dataclass(slots=True)
class Watch:
    """Processor time and memory of the server, read once a second."""

    pid: int
    seconds: list[float] = field(default_factory=list)
    mib: list[float] = field(default_factory=list)

    def cpu_s(self) -> float:
        """Return the processor time of the server so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def run(self) -> None:
        """Read memory until cancelled."""
        while True:
            pages = int(Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1])
            self.seconds.append(time.monotonic())
            self.mib.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
            await asyncio.sleep(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Requests a second of each kind, for so long."""

    name: str
    seconds: int
    gaps: int = GAPS
    searches: int = SEARCHES

    def times(self, seed: int) -> list[tuple[float, str]]:
        """Return (second, kind) of every request, each spread by chance within its slot."""
        chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        planned = [
            ((slot + chance.random()) / rate, kind)
            for kind, rate in (("gap", self.gaps), ("search", self.searches))
            for slot in range(rate * self.seconds)
        ]
        return sorted(planned)


@dataclass(frozen=True, slots=True)
class Client:
    """What sends the requests."""

    http: aiohttp.ClientSession
    postings: Iterator[str]
    chance: random.Random

    async def ask(self, kind: str, due: float) -> Answer:
        """Send one request and measure from when it was due."""
        late = (time.monotonic() - due) * 1000
        if kind == "gap":
            body = {"posting": next(self.postings), "have": ["Python", "SQL", "teamwork"]}
            sent = self.http.post("/v1/gap", json=body)
        else:
            word = self.chance.choice(_WORDS)
            query = word[: self.chance.randint(2, len(word))]
            sent = self.http.get("/v1/search", params={"query": query})
        try:
            async with sent as response:
                status, said = response.status, await response.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            status, said = 0, type(error).__name__
        took = (time.monotonic() - due) * 1000
        fault = "" if status in {200, *REFUSED} else said[:300]
        return Answer(kind=kind, status=status, ms=took, fault=fault, late_ms=late)

    async def run(self, load: Load, watch: Watch) -> dict[str, Any]:
        """Send a load and return what was measured of it."""
        watching = asyncio.create_task(watch.run())
        first, cpu, served = time.monotonic(), time.process_time(), watch.cpu_s()
        mark = len(watch.mib)
        asked = []
        for after, kind in load.times(seed=len(load.name)):
            await asyncio.sleep(max(0.0, first + after - time.monotonic()))
            asked.append(asyncio.create_task(self.ask(kind, first + after)))
        answers = await asyncio.gather(*asked)
        lasted = time.monotonic() - first
        watching.cancel()
        return {
            **summary(answers),
            "client_cpu_share": round((time.process_time() - cpu) / lasted, 3),
            "server_cpu_share": round((watch.cpu_s() - served) / lasted, 3),
            "memory_mib": round(watch.mib[-1], 1),
            "memory_slope_mib_a_minute": slope(watch.seconds[mark:], watch.mib[mark:]),
        }


def summary(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return counts of each status and latencies of what was answered, per kind of request."""
    found: dict[str, Any] = {}
    for kind in ("gap", "search"):
        of_kind = [one for one in answers if one.kind == kind]
        found[kind] = {
            "requests": len(of_kind),
            "statuses": dict(sorted(Counter(str(one.status) for one in of_kind).items())),
            **_times([one.ms for one in of_kind if one.status == 200]),
        }
    refused = [one.ms for one in answers if one.status in REFUSED]
    faults = [one.fault for one in answers if one.fault]
    return {
        **found,
        "refused": {"requests": len(refused), **_times(refused)},
        "client_late": _times([one.late_ms for one in answers]),
        "errors": len(faults),
        "faults": sorted(set(faults))[:5],
    }


def _times(latencies_ms: Sequence[float]) -> dict[str, float]:
    several = list(latencies_ms) or [0.0]
    cuts = quantiles(several * 2 if len(several) == 1 else several, n=100, method="inclusive")
    return {
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "max_ms": round(max(latencies_ms, default=0.0), 1),
    }


def slope(seconds: Sequence[float], mib: Sequence[float]) -> float:
    """Return MiB a minute, without the first fifth, in which caches fill."""
    skip = len(seconds) // 5
    if len(seconds) - skip < 2:
        return 0.0
    return round(linear_regression(seconds[skip:], mib[skip:]).slope * 60, 3)


@contextmanager
def served(
    database: str, scopes: Sequence[Scope] = (Scope.LEARNER,)
) -> Iterator[tuple[str, str, int]]:
    """Yield address, key and process id of a service of this run's own."""
    store = Store.open(database)
    upgrade(store)
    with store.writing() as session:
        tenant = tenant_named(session, DEFAULT, at=now())
        _, key = create_key(session, tenant_id=tenant.id, name="load", scopes=scopes, at=now())
    store.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("skillmatch")
    command = ["nice", "-n", "10", str(program), "serve", "--port", str(port)]
    environ = {
        **os.environ,
        "SKILLMATCH_DATABASE_URL": database,
        # The one key of this run must not be what refuses; the service's own limits are measured.
        "SKILLMATCH_RATE": "0",
    }
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, log)
            yield address, key, process.pid
        finally:
            process.terminate()
            process.wait(60)


def _wait(address: str, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            log.seek(0)
            said = log.read().decode("utf-8", "replace")[-2_000:]
            raise RuntimeError(f"the service ended while starting: {said}")
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the service was not ready within two minutes")


async def measured(address: str, key: str, pid: int, loads: Sequence[Load]) -> dict[str, Any]:
    """Send the loads one after the other, after a short warm-up."""
    async with aiohttp.ClientSession(
        base_url=address,
        headers={"Authorization": f"Bearer {key}"},
        timeout=aiohttp.ClientTimeout(PATIENCE_S),
        connector=aiohttp.TCPConnector(limit=400),
    ) as http:
        client = Client(http, made_postings(1), random.Random(1))  # noqa: S311
        watch = Watch(pid)
        await client.run(Load(name="warm-up", seconds=10), watch)
        return {load.name: await client.run(load, watch) for load in loads}


def missed(found: Mapping[str, Any]) -> list[str]:
    """Return what of the limits was missed."""
    told = []
    for phase in ("steady", "recovered"):
        for kind in ("gap", "search"):
            p95 = found[phase][kind]["p95_ms"]
            if p95 > LIMITS["p95_ms"]:
                told.append(f"{phase} {kind} p95 {p95} ms")
        if found[phase]["errors"] or found[phase]["refused"]["requests"]:
            told.append(f"{phase} was not answered in full")
    waited = found["overload"]["refused"]["p95_ms"]
    if waited > LIMITS["refused_p95_ms"]:
        told.append(f"overload refused only after {waited} ms (p95)")
    if found["overload"]["errors"]:
        told.append("overload ended in errors instead of refusals")
    return told


def keep(path: Path, result: Mapping[str, Any]) -> None:
    """Put a result beside those of other kinds of databases."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    known[result["database"]] = result
    write_text(path, json.dumps(known, indent=2, sort_keys=True) + "\n")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="of the steady load")
    parser.add_argument("--database", default="", help="URL of an empty database")
    parser.add_argument("--output", type=Path, help="file that keeps the result")
    asked = parser.parse_args()
    loads = (
        Load(name="steady", seconds=asked.seconds),
        Load(name="overload", seconds=60, gaps=GAPS * OVERLOAD, searches=SEARCHES * OVERLOAD),
        Load(name="recovered", seconds=60),
    )
    load_before = round(os.getloadavg()[0], 2)
    with tempfile.TemporaryDirectory() as folder:
        database = asked.database or f"sqlite:///{folder}/load.sqlite"
        with served(database) as (address, key, pid):
            found = asyncio.run(measured(address, key, pid, loads))
    result = {
        "commit": commit_id(),
        "machine": machine(PACKAGES),
        "database": database.split(":", 1)[0],
        "seconds": asked.seconds,
        "load_average_before": load_before,
        "measured": found,
        "limits": LIMITS,
        "missed": missed(found),
    }
    if asked.output:
        keep(asked.output, result)
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return 1 if result["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
