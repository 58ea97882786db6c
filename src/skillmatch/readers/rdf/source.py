"""The bytes of an RDF file: plain, gzipped, or alone in a zip."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from skillmatch.errors import DataError, NotFoundError
from skillmatch.readers.rdf.formats import RdfFormat, find_rdf_format, rdf_format, rdf_formats

# Six times ESCO 1.1.1 with all its relations in N-Triples, the wordiest of the syntaxes.
MAX_BYTES = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RdfSource:
    """An RDF document, not parsed yet.

    Attributes:
        path: The file it came from, for messages.
        member: Its name inside a zip, ``""`` otherwise.
    """

    data: bytes
    format: RdfFormat
    path: Path
    member: str = ""


def read_rdf_source(path: Path, *, format_name: str | None = None) -> RdfSource:
    """Read the document at ``path``; its suffix tells the syntax unless ``format_name`` does.

    Raises:
        NotFoundError: There is no such file.
        DataError: The suffix stands for no RDF syntax, the archive is broken, holds none or
            several RDF files, or unpacks to more than ``MAX_BYTES``.
        UsageError: ``format_name`` is unknown.
    """
    if not path.is_file():
        raise NotFoundError(f"there is no file {path}")
    chosen = None if format_name is None else rdf_format(format_name)
    try:
        if path.name.lower().endswith(".zip"):
            return _from_zip(path, chosen)
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as stream:
            data = _read_bounded(stream, path)
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise DataError(f"the archive is damaged ({error}); download it again", path=path) from None
    except (NotImplementedError, RuntimeError) as error:
        raise DataError(f"the archive cannot be unpacked: {error}", path=path) from None
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror or error}", path=path) from None
    return RdfSource(data=data, format=chosen or _format_of(path, path), path=path)


def _from_zip(path: Path, chosen: RdfFormat | None) -> RdfSource:
    with zipfile.ZipFile(path) as archive:
        files = [info for info in archive.infolist() if not info.filename.endswith("/")]
        known = [info for info in files if find_rdf_format(Path(info.filename)) is not None]
        if chosen is not None and len(files) == 1:
            known = files
        if len(known) != 1:
            names = ", ".join(sorted(info.filename for info in known)[:5]) or "none"
            raise DataError(
                f"expected one RDF file in the zip, found {len(known)} ({names}); "
                "unpack it and name the file you mean",
                path=path,
            )
        member = known[0].filename
        with archive.open(known[0]) as stream:
            data = _read_bounded(stream, path)
    return RdfSource(
        data=data, format=chosen or _format_of(Path(member), path), path=path, member=member
    )


def _read_bounded(stream: IO[bytes] | gzip.GzipFile, path: Path) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise DataError(
            f"the file unpacks to more than {MAX_BYTES:,} bytes, which no framework needs; "
            "take the file of one language",
            path=path,
        )
    return data


def _format_of(name: Path, path: Path) -> RdfFormat:
    found = find_rdf_format(name)
    if found is None:
        endings = ", ".join(suffix for known in rdf_formats() for suffix in known.suffixes)
        raise DataError(
            f"the name does not say which RDF syntax this is; expected one of {endings} "
            "(also with .gz, or one of them in a .zip), or name the format",
            path=path,
        )
    return found
