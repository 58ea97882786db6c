"""Take the description out of a running text "label alternatives description".

The words of one concept stand in one line without separators: preferred label, alternative
labels, description. Known labels are stripped from the front. What is left begins with the
description, or with alternatives of a later release that nobody has told us. ESCO writes
alternatives in lower case and begins a description with a capital, so a first sentence with
exactly one capitalised word tells where the description starts. With several capitalised words
("Finnish speak Finnish The Finnish language.") it cannot be told, and nothing is claimed,
unless the text starts with a capital right behind the last known label and no article follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s")
# Words in capitals throughout (ICT, GNSS) are names inside alternatives, not beginnings.
_CAPITALISED = re.compile(r"(?:^|(?<= ))[\"'‘“(]*(?:[A-Z][a-z]+|An?)(?=[ ,;:’'\-]|$)")
_ARTICLE = re.compile(r" (?:The|An?) ")


def plain(text: str) -> str:
    """Return ``text`` with every run of white space, no-break spaces too, as one space."""
    return " ".join(text.split())


def strip_labels(text: str, labels: Collection[str]) -> str:
    """Return what follows the longest run of known labels at the front of ``text``.

    Labels may follow each other in any order and any number; each ends at a space.
    """
    seen = {0}
    waiting = [0]
    while waiting:
        start = waiting.pop()
        for label in labels:
            end = start + len(label)
            if not text.startswith(label, start) or text[end : end + 1] not in {"", " "}:
                continue
            end = min(end + 1, len(text))
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return text[max(seen) :]


def find_description(text: str, labels: Collection[str]) -> str | None:
    """Return the description inside ``text``, or None where its start is not certain.

    Args:
        text: Label, alternatives and description, in ``plain`` form.
        labels: Known labels of the concept, in ``plain`` form.
    """
    rest = strip_labels(text, [label for label in labels if label])
    first_sentence = _SENTENCE_END.split(rest, maxsplit=1)[0]
    starts = [match.start() for match in _CAPITALISED.finditer(first_sentence)]
    if len(starts) == 1:
        return rest[starts[0] :]
    stripped = len(rest) < len(text)
    if len(starts) > 1 and stripped and starts[0] == 0 and not _ARTICLE.search(first_sentence):
        return rest
    return None
