"""Searching a million candidates: time of a search, of building the index, and of keeping up.

``python -m evaluation.bench.candidates [--people N] [--database sqlite|postgresql|URL]`` prints one
JSON object. Candidates are made (``evaluation.made_candidates``) and loaded with all their evidence
into a database of their own; a URL of a database that holds them already is used as it is, so that
measuring again is cheap. A search asks for ten skills of one occupation, drawn as candidates are:
some must-haves, some nice-to-haves, two with a level. It is measured from the question to the
answer: reading what changed, relating the skills, ranking everybody, reading the page of 50 with
its evidence, and writing the audit log and the views. "under writes" is the same with somebody's
evidence changed before each search; "over HTTP" is a server of its own, asked by one client.
Processor time of this process stands beside the clock, since a machine may be busy; a database
server's is in the clock alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import numpy as np
from sqlalchemy import func, select

from evaluation.bench.candidate_rows import load
from evaluation.bench.service import served
from evaluation.made_candidates import World, made_people
from evaluation.provenance import commit_id, machine
from skillmatch.model.requirement import Checklist, Necessity, Requirement
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.people.candidate_query import CandidateQuery
from skillmatch_api.people.candidate_search import Asker, CandidateSearcher
from skillmatch_api.ranking import profiles
from skillmatch_api.ranking.indexes import RankingIndexes
from skillmatch_api.ranking.segments import GROUPS
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.store.tables import Person, Profile

PACKAGES: Final = ("numpy", "sqlalchemy", "psycopg")
LIMITS_MS: Final = {"postgresql": 150.0, "sqlite": 400.0}
AT: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
_NEEDED: Final = (Necessity.MUST, Necessity.MUST, Necessity.SHOULD, Necessity.NICE)
ASKED: Final = 10


@dataclass(slots=True)
class Laps:
    """Times of the same work, done often."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    @contextmanager
    def lap(self) -> Iterator[None]:
        """Measure what is done within."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall_ms.append((time.perf_counter() - wall) * 1000)
        self.cpu_ms.append((time.process_time() - cpu) * 1000)

    def summary(self) -> dict[str, float]:
        """Return the middle, the 95th percentile and the longest."""
        found: dict[str, float] = {"times": len(self.wall_ms)}
        for name, values in (("wall", self.wall_ms), ("cpu", self.cpu_ms)):
            if values:
                p50, p95 = np.percentile(values, (50, 95)).tolist()
                found[f"{name}_p50_ms"] = round(p50, 1)
                found[f"{name}_p95_ms"] = round(p95, 1)
                found[f"{name}_max_ms"] = round(max(values), 1)
        return found


@dataclass(frozen=True, slots=True)
class Bench:
    """One database of candidates, and what searches it."""

    store: Store
    matcher: Matcher
    world: World
    tenant_id: str
    people: int

    def questions(self, count: int, seed: int) -> list[tuple[Requirement, ...]]:
        """Return what is searched for, the same for the same seed."""
        chance, likely = np.random.default_rng(seed), self.world.zipf()
        drawn = chance.choice(len(likely), size=count, p=likely).tolist()
        return [self._question(chance, one) for one in drawn]

    def _question(self, chance: np.random.Generator, occupation: int) -> tuple[Requirement, ...]:
        essential = self.world.occupations[occupation]
        skills = chance.permutation(essential)[:ASKED].tolist()
        while len(skills) < ASKED:
            skills.append(int(chance.integers(len(self.world.skills))))
        asked = [
            Requirement(
                uri=self.world.skills[one],
                label=self.world.labels[one],
                framework="",
                necessity=_NEEDED[place % len(_NEEDED)],
                necessity_why="",
                level="intermediate" if place in {0, 5} else "",
            )
            for place, one in enumerate(dict.fromkeys(skills))
        ]
        return self.matcher.with_twins(Checklist(source="", requirements=tuple(asked))).requirements

    def search(self, searcher: CandidateSearcher, asked: tuple[Requirement, ...]) -> int:
        """Search as a recruiter would, and return how many are found."""
        scopes = frozenset({Scope.RECRUITER})
        caller = Principal(tenant_id=self.tenant_id, caller="key:bench", scopes=scopes)
        query = CandidateQuery(requirements=asked)
        asker = Asker(caller=caller, at=AT)
        return searcher.search(query, self.matcher.frameworks, asker).total

    def measured(self, searches: int) -> dict[str, Any]:
        """Return all figures of one process."""
        searcher = CandidateSearcher(self.store, RankingIndexes())
        before = _rss_mb()
        build, first = Laps(), Laps()
        with build.lap(), self.store.reading() as session:
            snapshot = searcher.indexes.newest(session, self.store, self.tenant_id)
        built = _rss_mb()
        with first.lap():
            self.search(searcher, self.questions(1, seed=0)[0])
        segment = snapshot.blocks[0].segment
        found: list[int] = []
        return {
            "people": snapshot.people,
            "pieces_a_person": round(len(segment.rows) / max(1, len(segment)), 1),
            "holders_of_the_most_common_skill": int(np.diff(segment.bounds[::GROUPS]).max()),
            "build": build.summary(),
            "index_mb": round(snapshot.nbytes / 2**20, 1),
            "rss_mb": {"before": before, "built": built, "peak": _peak_mb()},
            "first search": first.summary(),
            "searches": self._searches(searcher, searches, found).summary(),
            "found_a_search_mean": round(float(np.mean(found))),
            "catching up": self._catching_up(searcher),
            "under writes": self._searches(searcher, searches // 4, [], writes=True).summary(),
        }

    def _searches(
        self, searcher: CandidateSearcher, count: int, found: list[int], *, writes: bool = False
    ) -> Laps:
        laps, chance = Laps(), random.Random(count)  # noqa: S311 - a seeded draw, no secret
        for asked in self.questions(count, seed=2 if writes else 1):
            if writes:
                self._change(chance.randrange(self.people), 1)
            with laps.lap():
                found.append(self.search(searcher, asked))
        return laps

    def _catching_up(self, searcher: CandidateSearcher) -> dict[str, Any]:
        """Return what a search pays for changes since the last, by how many there were."""
        found = {}
        for size in (1, 100):
            laps = Laps()
            for start in range(10):
                self._change(1_000 * start, size)
                with laps.lap(), self.store.reading() as session:
                    searcher.indexes.newest(session, self.store, self.tenant_id)
            found[f"{size} changed"] = laps.summary()
        return found

    def _change(self, start: int, count: int) -> None:
        """Write so many profiles anew, as a change of evidence does."""
        with self.store.writing() as session:
            ids = session.scalars(
                select(Person.id)
                .where(Person.tenant_id == self.tenant_id, Person.id >= f"{start:08x}")
                .order_by(Person.id)
                .limit(count)
            ).all()
            for one in ids:
                profiles.refresh(session, tenant_id=self.tenant_id, person_id=one, at=AT)

    def over_http(self, address: str, key: str, searches: int) -> dict[str, Any]:
        """Return what a client sees."""
        first, laps = Laps(), Laps()
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(base_url=address, headers=headers, timeout=600) as client:
            for place, asked in enumerate(self.questions(searches + 1, seed=3)):
                skills = [_as_body(one) for one in asked]
                with (laps if place else first).lap():
                    answer = client.post("/v1/candidates/search", json={"skills": skills})
                answer.raise_for_status()
        laps.cpu_ms.clear()
        return {"first": round(first.wall_ms[0]), **laps.summary()}


def _as_body(one: Requirement) -> dict[str, Any]:
    return {"concept": one.uri, "necessity": one.necessity.value, "level": one.level}


def _rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10, 1)


@contextmanager
def database(asked: str) -> Iterator[str]:
    """Yield the URL of a database: the one that was asked for, or an empty one of its own."""
    if asked == "sqlite":
        with tempfile.TemporaryDirectory(prefix="skillmatch-bench-") as folder:
            yield f"sqlite:///{folder}/bench.sqlite"
        return
    if asked == "postgresql":
        from tests.api.postgres_cluster import cluster

        with cluster() as server:
            yield f"{server}postgres"
        return
    yield asked


def filled(store: Store, world: World, people: int) -> tuple[str, dict[str, float]]:
    """Return the organisation whose candidates are searched, loaded where it has none."""
    upgrade(store)
    with store.writing() as session:
        tenant_id = tenant_named(session, DEFAULT, at=AT).id
        known = session.scalar(select(func.count()).select_from(Profile)) or 0
    if known:
        return tenant_id, {}
    laps = Laps()
    with laps.lap():
        load(store, world, made_people(world, people), tenant_id)
    if not store.is_sqlite:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return tenant_id, laps.summary()


def measure(url: str, people: int, searches: int) -> dict[str, Any]:
    """Return all figures of one database."""
    store = Store.open(url)
    with Matcher.open() as matcher:
        db = matcher.frameworks.opened[0].db
        world = World.of(db)
        tenant_id, loaded = filled(store, world, people)
        bench = Bench(store, matcher, world, tenant_id, people)
        found = {
            "framework": db.info.id,
            "framework_digest": db.info.digest,
            "occupations": len(world.occupations),
            "load": loaded,
            **bench.measured(searches),
        }
        with served(url, (Scope.RECRUITER,)) as (address, key, _):
            found["over HTTP"] = bench.over_http(address, key, searches // 4)
    store.close()
    return found


def merged(path: Path, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a file with the figures of one more database in it."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {**known, **found, "measured": {**known.get("measured", {}), **found["measured"]}}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or a URL")
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--into", type=Path, help="result file to put the figures into")
    asked = parser.parse_args()
    load_before = round(os.getloadavg()[0], 2)
    with database(asked.database) as url:
        figures = measure(url, asked.people, asked.searches)
    kind = url.partition(":")[0]
    found = {
        "commit": commit_id(),
        "machine": machine(PACKAGES),
        "limits_p95_ms": LIMITS_MS,
        "measured": {kind: {"load_before": load_before, **figures}},
    }
    print(json.dumps(found, indent=2))
    if asked.into is not None:
        text = json.dumps(merged(asked.into, found), indent=2) + "\n"
        asked.into.write_text(text, encoding="utf-8")
    return int(figures["searches"]["wall_p95_ms"] > LIMITS_MS[kind])


if __name__ == "__main__":
    sys.exit(main())
