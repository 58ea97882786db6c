"""Words of the command line in what the engine says, as requests call the same things.

The engine's advice names options, since most of its users type them. Whoever sends a request has
fields instead. Commands that only whoever runs the service can use (``frameworks install``,
``index build``) stay: there is no request in their place.
"""

from __future__ import annotations

import re
from types import MappingProxyType

FIELDS = MappingProxyType(
    {
        "access": "access",
        "by": "by",
        "catalogue": "catalogues",
        "commit": "commit",
        "currency": "currency",
        "device": "devices",
        "documents": "documents",
        "evidence": "evidence",
        "have": "have",
        "hold": "hold",
        "hours-per-week": "hours_per_week",
        "issuers": "issuers",
        "language": "languages",
        "max-cost": "max_cost",
        "max-weeks": "max_weeks",
        "min-confidence": "min_confidence",
        "name": "name",
        "occupation": "occupation",
        "online": "online",
        "online-only": "online_only",
        "place": "places",
        "rate": "rates",
        "recipient": "recipient",
        "requirements": "requirements",
        "without": "without",
    }
)
"""Field of a request for each option that the engine's messages name."""

_REQUESTS = (
    ("`skillmatch search TEXT --kind occupation`", "GET /v1/occupations?query=TEXT"),
    ("GET /v1/search or `skillmatch search` finds", "GET /v1/search finds"),
    ("an earlier --from", "an earlier `start`"),
)
"""Commands and phrases that a request does better than word by word."""

_COMMAND = re.compile(r"(`[^`]*`)")
_OPTION = re.compile(rf"(?<![\w`-])--({'|'.join(sorted(FIELDS, key=len, reverse=True))})(?![\w-])")


def in_fields(said: str) -> str:
    """Return what the engine says with fields of requests for options; all else stays."""
    if "`skillmatch " not in said and "--" not in said:
        return said
    for command, request in _REQUESTS:
        said = said.replace(command, request)
    parts = _COMMAND.split(said)
    # A command is typed as it stands: its options are its own.
    parts[::2] = [_OPTION.sub(_field, part) for part in parts[::2]]
    return "".join(parts)


def _field(found: re.Match[str]) -> str:
    return f"`{FIELDS[found[1]]}`"
