"""The command ``store backup``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch_api.cli.store.opening import store_as_it_is

if TYPE_CHECKING:
    from skillmatch_api.store import Store
    from skillmatch_api.store.snapshots.archive import Manifest, Progress


def backup(
    place: Annotated[
        Path,
        typer.Argument(metavar="PLACE", help="A .zip file, or a folder that gets one more file."),
    ],
    keep: Annotated[
        int | None, typer.Option(min=1, help="In a folder, keep only this many backups.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write all that the service keeps into one file; it may go on serving meanwhile."""
    from skillmatch.cli.progress import shown_progress
    from skillmatch.errors import UsageError

    is_file = place.suffix == ".zip" and not place.is_dir()
    if is_file and keep is not None:
        raise UsageError(f"--keep counts the backups of a folder, and {place} is a file")
    with store_as_it_is(must_exist=True) as store, shown_progress(quiet=json_output) as progress:
        if is_file:
            told = _into_file(store, place, progress)
        else:
            told = _into_folder(store, place, keep, progress)
    typer.echo(json.dumps(told, indent=2) if json_output else _sentence(told))


def _into_file(store: Store, path: Path, progress: Progress) -> dict[str, object]:
    from skillmatch_api.store.snapshots.writing import write_snapshot
    from skillmatch_api.wire.services import now

    manifest = write_snapshot(store, path, made_at=now(), progress=progress)
    return {**_told(path, manifest), "removed": [], "cleansed": [], "unreadable": []}


def _into_folder(
    store: Store, folder: Path, keep: int | None, progress: Progress
) -> dict[str, object]:
    from skillmatch_api.people.obeying import obey
    from skillmatch_api.store.snapshots.folder import cleanse, drop_oldest, place_in
    from skillmatch_api.store.snapshots.writing import write_snapshot
    from skillmatch_api.wire.services import now

    at = now()
    path = place_in(folder, at)
    manifest = write_snapshot(store, path, made_at=at, progress=progress)
    removed = drop_oldest(folder, keep) if keep else ()
    cleansed, unread = cleanse(folder, path, obey=partial(obey, at=at), progress=progress)
    return {
        **_told(path, manifest),
        "removed": [one.name for one in removed],
        "cleansed": [one.name for one in cleansed],
        "unreadable": [one.name for one in unread],
    }


def _told(path: Path, manifest: Manifest) -> dict[str, object]:
    return {
        "file": str(path),
        "made_at": manifest.made_at.isoformat(),
        "revision": manifest.revision,
        "rows": {part.shape.name: part.rows for part in manifest.parts},
    }


def _sentence(told: dict[str, object]) -> str:
    rows = told["rows"]
    counts: dict[str, int] = rows if isinstance(rows, dict) else {}
    people = counts.get("persons", 0)
    lines = [
        f"{told['file']}: {sum(counts.values()):,} rows, "
        f"{people:,} {'person' if people == 1 else 'people'}, "
        f"revision {told['revision']}."
    ]
    for key, what in (
        ("removed", "Removed, being older than those to keep"),
        ("cleansed", "Written anew without people who were erased since"),
        ("unreadable", "Damaged, and left as they are: remove them"),
    ):
        names = told[key]
        if isinstance(names, list) and names:
            lines.append(f"{what}: {', '.join(names)}.")
    return "\n".join(lines)
