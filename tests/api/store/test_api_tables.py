"""The tables: what their keys begin with, and that migrations make just them."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, inspect, select, text

from skillmatch.errors import UsageError
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Base, Tenant
from tests.api.conftest import NOW

TABLES = tuple(Base.metadata.sorted_tables)
OF_NO_TENANT = {"tenants", "concept_numbers"}


def test_migrations_make_just_the_tables_that_the_program_works_with(store: Store) -> None:
    """Types, keys, indexes and whether a column may be empty included."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_foreign_keys_take_along_what_they_should(store: Store) -> None:
    """How rows go with the row that they refer to is left out of Alembic's comparison."""
    found = {
        (table.name, key["constrained_columns"][-1], key["options"].get("ondelete"))
        for table in TABLES
        for key in inspect(store.engine).get_foreign_keys(table.name)
    }

    assert found == {
        (table.name, key.column_keys[-1], key.ondelete)
        for table in TABLES
        for key in table.foreign_key_constraints
    }


def test_the_key_of_every_row_of_a_tenant_begins_with_it() -> None:
    """A query that forgets the tenant stands out, and no two of them share an id's row."""
    tables = [table for table in TABLES if table.name not in OF_NO_TENANT]

    assert {
        table.name for table in tables if table.primary_key.columns[0].name != "tenant_id"
    } == set()
    assert {
        table.name
        for table in tables
        if "tenants" not in {one.referred_table.name for one in table.foreign_key_constraints}
    } == set()


def test_the_key_of_every_row_of_a_person_begins_with_tenant_and_person() -> None:
    """A sharded PostgreSQL keeps all rows of a person together then."""
    tables = [
        table
        for table in TABLES
        if "persons" in {one.referred_table.name for one in table.foreign_key_constraints}
    ]

    keys = {table.name: [column.name for column in table.primary_key][:2] for table in tables}

    assert len(keys) > 5
    assert set(map(tuple, keys.values())) == {("tenant_id", "person_id")}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_rows_that_name_a_person_refer_to_them_or_are_known_to_outlive_them(table: Table) -> None:
    """What does not refer to its person is erased by hand, so every such table is listed here."""
    by_hand = {"api_keys", "browser_sessions"}
    names = "person_id" in table.columns
    refers = any(one.referred_table.name == "persons" for one in table.foreign_key_constraints)

    assert names == (refers or table.name in by_hand)


def test_texts_are_ordered_alike_by_every_database(store: Store) -> None:
    """A server's language would put ``a`` before ``B``; the same list came out in another order."""
    names = ["a", "B", "Z", "z", "ä", "Ä", "a b", "ab", "a-b", "１", "1"]
    with store.writing() as session:
        for name in names:
            tenant_named(session, name, at=NOW)

    with store.reading() as session:
        found = list(session.scalars(select(Tenant.name).order_by(Tenant.name)))

    assert found == sorted(names)


@pytest.mark.postgres
def test_no_text_column_is_ordered_by_the_language_of_the_server(migrated_postgresql: str) -> None:
    """Ids and cursors are compared in the database, too."""
    opened = Store.open(migrated_postgresql)
    with opened.reading() as session:
        others = session.execute(
            text(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND data_type IN ('text', 'character varying') "
                "AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'alembic_version'"
            )
        ).fetchall()
    opened.close()

    assert others == []


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_text_that_one_database_cannot_keep_is_refused_by_both(store: Store, name: str) -> None:
    """PostgreSQL knows no U+0000; neither can write half a character."""
    with pytest.raises(UsageError, match=r"U\+0000"), store.writing() as session:
        tenant_named(session, name, at=NOW)

    with pytest.raises(UsageError, match=r"U\+0000"), store.reading() as session:
        session.scalar(select(Tenant).where(Tenant.id == name))
