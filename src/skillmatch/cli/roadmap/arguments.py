"""Arguments that several commands of a roadmap share, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of, today
from skillmatch.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from skillmatch.model.offer import Money
    from skillmatch.model.roadmap import EvidenceSources, Roadmap
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.verifying import Verifier

FileOption = Annotated[Path, typer.Option("--file", help="The roadmap's file.")]
AtOption = Annotated[
    str | None, typer.Option("--at", help="Day to take for today, YYYY-MM-DD; default today.")
]
OnOption = Annotated[
    str | None, typer.Option("--on", help="Day that it happened, YYYY-MM-DD; default today.")
]
StepArgument = Annotated[
    str, typer.Argument(metavar="STEP", help="Number of a step, its id, or its name.")
]
RecipeOption = Annotated[str, typer.Option("--recipe", help="Index recipe to use.")]

DEFAULT_FILE = Path("roadmap.toml")


def day_or_today(text: str | None, option: str) -> date:
    """Return the day that an option names, today where it names none.

    Raises:
        UsageError: It is no date.
    """
    return day_of(text, option) or today()


def price_of(text: str | None, option: str, roadmap: Roadmap) -> Money | None:
    """Return an amount, in the roadmap's currency where it names none; None without the option.

    Raises:
        UsageError: It is no amount, or no currency is known.
    """
    from skillmatch.cli.plan_request import money
    from skillmatch.pathway.roadmap.money import currency_of

    if text is None:
        return None
    found = money(text, option)
    currency = found.currency or currency_of(roadmap)
    if not currency:
        raise UsageError(f"{option} {text!r} names no currency; write it like '{text} EUR'")
    return replace(found, currency=currency)


def verifier_of(
    sources: EvidenceSources,
    folder: Path,
    day: date,
    *,
    issuers: Path | None,
    documents: Path | None,
    recipient: Sequence[str] | None,
    online: bool,
    beside: bool = False,
) -> Verifier:
    """Return what badges are checked with: options first, then what the roadmap names.

    Args:
        sources: What the roadmap names.
        folder: Where it lies.
        day: That the badges are checked for.
        issuers: File of known issuers.
        documents: Map of documents.
        recipient: Identities of the person.
        online: Whether what is not at hand may be fetched.
        beside: Whether ``issuers`` are believed beside those that the roadmap names, not in their
            place.
    """
    from skillmatch.service.roadmap_issuers import known_issuers
    from skillmatch.service.verifying import Verifier
    from skillmatch.service.wallets import end_of_day

    believed = sources.issuers if issuers is None or beside else ()
    mapped = sources.documents if documents is None else ""
    refuse_gone((*believed, *([mapped] if mapped else [])), folder)
    named = [*(folder / one for one in believed), *([] if issuers is None else [issuers])]
    checks = Verifier.open(
        at=end_of_day(day),
        documents=folder / mapped if mapped else documents,
        online=online,
        recipient=recipient or sources.recipient,
    )
    return replace(checks, issuers=known_issuers(named))


def refuse_gone(named: Sequence[str], folder: Path) -> None:
    """Refuse to check badges without the files that a roadmap names for it.

    Raises:
        NotFoundError: One is no longer there; without it less would look proven than is.
    """
    gone = [one for one in named if not (folder / one).is_file()]
    if gone:
        raise NotFoundError(
            f"there is no file {', '.join(gone)} beside the roadmap, whose [evidence] names it; "
            "mend its path there, or take the line out"
        )


def open_matcher(roadmap: Roadmap, recipe: str) -> Matcher:
    """Return the engine with the frameworks that a roadmap names, or the default ones."""
    from skillmatch.service.matcher import Matcher

    return Matcher.open(roadmap.frameworks, recipe=recipe)
