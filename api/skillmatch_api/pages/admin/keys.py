"""Keys: made and shown once, listed, replaced, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Response
from fastapi.responses import RedirectResponse

from skillmatch_api.access import key_life
from skillmatch_api.access.key_life import MOST_CHARACTERS, KeyWish
from skillmatch_api.access.keys import counts
from skillmatch_api.access.principal import Scope
from skillmatch_api.pages.admin.place import (
    ON_A_PAGE,
    Confirmation,
    admin_of,
    ask,
    back,
    part_page,
)
from skillmatch_api.pages.forms import Fault, SentForm, text_of, texts_of
from skillmatch_api.pages.language import Words
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import AdminShell, Shell
from skillmatch_api.settings import MOST_KEY_DAYS
from skillmatch_api.store.tables import ApiKey
from skillmatch_api.wire.answers.listing import cursor_behind, place_in

router = page_router()
MOST_GRACE = 24 * 90
"""Hours that a replaced key may count on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """A key as a line of the list."""

    id: str
    name: str
    scopes: str
    state: str
    bound: bool
    created: str
    expires: str
    used: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A key to be made, as typed."""

    name: str = ""
    scopes: frozenset[str] = frozenset()
    days: str = ""


@router.get("/admin")
def home(shell: AdminShell) -> Response:
    """Lead to the keys."""
    admin_of(shell)
    return RedirectResponse("/admin/keys", status_code=303)


@router.get("/admin/keys")
def listed(shell: AdminShell, cursor: str = "") -> Response:
    """List the keys, and offer to make one."""
    return _page(shell, cursor=cursor)


@router.post("/admin/keys")
def make(shell: AdminShell, form: SentForm) -> Response:
    """Make a key and show it, this once."""
    caller = admin_of(shell)
    key_life.refuse_unknown(caller)
    wish = Wish(
        name=text_of(form, "name").strip(),
        scopes=frozenset(texts_of(form, "scope")),
        days=text_of(form, "days").strip(),
    )
    asked, faults = _asked(wish, shell)
    if asked is None:
        return _page(shell, wish=wish, faults=faults)
    with shell.services.store.writing() as session:
        _, key = key_life.make_key(
            session,
            asked,
            tenant_id=caller.tenant_id,
            by=caller.caller,
            at=shell.services.clock(),
        )
    return _page(shell, fresh=key)


@router.get("/admin/keys/{key_id}/revoke")
def ask_revoke(key_id: str, shell: AdminShell) -> Response:
    """Ask before a key is revoked."""
    return ask(shell, _question(shell, key_id, "revoke"))


@router.post("/admin/keys/{key_id}/revoke")
def revoke(key_id: str, shell: AdminShell) -> Response:
    """Let a key count no longer."""
    caller = admin_of(shell)
    key_life.refuse_unknown(caller)
    with shell.services.store.writing() as session:
        row = key_life.get_key(session, key_id, tenant_id=caller.tenant_id, lock=True)
        key_life.revoke_key(session, row, by=caller.caller, at=shell.services.clock())
    return back("keys", "revoked")


@router.get("/admin/keys/{key_id}/rotate")
def ask_rotate(key_id: str, shell: AdminShell) -> Response:
    """Ask how long the old key is to count on."""
    return ask(shell, _question(shell, key_id, "rotate"))


@router.post("/admin/keys/{key_id}/rotate")
def rotate(key_id: str, shell: AdminShell, form: SentForm) -> Response:
    """Make a key that takes the place of another, and show it, this once."""
    caller = admin_of(shell)
    key_life.refuse_unknown(caller)
    hours = _whole(text_of(form, "grace"), most=MOST_GRACE, least=0)
    if hours is None:
        return ask(shell, _question(shell, key_id, "rotate"), unticked=True)
    with shell.services.store.writing() as session:
        row = key_life.get_key(session, key_id, tenant_id=caller.tenant_id, lock=True)
        key_life.refuse_bound(row)
        _, key = key_life.rotate_key(
            session,
            row,
            grace=timedelta(hours=hours),
            by=caller.caller,
            at=shell.services.clock(),
        )
    return _page(shell, fresh=key)


def _asked(wish: Wish, shell: Shell) -> tuple[KeyWish | None, tuple[Fault, ...]]:
    faults = []
    scopes = {one for one in Scope if one in wish.scopes}
    if not scopes:
        faults.append(Fault(field="scope-learner", key="admin.fault_scope"))
    if len(wish.name) > MOST_CHARACTERS or not wish.name.isprintable():
        faults.append(Fault(field="name", key="admin.fault_name", said=str(MOST_CHARACTERS)))
    days = shell.services.settings.key_days
    if wish.days:
        read = _whole(wish.days, most=MOST_KEY_DAYS, least=1)
        if read is None:
            faults.append(Fault(field="days", key="admin.fault_days", said=str(MOST_KEY_DAYS)))
        days = read or days
    if faults:
        return None, tuple(faults)
    return KeyWish(scopes=scopes, name=wish.name, days=days), ()


def _whole(text: str, *, most: int, least: int) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        return None
    return int(text) if least <= int(text) <= most else None


def _question(shell: Shell, key_id: str, key: str) -> Confirmation:
    caller = admin_of(shell)
    with shell.services.store.reading() as session:
        row = key_life.get_key(session, key_id, tenant_id=caller.tenant_id)
        view = _view(shell.t, row, shell.services.clock())
    t = shell.t
    return Confirmation(
        key=key,
        part="keys",
        action=f"/admin/keys/{row.id}/{key}",
        about=(
            (t("admin.column_name"), view.name or t("admin.nameless")),
            (t("admin.column_scopes"), view.scopes),
            (t("admin.column_id"), view.id),
        ),
    )


def _view(t: Words, row: ApiKey, now: datetime) -> KeyView:
    state = "live" if counts(row, now) else "expired"
    return KeyView(
        id=row.id,
        name=row.name,
        scopes=", ".join(t("admin.scope_" + one) for one in row.scopes),
        state="revoked" if row.revoked_at is not None else state,
        bound=row.person_id is not None,
        created=t.day(row.created_at.date()),
        expires=t.day(row.expires_at.date()) if row.expires_at else t("admin.never"),
        used=t.moment(row.last_used_at) if row.last_used_at else t("admin.not_used"),
    )


def _page(
    shell: Shell,
    *,
    cursor: str = "",
    wish: Wish | None = None,
    faults: tuple[Fault, ...] = (),
    fresh: str = "",
) -> Response:
    caller = admin_of(shell)
    now = shell.services.clock()
    with shell.services.store.reading() as session:
        rows = key_life.keys(
            session,
            tenant_id=caller.tenant_id,
            limit=ON_A_PAGE + 1,
            after=place_in(cursor or None),
        )
    shown = rows[:ON_A_PAGE]
    more = len(rows) > ON_A_PAGE
    return part_page(
        shell,
        "keys",
        status=422 if faults else 200,
        keys=tuple(_view(shell.t, row, now) for row in shown),
        next=cursor_behind(shown[-1].created_at, shown[-1].id) if more else None,
        first=not cursor,
        wish=wish or Wish(),
        faults=faults,
        fresh=fresh,
        scopes=tuple(Scope),
        key_days=shell.services.settings.key_days,
        known=caller.via != "open",
    )
