"""The command ``badge issue``: a draft, a recipient and a key become a badge."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.moments import moment

if TYPE_CHECKING:
    from skillmatch.service.issue_badges import Issued


def issue(
    draft: Annotated[Path, typer.Argument(help="Achievement draft, as `badge write` writes it.")],
    key: Annotated[Path, typer.Option(help="File of the private key (`badge key new`).")],
    to: Annotated[str, typer.Option(help="E-mail address (stored hashed), or a URI (a DID).")],
    issuer: Annotated[Path, typer.Option(help="JSON file of the issuer's profile.")],
    out: Annotated[Path, typer.Option(help="Write the badge here.")],
    valid_from: Annotated[
        str | None, typer.Option(help="Day or moment from which the badge holds; default now.")
    ] = None,
    valid_until: Annotated[
        str | None, typer.Option(help="Day or moment at which the badge ends; default never.")
    ] = None,
    proof: Annotated[str, typer.Option(help="data-integrity or jwt.")] = "data-integrity",
    image: Annotated[
        Path | None,
        typer.Option(help="PNG or SVG that the badge is baked into."),
    ] = None,
    status: Annotated[
        Path | None,
        typer.Option(help="Status list to take an entry of, for revoking."),
    ] = None,
    verification_method: Annotated[
        str, typer.Option(help="Where verifiers find the public key; default its did:key.")
    ] = "",
    id: Annotated[str, typer.Option(help="Id of the badge; default made from what it says.")] = "",
    salt: Annotated[
        str | None, typer.Option(help="Salt of a hashed address; default random.")
    ] = None,
    created: Annotated[str | None, typer.Option(help="Moment of the proof; default now.")] = None,
) -> None:
    """Issue a badge: sign it, and bake it into a picture where one is given."""
    from skillmatch.issuing.assembling import Award
    from skillmatch.issuing.key_files import read_key
    from skillmatch.issuing.recipients import recipient_fields
    from skillmatch.service import issue_badges as service

    at = moment(created, "--created")
    award = Award(
        recipient=recipient_fields(to, salt=salt or secrets.token_hex(16)),
        valid_from=moment(valid_from, "--valid-from") if valid_from else at,
        valid_until=moment(valid_until, "--valid-until") if valid_until else None,
        id=id,
    )
    issued = service.issue_badge(
        service.Order(
            draft=service.read_draft(draft),
            key=read_key(key, method=verification_method),
            profile=service.read_object(issuer),
            award=award,
            created=at,
            proof=proof,
            image=service.read_image(image) if image else None,
            status_list=status,
        )
    )
    service.write_issued(out, issued.data)
    _tell(issued, out)


def _tell(issued: Issued, out: Path) -> None:
    entry = "" if issued.index is None else f", entry {issued.index} of the status list"
    typer.echo(issued.id)
    typer.echo(f"Badge written to {out}{entry}", err=True)
    if issued.note:
        typer.echo(f"Note: {issued.note}", err=True)
