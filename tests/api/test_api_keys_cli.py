"""The commands ``keys`` and ``tenants``: how the first key of a service is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from skillmatch.cli.main import app
from skillmatch.errors import SkillmatchError, UsageError
from skillmatch_api.access.keys import principal_of_key
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import AbsentError, ConflictError, UnauthenticatedError
from skillmatch_api.people.registering import Details, register
from skillmatch_api.store import Store
from skillmatch_api.store.tables import AuditEntry, Tenant
from skillmatch_api.wire.services import now


@pytest.fixture(autouse=True)
def _environment(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The commands work on the database of the test."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(tmp_path))
    monkeypatch.setenv("SKILLMATCH_DATABASE_URL", database_url)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def _create(*arguments: str) -> str:
    """Return the key, which is all that stands on standard output."""
    done = _run("keys", "create", *arguments)
    assert done.exit_code == 0, done.output
    assert done.stdout.count("\n") == 1
    return done.stdout.strip()


def _who(store: Store, key: str) -> Principal:
    with store.reading() as session:
        return principal_of_key(session, key, at=now())


def _refused(*arguments: str) -> SkillmatchError:
    with pytest.raises(SkillmatchError) as raised:
        _run(*arguments)
    return raised.value


def test_the_first_key_is_printed_alone_and_works(store: Store) -> None:
    """``KEY=$(skillmatch keys create …)`` is how it is used."""
    key = _create("--scope", "admin", "--scope", "learner")

    assert _who(store, key).scopes == {Scope.ADMIN, Scope.LEARNER}


def test_the_list_shows_what_keys_are_for_and_none_of_them(store: Store) -> None:
    """What was never kept cannot leak."""
    key = _create("--scope", "recruiter", "--name", "hiring desk", "--expires", "90")

    shown = _run("keys", "list").stdout
    items = json.loads(_run("keys", "list", "--json").stdout)["items"]

    assert all(part in shown for part in ("hiring desk", "recruiter", "live"))
    assert key.split("_", 2)[2] not in shown + json.dumps(items)
    assert [one["name"] for one in items] == ["hiring desk"]
    assert f"key:{items[0]['id']}" == _who(store, key).caller


def test_an_empty_list_says_how_to_make_a_key() -> None:
    """An empty table helps nobody."""
    assert "skillmatch keys create --scope admin" in _run("keys", "list").stdout


def test_a_key_that_was_found_somewhere_is_revoked_by_itself(store: Store) -> None:
    """Who finds it knows no id."""
    key = _create("--scope", "admin")

    _run("keys", "revoke", key)

    with pytest.raises(UnauthenticatedError):
        _who(store, key)
    assert "revoked" in _run("keys", "list").stdout


@pytest.mark.parametrize(("grace", "counts"), [("1", True), ("0", False)])
def test_a_rotated_key_counts_as_long_as_its_grace(
    store: Store, grace: str, *, counts: bool
) -> None:
    """No grace means from now on."""
    old = _create("--scope", "provider")
    new = _run("keys", "rotate", old, "--grace", grace).stdout.strip()

    assert _who(store, new).scopes == {Scope.PROVIDER}
    if counts:
        assert _who(store, old).scopes == {Scope.PROVIDER}
    else:
        with pytest.raises(UnauthenticatedError):
            _who(store, old)


def test_a_key_of_an_organisation_that_nobody_made_is_refused(store: Store) -> None:
    """A slip of the pen must not make an organisation."""
    error = _refused("keys", "create", "--scope", "admin", "--tenant", "Acmee")

    assert isinstance(error, AbsentError)
    assert "skillmatch tenants create" in str(error)
    with store.reading() as session:
        assert not session.scalars(select(Tenant).where(Tenant.name == "Acmee")).all()


def test_an_organisation_is_made_once_and_listed() -> None:
    """Two of one name could not be told apart."""
    assert _run("tenants", "create", "Acme Ltd").exit_code == 0
    _create("--scope", "admin", "--tenant", "Acme Ltd")

    assert isinstance(_refused("tenants", "create", "Acme Ltd"), ConflictError)
    assert "Acme Ltd" in _run("tenants", "list").stdout
    named = json.loads(_run("tenants", "list", "--json").stdout)["items"]
    assert [one["name"] for one in named] == ["Acme Ltd"]
    assert "admin" in _run("keys", "list", "--tenant", "Acme Ltd").stdout


@pytest.mark.parametrize("name", ["", " ", "two\nlines", "n" * 201])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    """It is shown on one line, to people."""
    assert isinstance(_refused("tenants", "create", name), UsageError)


def test_the_operator_binds_a_key_to_a_person_of_the_organisation(store: Store) -> None:
    """For somebody who asked in person; nobody can do that over HTTP."""
    _create("--scope", "learner")
    _run("tenants", "create", "Other")
    with store.writing() as session:
        tenants = {one.name: one.id for one in session.scalars(select(Tenant))}
        here = register(session, Details(), tenant_id=tenants["default"], at=now()).id
        there = register(session, Details(), tenant_id=tenants["Other"], at=now()).id

    key = _create("--scope", "learner", "--person", here)

    assert _who(store, key).person_id == here
    create = ("keys", "create", "--scope", "learner", "--person")
    assert isinstance(_refused(*create, there), AbsentError)
    assert isinstance(_refused(*create, here, "--scope", "recruiter"), UsageError)


def test_what_the_operator_does_is_written_down(store: Store) -> None:
    """The command line is no way around the log."""
    _run("tenants", "create", "Acme Ltd")
    key = _create("--scope", "admin", "--tenant", "Acme Ltd")
    _run("keys", "rotate", key)
    _run("keys", "revoke", key)

    with store.reading() as session:
        found = session.execute(select(AuditEntry.action, AuditEntry.by)).all()
    assert sorted(map(tuple, found)) == [
        ("key.create", "operator"),
        ("key.revoke", "operator"),
        ("key.rotate", "operator"),
        ("tenant.create", "operator"),
    ]
