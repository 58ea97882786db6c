"""Frameworks: what is installed, whose it is, and taking a new release into use."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Response

from skillmatch.errors import DataError, IndexMismatchError
from skillmatch.service.installed import show_framework
from skillmatch.service.places import Places
from skillmatch_api.access.principal import Principal
from skillmatch_api.pages.admin.place import admin_of, back, part_page
from skillmatch_api.pages.language import Words
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import AdminShell
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.who.callers import operator
from skillmatch_api.wire.who.credentials import default_tenant

router = page_router()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkView:
    """An installed release.

    Attributes:
        damaged: It cannot be opened; all but its id is unknown then.
    """

    id: str
    title: str
    serving: bool
    damaged: bool = False
    release: str = ""
    languages: str = ""
    licence: str = ""
    attribution: str = ""
    digest: str = ""
    size: str = ""
    missing: tuple[str, ...] = ()


@router.get("/admin/frameworks")
def listed(shell: AdminShell) -> Response:
    """List what is installed."""
    services, caller = shell.services, admin_of(shell)
    serving = _serving(services)
    ids = sorted(Places.of(services.settings.library).installed())
    return part_page(
        shell,
        "frameworks",
        frameworks=tuple(_view(shell.t, services, one, serving=one in serving) for one in ids),
        operates=_operates(caller, services),
        stale=services.matchers.stale,
    )


@router.post("/admin/frameworks/reload")
def reload(shell: AdminShell) -> Response:
    """Answer with what is installed now."""
    operator(admin_of(shell), shell.services)
    shell.services.matchers.exchange()
    return back("frameworks", "reloaded")


def _operates(caller: Principal, services: Services) -> bool:
    return caller.tenant_id == default_tenant(services)


def _serving(services: Services) -> tuple[str, ...]:
    if not services.matchers.is_open:
        return ()
    with services.matchers.lent() as matcher:
        return matcher.frameworks.ids


def _view(t: Words, services: Services, framework_id: str, *, serving: bool) -> FrameworkView:
    try:
        found = show_framework(Places.of(services.settings.library), framework_id)
    except (DataError, IndexMismatchError):
        return FrameworkView(id=framework_id, title=framework_id, serving=serving, damaged=True)
    return FrameworkView(
        id=found.id,
        title=found.title,
        serving=serving,
        release=found.release,
        languages=", ".join(map(t.tongue, found.languages)),
        licence=found.licence,
        attribution=found.attribution,
        digest=found.digest,
        size=t("admin.mebibytes", size=t.number(found.size_bytes / 2**20)),
        missing=tuple(found.missing),
    )
