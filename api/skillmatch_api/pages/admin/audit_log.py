"""The audit log: what was done, by whom, to what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from fastapi import Response

from skillmatch_api.pages.admin.place import ON_A_PAGE, admin_of, part_page
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.language import Words
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import AdminShell
from skillmatch_api.people.views import names_of_callers
from skillmatch_api.store import audit
from skillmatch_api.store.audit import AuditFilter
from skillmatch_api.store.tables import AuditEntry
from skillmatch_api.wire.answers import cursors

router = page_router()
_ACTION = re.compile(r"[a-z0-9_.-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry as a line of the list; ``details`` are pairs of name and value."""

    at: str
    by: str
    by_name: str
    action: str
    subject: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is sought, as typed."""

    action: str = ""
    by: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""

    def query(self) -> str:
        """Return it as part of an address."""
        names = ("action", "by", "subject", "since", "until")
        return urlencode({name: value for name in names if (value := getattr(self, name))})


@router.get("/admin/audit")
def listed(  # noqa: PLR0917 - one for each field of the form
    shell: AdminShell,
    action: str = "",
    by: str = "",
    subject: str = "",
    since: str = "",
    until: str = "",
    cursor: str = "",
) -> Response:
    """List what was done, the newest first; days are whole ones, in UTC."""
    caller, t = admin_of(shell), shell.t
    sought = Sought(
        action=action.strip(),
        by=by.strip(),
        subject=subject.strip(),
        since=since.strip(),
        until=until.strip(),
    )
    where, faults = _filter(sought)
    after = _after(cursor) if cursor else None
    with shell.services.store.reading() as session:
        page = audit.entries(
            session, tenant_id=caller.tenant_id, limit=ON_A_PAGE, after=after, where=where
        )
        names = names_of_callers(
            session, [one.by for one in page.entries], tenant_id=caller.tenant_id
        )
    entries = tuple(_view(t, one, names) for one in page.entries)
    return part_page(
        shell,
        "audit",
        status=422 if faults else 200,
        entries=() if faults else entries,
        sought=sought,
        faults=faults,
        next=cursors.encode(page.next) if page.next else None,
        first=not cursor,
    )


def _after(cursor: str) -> tuple[str, str]:
    at, identity = cursors.decode(cursor, (str, str))
    return str(at), str(identity)


def _view(t: Words, one: AuditEntry, names: Mapping[str, str]) -> EntryView:
    return EntryView(
        at=t.moment(one.at),
        by=one.by,
        by_name=names.get(one.by, ""),
        action=one.action,
        subject=one.subject,
        details=tuple((name, _told(value)) for name, value in sorted(one.details.items())),
    )


def _filter(sought: Sought) -> tuple[AuditFilter, tuple[Fault, ...]]:
    faults = []
    if sought.action and not _ACTION.fullmatch(sought.action):
        faults.append(Fault(field="action", key="admin.fault_action", said=sought.action))
    days: dict[str, datetime | None] = {}
    for name, added in (("since", 0), ("until", 1)):
        text = getattr(sought, name)
        try:
            days[name] = _moment(text, added) if text else None
        except (ValueError, OverflowError):
            faults.append(Fault(field=name, key="admin.fault_day", said=text))
    if faults:
        return audit.ALL, tuple(faults)
    where = AuditFilter(
        action=sought.action or None,
        by=sought.by.replace("\0", "") or None,
        subject=sought.subject.replace("\0", "") or None,
        since=days["since"],
        until=days["until"],
    )
    return where, ()


def _moment(text: str, added: int) -> datetime:
    return datetime.combine(date.fromisoformat(text) + timedelta(days=added), time(), tzinfo=UTC)


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) if len(value) <= 4 else str(len(value))
    return "" if value is None else str(value)
