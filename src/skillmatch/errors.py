"""Everything skillmatch raises on purpose.

The tree::

    SkillmatchError
    ├── UsageError              the caller asked for something that cannot be
    ├── DataError               bytes that came in are not what they should be
    │   ├── ChecksumError       a file's sha256 is not the one in the manifest
    │   ├── RowError            one or more rows of a table are wrong
    │   └── UnreadableError     a document holds no text that can be read
    │       └── DamagedError    its bytes are cut off or broken
    ├── NotFoundError           a framework, index, concept or file is not there
    ├── IndexMismatchError      an index was built from other data or another encoder
    ├── FetchError              no source of a framework could be reached
    ├── BusyError               another process holds the data folder, or nobody waits any more
    └── StorageError            the data folder cannot be written (full, read-only)

The message of each says what was expected and what to do. ``cli`` turns them into exit
codes and ``skillmatch_api`` into problem documents; nobody else knows about either.

Messages quote names and words of files that anybody may have made. So the text of an error holds
no character that a terminal would obey or that turns a line around, and is never a screen long.
"""

from __future__ import annotations

from pathlib import Path

MAX_MESSAGE = 4_000
"""Characters of a message; what comes after is counted instead."""


class SkillmatchError(Exception):
    """Root of all errors that skillmatch raises on purpose."""

    def __str__(self) -> str:
        text = super().__str__()
        more = len(text) - MAX_MESSAGE
        if more > 0:
            text = f"{text[:MAX_MESSAGE]}… ({more:,} more characters)"
        return text if text.isprintable() else "".join(map(_printable, text))


def _printable(character: str) -> str:
    if character.isprintable() or character in "\n\t":
        return character
    return " " if character.isspace() else "\ufffd"


class UsageError(SkillmatchError):
    """The request itself makes no sense, whatever the data."""


class DataError(SkillmatchError):
    """Input bytes are not what they should be.

    Attributes:
        path: The file at fault, where there is one.
        line: 1-based line of the first fault, where it is known.
    """

    def __init__(self, message: str, *, path: Path | None = None, line: int | None = None) -> None:
        place = (
            "" if path is None else f"{path}" + ("" if line is None else f", line {line}") + ": "
        )
        super().__init__(place + message)
        self.path = path
        self.line = line


class ChecksumError(DataError):
    """A file's sha256 differs from the one its manifest promises."""

    def __init__(self, *, path: Path, expected: str, actual: str) -> None:
        super().__init__(
            f"sha256 is {actual}, expected {expected}. The file is damaged or another release; "
            "download it again, or install it under another id",
            path=path,
        )
        self.expected = expected
        self.actual = actual


class RowError(DataError):
    """Rows of a table are wrong; all faults are reported, not the first.

    Attributes:
        faults: One sentence per fault, each with its line number.
    """

    def __init__(self, faults: tuple[str, ...], *, path: Path, total: int | None = None) -> None:
        count = len(faults) if total is None else total
        shown = "; ".join(faults[:10])
        more = f"; and {count - 10} more" if count > 10 else ""
        super().__init__(f"{count} fault{'s' if count > 1 else ''}: {shown}{more}", path=path)
        self.faults = faults


class UnreadableError(DataError):
    """A document is encrypted, empty, binary or holds no readable text."""


class DamagedError(UnreadableError):
    """What should be read begins well and then breaks: cut off, or changed on its way."""


class NotFoundError(SkillmatchError):
    """A named framework, index, model, concept or file does not exist."""


class IndexMismatchError(SkillmatchError):
    """An index does not belong to the framework, encoder or recipe at hand.

    Attributes:
        field: Which of the recorded values differs.
    """

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class FetchError(SkillmatchError):
    """None of a framework's sources could be reached or used."""


class BusyError(SkillmatchError):
    """Another process is writing to the same place of the data folder.

    Or who asked for long work does not wait for it any more (``giving_up``).
    """


class StorageError(SkillmatchError):
    """The data folder cannot be written; what was there is untouched."""
