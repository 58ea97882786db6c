"""Two organisations with the same kinds of things, of which one must never learn of the other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import select

from skillmatch_api.access.keys import create_key
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.people.inviting import invite
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Base, Person
from skillmatch_api.wire.process.working import workers_of
from skillmatch_api.wire.services import Services
from tests.api.candidate_steps import EVERY_FIELD, bearer
from tests.api.conftest import NOW
from tests.api.test_api_jobs import BADGE

Header = dict[str, str]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An organisation with everything that one can have.

    Attributes:
        staff: Header with a key of every scope.
        person: Header with the own key of the person ``candidate``.
        names: Ids and names of what it has, by what they are.
        word: Stands in every text that it wrote.
    """

    tenant_id: str
    word: str
    staff: Header
    person: Header
    names: Names

    @property
    def marks(self) -> tuple[str, ...]:
        """What nobody else may ever see."""
        # Others may have an external id of theirs by chance; the id beside it is unique.
        names = {name: value for name, value in self.names.items() if name != "external"}
        return (f"{self.word} ", self.tenant_id, *names.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A service with the organisations ``a``, whose things are asked for, and ``b``, who asks."""

    client: TestClient
    services: Services
    a: Settled
    b: Settled

    def key(self, *scopes: Scope) -> Header:
        """Return a header with a new key of ``b``."""
        return _key(self.services.store, self.b.tenant_id, scopes)

    def rows_of_a(self) -> dict[str, list[str]]:
        """Return all that is kept of ``a``, but for when its keys were used."""
        return _rows(self.services.store, self.a.tenant_id)


def settled(client: TestClient, services: Services, word: str) -> Settled:
    """Let an organisation do one of everything, and say what came of it.

    Both organisations do the same in the same order, so that whatever is counted by organisation
    has the same numbers in both.
    """
    store = services.store
    with store.writing() as session:
        tenant_id = tenant_named(session, f"{word} organisation", at=NOW).id
    staff = _key(store, tenant_id, tuple(Scope))
    ask = _Asking(client, staff)
    names = {"tenant": f"{word} organisation"}
    names["key"] = ask("/v1/keys", {"scopes": ["learner"], "name": f"{word} key"})["id"]
    person, more = _person(client, ask, word, _key(store, tenant_id, (Scope.LEARNER,)))
    names |= more
    names["managed"] = ask(
        "/v1/candidates", {"external_id": f"{word}-17", "name": f"{word} Managed", "myself": False}
    )["id"]
    names["external"] = f"{word}-17"
    names["code"] = _invitation(store, tenant_id, names["managed"])
    names |= _material(client, ask, word, services)
    client.cookies.clear()
    return Settled(tenant_id=tenant_id, word=word, staff=staff, person=person, names=names)


@dataclass(frozen=True, slots=True)
class _Asking:
    client: TestClient
    headers: Header

    def __call__(self, path: str, body: Mapping[str, Any], *, put: bool = False) -> Any:  # noqa: ANN401 - JSON
        send = self.client.put if put else self.client.post
        answer = send(path, json=dict(body), headers=self.headers)
        assert answer.status_code < 300, f"{path}: {answer.text}"
        return answer.json()


def _person(
    client: TestClient, staff: _Asking, word: str, learner: Header
) -> tuple[Header, dict[str, str]]:
    register = _Asking(client, learner)
    name, contact = f"{word} Person", f"{word.lower()}@example.org"
    made = register("/v1/candidates", {"name": name, "contact": contact, "place": f"{word} City"})
    own = bearer(made["key"])
    path = f"/v1/candidates/{made['id']}"
    as_person = _Asking(client, own)
    as_person(f"{path}/consent", {"fields": EVERY_FIELD}, put=True)
    added = as_person(
        f"{path}/evidence",
        {"have": ["Git"], "documents": [{"name": f"{word}.txt", "text": f"{word} uses Git."}]},
    )
    seen = client.get(path, headers=staff.headers)
    assert seen.json()["name"] == name
    views = client.get(f"{path}/views", headers=own).json()["items"]
    return own, {
        "candidate": made["id"],
        "evidence": added["items"][0]["id"],
        "document": added["documents"][0]["id"],
        "view": views[0]["id"],
        "contact": contact,
    }


def _material(client: TestClient, staff: _Asking, word: str, services: Services) -> dict[str, str]:
    badge = {**BADGE, "name": f"{word} badge"}
    job = staff(
        "/v1/jobs", {"kind": "badges.align", "badges": [{"name": f"{word}.json", "json": badge}]}
    )
    assert workers_of(services).run_one()
    queue = client.get("/v1/alignments", headers=staff.headers).json()["items"]
    sheet = f"name,provider,skills,cost,currency\n{word} course,{word} College,Git,120,EUR\n"
    catalogue = f"{word.lower()}-offers"
    staff(
        f"/v1/catalogue/{catalogue}",
        {"documents": [{"name": "offers.csv", "text": sheet}]},
        put=True,
    )
    posting = staff("/v1/postings", {"posting": f"{word} needs Git.", "title": f"{word} job"})
    plan = client.post(
        "/v1/plans",
        json={
            "goals": [{"posting": "You must know Git."}],
            "catalogues": [catalogue],
            "keep": True,
            "title": f"{word} plan",
        },
        headers=staff.headers,
    )
    assert plan.status_code == 201, plan.text
    return {
        "job": job["id"],
        "alignment": queue[0]["id"],
        "catalogue": catalogue,
        "posting": posting["id"],
        "plan": plan.headers["location"].rpartition("/")[2],
    }


def _invitation(store: Store, tenant_id: str, person_id: str) -> str:
    with store.writing() as session:
        person = session.scalars(
            select(Person).where(Person.tenant_id == tenant_id, Person.id == person_id)
        ).one()
        return invite(session, person, at=NOW)


def _key(store: Store, tenant_id: str, scopes: tuple[Scope, ...]) -> Header:
    with store.writing() as session:
        _, key = create_key(session, tenant_id=tenant_id, name="test", scopes=scopes, at=NOW)
    return bearer(key)


def _rows(store: Store, tenant_id: str) -> dict[str, list[str]]:
    found = {}
    with store.reading() as session:
        for table in Base.metadata.sorted_tables:
            of = table.c.get("tenant_id")
            if of is None:
                continue
            columns = [one for one in table.c if one.name != "last_used_at"]
            rows = session.execute(select(*columns).where(of == tenant_id))
            found[table.name] = sorted(map(str, rows))
    return found


def unknown(names: Names) -> dict[str, str]:
    """Return names of nothing, each of the form and length of the one whose place it takes."""
    return {name: _unlike(value) for name, value in names.items()}


def _unlike(value: str) -> str:
    try:
        uuid.UUID(value)
    except ValueError:
        return "".join(map(_turned, value))
    return str(uuid.uuid4())


def _turned(letter: str) -> str:
    return chr(ord("a") + ord("z") - ord(letter)) if letter.islower() else letter
