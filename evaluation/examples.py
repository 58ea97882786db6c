"""Read every example posting and compare with what a fair reader wrote down beforehand.

    python -m evaluation.examples [--json]

``examples/expected/*.toml`` quote the words that ask for each skill, and traps that ask for none.
A skill is found where a requirement's words lie in its quote; a requirement is founded where its
words lie in some skill's or gate's quote; a trap is sprung where a requirement's words lie in it.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.provenance import ROOT, commit_id
from skillmatch import Matcher
from skillmatch.model.posting import Posting, Span
from skillmatch.model.requirement import Checklist, Requirement
from skillmatch.readers.documents import read_posting

EXPECTED = ROOT / "examples" / "expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one posting was read.

    Attributes:
        founded: Requirements whose words lie in a quote; ``requirements`` is their total.
        necessity_right: Found skills whose necessity is the one written down.
        missed, unfounded, sprung: Quotes and labels, for a person to look at.
    """

    posting: str
    skills: int
    found: int
    necessity_right: int
    requirements: int
    founded: int
    gates: int
    gates_found: int
    missed: tuple[str, ...]
    unfounded: tuple[str, ...]
    sprung: tuple[str, ...]


def read_all(matcher: Matcher) -> tuple[Reading, ...]:
    """Read all postings that have an expectation, by name."""
    return tuple(_read(matcher, path) for path in sorted(EXPECTED.glob("*.toml")))


def _read(matcher: Matcher, path: Path) -> Reading:
    expected = tomllib.loads(path.read_text(encoding="utf-8"))
    posting = read_posting(ROOT / "examples" / expected["posting"])
    checklist = matcher.requirements(posting)
    skills = [(_spans(posting, one["quote"]), one) for one in expected.get("skills", [])]
    gates = [(_spans(posting, one["quote"]), one) for one in expected.get("gates", [])]
    traps = [(_spans(posting, one["quote"]), one["quote"]) for one in expected.get("traps", [])]
    asked = checklist.requirements
    met = [(one, _asking(asked, spans)) for spans, one in skills]
    good = [span for spans, _ in (*skills, *gates) for span in spans]
    bad = [(one, quote) for spans, quote in traps for one in _asking(asked, spans)]
    return Reading(
        posting=path.stem,
        skills=len(skills),
        found=sum(bool(found) for _, found in met),
        necessity_right=sum(
            any(item.necessity.value == one["necessity"] for item in found) for one, found in met
        ),
        requirements=len(asked),
        founded=sum(_lies_in(one, good) for one in asked),
        gates=len(gates),
        gates_found=sum(_stated(checklist, spans) for spans, _ in gates),
        missed=tuple(
            one["words"] for one, found in met if not found and not one.get("optional", False)
        ),
        unfounded=tuple(
            f"{one.label} <- {_words(one)}" for one in asked if not _lies_in(one, good)
        ),
        sprung=tuple(f"{one.label} <- {quote}" for one, quote in bad if not _lies_in(one, good)),
    )


def _spans(posting: Posting, quote: str) -> tuple[Span, ...]:
    """Return where a quote stands, whatever the line breaks."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return tuple(
        Span(start=found.start(), end=found.end()) for found in re.finditer(pattern, posting.text)
    )


def _asking(asked: Sequence[Requirement], spans: Sequence[Span]) -> list[Requirement]:
    return [one for one in asked if _lies_in(one, spans)]


def _lies_in(requirement: Requirement, spans: Sequence[Span]) -> bool:
    return any(
        min(mention.span.end, span.end) - max(mention.span.start, span.start) > 0
        for mention in requirement.mentions
        for span in spans
    )


def _stated(checklist: Checklist, spans: Sequence[Span]) -> bool:
    return any(
        min(gate.span.end, span.end) > max(gate.span.start, span.start)
        for gate in checklist.gates
        for span in spans
    )


def _words(requirement: Requirement) -> str:
    return " | ".join(" ".join(mention.text.split()) for mention in requirement.mentions)


def _lines(readings: Sequence[Reading]) -> Iterator[str]:
    for one in readings:
        yield (
            f"{one.posting}: {one.found}/{one.skills} skills found "
            f"({one.necessity_right} with the right necessity), "
            f"{one.founded}/{one.requirements} requirements founded, "
            f"{one.gates_found}/{one.gates} gates, {len(one.sprung)} traps sprung"
        )
        for name in ("missed", "unfounded", "sprung"):
            for item in getattr(one, name):
                yield f"    {name}: {item}"
    total = sum(one.skills for one in readings), sum(one.requirements for one in readings)
    yield (
        f"all: {sum(one.found for one in readings)}/{total[0]} skills found, "
        f"{sum(one.founded for one in readings)}/{total[1]} requirements founded, "
        f"{sum(len(one.sprung) for one in readings)} traps sprung"
    )


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with Matcher.open() as matcher:
        readings = read_all(matcher)
        frameworks = matcher.frameworks.ids
    if options.json:
        rows = [asdict(one) for one in readings]
        print(json.dumps({"commit": commit_id(), "frameworks": frameworks, "readings": rows}))
    else:
        print("\n".join(_lines(readings)))


if __name__ == "__main__":
    main()
