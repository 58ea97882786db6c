"""The commands ``index build``, ``index list`` and ``index verify``."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatch.cli.exits import exit_code

if TYPE_CHECKING:
    from skillmatch.service.indexing import BuiltIndex, IndexStatus

app = typer.Typer(no_args_is_help=True, help="Build, list and verify indexes.")

JsonOutput = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def build(
    framework: Annotated[str, typer.Argument(help="Installed framework, as in esco-1.1.1.")],
    recipe: Annotated[
        str, typer.Option(help="Recipe by name, or a .toml file of your own.")
    ] = "default",
    encoder: Annotated[
        str, typer.Option(help="Encoder by name or folder; the recipe's by default.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Build even if the index fits.")] = False,
    json_output: JsonOutput = False,
) -> None:
    """Build the index of a framework; labels that were encoded before are not encoded again."""
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.indexing import build_index
    from skillmatch.settings import Settings

    framework_id = framework.replace("@", "-", 1)
    with shown_progress(quiet=json_output) as progress:
        built = build_index(
            framework_id,
            recipe,
            settings=Settings.from_environ(os.environ),
            encoder=encoder,
            force=force,
            progress=lambda done, total: progress(f"index {framework_id}", done, total),
        )
    if json_output:
        typer.echo(json.dumps(_built(built), indent=2))
        return
    info = built.info
    what = f"{info.rows:,} labels of {info.concepts:,} concepts"
    if built.built:
        typer.echo(f"{info.framework}, {info.recipe}: {what} indexed in {built.seconds:.1f} s.")
    else:
        typer.echo(f"{info.framework}, {info.recipe}: {what}; the index fits already.")


@app.command(name="list")
def list_command(*, json_output: JsonOutput = False) -> None:
    """List all indexes, and say which of them no longer fit."""
    from skillmatch.service.indexing import list_indexes
    from skillmatch.settings import Settings

    found = list_indexes(Settings.from_environ(os.environ))
    if json_output:
        typer.echo(json.dumps([_status(one) for one in found], indent=2))
        return
    if not found:
        typer.echo("There is no index yet; `skillmatch index build ID` makes one.")
    _print(found, good="usable")


@app.command()
def verify(
    framework: Annotated[
        str, typer.Argument(help="Only indexes of this framework; all by default.")
    ] = "",
    json_output: JsonOutput = False,
) -> None:
    """Compute the checksums of index files again."""
    from skillmatch.service.indexing import verify_indexes
    from skillmatch.settings import Settings

    found = verify_indexes(Settings.from_environ(os.environ), framework.replace("@", "-", 1))
    if json_output:
        typer.echo(json.dumps([_status(one) for one in found], indent=2))
    else:
        _print(found, good="unharmed")
    codes = [exit_code(one.error) for one in found if one.error is not None]
    if codes:
        raise typer.Exit(min(codes))


def _built(built: BuiltIndex) -> dict[str, Any]:
    info = built.info
    return {
        "framework": info.framework,
        "recipe": info.recipe,
        "rows": info.rows,
        "concepts": info.concepts,
        "encoder": info.encoder,
        "directory": str(built.directory),
        "built": built.built,
        "seconds": built.seconds,
    }


def _status(one: IndexStatus) -> dict[str, Any]:
    return {
        "framework": one.framework,
        "recipe": one.recipe,
        "rows": one.info.rows if one.info else None,
        "concepts": one.info.concepts if one.info else None,
        "encoder": one.info.encoder if one.info else None,
        "structure": one.info.structure if one.info else None,
        "directory": str(one.directory),
        "bytes": one.bytes,
        "problem": one.problem or None,
    }


def _print(found: Sequence[IndexStatus], *, good: str) -> None:
    for one in found:
        rows = f"{one.info.rows:,} labels" if one.info else "unreadable"
        size = f"{one.bytes / 2**20:.0f} MB"
        typer.echo(f"{one.framework}  {one.recipe}  {rows}  {size}  {one.problem or good}")
