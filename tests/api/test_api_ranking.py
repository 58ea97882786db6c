"""The index finds whom looking at everybody finds: same people, order, shares, counts, reasons."""

from __future__ import annotations

import pickle
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.model.requirement import Necessity, Requirement
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.people.candidate_query import CandidateQuery
from skillmatch_api.people.candidate_search import Asker, CandidateSearcher
from skillmatch_api.people.evidence_rows import to_row
from skillmatch_api.ranking import profiles
from skillmatch_api.ranking.found import CandidateSearch, CountOf
from skillmatch_api.ranking.indexes import RankingIndexes
from skillmatch_api.ranking.ranked import Filters
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Consent, EvidenceRow, Person, Tenant
from tests.api.conftest import NOW
from tests.api.ranking_oracle import Expected, Oracle, facets
from tests.api.ranking_people import EVERYTHING, add_person, consent, refresh, shown

TODAY = NOW.date()
DAYS = (None, date(2024, 5, 1), date(2025, 12, 31), TODAY, TODAY + timedelta(days=3))
LEVELS = ("", "basic", "intermediate", "fluent", "no such level")


def skills_of(matcher: Matcher) -> list[ConceptUri]:
    """Return skills that are related: with a broader skill, and these; and two of no relation."""
    frameworks = matcher.frameworks
    every = sorted(one.uri for one in frameworks.opened[0].db.concepts(ConceptKind.SKILL))
    low = [uri for uri in every if frameworks.broader(uri)]
    return sorted({*low, *(up for uri in low for up in frameworks.broader(uri)), *every[:2]})


@dataclass
class World:
    """People whom a seed makes and changes, in one organisation."""

    store: Store
    matcher: Matcher
    random: random.Random
    tenant_id: str = ""
    skills: list[ConceptUri] = field(default_factory=list)

    def evidence(self) -> Evidence:
        """Return evidence for any skill, of any sort."""
        found = shown(
            self.random.choice(self.skills),
            self.random.choice(list(Assurance)),
            issued=self.random.choice(DAYS),
            level=self.random.choice(LEVELS),
            years=self.random.choice((None, 1.0, 2.5, 7.0)),
        )
        if self.random.random() < 0.2:
            scale = self.random.choice(("LV", "words"))
            found = replace(found, level_value=self.random.choice((1.0, 3.5)), level_scale=scale)
        return found

    def add(self, session: Session) -> None:
        """Add somebody."""
        shares = [one for one in EVERYTHING if self.random.random() < 0.7]
        add_person(
            session,
            [self.evidence() for _ in range(self.random.randrange(8))],
            shares=None if self.random.random() < 0.1 else shares,
            expires_at=self.random.choice((None, None, NOW + timedelta(seconds=1), NOW)),
            person_id=f"{self.random.getrandbits(64):016x}",
            place=self.random.choice(("", "Graz", "Graz, Austria", "Linz")),
            languages=self.random.choice(([], ["de"], ["de-AT", "en"], ["en", "fr"])),
            available_from=self.random.choice(
                (None, TODAY, TODAY + timedelta(days=20), TODAY + timedelta(days=400))
            ),
        )

    def change(self, session: Session) -> None:
        """Add, change, withdraw or erase somebody."""
        people = session.scalars(
            select(Person).where(Person.tenant_id == self.tenant_id).order_by(Person.id)
        ).all()
        action = self.random.choice(("add", "evidence", "move", "withdraw", "consent", "erase"))
        if action == "add" or not people:
            self.add(session)
            return
        person = self.random.choice(people)
        if action == "erase":
            profiles.forget(session, tenant_id=person.tenant_id, number=person.number)
            session.delete(person)
            return
        if action == "evidence":
            self._exchange_evidence(session, person)
        elif action == "move":
            person.place, person.languages = "Linz", ["fr"]
        elif action == "withdraw":
            for row in session.scalars(
                select(Consent).where(
                    Consent.person_id == person.id, Consent.withdrawn_at.is_(None)
                )
            ):
                row.withdrawn_at = NOW
        else:
            consent(session, person)
        refresh(session, person)

    def _exchange_evidence(self, session: Session, person: Person) -> None:
        session.execute(delete(EvidenceRow).where(EvidenceRow.person_id == person.id))
        for place in range(self.random.randrange(4)):
            row = to_row(
                self.evidence(),
                tenant_id=person.tenant_id,
                person_id=person.id,
                place=place,
                at=NOW,
            )
            session.add(row)

    def asked(self) -> tuple[Requirement, ...]:
        """Return some requirements."""
        chosen = self.random.sample(self.skills, self.random.randint(1, 5))
        return tuple(self._requirement(uri) for uri in chosen)

    def _requirement(self, uri: ConceptUri) -> Requirement:
        others = self.random.sample(self.skills, 3)
        some = self.random.random
        return Requirement(
            uri=uri,
            label=uri,
            framework="esco-mini",
            necessity=self.random.choice(list(Necessity)),
            necessity_why="",
            level=self.random.choice(LEVELS) if some() < 0.5 else "",
            years=self.random.choice((None, 3.0)),
            level_value=2.0 if some() < 0.1 else None,
            level_scale="LV",
            weight=self.random.choice((0.0, 1.0, 1.0, 3.0)),
            folded=tuple(sorted(others[:1])) if some() < 0.3 else (),
            alternatives=tuple(sorted(set(others[1:]) - {uri})) if some() < 0.3 else (),
        )

    def filters(self) -> Filters:
        """Return filters; mostly none."""
        some = self.random.random
        return Filters(
            proven_only=some() < 0.2,
            issued_after=self.random.choice(DAYS) if some() < 0.2 else None,
            languages=("de",) if some() < 0.1 else (),
            places=("graz", "WIEN") if some() < 0.1 else (),
            available_by=TODAY + timedelta(days=30) if some() < 0.1 else None,
        )


RECRUITER = Principal(tenant_id="", caller="key:1", scopes=frozenset({Scope.RECRUITER}))


def world_of(store: Store, matcher: Matcher, seed: int) -> World:
    """Return a world with some people in it."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    world = World(store, matcher, chance, skills=skills_of(matcher))
    with store.writing() as session:
        world.tenant_id = tenant_named(session, DEFAULT, at=NOW).id
        for _ in range(12):
            world.add(session)
        add_person(session, [world.evidence()], tenant="another")
    return world


def search(
    searcher: CandidateSearcher, world: World, query: CandidateQuery
) -> list[CandidateSearch]:
    """Return all pages of a search."""
    pages: list[CandidateSearch] = []
    asker = Asker(caller=replace(RECRUITER, tenant_id=world.tenant_id), at=NOW)
    while not pages or query.cursor:
        pages.append(searcher.search(query, world.matcher.frameworks, asker))
        query = replace(query, cursor=pages[-1].next)
    return pages


def as_counts(counts: tuple[CountOf, ...]) -> dict[str, int]:
    """Return counts without zeros."""
    return {one.value: one.count for one in counts if one.count}


def check(pages: list[CandidateSearch], expected: list[Expected]) -> None:
    """Compare what was found with what must be."""
    found = [one for page in pages for one in page.candidates]
    assert [one.id for one in found] == [one.person.id for one in expected]
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    for page in pages:
        assert page.total == len(expected)
        assert bool(page.why_empty) == (not expected)
        for name, counts in facets(expected, TODAY).items():
            assert as_counts(getattr(page.facets, name)) == counts
        for place, asked in enumerate(page.asked):
            states = [one.skills[place][0] for one in expected]
            assert as_counts(asked.counts) == {one: states.count(one) for one in set(states)}
    need = sum(round(one.need * 10**6) for one in pages[0].asked)
    for one, right in zip(found, expected, strict=True):
        assert one.covered == round(right.told[0] / need, 6)
        assert one.proven == round(right.told[1] / need, 6)
        skills = [
            (each.state.value, round(each.covered * 10**6), round(each.proven * 10**6), each.reason)
            for each in one.skills
        ]
        assert skills == list(right.skills)


@pytest.mark.parametrize(("seed", "small"), [(0, 5_000), (1, 5_000), (2, 0), (3, 2)])
def test_the_index_finds_whom_looking_at_everybody_finds(
    store: Store, mini_matcher: Matcher, seed: int, small: int
) -> None:
    """After any changes, with any filters: nobody too many, nobody too few, in the same order.

    With ``small``, large segments are built anew beside the searches.
    """
    world = world_of(store, mini_matcher, seed)
    searcher = CandidateSearcher(store, RankingIndexes(small=small))
    oracle = Oracle(mini_matcher)
    for _ in range(8):
        asked, filters = world.asked(), world.filters()

        pages = search(
            searcher, world, CandidateQuery(requirements=asked, filters=filters, limit=3)
        )

        with store.reading() as session:
            check(pages, oracle.search(session, world.tenant_id, asked, filters, NOW))
        with store.writing() as session:
            for _ in range(world.random.randrange(4)):
                world.change(session)
    searcher.indexes.of(world.tenant_id).wait()


def test_a_large_segment_built_beside_takes_over(store: Store, mini_matcher: Matcher) -> None:
    """Changes that came while it was built are not lost, and the small one is empty again."""
    world = world_of(store, mini_matcher, 5)
    indexes = RankingIndexes(small=3)
    index = indexes.of(world.tenant_id)
    with store.reading() as session:
        before = index.newest(session, store)
    with store.writing() as session:
        for _ in range(6):
            world.add(session)

    with store.reading() as session:
        index.newest(session, store)
    index.wait()
    with store.reading() as session:
        after = index.newest(session, store)
        expected = RankingIndexes().newest(session, store, world.tenant_id)

    assert before.people < after.people == expected.people
    assert [len(one.segment) for one in after.blocks] == [expected.people, 0]


def _erase(store: Store, person: Person) -> None:
    with store.writing() as session:
        profiles.forget(session, tenant_id=person.tenant_id, number=person.number)
        session.delete(session.get_one(Person, (person.tenant_id, person.id)))


def test_the_id_of_somebody_erased_is_in_memory_no_more(
    store: Store, mini_matcher: Matcher
) -> None:
    """Masking would be enough for searches, and is not what erasing means."""
    world = world_of(store, mini_matcher, 9)
    with store.writing() as session:
        some = [
            add_person(session, [world.evidence()], person_id=one)
            for one in ("0000000000000000", "5e1f", "5e1f0", "ffffffffffffffff")
        ]
    indexes = RankingIndexes()
    with store.reading() as session:
        indexes.newest(session, store, world.tenant_id)

    for person in some:
        _erase(store, person)
    indexes.catch_up(store, world.tenant_id)

    with store.reading() as session:
        snapshot = indexes.newest(session, store, world.tenant_id)
        fresh = RankingIndexes().newest(session, store, world.tenant_id)
    ids = snapshot.blocks[0].segment.ids
    assert not set(ids.tolist()) & {one.id.encode() for one in some}
    assert ids.tolist() == sorted(ids.tolist())
    assert ids[snapshot.blocks[0].present].tolist() == fresh.blocks[0].segment.ids.tolist()
    asked, filters = world.asked(), Filters()
    query = CandidateQuery(requirements=asked, filters=filters, limit=3)
    with store.reading() as session:
        expected = Oracle(mini_matcher).search(session, world.tenant_id, asked, filters, NOW)
    check(search(CandidateSearcher(store, indexes), world, query), expected)


def test_what_somebody_showed_who_left_goes_with_the_next_large_segment(
    store: Store, mini_matcher: Matcher
) -> None:
    """Not only their id: a place may name somebody, too."""
    world = world_of(store, mini_matcher, 10)
    with store.writing() as session:
        ada = add_person(session, [world.evidence()], place="Zebedee-Marker-Place")
    indexes = RankingIndexes(left_stays=0.0)
    with store.reading() as session:
        before = indexes.newest(session, store, world.tenant_id)

    _erase(store, ada)
    indexes.catch_up(store, world.tenant_id)
    indexes.of(world.tenant_id).wait()

    with store.reading() as session:
        after = indexes.newest(session, store, world.tenant_id)
    assert b"zebedee-marker-place" in pickle.dumps(before).lower()
    assert b"zebedee-marker-place" not in pickle.dumps(after).lower()
    assert len(after.blocks[0].segment) == after.people


def test_an_index_that_is_not_in_memory_is_not_read_to_forget(
    store: Store, mini_matcher: Matcher
) -> None:
    """Reading a million people to let go of one would be a way to stop the service."""
    world = world_of(store, mini_matcher, 11)
    indexes = RankingIndexes()

    indexes.catch_up(store, world.tenant_id)

    assert indexes.nbytes == 0


def test_indexes_that_nobody_asks_for_are_let_go(store: Store, mini_matcher: Matcher) -> None:
    """Many organisations share one machine; the one in use always stays."""
    world = world_of(store, mini_matcher, 6)
    with store.reading() as session:
        other = session.scalars(select(Tenant.id).where(Tenant.name == "another")).one()
        indexes = RankingIndexes(max_bytes=1)

        first = indexes.newest(session, store, world.tenant_id)
        indexes.newest(session, store, other)
        small = indexes.nbytes
        again = indexes.newest(session, store, world.tenant_id)

    assert small < first.nbytes
    assert again is not first
    assert again.people == first.people


def test_warming_reads_what_the_first_search_needs(store: Store, mini_matcher: Matcher) -> None:
    """A large organisation's first search then only reads what changed since."""
    world = world_of(store, mini_matcher, 7)
    indexes = RankingIndexes()

    indexes.warm(store)

    assert indexes.nbytes > 0
    with store.reading() as session:
        assert indexes.newest(session, store, world.tenant_id).people > 5


def test_a_search_that_began_earlier_finds_the_names_of_a_later_change(
    store: Store, mini_matcher: Matcher
) -> None:
    """Another search may have brought the index further than the state that this one sees."""
    world = world_of(store, mini_matcher, 8)
    indexes = RankingIndexes()
    with store.reading() as earlier:
        indexes.newest(earlier, store, world.tenant_id)
        with store.writing() as session:
            add_person(session, [shown("http://example.org/new")])
        with store.reading() as later:
            indexes.of(world.tenant_id).newest(later, store)

        snapshot = indexes.newest(earlier, store, world.tenant_id)
        asked = indexes.asked(snapshot, world.asked(), mini_matcher.frameworks)

    assert asked
