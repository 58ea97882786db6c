"""``skillmatch store``: what an operator does, and what people decided meanwhile."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import delete, select, update
from typer.testing import CliRunner, Result

from skillmatch.cli.exits import Exit, exit_code
from skillmatch.cli.main import app as program
from skillmatch.errors import SkillmatchError
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch_api.access.keys import create_key
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.people import consents
from skillmatch_api.people.changes import changed
from skillmatch_api.people.erasing import erase
from skillmatch_api.people.evidence_rows import to_row
from skillmatch_api.people.registering import Details, get_person, register
from skillmatch_api.store import Store
from skillmatch_api.store.erasures import digest_of
from skillmatch_api.store.tables import ApiKey, Consent, Erasure, EvidenceRow, Person, Profile
from tests.api.conftest import NOW

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``skillmatch store ARGUMENTS`` on the database of the test, each a second later."""
    monkeypatch.setenv("SKILLMATCH_DATABASE_URL", database_url)
    seconds = itertools.count(7200)
    monkeypatch.setattr(
        "skillmatch_api.wire.services.now", lambda: NOW + timedelta(seconds=next(seconds))
    )

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(program, ["store", *map(str, arguments)])

    return call


def told(result: Result) -> Any:  # noqa: ANN401 - JSON
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def findings(result: Result) -> list[dict[str, str]]:
    """Return what a check found, but for how hasty the PostgreSQL of the tests is."""
    found = json.loads(result.stdout)["findings"]
    return [one for one in found if one["about"] != "durability"]


def code(result: Result) -> int:
    """Return the exit code that the process would have."""
    if isinstance(result.exception, SkillmatchError):
        return exit_code(result.exception)
    return result.exit_code


def candidate(store: Store, name: str) -> Principal:
    """Register somebody with a piece of evidence, a key, and their consent to be found."""
    with store.writing() as session:
        tenant_id = tenant_named(session, "default", at=NOW).id
        person = register(session, Details(name=name), tenant_id=tenant_id, at=NOW, claimed=True)
        create_key(
            session,
            tenant_id=tenant_id,
            name="",
            scopes=[Scope.LEARNER],
            at=NOW,
            person_id=person.id,
        )
        evidence = Evidence(
            uri="http://example.org/skill",  # type: ignore[arg-type]  # a plain string is one
            label="skill",
            kind=EvidenceKind.CLAIM,
            assurance=Assurance.CLAIMED,
            source="--have",
        )
        session.add(to_row(evidence, tenant_id=tenant_id, person_id=person.id, place=0, at=NOW))
        caller = Principal(tenant_id=tenant_id, caller="", scopes=frozenset(), person_id=person.id)
        consents.grant(
            session, person, caller=caller, fields=consents.Field, expires_at=None, at=NOW
        )
        changed(session, person, at=NOW)
    return caller


def person_of(session: Any, who: Principal) -> Person:  # noqa: ANN401
    return get_person(session, str(who.person_id), tenant_id=who.tenant_id)


def test_what_people_decided_since_a_backup_holds_after_its_restore(
    store: Store, run: Run, tmp_path: Path
) -> None:
    """Neither an erased person comes back, nor a withdrawn consent, nor a revoked key."""
    stays, leaves, withdraws = (candidate(store, name) for name in ("Ada", "Bob", "Cem"))
    file = told(run("backup", tmp_path / "old.zip", "--json"))["file"]
    later = NOW + timedelta(hours=1)
    with store.writing() as session:
        erase(session, person_of(session, leaves), by="operator", at=later)
        consents.withdraw(session, person_of(session, withdraws), caller=withdraws, at=later)
        changed(session, person_of(session, withdraws), at=later)
        session.execute(
            update(ApiKey).where(ApiKey.person_id == stays.person_id).values(revoked_at=later)
        )

    answer = told(run("restore", file, "--replace", "--json"))

    assert answer["erased_again"] == 1
    with store.reading() as session:
        assert sorted(session.scalars(select(Person.name))) == ["Ada", "Cem"]
        assert {*session.scalars(select(EvidenceRow.person_id))} == {
            stays.person_id,
            withdraws.person_id,
        }
        assert session.scalars(select(Erasure.digest)).all() == [
            digest_of(leaves.tenant_id, str(leaves.person_id))
        ]
        assert session.scalars(select(Consent.withdrawn_at).order_by(Consent.withdrawn_at)).all()
        live = session.scalars(select(Profile.person_id).where(Profile.packed.is_not(None)))
        assert live.all() == [stays.person_id]
        revoked = session.scalars(select(ApiKey.person_id).where(ApiKey.revoked_at == later))
        assert revoked.all() == [stays.person_id]
    assert findings(run("check", "--json")) == []


def test_a_later_backup_beside_tells_who_was_erased_when_the_database_is_gone(
    store: Store, run: Run, tmp_path: Path
) -> None:
    """A new disk knows nobody; the newer file does. What is no backup at all is nobody's fault."""
    leaves = candidate(store, "Bob")
    told(run("backup", tmp_path / "old.zip", "--json"))
    with store.writing() as session:
        erase(session, person_of(session, leaves), by="operator", at=NOW)
    told(run("backup", tmp_path / "new.zip", "--json"))
    (tmp_path / "other.zip").write_bytes(b"PK broken")
    with ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("candidate.json", "{}")
    told(run("restore", tmp_path / "new.zip", "--replace", "--json"))
    with store.writing() as session:
        session.execute(delete(Erasure))

    answer = told(run("restore", tmp_path / "old.zip", "--replace", "--json"))

    assert (answer["erased_again"], answer["unreadable"]) == (1, ["other.zip"])
    with store.reading() as session:
        assert session.scalars(select(Person.name)).all() == []


def test_the_next_backup_takes_erased_people_out_of_the_older_ones(
    store: Store, run: Run, tmp_path: Path
) -> None:
    """So an erasure reaches every backup of the folder with the next cycle."""
    folder = tmp_path / "backups"
    leaves = candidate(store, "Bob Bobsen")
    candidate(store, "Ada")
    old = Path(told(run("backup", folder, "--json"))["file"])
    with store.writing() as session:
        erase(session, person_of(session, leaves), by="operator", at=NOW)

    answer = told(run("backup", folder, "--json"))

    assert answer["cleansed"] == [old.name]
    told(run("restore", old, "--replace", "--json"))
    with store.reading() as session:
        assert session.scalars(select(Person.name)).all() == ["Ada"]
    assert sorted(one.name for one in folder.iterdir()) == sorted(
        [old.name, Path(answer["file"]).name]
    )


def test_a_folder_keeps_as_many_backups_as_it_is_told(
    store: Store, run: Run, tmp_path: Path
) -> None:
    """Files of other names are nobody's to remove."""
    candidate(store, "Ada")
    (tmp_path / "mine.zip").write_bytes(b"")

    files = [Path(told(run("backup", tmp_path, "--keep", "2", "--json"))["file"]) for _ in "123"]

    assert sorted(tmp_path.glob("*.zip")) == sorted([tmp_path / "mine.zip", *files[1:]])
    assert code(run("backup", files[1], "--keep", "2")) == Exit.USAGE


def test_check_finds_a_profile_that_says_something_else_than_its_rows(
    store: Store, run: Run
) -> None:
    """Ranking would show what the person no longer has."""
    who = candidate(store, "Ada")
    assert findings(run("check", "--json")) == []
    with store.writing() as session:
        session.execute(delete(EvidenceRow))

    result = run("check", "--json")

    assert result.exit_code == Exit.FINDINGS
    found = findings(result)
    assert [one["about"] for one in found] == ["profile"]
    assert str(who.person_id) in found[0]["detail"]


def test_check_finds_rows_that_contradict_each_other(store: Store, run: Run) -> None:
    """No foreign key holds these."""
    who = candidate(store, "Ada")
    with store.writing() as session:
        digest = digest_of(who.tenant_id, str(who.person_id))
        session.add(Erasure(tenant_id=who.tenant_id, digest=digest, erased_at=NOW))
        session.execute(update(ApiKey).values(person_id="nobody"))
        session.execute(update(Profile).values(number=7))

    found = findings(run("check", "--no-profiles", "--json"))

    assert [one["about"] for one in found] == ["reference", "number", "erasure"]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_damaged_file_is_told_and_replaced_as_the_message_says(
    store: Store, run: Run, tmp_path: Path
) -> None:
    """With the code of a damaged file; what cannot be read cannot be emptied by ``--replace``."""
    candidate(store, "Ada")
    told(run("backup", tmp_path / "good.zip", "--json"))
    path = Path(str(store.engine.url.database))
    store.close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 60] = bytes(4096 * 57)
    path.write_bytes(data)

    result = run("check")
    over = run("restore", tmp_path / "good.zip", "--replace")
    for part in path.parent.glob(f"{path.name}*"):
        part.rename(tmp_path / f"aside-{part.name}")
    told(run("restore", tmp_path / "good.zip", "--json"))

    assert (code(result), over.exit_code == 0) == (Exit.BAD_INPUT, False)
    for told_so in (result, over):
        said = " ".join(told_so.output.split()) or str(told_so.exception)
        assert "move the file aside" in said
        assert "restore a backup" in said
    assert findings(run("check", "--json")) == []


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_check_tells_of_a_server_that_may_forget(run: Run) -> None:
    """The server of the tests is set up to be fast, not to keep what it acknowledged."""
    result = run("check", "--json")

    assert result.exit_code == Exit.FINDINGS
    assert {one["about"] for one in json.loads(result.stdout)["findings"]} == {"durability"}


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_check_tells_when_others_may_open_the_file(store: Store, run: Run) -> None:
    """A database that was copied by hand, most often."""
    Path(str(store.engine.url.database)).chmod(0o644)

    result = run("check", "--json")

    assert [one["about"] for one in json.loads(result.stdout)["findings"]] == ["mode"]


def test_a_database_that_is_not_there_is_not_made_by_looking_at_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped path would otherwise be backed up, empty."""
    monkeypatch.setenv("SKILLMATCH_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")

    assert code(run("backup", tmp_path / "x.zip")) == Exit.MISSING
    assert code(run("check")) == Exit.MISSING
    assert list(tmp_path.glob("none*")) == []


def test_migrate_says_what_it_did(
    run: Run, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And does it once."""
    monkeypatch.setenv("SKILLMATCH_DATABASE_URL", empty_database_url)

    assert "from nothing to revision" in run("migrate").stdout
    assert "already" in run("migrate").stdout
    assert json.loads(run("migrate", "--json").stdout)["before"] is not None
