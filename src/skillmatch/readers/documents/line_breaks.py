"""Words that were broken at the end of a line are joined again."""

from __future__ import annotations

import re

# Begins where a word begins and gives nothing back, so that long lines of letters stay linear.
_BROKEN = re.compile(
    r"(?<![^\W\d_])(?P<head>[^\W\d_]{2,}+)-[ \t]*+\n[ \t]*+(?P<tail>[^\W\d_]{2,}+)"
)
# First parts after which English keeps its hyphen, wherever the line ends.
_KEEP = frozenset(
    {"all", "back", "co", "cross", "cutting", "day", "decision", "detail", "e"}
    | {"end", "ex", "face", "front", "full", "goal", "half", "hand", "hands"}
    | {"hard", "health", "high", "in", "know", "land", "large", "life", "long"}
    | {"low", "mid", "middle", "multi", "must", "near", "non", "off", "on"}
    | {"one", "open", "out", "over", "part", "pick", "point", "post", "pre"}
    | {"problem", "quick", "re", "real", "result", "right", "self", "semi", "service"}
    | {"short", "single", "small", "solution", "state", "sub", "team", "third", "time"}
    | {"tool", "top", "two", "user", "well", "work", "year"}
)


def join_broken_words(text: str) -> tuple[str, int]:
    """Join words that a hyphen breaks at the end of a line.

    "con-⏎tainers" becomes "containers", "self-⏎motivated" keeps its hyphen. Where the text
    itself spells the word elsewhere, that spelling wins. A capital after the break, as in
    "Baden-⏎Württemberg", keeps the hyphen too.

    Returns:
        The text, and how many words were joined.
    """
    words = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def joined(match: re.Match[str]) -> str:
        head, tail = match["head"], match["tail"]
        with_hyphen = f"{head}-{tail}"
        if with_hyphen.lower() in words or not tail[0].islower():
            return with_hyphen
        if (head + tail).lower() in words:
            return head + tail
        return with_hyphen if head.lower() in _KEEP else head + tail

    return _BROKEN.subn(joined, text)
