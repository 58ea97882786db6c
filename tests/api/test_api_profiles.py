"""The packed profile of a person says what the person shows and allows, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from skillmatch.model.evidence import Assurance
from skillmatch_api.errors import AbsentError
from skillmatch_api.people.consents import Field, shared_fields
from skillmatch_api.ranking import profiles
from skillmatch_api.ranking.packing import PackedLevel, PackedPerson, PackedPiece, pack, unpack
from skillmatch_api.store import Store
from skillmatch_api.store.tables import ConceptNumber, Departure, Profile, Tenant
from tests.api.conftest import NOW
from tests.api.ranking_people import add_person, consent, refresh, shown

NUMBERS = st.integers(1, 2**31 - 1)
LEVELS = st.builds(PackedLevel, scale=NUMBERS, value=st.floats(allow_nan=False))
PIECES = st.builds(
    PackedPiece,
    concept=NUMBERS,
    assurance=st.integers(0, 4),
    issued=st.none() | st.dates(),
    levels=st.lists(LEVELS, max_size=3).map(tuple),
)
PEOPLE = st.builds(
    PackedPerson,
    pieces=st.lists(PIECES, max_size=5).map(tuple),
    expires_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    shares_evidence=st.booleans(),
    available_from=st.none() | st.dates(),
    place=st.text(),
    languages=st.lists(st.text()).map(tuple),
)


@given(person=PEOPLE)
def test_what_is_packed_is_read_back_as_it_was(person: PackedPerson) -> None:
    """The index knows people by these bytes alone."""
    assert unpack(pack(person)) == person


def _profile(store: Store) -> Profile:
    with store.reading() as session:
        return session.scalars(select(Profile)).one()


def test_a_profile_holds_what_the_consent_shares(store: Store) -> None:
    """Ranking reads evidence in every case; filters read only what others may see."""
    evidence = [
        shown("http://example.org/a", Assurance.VERIFIED, issued=date(2026, 1, 2), level="fluent"),
        shown("http://example.org/b", years=2.5),
    ]
    with store.writing() as session:
        add_person(
            session,
            evidence,
            shares=("languages",),
            expires_at=NOW + timedelta(days=1),
            place="Graz",
            languages=["de", "en"],
            available_from=date(2027, 1, 1),
        )

    packed = _profile(store).packed

    assert packed is not None
    person = unpack(packed)
    assert person.expires_at == NOW + timedelta(days=1)
    assert (person.place, person.languages) == ("", ("de", "en"))
    assert (person.available_from, person.shares_evidence) == (None, False)
    assert [(one.assurance, one.issued) for one in person.pieces] == [
        (0, date(2026, 1, 2)),
        (3, None),
    ]
    assert [[level.value for level in one.levels] for one in person.pieces] == [[5.0], [2.5]]
    with store.reading() as session:
        numbered = {row.uri: row.number for row in session.scalars(select(ConceptNumber))}
    assert person.pieces[0].concept == numbered["http://example.org/a"]
    assert person.pieces[1].levels[0].scale == numbered["scale:years"]


def test_a_profile_without_a_live_consent_is_empty(store: Store) -> None:
    """Nobody is found who did not consent, or no longer does."""
    with store.writing() as session:
        add_person(session, [shown("http://example.org/a")], shares=None)

    assert _profile(store).packed is None


@pytest.mark.parametrize("days", [0, -1])
def test_a_consent_that_is_over_counts_for_nothing(store: Store, days: int) -> None:
    """It ends at its moment, not after it."""
    with store.writing() as session:
        add_person(session, [shown("a")], expires_at=NOW + timedelta(days=days))

    assert _profile(store).packed is None


def test_each_change_and_departure_has_the_next_version(store: Store) -> None:
    """An index that has read up to a version has missed none below it."""
    with store.writing() as session:
        person = add_person(session, [shown("a")])
    with store.writing() as session:
        refresh(session, person)
        profiles.forget(session, tenant_id=person.tenant_id, number=person.number)

    with store.reading() as session:
        assert session.scalar(select(Profile.version)) == 2
        assert session.scalar(select(Departure.version)) == 3
        assert session.scalar(select(Tenant.changes)) == 3


def test_the_same_concept_has_one_number_for_everybody(store: Store) -> None:
    """Numbers are made once, whoever names the concept first."""
    with store.writing() as session:
        add_person(session, [shown("a"), shown("b")])
        add_person(session, [shown("b"), shown("a")], tenant="another")

    with store.reading() as session:
        rows = session.scalars(select(ConceptNumber.uri).order_by(ConceptNumber.number)).all()
    assert rows == ["a", "b"]


def test_a_person_of_another_organisation_is_absent(store: Store) -> None:
    """A profile is never written across organisations."""
    with store.writing() as session:
        person = add_person(session, [])
        other = add_person(session, [], tenant="another")

    with store.writing() as session, pytest.raises(AbsentError):
        profiles.refresh(
            session, tenant_id=other.tenant_id, person_id=person.id, at=datetime.now(tz=UTC)
        )


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_consents_of_one_moment_ranking_and_cards_take_the_same(
    store: Store, turned: bool
) -> None:
    """What filters count and what is shown never differ; a withdrawn one counts for nothing."""
    with store.writing() as session:
        person = add_person(session, [shown("a")], shares=None, place="Graz")
        two = [consent(session, person, shares) for shares in (("place",), ("name",))]
        last = max(two, key=lambda one: one.id)
        last.withdrawn_at = NOW if turned else None
        refresh(session, person)
        counting = min(two, key=lambda one: one.id) if turned else last
        wanted = frozenset(map(Field, counting.fields))

        shared = shared_fields(session, [person.id], tenant_id=person.tenant_id, at=NOW)

    packed = _profile(store).packed
    assert packed is not None
    assert shared == {person.id: wanted}
    assert unpack(packed).place == ("Graz" if Field.PLACE in wanted else "")
