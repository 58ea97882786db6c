"""The command ``badge status``: keep the list that says which badges still hold."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatch.cli.moments import moment
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.issuing.keys import SigningKey
    from skillmatch.service.issue_badges import ListState


def status(
    list_file: Annotated[Path, typer.Argument(metavar="LIST", help="File of the status list.")],
    create: Annotated[
        str | None, typer.Option(help="Make the list, to be published at this https address.")
    ] = None,
    revoke: Annotated[
        list[str] | None,
        typer.Option(help="Set this entry, by number or id of the badge; may be repeated."),
    ] = None,
    restore: Annotated[
        list[str] | None, typer.Option(help="Clear this entry again; may be repeated.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="File of the private key; needed for every change.")
    ] = None,
    issuer: Annotated[
        Path | None, typer.Option(help="JSON file of the issuer's profile; with --create.")
    ] = None,
    purpose: Annotated[
        str, typer.Option(help="revocation or suspension; with --create.")
    ] = "revocation",
    verification_method: Annotated[
        str, typer.Option(help="Where verifiers find the public key; default its did:key.")
    ] = "",
    created: Annotated[
        str | None, typer.Option(help="Moment of the change and its proof; default now.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a status list, make one, or revoke and restore badges in it."""
    from skillmatch.service import issue_badges as service

    if create and (revoke or restore):
        raise UsageError("make the list first; then revoke with a second command")
    at = moment(created, "--created")
    if create:
        state = service.create_status_list(
            list_file,
            create,
            profile=_profile(issuer),
            key=_key(key, verification_method),
            created=at,
            purpose=purpose,
        )
    elif revoke or restore:
        state = service.change_status(
            list_file,
            revoke=revoke or (),
            restore=restore or (),
            key=_key(key, verification_method),
            created=at,
        )
    else:
        state = service.status_list_state(list_file)
    _show(state, list_file, json_output=json_output, changed=bool(create or revoke or restore))


def _key(path: Path | None, method: str) -> SigningKey:
    from skillmatch.issuing.key_files import read_key

    if path is None:
        raise UsageError("a status list is signed, so every change needs --key FILE")
    return read_key(path, method=method)


def _profile(path: Path | None) -> dict[str, Any]:
    from skillmatch.service.issue_badges import read_object

    if path is None:
        raise UsageError("--create needs --issuer FILE, the profile that the badges name")
    return read_object(path)


def _show(state: ListState, path: Path, *, json_output: bool, changed: bool) -> None:
    if json_output:
        typer.echo(json.dumps(asdict(state), indent=2))
    else:
        held = ", ".join(map(str, state.set[:20])) or "none"
        more = f" and {len(state.set) - 20} more" if len(state.set) > 20 else ""
        signed = "signed" if state.signed else "not signed"
        typer.echo(
            f"{state.url}\n{state.purpose}, {state.entries} entries, {state.given} given to "
            f"badges, {signed}\nset: {held}{more}"
        )
    if changed:
        typer.echo(f"List written to {path}; publish it at {state.url}", err=True)
