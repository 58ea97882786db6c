"""Which files of a folder are official, whatever they are called.

A file is official by its sha256. A file with an official name and other bytes is damaged or
false, and is refused unless the user says otherwise. All other files are nobody's claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import ChecksumError, NotFoundError
from skillmatch.readers.manifest import Manifest, ManifestSource, SourceFile, Tier
from skillmatch.service.downloads import sha256_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Files of one source that were found under a path.

    Attributes:
        files: Official files with the place of the user's copy, in manifest order.
        complete: Whether every file of the source is there.
    """

    manifest: Manifest
    source: ManifestSource
    files: tuple[tuple[SourceFile, Path], ...]
    complete: bool


def identify(path: Path, manifests: Iterable[Manifest]) -> tuple[Identified, ...]:
    """Return all sources that have files below ``path``, the most complete first.

    Files are summed only if their size is that of an official file.

    Raises:
        NotFoundError: There is nothing at ``path``.
    """
    if not path.exists():
        raise NotFoundError(f"there is no file or folder {path}")
    sources = [(one, source) for one in manifests for source in one.sources_of(Tier.PATH)]
    sizes = {file.size for _, source in sources for file in source.files}
    by_sum = {sha256_of(each): each for each in _files(path) if each.stat().st_size in sizes}
    found = [_found(manifest, source, by_sum) for manifest, source in sources]
    return tuple(
        sorted(
            (one for one in found if one.files),
            key=lambda one: (not one.complete, -len(one.files), one.manifest.id),
        )
    )


def refuse_false_names(path: Path, manifest: Manifest) -> None:
    """Check that no file below ``path`` bears an official name without the official bytes.

    Raises:
        ChecksumError: One does.
    """
    official = {
        file.name.casefold(): file
        for source in manifest.sources_of(Tier.PATH)
        for file in source.files
    }
    for each in _files(path):
        file = official.get(each.name.casefold())
        if file is None:
            continue
        actual = sha256_of(each)
        if actual != file.sha256:
            raise ChecksumError(path=each, expected=file.sha256, actual=actual)


def _found(manifest: Manifest, source: ManifestSource, by_sum: dict[str, Path]) -> Identified:
    files = tuple((file, by_sum[file.sha256]) for file in source.files if file.sha256 in by_sum)
    return Identified(
        manifest=manifest,
        source=source,
        files=files,
        complete=len(files) == len(source.files),
    )


def _files(path: Path) -> tuple[Path, ...]:
    if path.is_file():
        return (path,)
    return tuple(sorted(each for each in path.rglob("*") if each.is_file()))
