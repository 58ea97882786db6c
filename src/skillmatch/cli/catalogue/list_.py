"""The command ``catalogue list``: which catalogues there are, or what one has on offer."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.catalogue.opening import (
    At,
    Framework,
    Json,
    Recipe,
    at_home,
    colour,
    day_of,
    open_matcher,
    open_shown,
    say,
    width,
)
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from skillmatch.model.offer import Catalogue
    from skillmatch.service.catalogue_choice import Chosen, Wanted
    from skillmatch.service.catalogue_names import CataloguePlaces

_PRICE = re.compile(r"(?P<amount>\d{1,9}(?:\.\d{1,2})?)(?:\s*(?P<currency>[A-Za-z]{3}))?")


def list_(
    name: Annotated[
        str | None, typer.Argument(help="An imported catalogue, or a file, folder or zip.")
    ] = None,
    skill: Annotated[str, typer.Option(help="Only offers that award this skill.")] = "",
    provider: Annotated[str, typer.Option(help="Only offers of this provider.")] = "",
    max_cost: Annotated[
        str, typer.Option(help="Only offers that cost at most this, as in 200 or 200 EUR.")
    ] = "",
    language: Annotated[str, typer.Option(help="Only offers in this language, as in en.")] = "",
    online: Annotated[bool, typer.Option("--online", help="Only offers taken online.")] = False,
    at: At = None,
    framework: Framework = None,
    recipe: Recipe = "",
    json_output: Json = False,
) -> None:
    """List the imported catalogues, or the offers of one."""
    from skillmatch.service.catalogue_choice import Wanted, choose_offers

    most, currency = _price(max_cost)
    wanted = Wanted(
        provider=provider, most=most, currency=currency, language=language, online=online
    )
    day = day_of(at)
    _, places = at_home()
    if name is None:
        if skill or wanted != Wanted():
            raise UsageError("name the catalogue whose offers you look for; see `catalogue list`")
        _show_entries(places, json_output=json_output)
        return
    catalogue, wanted = _opened(name, skill, wanted, (framework, recipe, day))
    chosen = choose_offers(catalogue, wanted)
    _show_offers(catalogue, chosen, day, json_output=json_output)


def _opened(
    name: str, skill: str, wanted: Wanted, how: tuple[list[str] | None, str, date]
) -> tuple[Catalogue, Wanted]:
    """Open a catalogue; frameworks are opened only where it is not aligned, or to find a skill."""
    from skillmatch.readers.offers import read_catalogue

    framework, recipe, day = how
    catalogue = read_catalogue(at_home()[1].meant(name))
    if catalogue.frameworks and not skill:
        return catalogue, wanted
    with open_matcher(framework, recipe) as matcher:
        from skillmatch.service.catalogue_choice import skills_called

        uris, words = skills_called(matcher, skill) if skill else ((), "")
        return open_shown(matcher, [name], day), replace(wanted, skills=uris, words=words)


def _price(text: str) -> tuple[float | None, str]:
    if not text:
        return None, ""
    found = _PRICE.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"--max-cost {text!r} is no price; write it like 200 or 200 EUR")
    return float(found["amount"]), (found["currency"] or "").upper()


def _show_entries(places: CataloguePlaces, *, json_output: bool) -> None:
    from skillmatch.report.catalogue import entries_json, entries_text
    from skillmatch.service.catalogue_choice import list_catalogues

    entries = list_catalogues(places)
    text = (
        entries_json(entries)
        if json_output
        else entries_text(entries, width=width(), colour=colour())
    )
    sys.stdout.write(text)


def _show_offers(catalogue: Catalogue, chosen: Chosen, day: date, *, json_output: bool) -> None:
    from skillmatch.report.catalogue import offers_json, offers_text

    if chosen.unpriced:
        say(f"{chosen.unpriced} more would fit, but do not say what they cost")
    if chosen.unspoken:
        say(f"{chosen.unspoken} more would fit, but do not say their language")
    if json_output:
        sys.stdout.write(offers_json(replace(catalogue, offers=chosen.offers)))
        return
    sys.stdout.write(offers_text(chosen.offers, at=day, width=width(), colour=colour()))
