"""The command ``search``: find concepts by their labels."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

KINDS = {"skill": "SKILL", "occupation": "OCCUPATION"}


def search(
    text: Annotated[str, typer.Argument(help="Words of a label, a title, or a URI.")],
    kind: Annotated[str, typer.Option(help="skill or occupation.")] = "skill",
    framework: Annotated[
        list[str] | None, typer.Option(help="Search this framework only; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Concepts to show.")] = 10,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find skills or occupations: exact labels first, then beginnings, then words in common."""
    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is neither skill nor occupation", param_hint="--kind")
    from skillmatch.model.concept import ConceptKind
    from skillmatch.service.searching import search_concepts
    from skillmatch.settings import Settings

    found = search_concepts(
        text,
        ConceptKind[KINDS[kind]],
        settings=Settings.from_environ(os.environ),
        frameworks=framework or (),
        limit=limit,
    )
    if json_output:
        rows = [{"framework": name, **asdict(hit)} for name, hit in found]
        typer.echo(json.dumps({"query": text, "kind": kind, "concepts": rows}, indent=2))
        return
    if not found:
        typer.echo(f"No {kind} has a label with these words. Try fewer or other words.")
    for name, hit in found:
        also = "" if hit.label == hit.pref_label else f"  (also: {hit.label})"
        typer.echo(f"{hit.pref_label}{also}\n    {hit.uri}  [{name}]")
