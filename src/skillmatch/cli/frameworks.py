"""The commands ``frameworks …``: what is installed, and how to install more."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.errors import DataError

if TYPE_CHECKING:
    from skillmatch.service.indexing import BuiltIndex
    from skillmatch.service.install import InstallReport
    from skillmatch.service.places import Places
    from skillmatch.settings import Settings

app = typer.Typer(
    help="Install, list, check and export ESCO, O*NET and frameworks of your own.",
    no_args_is_help=True,
)

# What people call the keys of a manifest's counts; the others are kinds of relations.
WORDS = {
    "activity": "work activities",
    "alt-labels": "alternative labels",
    "collections": "collections",
    "descriptions": "descriptions",
    "occupation": "occupations",
    "occupation-group": "occupation groups",
    "ratings": "ratings",
    "skill": "skills",
    "skill-group": "skill groups",
    "task": "tasks",
    "technology-uses": "technology uses",
}

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Wait = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="Wait for another process that installs.")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="As `frameworks list` shows it.")]


@app.command()
def install(
    target: Annotated[
        str, typer.Argument(help="esco, esco@1.1.0, onet, an id, or NAME@RELEASE of your own.")
    ],
    from_path: Annotated[
        Path | None,
        typer.Option("--from", metavar="PATH", help="Official files, or an RDF file."),
    ] = None,
    online: Annotated[
        bool, typer.Option("--online", help="Also ask publishers' and mirrors' web addresses.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Install again what is there.")] = False,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Accept files whose checksum is not the official.")
    ] = False,
    index: Annotated[
        bool, typer.Option("--index/--no-index", help="Build the default index afterwards.")
    ] = True,
    wait: Wait = 0.0,
    json_output: Json = False,
) -> None:
    """Install a framework: the best that can be had, or exactly the files you give."""
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.install import InstallOptions
    from skillmatch.service.install import install as install_framework

    settings, places = _at_home()
    options = InstallOptions(
        from_path=from_path,
        online=online or settings.allow_network,
        force=force,
        unverified=unverified,
        wait_s=wait,
    )
    with shown_progress(quiet=json_output) as progress:
        report = install_framework(target, places=places, options=options, progress=progress)
    if not json_output:
        typer.echo("\n".join(install_lines(report)))
    built = _index(report.framework_id, settings, quiet=json_output) if index else None
    if json_output:
        result = {"framework": asdict(report), "index": built and index_values(built)}
        typer.echo(json.dumps(result, indent=2, ensure_ascii=False))
    elif built is not None:
        typer.echo(index_line(built))


@app.command("list")
def list_(json_output: Json = False) -> None:
    """List what is installed and what can be."""
    from skillmatch.service.installed import list_frameworks

    found = list_frameworks(_at_home()[1])
    if json_output:
        typer.echo(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
        return
    width = max((len(one.id) for one in found), default=0)
    for one in found:
        state = f"{_megabytes(one.size_bytes):>9}" if one.installed else "        -"
        mark = " (damaged: install it again)" if one.fault else ""
        typer.echo(f"{one.id:<{width}} {state}  {one.title}{mark}")


@app.command()
def show(framework_id: Id, json_output: Json = False) -> None:
    """Show where an installed framework comes from, what it holds, lacks, and how to add that."""
    from skillmatch.service.installed import show_framework, show_official

    places = _at_home()[1]
    details, official = show_framework(places, framework_id), show_official(places, framework_id)
    if json_output:
        values = {**asdict(details), **asdict(official)}
        typer.echo(json.dumps(values, indent=2, ensure_ascii=False))
        return
    typer.echo(f"{details.id}: {details.title}, release {details.release}")
    typer.echo(f"{details.attribution}\nLicence: {details.licence}")
    typer.echo(f"Languages: {', '.join(details.languages)}\nDigest: {details.digest}")
    typer.echo(f"File: {details.path} ({_megabytes(details.size_bytes)})")
    typer.echo("Read:")
    for count in details.reading:
        why = f" ({count.why})" if count.why else ""
        typer.echo(f"  {count.what}: {count.read:,} read, {count.kept:,} kept{why}")
    typer.echo("From:")
    for source in details.sources:
        typer.echo(f"  {source.name}: {source.provides} [{source.origin}; {source.licence}]")
        typer.echo(f"    sha256 {source.sha256}")
    _echo_all("Missing:", details.missing)
    _echo_all("The official files would add:", official.adds)
    _echo_all("To add them:", official.how)


@app.command()
def verify(framework_id: Id, json_output: Json = False) -> None:
    """Read all of an installed framework and compare digest and counts."""
    from skillmatch.service.installed import verify_framework

    result = verify_framework(_at_home()[1], framework_id)
    if json_output:
        typer.echo(json.dumps(asdict(result), indent=2))
    if result.differences:
        raise DataError(
            f"{framework_id} is unharmed, but does not hold what it should: "
            f"{'; '.join(result.differences)}"
        )
    if not json_output:
        counts = " and counts agree" if result.compared else " agrees; no manifest tells its counts"
        typer.echo(f"{framework_id}: digest {result.digest}{counts}.")


@app.command()
def remove(framework_id: Id, wait: Wait = 0.0, json_output: Json = False) -> None:
    """Remove an installed framework and its indexes."""
    from skillmatch.service.installed import remove_framework

    freed = remove_framework(_at_home()[1], framework_id, wait_s=wait)
    if json_output:
        typer.echo(json.dumps({"id": framework_id, "removed": True, "freed_bytes": freed}))
    else:
        typer.echo(f"{framework_id} is removed; {_megabytes(freed)} are free again.")


@app.command()
def export(
    framework_id: Id,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    format: Annotated[str, typer.Option(help="ttl, rdfxml, jsonld or nt.")] = "ttl",
    json_output: Json = False,
) -> None:
    """Write an installed framework as SKOS."""
    from skillmatch.service.installed import export_framework

    size = export_framework(_at_home()[1], framework_id, output, format)
    if json_output:
        typer.echo(json.dumps({"id": framework_id, "output": str(output), "bytes": size}))
    else:
        typer.echo(f"{framework_id} is written to {output} ({_megabytes(size)}).")


def install_lines(report: InstallReport) -> list[str]:
    """Return what a person reads after an installation."""
    lines = installed_lines(report)
    if not report.installed:
        lines[0] = f"{lines[0].removesuffix('.')}; --force installs it again."
    groups = (
        ("Note:", report.warnings),
        ("Tried before:", report.tried),
        ("Missing:", report.missing),
        ("The official files would add:", report.adds),
        ("To add them:", report.how),
    )
    for title, sentences in groups:
        if sentences:
            lines += [f"  {title}", *(f"    - {one}" for one in sentences)]
    return lines


def installed_lines(report: InstallReport) -> list[str]:
    """Return what there is now, in few lines: what it holds and under which licence."""
    size = _megabytes(report.size_bytes)
    lines = [
        f"{report.framework_id} is installed: {report.title} ({size}, {report.seconds:.1f} s), "
        f"from {report.origin}."
        if report.installed
        else f"{report.framework_id} was there already ({size})."
    ]
    if report.counts:
        counts = (f"{n:,} {WORDS.get(key, f'{key} relations')}" for key, n in report.counts.items())
        lines.append(f"  {', '.join(counts)}")
    return [*lines, f"  {report.attribution} Licence: {report.licence}."]


def index_line(index: BuiltIndex) -> str:
    """Return what a person reads about an index."""
    what = f"is built in {index.seconds:.1f} s" if index.built else "was there already"
    return f"The index of {index.info.framework} {what} ({index.info.rows:,} labels)."


def index_values(index: BuiltIndex) -> dict[str, object]:
    """Return what a program reads about an index."""
    return {
        "framework": index.info.framework,
        "recipe": index.info.recipe,
        "rows": index.info.rows,
        "directory": str(index.directory),
        "built": index.built,
        "seconds": index.seconds,
    }


def _index(framework_id: str, settings: Settings, *, quiet: bool) -> BuiltIndex:
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.ready import make_searchable

    with shown_progress(quiet=quiet) as progress:
        return make_searchable(framework_id, settings=settings, progress=progress)


def _at_home() -> tuple[Settings, Places]:
    from skillmatch.service.places import Places
    from skillmatch.settings import Settings

    settings = Settings.from_environ(os.environ)
    return settings, Places.of(settings)


def _echo_all(title: str, sentences: tuple[str, ...]) -> None:
    if sentences:
        typer.echo(title)
    for one in sentences:
        typer.echo(f"  {one}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
