"""The value that every format reader returns, and the limits that hold for all of them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

# A posting of 200,000 characters is some 60 pages; what is longer is a file that holds
# something else, and linking it all would keep a learner waiting for nothing.
MAX_CHARS = 200_000
MAX_BYTES = 20_000_000

# What parsers of third-party formats raise on damaged bytes. They promise less than they
# raise, so the list is wide; programming errors of ours would show on healthy files too.
BROKEN_FILE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """What a format reader got out of a file.

    Attributes:
        title: What the file itself calls its title, ``""`` where it has none.
        language: Language tag that the file itself declares, ``""`` where it has none.
        notes: What was dropped or repaired, one sentence each, without words of the text.
    """

    text: str
    title: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


def cut_text(text: str, limit: int = MAX_CHARS) -> tuple[str, tuple[str, ...]]:
    """Cut ``text`` to at most ``limit`` characters, at the end of a line where one is near.

    Returns:
        The text, and a note that says how much was left out; no note where all of it fits.
    """
    if len(text) <= limit:
        return text, ()
    end = text.rfind("\n", limit - limit // 10, limit)
    kept = text[: end if end > 0 else limit]
    note = (
        f"Only the first {len(kept):,} of {len(text):,} characters were used; "
        "cut the file to the part that matters to have the rest read."
    )
    return kept, (note,)
