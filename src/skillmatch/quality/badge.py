"""A document as the rules look at it: its kind, its parts with their places, its language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from skillmatch.quality.kinds import OPEN_BADGES_2, Kind
from skillmatch.quality.reading import Reading
from skillmatch.readers.credentials.limits import MAX_DEPTH
from skillmatch.readers.credentials.node import Node, step

Detect = Callable[[str], str]
"""From a text to its language tag, empty where it cannot be told."""

MAX_WALK = 200_000
MAX_VALUES = 50_000
"""Of one document; the fullest published example has some 700."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What one run of the rules is about.

    Attributes:
        root: The description or credential itself; pointers count from the file that held it.
        achievements: Open Badges achievements or badge classes that are embedded in it.
        language: BCP 47 tag of its texts, declared or detected; empty where it cannot be told.
        readings: What was made of each outcome statement, in document order.
    """

    kind: Kind
    root: Node
    achievements: tuple[Node, ...] = ()
    language: str = ""
    readings: tuple[Reading, ...] = ()

    @property
    def subjects(self) -> tuple[Node, ...]:
        """Whom a verifiable credential is about."""
        return self.root.objects("credentialSubject")

    @property
    def results(self) -> tuple[Node, ...]:
        """What the earner reached."""
        return tuple(one for subject in self.subjects for one in subject.objects("result"))

    @property
    def evidence(self) -> tuple[Node, ...]:
        """Everything given as evidence, links included."""
        return self.root.many("evidence")

    def alignments(self) -> Iterator[Node]:
        """Yield alignments from all four places, in document order of their holders."""
        for achievement in self.achievements:
            yield from alignments_of(achievement)
            for description in achievement.objects("resultDescription"):
                yield from alignments_of(description)
                for level in description.objects("rubricCriterionLevel"):
                    yield from alignments_of(level)
        for result in self.results:
            yield from alignments_of(result)


def alignments_of(node: Node) -> tuple[Node, ...]:
    """Return the alignments of one holder; ``alignments`` is what an old API called them."""
    return node.objects("alignment", "alignments")


def achievements_of(root: Node, kind: Kind) -> tuple[Node, ...]:
    """Return the achievements or badge classes that a document embeds."""
    match kind:
        case Kind.OB3_ACHIEVEMENT | Kind.OB2_BADGE_CLASS:
            return (root,)
        case Kind.OB2_ASSERTION:
            return root.objects("badge")
        case Kind.OB3_CREDENTIAL | Kind.CLR:
            subjects = root.objects("credentialSubject")
            return tuple(one for subject in subjects for one in subject.objects("achievement"))
        case _:
            return ()


def term(node: Node, *names: str) -> Node:
    """Return a CTDL property under its prefixed or its plain name."""
    for name in names:
        if found := node.get(f"ceterms:{name}", name):
            return found
    return Node(None, step(node.pointer, f"ceterms:{names[0]}"))


def walk(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield every member below ``node`` with its key ("" in lists), without recursion.

    Documents may be nested as deeply as memory allows; at most ``MAX_WALK`` members are seen.
    """
    waiting: list[tuple[str, Node]] = [("", node)]
    for _ in range(MAX_WALK):
        if not waiting:
            return
        key, one = waiting.pop()
        yield key, one
        waiting.extend(reversed(list(_members(one))))


def _members(node: Node) -> Iterable[tuple[str, Node]]:
    if isinstance(node.value, Mapping):
        for key, value in node.value.items():
            yield str(key), Node(value, step(node.pointer, str(key)))
    elif isinstance(node.value, list | tuple):
        for place, value in enumerate(node.value):
            yield "", Node(value, step(node.pointer, place))


def is_second(kind: Kind) -> bool:
    """Tell whether a document follows Open Badges 2.0 or an older version."""
    return kind in OPEN_BADGES_2


def bounds_fault(node: Node) -> str:
    """Say that a document is deeper or larger than any badge, empty where it is not."""
    level, values = [node.value], 0
    for _ in range(MAX_DEPTH + 1):
        values += len(level)
        if values > MAX_VALUES:
            return f"it holds more than {MAX_VALUES:,} values; no badge does"
        level = [below for one in level for below in _below(one)]
        if not level:
            return ""
    return f"its parts lie more than {MAX_DEPTH} deep inside each other"


def _below(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, list | tuple):
        yield from value
