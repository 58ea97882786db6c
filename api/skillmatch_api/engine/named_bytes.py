"""A file as it was sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBytes:
    """A file of a request; ``name`` is only a name, and no path that is ever opened."""

    name: str
    data: bytes
