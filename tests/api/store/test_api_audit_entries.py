"""The audit log."""

from __future__ import annotations

from datetime import timedelta

import pytest

from skillmatch.errors import UsageError
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.store import Store
from skillmatch_api.store.audit import ALL, AuditFilter, AuditPage, entries, record
from tests.api.conftest import NOW

ACTIONS = ("key.create", "candidate.search", "candidate.show", "candidate.search", "key_x.create")


def write(store: Store, tenant: str, actions: tuple[str, ...] = ACTIONS) -> str:
    """Record some actions of a tenant, two of them in the same moment, and return its id."""
    with store.writing() as session:
        tenant_id = tenant_named(session, tenant, at=NOW).id
        for place, action in enumerate(actions):
            at = NOW + timedelta(seconds=place // 2)
            record(session, tenant_id=tenant_id, by=f"key:{place}", action=action, at=at)
    return tenant_id


def read(
    store: Store,
    tenant_id: str,
    after: tuple[str, str] | None = None,
    where: AuditFilter = ALL,
) -> AuditPage:
    """Return a page of two entries."""
    with store.reading() as session:
        return entries(session, tenant_id=tenant_id, limit=2, after=after, where=where)


def test_pages_of_the_log_give_every_entry_once_newest_first(store: Store) -> None:
    """Entries of one moment lie on both sides of a page's end here."""
    tenant_id = write(store, "ours")
    write(store, "theirs")

    page = read(store, tenant_id)
    found = list(page.entries)
    while page.next is not None:
        page = read(store, tenant_id, page.next)
        found += page.entries

    assert sorted(one.by for one in found) == [f"key:{place}" for place in range(5)]
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    assert {one.tenant_id for one in found} == {tenant_id}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (AuditFilter(action="candidate.show"), ["key:2"]),
        (AuditFilter(action="candidate"), []),
        (AuditFilter(action="key."), ["key:0"]),
        (AuditFilter(by="key:3"), ["key:3"]),
        (AuditFilter(since=NOW + timedelta(seconds=2)), ["key:4"]),
        (AuditFilter(until=NOW + timedelta(seconds=1)), ["key:0", "key:1"]),
    ],
)
def test_the_log_can_be_asked_for_what_happened(
    store: Store, where: AuditFilter, expected: list[str]
) -> None:
    """A family of actions ends with a dot; its underscore is no wildcard."""
    tenant_id = write(store, "ours")

    page = read(store, tenant_id, where=where)

    assert sorted(one.by for one in page.entries) == expected


def test_an_entry_goes_with_the_transaction_that_it_tells_about(store: Store) -> None:
    """A log of what did not happen would be worse than none."""
    tenant_id = write(store, "ours", ())

    with store.writing() as session:
        record(session, tenant_id=tenant_id, by="operator", action="key.create", at=NOW)
        session.flush()
        session.rollback()

    assert read(store, tenant_id).entries == ()


@pytest.mark.parametrize("after", [("yesterday", "x"), ("2026-11-22T12:00:00", "x")])
def test_a_made_up_place_in_the_log_is_refused(store: Store, after: tuple[str, str]) -> None:
    """A moment without a zone would be another moment on another machine."""
    with pytest.raises(UsageError, match="first page"):
        read(store, "nobody", after)
