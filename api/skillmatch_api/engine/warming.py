"""A matcher that has answered once, so that nobody's request waits for what is loaded late."""

from __future__ import annotations

from skillmatch.readers.documents import read_text
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings

_POSTING = "You have solid knowledge of Python and SQL; Docker or AWS is a plus."


def open_warm(settings: Settings) -> Matcher:
    """Open a matcher over what is installed, and let it compare a small posting with a skill.

    The first text that a matcher links takes a second of processor time more than the second.

    Raises:
        NotFoundError: A framework, index or encoder is not installed.
        IndexMismatchError: An index belongs to other data or another encoder.
    """
    matcher = Matcher.open(settings=settings)
    try:
        matcher.gap(read_text(_POSTING), have=["Python"])
    except BaseException:
        matcher.close()
        raise
    return matcher
