"""The command ``catalogue show``: everything that is known of one offer."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from skillmatch.cli.catalogue.opening import (
    Framework,
    Json,
    Recipe,
    all_imported,
    at_home,
    colour,
    day_of,
    open_matcher,
    open_shown,
    width,
)


def show(
    offer: Annotated[str, typer.Argument(help="Id or name of an offer.")],
    catalogue: Annotated[
        list[str] | None,
        typer.Option(help="Where to look: a name or path; repeatable; all imported by default."),
    ] = None,
    framework: Framework = None,
    recipe: Recipe = "",
    json_output: Json = False,
) -> None:
    """Show what an offer awards and asks for, what it costs and leads to, and who says so."""
    from skillmatch.model.concept import ConceptUri
    from skillmatch.report.catalogue import OfferPage, leads_to, offer_json, offer_text
    from skillmatch.service.catalogue_choice import get_offer
    from skillmatch.service.offer_skills import StatedSkills

    named = catalogue or all_imported(at_home()[1])
    with open_matcher(framework, recipe) as matcher:
        opened = [open_shown(matcher, [one], day_of(None), quiet=json_output) for one in named]
        found, chosen = get_offer(opened, offer)
        if json_output:
            alone = replace(found, offers=(chosen,))
            after = [id_ for id_, _ in leads_to(found, chosen)]
            sys.stdout.write(offer_json(alone, leads_to=after))
            return
        _, unknown = StatedSkills.of(matcher.frameworks).awards(chosen.skills)
        page = OfferPage(
            catalogue=found,
            offer=chosen,
            label=lambda uri: matcher.frameworks.pref_label(ConceptUri(uri)),
            unknown=unknown,
        )
        sys.stdout.write(offer_text(page, width=width(), colour=colour()))
