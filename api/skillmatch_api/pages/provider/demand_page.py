"""What postings ask for and no offer gives: asked, counted, shown, and taken home."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import Response
from markupsafe import Markup
from starlette.datastructures import FormData

from skillmatch.errors import SkillmatchError
from skillmatch.model.demand import Demand, SkillDemand, Supply
from skillmatch.report.demand import DemandFormat, render_demand, wording
from skillmatch.report.demand.chart import STATES, icon
from skillmatch_api.access.principal import Principal
from skillmatch_api.engine.catalogues import Shelf
from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.jobs.demanding import DemandAsked, DemandDesk, demand_of
from skillmatch_api.pages.forms import Fault, documents_of, text_of, texts_of
from skillmatch_api.pages.provider.uploading import named_bytes
from skillmatch_api.pages.shell import Shell

MAX_POSTINGS = 500
BARS = 20
"""Skills in the chart."""
TOP = 15
"""Lines of each list that are not folded."""
FILES: Mapping[str, tuple[DemandFormat, str]] = MappingProxyType(
    {
        "demand.svg": ("svg", "image/svg+xml"),
        "demand.html": ("html", "text/html"),
        "demand.md": ("markdown", "text/markdown"),
        "demand.csv": ("csv", "text/csv"),
        "demand.json": ("json", "application/json"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The form.

    Attributes:
        text: Postings that were pasted, with a line of ``---`` between two.
        chosen: Names of kept catalogues.
    """

    text: str = ""
    postings: tuple[NamedBytes, ...] = ()
    chosen: tuple[str, ...] = ()
    offers: tuple[NamedBytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A line of the chart."""

    skill: SkillDemand
    percent: float
    key: str
    icon: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandView:
    """Demand as the page shows it.

    Attributes:
        figures: Supply, how many skills, key of its style and its mark.
        unmet: What no offer closes; ``wanted`` the offers that postings ask for.
        files: Name and ``data:`` address of each file, since nothing is kept to make it from later.
    """

    demand: Demand
    figures: tuple[tuple[Supply, int, str, Markup], ...]
    bars: tuple[Bar, ...]
    unmet: tuple[Bar, ...]
    files: tuple[tuple[str, str], ...]


def asked(shell: Shell, caller: Principal) -> Response:
    """Ask for postings and for what is on offer."""
    names = _names(shell, caller)
    return _page(shell, Given(chosen=names), names)


def answered(shell: Shell, caller: Principal, form: FormData) -> Response:
    """Show what the form asks for; with what is wrong where there is no answer."""
    names = _names(shell, caller)
    given = Given(
        text=text_of(form, "text"),
        postings=named_bytes(documents_of(form, "postings"), "posting"),
        chosen=tuple(one for one in texts_of(form, "catalogue") if one in names),
        offers=named_bytes(documents_of(form, "offers"), "offers"),
    )
    postings = (*pasted(given.text), *given.postings)
    faults = _faults(given, postings)
    if faults:
        return _page(shell, given, names, faults)
    wanted = DemandAsked(
        postings=postings,
        catalogue=given.offers,
        catalogues=given.chosen,
        at=shell.services.clock().date(),
    )
    try:
        found = demand_of(wanted, _desk(shell, caller))
    except BusyServiceError:
        raise
    except SkillmatchError as error:
        fault = Fault(field="text", key="provider.fault_demand", why=str(error))
        return _page(shell, given, names, (fault,))
    return _page(shell, given, names, view=_view(found))


def pasted(text: str) -> tuple[NamedBytes, ...]:
    """Return pasted postings; a line of three dashes or more stands between two."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if set(line.strip()) == {"-"} and len(line.strip()) >= 3:
            parts.append([])
        else:
            parts[-1].append(line)
    texts = [whole for part in parts if (whole := "\n".join(part).strip())]
    return tuple(
        NamedBytes(name=f"{number}.txt", data=one.encode("utf-8", "replace"))
        for number, one in enumerate(texts, 1)
    )


def _faults(given: Given, postings: Sequence[NamedBytes]) -> tuple[Fault, ...]:
    faults = []
    if not 0 < len(postings) <= MAX_POSTINGS:
        key = "provider.fault_many_postings" if postings else "provider.fault_no_postings"
        faults.append(Fault(field="text", key=key, said=str(MAX_POSTINGS)))
    if not (given.chosen or given.offers):
        faults.append(Fault(field="offers", key="provider.fault_no_offers"))
    return tuple(faults)


def _names(shell: Shell, caller: Principal) -> tuple[str, ...]:
    with shell.services.store.reading() as session:
        return Shelf(session, caller.tenant_id, shell.services.settings.library).names()


def _desk(shell: Shell, caller: Principal) -> DemandDesk:
    services = shell.services
    return DemandDesk(
        store=services.store,
        matchers=services.matchers,
        settings=services.settings,
        tenant_id=caller.tenant_id,
    )


def _view(found: Demand) -> DemandView:
    counts = wording.counts(found)
    most = max((one.postings for one in found.skills), default=1)

    def bar(one: SkillDemand) -> Bar:
        return Bar(
            skill=one,
            percent=100 * one.postings / most,
            key=_key(one.supply),
            icon=_icon(one.supply),
        )

    return DemandView(
        demand=found,
        figures=tuple((one, counts[one], _key(one), _icon(one)) for one in Supply),
        bars=tuple(map(bar, found.skills[:BARS])),
        unmet=tuple(map(bar, wording.unmet(found))),
        files=tuple(
            (name, _address(render_demand(found, form, table="skills", top=BARS), media))
            for name, (form, media) in FILES.items()
        ),
    )


def _key(supply: Supply) -> str:
    return STATES[supply].value.replace(" ", "-")


def _icon(supply: Supply) -> Markup:
    return Markup(icon(supply))  # noqa: S704 - made from constants


def _address(text: str, media_type: str) -> str:
    data = base64.b64encode(text.encode("utf-8")).decode("ascii")
    return f"data:{media_type};charset=utf-8;base64,{data}"


def _page(
    shell: Shell,
    given: Given,
    names: Sequence[str],
    faults: Sequence[Fault] = (),
    view: DemandView | None = None,
) -> Response:
    return shell.page(
        "provider/demand.html.j2",
        status=422 if faults else 200,
        given=given,
        names=names,
        faults=tuple(faults),
        view=view,
        top=TOP,
    )
