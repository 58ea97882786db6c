"""``index.toml``: what an index was built from, and whether that is what is wanted now."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from skillmatch.errors import ChecksumError, DataError, IndexMismatchError, NotFoundError
from skillmatch.retrieval.recipe import METRIC
from skillmatch.text.bounded_toml import parse_toml

INDEX_TOML = "index.toml"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """Size and sha256 of a file beside ``index.toml``."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexInfo:
    """What ``index.toml`` says.

    Attributes:
        framework_digest: Of the framework's content; ``encoder`` and ``recipe_digest`` alike.
        rows: Vectors; ``concepts`` of them are distinct concepts.
    """

    framework: str
    framework_digest: str
    encoder: str
    recipe: str
    recipe_digest: str
    rows: int
    concepts: int
    dimension: int
    structure: str
    metric: str = METRIC
    format: int = FORMAT
    files: tuple[FileRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an index must have been built from to be used."""

    framework_digest: str
    encoder_fingerprint: str
    recipe_digest: str


def read_index_info(directory: Path) -> IndexInfo:
    """Read ``index.toml``.

    Raises:
        NotFoundError: There is no index in the folder.
        DataError: The file is no description of an index.
        IndexMismatchError: Another version of the program wrote it.
    """
    path = directory / INDEX_TOML
    try:
        raw: dict[str, Any] = parse_toml(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        name = directory.parent.name
        message = f"there is no index at {directory}; `skillmatch index build {name}` makes it"
        raise NotFoundError(message) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"is no TOML ({error}); {_mend(directory)}", path=path) from error
    if raw.get("format") != FORMAT:
        raise IndexMismatchError(
            f"{path} has format {raw.get('format')}, this program reads {FORMAT}; "
            + _mend(directory),
            field="format",
        )
    try:
        files = tuple(FileRecord(**record) for record in raw.pop("files"))
        return IndexInfo(**raw, files=files)
    except (KeyError, TypeError) as error:
        raise DataError(f"is incomplete ({error}); {_mend(directory)}", path=path) from error


def write_index_info(directory: Path, info: IndexInfo) -> None:
    """Write ``index.toml``; equal values give equal bytes."""
    import tomli_w

    raw = asdict(info)
    raw["files"] = list(raw["files"])
    (directory / INDEX_TOML).write_text(tomli_w.dumps(raw), encoding="utf-8")


def check_expected(info: IndexInfo, expected: Expected) -> None:
    """Refuse an index that was built from anything else.

    Raises:
        IndexMismatchError: ``field`` names the first difference, the message the command.
    """
    pairs = (
        ("framework_digest", "data", info.framework_digest, expected.framework_digest),
        ("encoder", "encoder", info.encoder, expected.encoder_fingerprint),
        ("recipe_digest", "recipe", info.recipe_digest, expected.recipe_digest),
    )
    for field, what, found, wanted in pairs:
        if found != wanted:
            raise IndexMismatchError(
                f"the index {info.recipe!r} of {info.framework} was built from another {what} "
                f"({field} {found}, now {wanted}); "
                f"`skillmatch index build {info.framework} --recipe {info.recipe}` builds it anew",
                field=field,
            )


def check_sizes(directory: Path, info: IndexInfo) -> None:
    """Notice a file that is missing or cut short, without reading any.

    Raises:
        DataError: The first file at fault.
    """
    for record in info.files:
        path = directory / record.name
        size = path.stat().st_size if path.is_file() else None
        if size != record.bytes:
            found = "is missing" if size is None else f"has {size} bytes, expected {record.bytes}"
            raise DataError(f"{found}; {_mend(directory)}", path=path)


def record_files(directory: Path, names: Iterable[str]) -> tuple[FileRecord, ...]:
    """Return size and sha256 of files, by name."""
    return tuple(
        FileRecord(
            name=name, bytes=(directory / name).stat().st_size, sha256=_sha256(directory / name)
        )
        for name in sorted(names)
    )


def verify_index(directory: Path) -> IndexInfo:
    """Hash every file again.

    Raises:
        NotFoundError: There is no index in the folder.
        DataError: A file is missing or cut short (``ChecksumError``: it was changed).
    """
    info = read_index_info(directory)
    check_sizes(directory, info)
    for record in info.files:
        actual = _sha256(directory / record.name)
        if actual != record.sha256:
            raise ChecksumError(path=directory / record.name, expected=record.sha256, actual=actual)
    return info


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mend(directory: Path) -> str:
    """Name the command that builds this index; folders are <framework>/<recipe>."""
    name, recipe = directory.parent.name, directory.name
    return f"`skillmatch index build {name} --recipe {recipe}` builds it anew"
