"""Postings of a wanted length, made of the sentences of the examples; no two are the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator

from evaluation.provenance import ROOT

WORDS = 500


def made_postings(seed: int, *, words: int = WORDS) -> Iterator[str]:
    """Yield postings without end: a heading and lines of the example postings, in random order.

    Args:
        seed: The same seed gives the same postings.
        words: Each has at least so many, and at most one line more.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    lines = _lines()
    while True:
        chosen, count = ["Requirements", ""], 0
        for line in chance.sample(lines, len(lines)):
            if count >= words:
                break
            chosen.append(line)
            count += len(line.split())
        yield "\n".join(chosen) + "\n"


def _lines() -> list[str]:
    """Return the lines of at least four words of all plain example postings, sorted."""
    folder = ROOT / "examples" / "postings"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
    return sorted({line for text in texts for line in text.splitlines() if len(line.split()) > 3})
