"""People: that there are records, and their erasure; nothing of what is in them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy.orm import Session

from skillmatch_api.errors import AbsentError
from skillmatch_api.pages.admin.place import (
    ON_A_PAGE,
    Confirmation,
    admin_of,
    ask,
    back,
    part_page,
)
from skillmatch_api.pages.forms import SentForm, text_of
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import AdminShell, Shell
from skillmatch_api.people import erasing, listing
from skillmatch_api.people.consents import shared_fields
from skillmatch_api.people.registering import ABSENT, get_person
from skillmatch_api.people.seeing import may_erase
from skillmatch_api.wire.answers import cursors

router = page_router()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A record as a line of the list."""

    id: str
    external_id: str
    claimed: bool
    consented: bool
    created: str


@router.get("/admin/people")
def listed(shell: AdminShell, cursor: str = "") -> Response:
    """List records by id."""
    caller, t = admin_of(shell), shell.t
    after = str(cursors.decode(cursor, (str,))[0]) if cursor else ""
    with shell.services.store.reading() as session:
        found = listing.everybody(session, tenant_id=caller.tenant_id, after=after, limit=ON_A_PAGE)
        shared = shared_fields(
            session,
            [one.id for one in found.persons],
            tenant_id=caller.tenant_id,
            at=shell.services.clock(),
        )
        lines = tuple(
            PersonLine(
                id=one.id,
                external_id=one.external_id or "",
                claimed=one.claimed_at is not None,
                consented=one.id in shared,
                created=t.day(one.created_at.date()),
            )
            for one in found.persons
        )
    return part_page(
        shell,
        "people",
        people=lines,
        total=found.total,
        next=cursors.encode([lines[-1].id]) if found.more else None,
        first=not cursor,
    )


@router.get("/admin/people/{person_id}/erase")
def ask_erase(person_id: str, shell: AdminShell) -> Response:
    """Ask before a person is erased."""
    return ask(shell, _question(shell, person_id))


@router.post("/admin/people/{person_id}/erase")
def erase(person_id: str, shell: AdminShell, form: SentForm) -> Response:
    """Erase a person everywhere, for good."""
    question = _question(shell, person_id)
    if text_of(form, "sure") != "1":
        return ask(shell, question, unticked=True)
    caller, at = admin_of(shell), shell.services.clock()

    def work(session: Session) -> None:
        person = get_person(session, _id(person_id), tenant_id=caller.tenant_id, lock=True)
        may_erase(caller, person)
        erasing.erase(session, person, by=caller.caller, at=at)

    shell.services.store.write(work)
    shell.services.store.scrub()
    shell.services.indexes.catch_up(shell.services.store, caller.tenant_id)
    return back("people", "erased")


def _question(shell: Shell, person_id: str) -> Confirmation:
    caller, t = admin_of(shell), shell.t
    with shell.services.store.reading() as session:
        person = get_person(session, _id(person_id), tenant_id=caller.tenant_id)
        about = [(t("admin.column_id"), person.id)]
        if person.external_id:
            about.append((t("admin.column_external"), person.external_id))
    action = f"/admin/people/{person.id}/erase"
    return Confirmation(key="erase", part="people", action=action, about=tuple(about), grave=True)


def _id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise AbsentError(ABSENT) from error
