"""Postings of a wanted length, made of the lines of the examples; no two are the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator

from evaluation.provenance import ROOT

WORDS = 500
HEADING = 3
"""Lines of at most so many words are taken for headings."""


def made_postings(seed: int, *, words: int = WORDS) -> Iterator[str]:
    """Yield postings without end: the headings of the example postings, and lines drawn by chance.

    They keep their order, so that each stays below its heading: below another one, such as what is
    offered, none of them would be read.

    Args:
        seed: The same seed gives the same postings.
        words: Each has at least so many, and at most one line more.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    lines = _lines()
    sizes = [len(line.split()) for line in lines]
    headings = [place for place, size in enumerate(sizes) if size <= HEADING]
    drawn = [place for place, size in enumerate(sizes) if size > HEADING]
    while True:
        chosen, count = set(headings), sum(sizes[place] for place in headings)
        for place in chance.sample(drawn, len(drawn)):
            if count >= words:
                break
            chosen.add(place)
            count += sizes[place]
        yield "\n".join(["Requirements", "", *(lines[place] for place in sorted(chosen))]) + "\n"


def _lines() -> list[str]:
    """Return the lines of all plain example postings, each once."""
    folder = ROOT / "examples" / "postings"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
    lines = (line for text in texts for line in text.splitlines() if line.strip())
    return list(dict.fromkeys(lines))
