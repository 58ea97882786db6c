"""What the bench loads in bulk is what the service would have written."""

from __future__ import annotations

import numpy as np
from sqlalchemy import select

from evaluation.bench.candidate_rows import load, packed_profiles
from evaluation.made_candidates import World, made_people
from skillmatch.model.concept import ConceptUri
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.ranking import profiles
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Profile, Tenant
from tests.api.conftest import NOW

WORLD = World(
    skills=tuple(ConceptUri(f"urn:skill:{number}") for number in range(40)),
    labels=tuple(f"skill {number}" for number in range(40)),
    occupations=(np.arange(12), np.arange(5, 25), np.array([39])),
)


def test_a_made_profile_is_what_the_service_makes_of_the_rows(store: Store) -> None:
    """Else the bench would measure an index that nobody has."""
    (people,) = made_people(WORLD, 30)
    with store.writing() as session:
        tenant_id = tenant_named(session, DEFAULT, at=NOW).id
    load(store, WORLD, [people], tenant_id)
    made = dict(zip(people.ids, packed_profiles(people, WORLD), strict=True))

    with store.writing() as session:
        for one in people.ids:
            profiles.refresh(session, tenant_id=tenant_id, person_id=one, at=NOW)

    with store.reading() as session:
        rows = session.execute(select(Profile.person_id, Profile.packed)).all()
        changes = session.scalar(select(Tenant.changes))
    assert {row.person_id: row.packed for row in rows} == made
    assert changes == 60


def test_common_occupations_are_common_and_noise_is_a_fifth() -> None:
    """The first is twice as common as the second; four of five skills are the occupation's."""
    (people,) = made_people(WORLD, 5_000)

    shown = [
        set(people.skills[first:last].tolist())
        for first, last in zip(people.bounds, people.bounds[1:], strict=False)
    ]
    first, second, third = (
        sum(set(one.tolist()) <= held for held in shown) for one in WORLD.occupations
    )

    assert 2_500 < first < 3_000
    assert 1_250 < second < 1_600
    assert third > 900
    assert 14 < np.mean([len(one) for one in shown if set(range(12)) <= one]) <= 15
