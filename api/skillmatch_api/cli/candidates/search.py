"""The command ``candidates search``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from skillmatch_api.cli.candidates.finding import OURS, Tenant

_DAY = ["%Y-%m-%d"]
_Day = datetime | None


def search(
    skill: Annotated[
        list[str] | None,
        typer.Argument(help="Skills that are a must: `name; level; years`, or URIs."),
    ] = None,
    nice: Annotated[
        list[str] | None, typer.Option(help="A skill that is nice to have; may be repeated.")
    ] = None,
    posting: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A posting; - reads standard input.")
    ] = None,
    occupation: Annotated[str, typer.Option(help="URI or code of an occupation.")] = "",
    proven_only: Annotated[
        bool, typer.Option("--proven-only", help="Count only what somebody else vouches for.")
    ] = False,
    issued_after: Annotated[
        _Day, typer.Option(formats=_DAY, help="Count only evidence issued on this day or later.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="A language that is spoken; all that are given.")
    ] = None,
    place: Annotated[list[str] | None, typer.Option(help="A place; any of those given.")] = None,
    available_by: Annotated[
        _Day, typer.Option(formats=_DAY, help="Only people available on this day.")
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Hide names and what points at protected traits.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Candidates to show.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before.")] = None,
    tenant: Tenant = OURS,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find candidates who show what is asked for; who is shown can see that somebody looked."""
    from skillmatch.cli import printing
    from skillmatch_api.cli.candidates.search_text import as_text
    from skillmatch_api.cli.candidates.searching import Asked, search_now
    from skillmatch_api.ranking.as_json import candidates_json
    from skillmatch_api.ranking.ranked import Filters

    asked = Asked(
        must=tuple(skill or ()),
        nice=tuple(nice or ()),
        posting=posting,
        occupation=occupation,
        filters=Filters(
            proven_only=proven_only,
            issued_after=issued_after and issued_after.date(),
            languages=tuple(sorted(set(language or ()))),
            places=tuple(sorted(set(place or ()))),
            available_by=available_by and available_by.date(),
        ),
        blind=blind,
        limit=limit,
        cursor=cursor,
    )
    found = search_now(asked, tenant=tenant)
    text = candidates_json(found) if json_output else as_text(found, printing.width())
    printing.show(text, None)
