"""What the administrator's pages share: who acts, where a list goes on, and what was just done."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Response
from fastapi.responses import HTMLResponse, RedirectResponse

from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.pages.shell import Shell

PARTS = ("keys", "people", "frameworks", "jobs", "audit")
"""Pages of the administration, in the order shown; each lies at ``/admin/<part>``."""
DONE = frozenset({"revoked", "erased", "cancelled", "deleted", "reloaded"})
"""What a page may say that was just done."""
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A question before something that cannot be taken back.

    Attributes:
        key: The texts of the question begin with ``admin.confirm_<key>``.
        about: What it is done to, as pairs of name and value.
        grave: Whether a box has to be ticked, too.
    """

    key: str
    part: str
    action: str
    about: tuple[tuple[str, str], ...]
    grave: bool = False


def admin_of(shell: Shell) -> Principal:
    """Return who acts."""
    if shell.caller is None:
        raise UnauthenticatedError("log in first")
    return shell.caller


def part_page(shell: Shell, part: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """Return one of the pages."""
    done = shell.request.query_params.get("done", "")
    shown = {"part": part, "parts": PARTS, "done": done if done in DONE else "", **context}
    return shell.page(f"admin/{part}.html.j2", status=status, headers=None, **shown)


def ask(shell: Shell, question: Confirmation, *, unticked: bool = False) -> HTMLResponse:
    """Ask whether it is really meant; ``unticked`` where the box was left empty."""
    return shell.page(
        "admin/confirm.html.j2",
        status=422 if unticked else 200,
        part=question.part,
        parts=PARTS,
        done="",
        question=question,
        unticked=unticked,
    )


def back(part: str, done: str) -> Response:
    """Return to a page that says what was done."""
    return RedirectResponse(f"/admin/{part}?{urlencode({'done': done})}", status_code=303)
