"""Install a framework: get it, check it, write it whole, then build what is searched."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from skillmatch.errors import DataError, IndexMismatchError, NotFoundError
from skillmatch.readers.manifest import Manifest, read_manifests
from skillmatch.service.counting import content_counts
from skillmatch.service.downloads import Downloads
from skillmatch.service.fetch_wheel import Runner, run_command
from skillmatch.service.obtain import (
    Means,
    NoSourceError,
    Obtained,
    obtain_from_path,
    obtain_from_tiers,
)
from skillmatch.service.official import official_files
from skillmatch.service.places import Places, Progress, changing, silent
from skillmatch.service.targets import Target, find_manifest, get_manifest, read_target
from skillmatch.store import FrameworkDb, write_framework

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallOptions:
    """What the user allows and gives.

    Attributes:
        from_path: Official files, or an RDF file; None means to walk the tiers.
        online: Whether publishers' and mirrors' URLs may be asked.
        force: Whether to install again what is there.
        unverified: Whether a file may bear an official name without the official bytes.
        wait_s: How long to wait for another process that is installing.
        runner: Runs pip.
    """

    from_path: Path | None = None
    online: bool = False
    force: bool = False
    unverified: bool = False
    wait_s: float = 0.0
    runner: Runner = run_command


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallReport:
    """What was done, and what is still missing.

    Attributes:
        installed: False where it was there already and nothing was done.
        counts: What it holds (see ``content_counts``); empty where nothing was done.
        missing: What this release lacks, one sentence each.
        adds: What the official files would add; empty where they are installed.
        how: How to add it, one sentence each.
        tried: Tiers that came to nothing, one sentence each.
    """

    framework_id: str
    title: str
    installed: bool
    origin: str
    digest: str
    size_bytes: int
    seconds: float
    counts: dict[str, int]
    licence: str = ""
    attribution: str = ""
    missing: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    index_built: bool = False


def install(
    target: str,
    *,
    places: Places,
    options: InstallOptions | None = None,
    progress: Progress = silent,
    build_index: Callable[[str], None] | None = None,
) -> InstallReport:
    """Install ``target`` (``esco``, ``esco@1.1.0``, ``esco-1.1.1-open``, ``mine@1``).

    A family takes the best that can be had: the default release where its files are given or
    its URLs may be asked, else the stand-in from the package index. A killed or failed
    installation leaves what was installed before.

    Args:
        target: What to install.
        places: Data folder and manifests.
        options: Defaults ask nothing but the package index.
        progress: Told what is being done.
        build_index: Called with the id of what was installed, after it is in place.

    Raises:
        UsageError, NotFoundError: The target or path makes no sense.
        FetchError: No source could be reached; the message says what else there is.
        DataError: Files are damaged, false, or another release.
        BusyError: Another process is installing.
        StorageError: The data folder cannot be written.
    """
    chosen = options or InstallOptions()
    manifests = read_manifests(places.manifests)
    wanted = read_target(target, manifests)
    started = time.monotonic()
    with changing(places, wait_s=chosen.wait_s):
        report = _already_there(wanted, places, manifests, chosen)
        if report is None:
            means = Means(
                downloads=Downloads(places.downloads),
                online=chosen.online,
                unverified=chosen.unverified,
                runner=chosen.runner,
                progress=progress,
            )
            obtained = _obtain(wanted, manifests, chosen, means)
            report = _write(obtained, places, manifests, started, progress)
    if report.installed and build_index is not None:
        build_index(report.framework_id)
        report = replace(report, index_built=True, seconds=time.monotonic() - started)
    return report


def _obtain(
    wanted: Target, manifests: tuple[Manifest, ...], options: InstallOptions, means: Means
) -> Obtained:
    if options.from_path is not None:
        return obtain_from_path(wanted, options.from_path, manifests, means)
    manifest = get_manifest(wanted, manifests)
    stand_in = None if wanted.release else find_manifest(manifest.stand_in, manifests)
    try:
        return obtain_from_tiers(manifest, means)
    except NoSourceError as error:
        if stand_in is None:
            raise
        tried = error.tried
    try:
        obtained = obtain_from_tiers(stand_in, means)
    except NoSourceError as error:
        raise NoSourceError(manifest, (*tried, *error.tried)) from error
    return replace(obtained, tried=(*tried, *obtained.tried))


def _already_there(
    wanted: Target, places: Places, manifests: tuple[Manifest, ...], options: InstallOptions
) -> InstallReport | None:
    """Return a report if nothing is to be done: it, or the stand-in for it, is whole."""
    if options.force or options.from_path is not None:
        return None
    names = [wanted.id]
    if not wanted.release and wanted.manifest is not None:
        names = [wanted.manifest.id]
        # Where URLs may be asked, the stand-in is not good enough.
        if wanted.manifest.stand_in and not options.online:
            names.append(wanted.manifest.stand_in)
    for name in names:
        try:
            with FrameworkDb.open(places.database(name)) as db:
                info = db.info
        except (NotFoundError, DataError, IndexMismatchError):
            continue
        return InstallReport(
            framework_id=name,
            title=info.title,
            installed=False,
            origin="there already",
            digest=info.digest,
            size_bytes=places.database(name).stat().st_size,
            seconds=0.0,
            counts={},
            licence=info.licence,
            attribution=info.attribution,
            missing=info.missing,
            **asdict(official_files(name, manifests)),
        )
    return None


def _write(
    obtained: Obtained,
    places: Places,
    manifests: tuple[Manifest, ...],
    started: float,
    progress: Progress,
) -> InstallReport:
    framework = obtained.framework
    path = places.database(framework.id)
    progress(f"write {framework.id}", 0, 1)
    write_framework(framework, path, sources=obtained.sources)
    progress(f"write {framework.id}", 1, 1)
    with FrameworkDb.open(path) as db:
        digest = db.info.digest
    _log.info("installed %s", framework.id)
    return InstallReport(
        framework_id=framework.id,
        title=framework.title,
        installed=True,
        origin=obtained.origin,
        digest=digest,
        size_bytes=path.stat().st_size,
        seconds=time.monotonic() - started,
        counts=content_counts(framework),
        licence=framework.licence,
        attribution=framework.attribution,
        missing=framework.missing,
        tried=obtained.tried,
        warnings=obtained.warnings,
        **asdict(official_files(framework.id, manifests)),
    )
