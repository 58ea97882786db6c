"""What a person shows on the command line: skills, documents, and what badges are checked with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.errors import RowError, UsageError

if TYPE_CHECKING:
    from skillmatch.linking.evidence import Claim
    from skillmatch.readers.documents import SkillLine
    from skillmatch.service.verifying import Verifier

HaveOption = Annotated[
    list[str] | None,
    typer.Option(help="A skill you have, several with commas, or @FILE; may be repeated."),
]
EvidenceOption = Annotated[
    list[Path] | None,
    typer.Option(help="A CV, a badge, or a folder or zip of badges (a wallet); may be repeated."),
]
IssuersOption = Annotated[
    Path | None, typer.Option(help="File of the issuers you know; badges need one to prove.")
]
DocumentsOption = Annotated[
    Path | None, typer.Option(help="Map of web addresses to files (keys, status lists).")
]
RecipientOption = Annotated[
    list[str] | None,
    typer.Option(help="Your e-mail address or id that badges were issued to; repeatable."),
]
OnlineOption = Annotated[
    bool, typer.Option("--online", help="Fetch what badges need and no file holds, over https.")
]


def badge_verifier(
    day: date,
    documents: Path | None,
    issuers: Path | None,
    recipient: Sequence[str],
    *,
    online: bool,
) -> Verifier | None:
    """Read what badges are checked with, before anything that takes long; None for the default."""
    if not (documents or issuers or recipient or online):
        return None
    from skillmatch.service.verifying import Verifier
    from skillmatch.service.wallets import end_of_day

    return Verifier.open(
        at=end_of_day(day),
        documents=documents,
        issuers=issuers,
        recipient=recipient,
        online=online,
    )


def claims(have: Sequence[str]) -> list[Claim]:
    """Read --have: "name; level; years", several with commas, or a file of them after an @.

    Raises:
        UsageError: A level or number of years makes no sense.
    """
    from skillmatch.gap.levels import check_level
    from skillmatch.linking.evidence import Claim
    from skillmatch.readers.documents import parse_skill

    lines: list[tuple[str, SkillLine]] = []
    for value in have:
        if value.startswith("@"):
            lines.extend((value[1:], one) for one in _listed(Path(value[1:])))
            continue
        try:
            named = [parse_skill(name) for name in value.split(",") if name.strip()]
            for one in named:
                check_level(one.level)
        except ValueError as error:
            raise UsageError(f"--have {value!r}: {error}") from error
        lines.extend(("--have", one) for one in named)
    return [
        Claim(text=one.text, source=source, level=one.level, years=one.years)
        for source, one in lines
    ]


def _listed(path: Path) -> tuple[SkillLine, ...]:
    """Read a list of skills.

    Raises:
        RowError: Lines are wrong, or name a level that is none; tells all.
    """
    from skillmatch.gap.levels import check_level
    from skillmatch.readers.documents import read_skills

    found = read_skills(path)
    faults = []
    for one in found:
        try:
            check_level(one.level)
        except ValueError as fault:
            faults.append(f"line {one.line}: {fault}")
    if faults:
        raise RowError(tuple(faults), path=path)
    return found
