"""Manifests: where a framework release comes from, and what it must hold.

One folder per release under ``frameworks/``, each with a ``manifest.toml``. Sources stand in
order of preference; a source is complete in itself, and all of its files are needed together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import ClassVar

from skillmatch.errors import DataError, NotFoundError
from skillmatch.text.bounded_toml import parse_toml

MANIFEST = "manifest.toml"
SHA256 = re.compile(r"[0-9a-f]{64}")
# A key that no reader knows is a typing mistake, and must not pass for a source that is absent.
STRICT = {"extra": "forbid"}
ID = re.compile(r"[a-z0-9]+-[a-z0-9][a-z0-9._-]*")


class Tier(StrEnum):
    """Ways to the same bytes, in the order in which they are tried.

    ``PATH`` is a file or folder the user names, ``URL`` the publisher or a mirror, ``INDEX``
    a data wheel on the package index.
    """

    PATH = "path"
    URL = "url"
    INDEX = "index"


class SourceFormat(StrEnum):
    """Which reader understands a source."""

    ESCO_CSV = "esco-csv"
    ESCO_OPEN = "esco-open"
    ONET = "onet"
    ONET_OPEN = "onet-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file inside a wheel, the only part of it that is ever read."""

    role: str
    path: str
    sha256: str
    provides: str = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file to have, and the ways to get it.

    Attributes:
        role: What the reader calls it.
        sha256: In hexadecimal; ``""`` where nobody has had the file to sum it, and the counts of
            the manifest must do as the check.
        name: The publisher's own file name; a user's copy may be called anything.
        size: In bytes; 0 where it is not known.
        urls: Publisher first, mirrors after.
        requirement: ``name==version`` on the package index, for a data wheel.
        licence: Of the data in it, where it differs from the framework's.
        members: Of a wheel, what is read from it.
        provides: What is taken from it, in a few words.
    """

    role: str
    name: str
    sha256: str
    size: int = 0
    urls: tuple[str, ...] = ()
    requirement: str = ""
    licence: str = ""
    members: tuple[Member, ...] = ()
    provides: str = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestSource:
    """One complete way to a release: a format and the files that it takes."""

    tiers: tuple[Tier, ...]
    format: SourceFormat
    files: tuple[SourceFile, ...]
    provides: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One release of one framework, as the program knows it before anything is fetched.

    Attributes:
        id: ``<family>-<release>``; also the name of the folder.
        default: Whether ``install <family>`` means this release.
        stand_in: Id of a release that the package index offers instead of this one.
        adds: What this release has that its stand-in lacks, one phrase each.
        counts: What a complete reading holds; keys are documented in ``frameworks/README.md``.
        withdrawn: URIs that the sources hold, but the release no longer does.
        notes: What a user of this release should know, one sentence each.
    """

    id: str
    family: str
    release: str
    title: str
    languages: tuple[str, ...]
    licence: str
    licence_url: str
    attribution: str
    sources: tuple[ManifestSource, ...]
    homepage: str = ""
    default: bool = False
    stand_in: str = ""
    adds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    def sources_of(self, tier: Tier) -> tuple[ManifestSource, ...]:
        """Return the sources that a tier can bring, in order of preference."""
        return tuple(source for source in self.sources if tier in source.tiers)


def read_manifest(path: Path) -> Manifest:
    """Read and check one manifest.

    Raises:
        NotFoundError: There is no file at ``path``.
        DataError: Not TOML, or faults in its fields; all of them are named.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        values = parse_toml(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no manifest at {path}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"this is no TOML: {error}", path=path) from error
    try:
        manifest = TypeAdapter(Manifest).validate_python(values)
    except ValidationError as error:
        faults = (
            f"{'.'.join(map(str, one['loc'])) or 'manifest'}: {one['msg']}"
            for one in error.errors()
        )
        raise DataError("; ".join(faults), path=path) from error
    if faulty := tuple(_faults(manifest, path.parent.name)):
        raise DataError("; ".join(faulty), path=path)
    return manifest


def read_manifests(folder: Path) -> tuple[Manifest, ...]:
    """Return all manifests below ``folder``, by id."""
    return tuple(read_manifest(path) for path in sorted(folder.glob(f"*/{MANIFEST}")))


def _faults(manifest: Manifest, folder: str) -> Iterator[str]:
    if not ID.fullmatch(manifest.id):
        yield f"id: {manifest.id!r} is not <family>-<release> in lower case"
    if manifest.id != f"{manifest.family}-{manifest.release}":
        yield f"id: expected {manifest.family}-{manifest.release}, found {manifest.id}"
    if manifest.id != folder:
        yield f"id: {manifest.id} lies in the folder {folder}"
    if not manifest.sources:
        yield "sources: there are none"
    for number, source in enumerate(manifest.sources):
        yield from _source_faults(source, f"sources.{number}")


def _source_faults(source: ManifestSource, where: str) -> Iterator[str]:
    for number, file in enumerate(source.files):
        place = f"{where}.files.{number}"
        if file.sha256 and not SHA256.fullmatch(file.sha256):
            yield f"{place}.sha256: {file.sha256!r} is no sha256 in lower-case hexadecimal"
        if Path(file.name).name != file.name:
            yield f"{place}.name: {file.name!r} is no plain file name"
        if Tier.URL in source.tiers and not file.urls:
            yield f"{place}.urls: the tier url needs at least one"
        if Tier.INDEX in source.tiers and not (file.requirement.count("==") and file.sha256):
            yield f"{place}: the tier index needs a requirement <name>==<version> and a sha256"
        yield from (
            f"{place}.urls: {url!r} is not https"
            for url in file.urls
            if not url.startswith("https://")
        )
        yield from _member_faults(file, place)


def _member_faults(file: SourceFile, where: str) -> Iterator[str]:
    for number, member in enumerate(file.members):
        place = f"{where}.members.{number}"
        if not SHA256.fullmatch(member.sha256):
            yield f"{place}.sha256: {member.sha256!r} is no sha256 in lower-case hexadecimal"
        if ".." in PurePosixPath(member.path).parts or member.path.startswith("/"):
            yield f"{place}.path: {member.path!r} leaves the wheel"
