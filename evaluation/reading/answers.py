"""What the program took from a posting, link by link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skillmatch.model.posting import Posting
from skillmatch.model.requirement import Checklist, Requirement
from skillmatch.service.matcher import Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLink:
    """A requirement where a line of the posting asks for it.

    Attributes:
        line: 1-based line of the posting as it was read.
        words: What the link rests on; several pieces of one line are joined by `` | ``.
        label: As the report shows it; the items of an "or" list are one requirement.
    """

    line: int
    words: str
    label: str
    confidence: float
    necessity: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A gate, a part that was dropped, or one that reads like a requirement without a link.

    Attributes:
        kind: Which gate it is, or why it was left out.
    """

    line: int
    words: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that a posting yielded, each list in text order."""

    posting: str
    title: str
    units: int
    links: tuple[ShownLink, ...]
    gates: tuple[ShownPart, ...]
    unlinked: tuple[ShownPart, ...]
    dropped: tuple[ShownPart, ...]


def read_answer(matcher: Matcher, posting: Posting) -> Answer:
    """Read a posting as ``skillmatch gap`` does."""
    return answer_of(posting, matcher.requirements(posting))


def answer_of(posting: Posting, found: Checklist) -> Answer:
    """Return what a checklist says, by lines of the posting."""
    text = posting.text
    links = [link for asked in found.requirements for link in _by_line(asked, text)]
    return Answer(
        posting=posting.source,
        title=found.title,
        units=found.units,
        links=tuple(sorted(links, key=lambda one: (one.line, one.label))),
        gates=tuple(_part(text, one.span.start, one.text, one.kind) for one in found.gates),
        unlinked=tuple(_part(text, one.span.start, one.text, one.reason) for one in found.unlinked),
        dropped=tuple(_part(text, one.span.start, one.text, one.reason) for one in found.dropped),
    )


def _by_line(asked: Requirement, text: str) -> Iterator[ShownLink]:
    """Yield one link for each line that asks for a requirement."""
    by_line: dict[int, list[str]] = {}
    for mention in asked.mentions:
        by_line.setdefault(_line(text, mention.span.start), []).append(_plain(mention.text))
    for line, words in by_line.items():
        yield ShownLink(
            line=line,
            words=" | ".join(words),
            label=asked.label,
            confidence=round(asked.confidence, 3),
            necessity=asked.necessity,
            how=asked.how,
        )


def _part(text: str, start: int, words: str, kind: str) -> ShownPart:
    return ShownPart(line=_line(text, start), words=_plain(words), kind=kind)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _plain(words: str) -> str:
    return " ".join(words.split())


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield an answer for a person to read."""
    yield f"== {answer.posting}: {answer.title} ({answer.units} units)"
    for one in answer.links:
        yield (
            f"{one.line:>5}  {one.confidence:.2f} {one.necessity:<6} {one.words} -> {one.label}"
            f"   [{one.how}]"
        )
    named: tuple[tuple[str, Sequence[ShownPart]], ...] = (
        ("gate", answer.gates),
        ("not linked", answer.unlinked),
        ("dropped", answer.dropped),
    )
    for name, parts in named:
        for part in parts:
            why = "" if name == "not linked" else f", {part.kind}"
            yield f"{part.line:>5}  {name}{why}: {part.words}"
    yield ""
