"""The command ``badge endorse``: vouch for somebody's badge in your own words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmatch.cli.moments import moment
from skillmatch.errors import UsageError


def endorse(
    credential: Annotated[
        Path,
        typer.Argument(help="The badge that you vouch for, or a body of `badge write`."),
    ],
    by: Annotated[Path, typer.Option(help="JSON file of your profile (a name is enough).")],
    out: Annotated[Path, typer.Option(help="Write the endorsement here.")],
    comment: Annotated[
        str, typer.Option(help="What you saw; @FILE takes it from a file. A body has its own.")
    ] = "",
    key: Annotated[
        Path | None, typer.Option(help="Your private key; without one, nothing is signed.")
    ] = None,
    proof: Annotated[str, typer.Option(help="data-integrity or jwt.")] = "data-integrity",
    verification_method: Annotated[
        str, typer.Option(help="Where verifiers find your public key; default its did:key.")
    ] = "",
    created: Annotated[
        str | None, typer.Option(help="Moment of the endorsement; default now.")
    ] = None,
) -> None:
    """Endorse a badge, as a supervisor, client or peer of the person who earned it."""
    from skillmatch.issuing.key_files import read_key
    from skillmatch.service import issue_badges as service
    from skillmatch.service.named_files import read_path, words_of

    found = read_path(credential).credentials
    if len(found) > 1:
        raise UsageError(f"{credential} holds {len(found)} badges; name the file of one")
    text = service.endorse(
        found[0].document,
        profile=service.read_object(by),
        comment=words_of(comment),
        key=read_key(key, method=verification_method) if key else None,
        created=moment(created, "--created"),
        proof=proof,
    )
    service.write_issued(out, text.encode("utf-8"))
    typer.echo(f"Endorsement written to {out}", err=True)
    if key is None:
        typer.echo(
            "Note: it is not signed, so it counts as a document, not as an endorsement; sign it "
            "with --key FILE",
            err=True,
        )
