"""B4 to B6: outcome statements that can be observed, and skill descriptors that are whole."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.quality.badge import Badge
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import ACHIEVING, DESCRIBING, Kind
from skillmatch.quality.reading import Nature, Reading, Vagueness
from skillmatch.quality.registry import rule

_UNOBSERVABLE = (Vagueness.VAGUE_VERB, Vagueness.NO_VERB, Vagueness.ATTENDANCE, Vagueness.PASSIVE)
_UNFINISHED = (Vagueness.SUBJECT, Vagueness.NO_OBJECT, Vagueness.NO_CONTEXT)
_WORDS = 160


@rule(
    "B4",
    title="An outcome without a verb that can be observed",
    why="Nobody can watch somebody understand or know; without an action there is nothing to "
    "assess, and nothing that an employer could ask for.",
    mend="Begin with a verb of doing at the level you assess (remember: list, define; understand: "
    "explain, summarise; apply: use, calculate; analyse: compare parts, diagnose; evaluate: judge, "
    "test; create: design, build).",
    source="Anderson and Krathwohl (eds.), A Taxonomy for Learning, Teaching, and Assessing "
    "(2001); Cedefop, Defining, writing and applying learning outcomes (2017)",
    kinds=DESCRIBING | {Kind.RSD},
)
def observable_outcomes(badge: Badge) -> Iterator[Flaw]:
    """Yield vague statements; one for an achievement that states no outcome at all."""
    unread = [one for one in badge.readings if one.nature is Nature.NOT_READ]
    if unread:
        yield Flaw(
            pointer=unread[0].statement.pointer,
            message=f"not read: only English outcomes are, and these may be in "
            f"{badge.language or 'another language'}",
            severity=Severity.NOTE,
            mend="Judge these statements yourself; if they are English, correct the language that "
            "the badge declares.",
        )
        return
    for reading in badge.readings:
        for reason in reading.reasons:
            if reason in _UNOBSERVABLE:
                yield _flaw(reading, reason)
    if badge.kind in ACHIEVING:
        yield from _silent(badge)


@rule(
    "B5",
    title="A skill statement with a subject, or without object or condition",
    why="A statement that stands for itself (verb, what, with what or for whom) can be compared "
    "with others and reused; one word cannot.",
    mend="Follow the pattern: verb, what it is done to, under which condition, to which standard.",
    source="Open Skills Network, Rich Skill Descriptor guidance, Skill Statement; Cedefop, "
    "Defining, writing and applying learning outcomes (2017)",
    kinds=DESCRIBING | {Kind.RSD},
)
def whole_statements(badge: Badge) -> Iterator[Flaw]:
    """Yield what statements lack; a subject or a missing condition is no more than a note."""
    for reading in badge.readings:
        for reason in reading.reasons:
            if reason in _UNFINISHED:
                strict = reason is Vagueness.NO_OBJECT or (
                    badge.kind is Kind.RSD and reason is Vagueness.SUBJECT
                )
                yield _flaw(reading, reason, None if strict else Severity.NOTE)


@rule(
    "B6",
    title="A rich skill descriptor lacks its name, statement or author",
    why="These three make it a skill descriptor: what it is called, what it says, who says so.",
    mend="Fill skillName, skillStatement and author.",
    source="Open Skills Network, Rich Skill Descriptor, required elements",
    kinds=(Kind.RSD,),
)
def whole_descriptor(badge: Badge) -> Iterator[Flaw]:
    """Yield one flaw that names what is missing."""
    wanted = (("skillName", "name"), ("skillStatement", "statement"), ("author", "authors"))
    missing = [
        names[0]
        for names in wanted
        if not any(one.text().strip() or one.objects() for one in badge.root.many(*names))
    ]
    if missing:
        yield Flaw(pointer=badge.root.pointer, message=f"missing: {', '.join(missing)}")


def _flaw(reading: Reading, reason: Vagueness, severity: Severity | None = None) -> Flaw:
    mend = f"For example: {reading.pattern}" if reading.pattern else ""
    return Flaw(
        pointer=reading.statement.pointer,
        message=reason.value,
        words=reading.statement.text[:_WORDS],
        mend=mend,
        severity=severity,
    )


def _silent(badge: Badge) -> Iterator[Flaw]:
    """Yield achievements without any outcome; only a note where the language is not known."""
    for achievement in badge.achievements:
        under = f"{achievement.pointer}/"
        told = any(
            one.nature is Nature.OUTCOME or one.reasons
            for one in badge.readings
            if one.statement.pointer.startswith(under)
        )
        if not told:
            yield Flaw(
                pointer=achievement.pointer,
                message="no sentence says what the earner can do",
                severity=None if badge.language else Severity.NOTE,
            )
