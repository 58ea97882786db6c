"""The command ``badge verify``: what can be believed of a credential, check by check."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.exits import Exit, leave_with

if TYPE_CHECKING:
    from skillmatch.report.verification import CheckedCredential


def verify(
    files: Annotated[
        list[Path],
        typer.Argument(help="Badges (JSON, JWT, PNG, SVG), or folders and zip files of them."),
    ],
    documents: Annotated[
        Path | None,
        typer.Option(
            metavar="MAP",
            help="File that gives remote documents (keys, status lists, badge classes) from files.",
        ),
    ] = None,
    issuers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your file of known issuers (TOML or JSON).")
    ] = None,
    online: Annotated[
        bool,
        typer.Option("--online", help="Fetch what is missing from the web, over https only."),
    ] = False,
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Whose it should be: e-mail address or DID; repeat it for several of one person.",
        ),
    ] = None,
    at: Annotated[
        str, typer.Option(metavar="DATE", help="Day or moment to check for, as in 2026-11-30.")
    ] = "",
    require: Annotated[
        str, typer.Option(metavar="STATE", help="valid: exit with 1 unless every check is valid.")
    ] = "",
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check badges: shape, proof, issuer, dates, status, endorsements, each with its reason.

    Every check is valid, invalid or unknown, and says what would mend it. Nothing is fetched unless
    --online is given. The exit code is 0 whatever the checks find, unless --require is given.
    """
    if require not in {"", "valid"}:
        raise typer.BadParameter(f"{require!r} is not valid", param_hint="--require")
    from skillmatch.report.verification import verification_json, verification_text
    from skillmatch.service.named_files import read_named
    from skillmatch.service.verifying import Verifier, verify_files

    verifier = Verifier.open(
        at=_moment(at),
        documents=documents,
        issuers=issuers,
        online=online,
        recipient=recipient or (),
    )
    named = read_named(files)
    results = verify_files(named, verifier)
    sys.stdout.write(verification_json(results) if json_output else verification_text(results))
    sys.stdout.flush()
    leave_with(named.faults)
    if require and not all(_all_valid(one) for one in results.credentials):
        raise typer.Exit(Exit.FINDINGS)


def _moment(text: str) -> datetime:
    """Return the moment to check for: now, the beginning of a day, or a moment; UTC if no zone."""
    if not text:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no date as in 2026-11-30", param_hint="--at"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _all_valid(one: CheckedCredential) -> bool:
    from skillmatch.model.verification import CheckState

    return all(check.state is CheckState.VALID for check in one.checks) and all(
        map(_all_valid, one.parts)
    )
