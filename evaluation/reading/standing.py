"""The sheet beside what is printed now: how many links are right, and which nobody has judged."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.reading.answers import Answer, ShownLink
from evaluation.reading.sheet import GOOD, Judgement, Verdict, key_of
from evaluation.reading.texts import is_real

BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)
"""Edges of the bands of confidence; a band holds its lower edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One posting, judged.

    Attributes:
        judged: Printed links with their verdict. A link that the sheet says is missing is right:
            its label is the one that a reader named for that line.
        new: Printed links without a judgement.
        missing: Skills that are still not found.
        gone: Judgements about links that are no longer printed.
    """

    posting: str
    judged: tuple[tuple[ShownLink, Verdict], ...]
    new: tuple[ShownLink, ...]
    missing: tuple[Judgement, ...]
    gone: tuple[Judgement, ...]

    @property
    def good(self) -> int:
        """Links that a fair reader would accept."""
        return sum(verdict in GOOD for _, verdict in self.judged)

    def count(self, verdict: Verdict) -> int:
        """Return how many printed links were judged so."""
        return sum(said is verdict for _, said in self.judged)


def standing_of(answer: Answer, sheet: Sequence[Judgement]) -> Standing:
    """Set what is printed for a posting beside its rows of the sheet."""
    rows = {row.key: row for row in sheet if row.posting == answer.posting}
    printed = {key_of(answer.posting, link.line, link.label): link for link in answer.links}
    absent = [row for key, row in rows.items() if key not in printed]
    return Standing(
        posting=answer.posting,
        judged=tuple(
            (link, _verdict(rows[key].verdict)) for key, link in printed.items() if key in rows
        ),
        new=tuple(link for key, link in printed.items() if key not in rows),
        missing=tuple(row for row in absent if row.verdict is Verdict.MISSING),
        gone=tuple(row for row in absent if row.verdict is not Verdict.MISSING),
    )


def _verdict(said: Verdict) -> Verdict:
    return Verdict.RIGHT if said is Verdict.MISSING else said


def standing_lines(standings: Sequence[Standing]) -> Iterator[str]:
    """Yield counts for each posting and in all, the bands of confidence, and what is new."""
    for one in standings:
        yield f"{one.posting}: {_counts([one])}"
    yield f"all {len(standings)}: {_counts(standings)}"
    yield from _bands(standings)
    for one in standings:
        for link in one.new:
            yield (
                f"new: {one.posting}, line {link.line}: {link.words} -> {link.label} "
                f"({link.confidence:.2f})"
            )
        for row in one.gone:
            yield f"gone: {one.posting}, line {row.line}: {row.label} ({row.verdict})"


def _counts(standings: Sequence[Standing]) -> str:
    said: Counter[Verdict] = Counter(verdict for one in standings for _, verdict in one.judged)
    links, good = said.total(), sum(one.good for one in standings)
    missing = sum(len(one.missing) for one in standings)
    kinds = ", ".join(f"{said[kind]} {kind}" for kind in Verdict if kind is not Verdict.MISSING)
    return (
        f"{links} judged: {kinds}; {missing} missing, "
        f"{sum(len(one.new) for one in standings)} new; "
        f"precision {_share(good, links)}, recall {_share(good, good + missing)}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "none"


def _bands(standings: Sequence[Standing]) -> Iterator[str]:
    judged = [pair for one in standings for pair in one.judged]
    for low, high in itertools.pairwise(BANDS):
        said = [verdict for link, verdict in judged if low <= link.confidence < high]
        good = sum(verdict in GOOD for verdict in said)
        yield (
            f"confidence {low:.1f} to {min(high, 1.0):.1f}: {len(said)} links, "
            f"precision {_share(good, len(said))}"
        )


def new_rows(standings: Sequence[Standing]) -> Iterator[str]:
    """Yield a row of the sheet for each link that is not judged, its verdict to be filled in."""
    for one in standings:
        for link in one.new:
            words = "" if is_real(one.posting) else link.words
            yield "\t".join([one.posting, str(link.line), words, link.label, "?", ""])
