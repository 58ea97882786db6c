"""The name of a request: the client's own where it sends a decent one, else a new one."""

from __future__ import annotations

import re
import uuid

from starlette.datastructures import Headers
from starlette.types import Scope

HEADER = "X-Request-ID"

_DECENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
"""Nothing that a log would take for something else, or that could be an address of a person."""


def name_of(scope: Scope) -> str:
    """Return the name of a request."""
    given = Headers(scope=scope).get(HEADER, "")
    return given if _DECENT.fullmatch(given) else str(uuid.uuid4())
