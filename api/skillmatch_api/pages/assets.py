"""Style sheets, scripts and pictures, under an address that changes with their bytes.

Browsers keep them for a year: the folder in the address is a digest over all of them, so scripts
name each other by plain relative paths, and a new release is a new address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fastapi import APIRouter, Response

from skillmatch.report.pages import TEMPLATES
from skillmatch_api.errors import AbsentError

STATIC = Path(__file__).resolve().parent / "static"
SHARED = ("page.css", "report.css", "plan.css", "demand.css")
"""Sheets of the reports, served as they are, so that pages and reports look alike."""
MEDIA_TYPES = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
    }
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """What is served.

    Attributes:
        digest: Of all names and bytes.
        files: Bytes by name.
    """

    digest: str
    files: Mapping[str, bytes]

    def url(self, name: str) -> str:
        """Return the address of a file.

        Raises:
            KeyError: There is none of this name.
        """
        if name not in self.files:
            raise KeyError(name)
        return f"/assets/{self.digest}/{name}"


@cache
def assets() -> Assets:
    """Return the files of this package."""
    paths = [path for path in STATIC.iterdir() if path.suffix in MEDIA_TYPES]
    paths += [TEMPLATES / name for name in SHARED]
    files = {path.name: path.read_bytes() for path in sorted(paths, key=lambda one: one.name)}
    total = hashlib.sha256()
    for name, data in files.items():
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    return Assets(digest=total.hexdigest()[:16], files=MappingProxyType(files))


@router.get("/assets/{digest}/{name}")
def asset(digest: str, name: str) -> Response:
    """Return a file; it is never changed under its address."""
    known = assets()
    if digest != known.digest or name not in known.files:
        raise AbsentError("there is no such file")
    return Response(
        known.files[name],
        media_type=MEDIA_TYPES[Path(name).suffix],
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        },
    )
