"""What a plan works towards and within, on the command line: goals, offers, money, time, wishes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PostingArgument = Annotated[
    list[str] | None, typer.Argument(help="Postings to plan for, one or several; - for stdin.")
]
OccupationOption = Annotated[
    list[str] | None, typer.Option(help="Plan for an occupation: URI or code; repeatable.")
]
RequirementsOption = Annotated[
    list[Path] | None, typer.Option(help="Plan for an edited checklist; repeatable.")
]
GoalWeightOption = Annotated[
    list[float] | None,
    typer.Option(help="How much each goal counts, in their order; default 1 each."),
]
CatalogueOption = Annotated[
    list[str] | None,
    typer.Option(help="Imported name, file, folder or zip; repeatable; default all imported."),
]
HoldOption = Annotated[
    list[str] | None,
    typer.Option(help="Id or name of a credential on offer that you hold; repeatable."),
]
MaxCostOption = Annotated[
    str | None, typer.Option(help="All steps together cost at most this: 500 or '500 EUR'.")
]
CurrencyOption = Annotated[str, typer.Option(help="Currency of the plan, as in EUR.")]
RateOption = Annotated[
    list[str] | None,
    typer.Option(help="Worth of another currency in the plan's: USD=0.92; repeatable."),
]
HoursPerWeekOption = Annotated[float, typer.Option(help="Hours that you have free a week.")]
MaxWeeksOption = Annotated[
    float | None, typer.Option(help="End within so many weeks of the first day.")
]
ByOption = Annotated[str | None, typer.Option(help="End by this day, YYYY-MM-DD.")]
StartOption = Annotated[
    str | None, typer.Option("--from", help="First day of the plan; default that of --at.")
]
LanguageOption = Annotated[
    list[str] | None, typer.Option(help="Only offers in this language, as in en; repeatable.")
]
OnlineOnlyOption = Annotated[
    bool, typer.Option("--online-only", help="Only offers that can be taken online.")
]
PlaceOption = Annotated[
    list[str] | None, typer.Option(help="Attend only here; online offers stay; repeatable.")
]
AccessOption = Annotated[
    list[str] | None, typer.Option(help="Only offers that name this, as in captions.")
]
DeviceOption = Annotated[
    list[str] | None, typer.Option(help="Only offers that need no other device; repeatable.")
]
WithoutOption = Annotated[
    list[str] | None, typer.Option(help="Leave this offer out, by id or name; repeatable.")
]
CommitOption = Annotated[
    list[str] | None, typer.Option(help="Take this offer in any case; repeatable.")
]
PreferOption = Annotated[str, typer.Option(help="Among equals: cheapest, fastest or fewest.")]
ProveOption = Annotated[
    bool, typer.Option("--prove", help="Also plan to prove what is only claimed.")
]
MinConfidenceOption = Annotated[
    float, typer.Option(help="Count skills proposed from an offer's words from here on.")
]
FrameworkOption = Annotated[
    list[str] | None, typer.Option(help="Use this framework only; may be repeated.")
]
