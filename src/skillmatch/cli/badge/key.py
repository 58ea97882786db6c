"""The commands ``badge key``: make the key that signs badges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from skillmatch.errors import UsageError

app = typer.Typer(help="Make the key that signs badges.", no_args_is_help=True)


@app.callback()
def key() -> None:
    """Make the key that signs badges."""


@app.command()
def new(
    out: Annotated[
        Path, typer.Option(help="New file for the private key: .pem, .jwk or .txt (multibase).")
    ],
    type: Annotated[str, typer.Option(help="ed25519, p256 or rsa.")] = "ed25519",
    verification_method: Annotated[
        str, typer.Option(help="Where you publish the public key; kept in a .jwk.")
    ] = "",
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a key: the private half goes into a file for you alone, the public half is printed."""
    from skillmatch.issuing.key_files import write_key
    from skillmatch.issuing.keys import KeyKind, new_key

    if type not in {kind.value for kind in KeyKind}:
        raise UsageError(f"no key type {type!r}; there are {', '.join(KeyKind)}")
    made = new_key(KeyKind(type), method=verification_method)
    write_key(out, made)
    public = {
        "type": "Multikey",
        "id": made.verification_method,
        "controller": made.verification_method.partition("#")[0],
        "publicKeyMultibase": made.multikey,
    }
    if json_output:
        typer.echo(json.dumps({"did": made.did, "multikey": public}, indent=2))
        return
    typer.echo(f"{made.did}\n\nPublic key, to be published if you issue in a domain's name:")
    typer.echo(json.dumps(public, indent=2))
    typer.echo(f"Private key written to {out}; keep a copy where nobody else reads it", err=True)
