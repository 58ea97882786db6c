"""Many values as one parameter find the same rows as one parameter for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import SQLColumnExpression, event, select, text
from sqlalchemy.sql.elements import ColumnElement

from skillmatch.errors import UsageError
from skillmatch_api.people.candidate_search import BEARING
from skillmatch_api.people.cards import cards
from skillmatch_api.people.consents import shared_fields
from skillmatch_api.store import Store
from skillmatch_api.store.among import among, filtered
from skillmatch_api.store.tables import ConceptNumber
from tests.api.conftest import NOW

NAMES = ("urn:a", "urn:'quoted'", 'urn:{"in", \\brackets}', "urn:ä,ö ß", "urn:%s :name", "")
Condition = Callable[[SQLColumnExpression[str], Sequence[str] | str], ColumnElement[bool]]
CONDITIONS = pytest.mark.parametrize("condition", [among, filtered])


@CONDITIONS
@pytest.mark.parametrize(
    "asked",
    [(), NAMES[:1], NAMES[1:4], (*NAMES, *NAMES), ("urn:not there", "urn:a")],
    ids=["none", "one", "some", "all twice", "an unknown one"],
)
def test_rows_are_found_whose_value_is_among_those_given(
    store: Store, condition: Condition, asked: tuple[str, ...]
) -> None:
    """Whatever is in the texts: they are one value, never a part of the statement."""
    with store.writing() as session:
        session.add_all([ConceptNumber(uri=one) for one in NAMES])
    given = select(ConceptNumber.uri).where(condition(ConceptNumber.uri, asked))
    named = select(ConceptNumber.uri).where(condition(ConceptNumber.uri, "names"))

    with store.reading() as session:
        found = session.scalars(given).all()
        found_by_name = session.connection().execute(named, {"names": asked}).scalars().all()

    assert sorted(found) == sorted(found_by_name) == sorted(set(asked) & set(NAMES))


@CONDITIONS
@pytest.mark.parametrize("bad", ["urn:\0", "urn:\ud800"])
def test_text_that_no_database_keeps_is_refused_before_it_is_sent(
    store: Store, condition: Condition, bad: str
) -> None:
    """As everywhere else; the two drivers would fail in ways of their own."""
    asked = select(ConceptNumber.uri).where(condition(ConceptNumber.uri, ("urn:a", bad)))

    with pytest.raises(UsageError, match=r"U\+0000"), store.reading() as session:
        session.scalars(asked).all()


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("version", [None, 7])
def test_the_people_of_a_page_and_what_they_show_are_found_by_index(
    store: Store, version: int | None
) -> None:
    """Else SQLite reads all rows of an organisation for each page, and only the time tells."""
    with store.reading() as session:
        connection = session.connection()
        plans: list[str] = []

        def explain(_1: object, _2: object, statement: str, given: Any, *_: object) -> None:  # noqa: ANN401 - a driver's
            raw: Any = connection.connection.driver_connection
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", given))

        event.listen(connection, "before_cursor_execute", explain)
        cards(session, tenant_id="t", person_ids=["a"], blind=False, at=NOW, version=version)
        shared_fields(session, ["a"], tenant_id="t", at=NOW)
        connection.execute(BEARING, {"tenant_id": "t", "ids": ["a"], "uris": ["urn:a"]})

    reads = [one for one in plans if one.startswith(("SEARCH", "SCAN")) and "VIRTUAL" not in one]
    assert len(reads) == (4 if version is None else 5)
    assert [one for one in reads if "(tenant_id=? AND " not in one] == []


@pytest.mark.parametrize("database_kind", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_plan_outlives_the_transaction_that_it_was_made_in(store: Store) -> None:
    """Else each page would be planned anew, which takes PostgreSQL longer than to read it."""
    asked = select(ConceptNumber.uri).where(among(ConceptNumber.uri, "names"))
    for times in range(20):
        with store.reading() as session:
            session.connection().execute(asked, {"names": [f"urn:{times}"] * times})

    with store.reading() as session:
        kept = session.scalars(
            text("SELECT statement FROM pg_prepared_statements WHERE statement LIKE :like"),
            {"like": "%concept_numbers%"},
        ).all()

    assert len(kept) == 1
