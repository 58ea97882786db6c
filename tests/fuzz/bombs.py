"""Little files that hold much."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from functools import cache


@cache
def zeros(megabytes: int) -> bytes:
    """Return zeros, packed by zlib."""
    packer, chunk = zlib.compressobj(9), b"\0" * 2**20
    return b"".join([*(packer.compress(chunk) for _ in range(megabytes)), packer.flush()])


@cache
def blanks(megabytes: int) -> bytes:
    """Return a text of blanks, packed by gzip."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        for _ in range(megabytes):
            file.write(b" " * 2**20)
    return out.getvalue()


@cache
def stuffed(name: str, megabytes: int) -> bytes:
    """Return a zip whose one member is large and packs well."""
    out = io.BytesIO()
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w") as archive, archive.open(entry, "w") as member:
        for _ in range(megabytes):
            member.write(b" " * 2**20)
    return out.getvalue()
