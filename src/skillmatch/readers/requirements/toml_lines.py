"""Line numbers of tables in a TOML text, which the standard parser does not keep."""

from __future__ import annotations

import re


def table_lines(text: str, name: str) -> tuple[int, ...]:
    """Return the 1-based lines of the headers ``[[name]]``, in order.

    A header look-alike inside a multi-line string would be counted, too; callers use the
    numbers for messages only, and drop them where their count is not that of the tables.
    """
    header = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    return tuple(n for n, line in enumerate(text.splitlines(), 1) if header.match(line))
