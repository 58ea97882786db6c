"""Print what a posting asks for and what is still open, most urgent first.

python examples/python/gap.py POSTING [CV ...]
"""

from __future__ import annotations

import sys

from skillmatch import Matcher
from skillmatch.model.gap import GapState

HELD = {GapState.PROVEN, GapState.CLAIMED}


def main(posting: str, *documents: str) -> None:
    """Compare one posting with documents such as a CV."""
    with Matcher.open() as matcher:
        result = matcher.gap(posting, evidence=documents)
    held = [gap for gap in result.gaps if gap.state in HELD]
    print(f"{len(held)} of {len(result.gaps)} skills are held.")
    for gap in result.gaps:
        if gap.state not in HELD:
            words = ", ".join(f"“{mention.text}”" for mention in gap.requirement.mentions)
            print(f"{gap.priority:.2f}  {gap.requirement.label} ({gap.state}): asked by {words}")
    for gate in result.checklist.gates:
        print(f"check  {gate.kind}: “{gate.text}”")
    print(*result.attribution, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
