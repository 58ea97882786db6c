"""Logs for machines: one JSON object a line, without anybody's text.

A line has ``at``, ``level``, ``logger``, ``message`` and whatever the record brings as ``fields``.
Of an error there is its type and where in our own code it came up, never its message: that may
quote what somebody sent.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

_OURS = ("skillmatch", "skillmatch_api")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields = getattr(record, "fields", None)
        line |= fields if isinstance(fields, dict) else {}
        if record.exc_info and record.exc_info[1] is not None:
            line |= described(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)


def described(error: BaseException) -> dict[str, object]:
    """Return the types of an error and of what caused it, and our own frames, outermost first."""
    kinds: list[str] = []
    one: BaseException | None = error
    while one is not None and len(kinds) < 5:
        kinds.append(f"{type(one).__module__}.{type(one).__qualname__}")
        one = one.__cause__ or one.__context__
    return {"error": kinds, "frames": _frames(error.__traceback__)}


def configure(level: int = logging.INFO) -> None:
    """Write all logs of this process to its standard error; for entry points only."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


def _frames(found: TracebackType | None) -> list[str]:
    return [
        f"{frame.f_globals.get('__name__')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(found)
        if str(frame.f_globals.get("__name__")).partition(".")[0] in _OURS
    ]
