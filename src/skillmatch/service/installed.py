"""What is installed: list, show, verify, remove, export."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import DataError, IndexMismatchError
from skillmatch.model.framework import Count
from skillmatch.readers.manifest import read_manifests
from skillmatch.service.counting import content_counts, differences
from skillmatch.service.official import OfficialFiles, official_files
from skillmatch.service.places import Places, changing, writes_reported
from skillmatch.service.targets import find_manifest
from skillmatch.store import FrameworkDb, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledFramework:
    """One line of the list.

    Attributes:
        id: Also for a release that can be installed and is not.
        default: Whether the family's name means this release.
        fault: Why it cannot be opened; ``""`` where it can.
    """

    id: str
    title: str
    installed: bool
    default: bool = False
    digest: str = ""
    size_bytes: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkDetails:
    """All that an installed framework says about itself."""

    id: str
    title: str
    release: str
    languages: tuple[str, ...]
    licence: str
    attribution: str
    digest: str
    path: str
    size_bytes: int
    reading: tuple[Count, ...]
    missing: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A framework whose bytes are unharmed.

    Attributes:
        counts: What it holds.
        compared: Whether a manifest says what it should hold.
        differences: Counts that are not the manifest's, one sentence each.
    """

    id: str
    digest: str
    counts: dict[str, int]
    compared: bool
    differences: tuple[str, ...]


def list_frameworks(places: Places) -> tuple[InstalledFramework, ...]:
    """Return what is installed and what could be, by id."""
    manifests = read_manifests(places.manifests)
    ids = sorted({*places.installed(), *(one.id for one in manifests)})
    lines = []
    for framework_id in ids:
        manifest = find_manifest(framework_id, manifests)
        line = InstalledFramework(
            id=framework_id,
            title=manifest.title if manifest else framework_id,
            installed=False,
            default=bool(manifest and manifest.default),
        )
        lines.append(_opened(places, line))
    return tuple(lines)


def show_framework(places: Places, framework_id: str) -> FrameworkDetails:
    """Return what an installed framework says about itself.

    Raises:
        NotFoundError: It is not installed.
        DataError, IndexMismatchError: It cannot be opened.
    """
    path = places.get_database(framework_id)
    with FrameworkDb.open(path) as db:
        info = db.info
    return FrameworkDetails(
        id=info.id,
        title=info.title,
        release=info.release,
        languages=info.languages,
        licence=info.licence,
        attribution=info.attribution,
        digest=info.digest,
        path=str(path),
        size_bytes=path.stat().st_size,
        reading=info.counts,
        missing=info.missing,
        sources=info.sources,
    )


def show_official(places: Places, framework_id: str) -> OfficialFiles:
    """Return what the official files would add to an installed framework, and how."""
    return official_files(framework_id, read_manifests(places.manifests))


def verify_framework(places: Places, framework_id: str) -> Verified:
    """Read all of a framework, compare its digest, and its counts with the manifest's.

    Raises:
        NotFoundError: It is not installed.
        DataError: It is damaged.
    """
    with FrameworkDb.open(places.get_database(framework_id)) as db:
        db.verify()
        framework, digest = db.read(), db.info.digest
    manifest = find_manifest(framework_id, read_manifests(places.manifests))
    expected = manifest.counts if manifest else {}
    return Verified(
        id=framework_id,
        digest=digest,
        counts=content_counts(framework),
        compared=bool(expected),
        differences=differences(framework, expected),
    )


def remove_framework(places: Places, framework_id: str, *, wait_s: float = 0.0) -> int:
    """Remove an installed framework with its indexes; return how many bytes that freed.

    Raises:
        NotFoundError: It is not installed.
        BusyError: Another process is installing.
        StorageError: It cannot be removed.
    """
    places.get_database(framework_id)
    with changing(places, wait_s=wait_s):
        path = places.get_database(framework_id)
        indexes = places.data_dir / "indexes" / framework_id
        with writes_reported(places.data_dir):
            files = [path, *(one for one in indexes.rglob("*") if one.is_file())]
            size = sum(one.stat().st_size for one in files)
            # The framework goes first: an index without one is refused, not the other way round.
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
            if indexes.is_dir():
                shutil.rmtree(indexes)
    return size


def export_framework(places: Places, framework_id: str, output: Path, rdf_format: str) -> int:
    """Write an installed framework as RDF and return how many bytes that took.

    Raises:
        NotFoundError: It is not installed.
        UsageError: The format is unknown.
        StorageError: ``output`` cannot be written.
    """
    from skillmatch.readers.rdf import write_skos

    with FrameworkDb.open(places.get_database(framework_id)) as db:
        framework = db.read()
    with writes_reported(output.parent):
        write_skos(framework, output, rdf_format)
        return output.stat().st_size


def _opened(places: Places, line: InstalledFramework) -> InstalledFramework:
    path = places.database(line.id)
    if not path.is_file():
        return line
    digest = fault = ""
    title = line.title
    try:
        with FrameworkDb.open(path) as db:
            digest, title = db.info.digest, db.info.title
    except (DataError, IndexMismatchError) as error:
        fault = str(error)
    return InstalledFramework(
        id=line.id,
        title=title,
        installed=True,
        default=line.default,
        digest=digest,
        size_bytes=path.stat().st_size,
        fault=fault,
    )
