"""The outcome statements of any kind of document, and what was made of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.quality.badge import Detect, term
from skillmatch.quality.kinds import Kind
from skillmatch.quality.reading import Reading, not_read, read_statement
from skillmatch.readers.credentials.achievements import read_achievement
from skillmatch.readers.credentials.node import Node
from skillmatch.text.outcomes import outcome_statements

MAX_STATEMENTS = 500
MAX_DETECTED = 5_000
MIN_SPACES = 9
_ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A statement, and whether its field itself says that it is an outcome or a skill."""

    statement: OutcomeStatement
    declared: bool = False


def read_all(
    root: Node, kind: Kind, achievements: tuple[Node, ...], detect: Detect
) -> tuple[str, tuple[Reading, ...]]:
    """Return the language of a document's texts and what its statements say.

    The language is "" where it is neither declared nor long enough to tell; then only what English
    words prove is judged. Where the declared language and the detected one differ, nothing is read:
    either may be right.

    Args:
        root: The document.
        kind: What it is.
        achievements: Of Open Badges, inside it.
        detect: Tells the language of a text.
    """
    stated = tuple(_stated(root, kind, achievements))[:MAX_STATEMENTS]
    declared = _declared_language(root, achievements)
    text = " ".join(one.statement.text for one in stated)[:MAX_DETECTED]
    # A handful of words ("Passes tests") looks like many languages.
    detected = detect(text) if text.count(" ") >= MIN_SPACES else ""
    language = declared or detected
    if any(tag and _primary(tag) != _ENGLISH for tag in (declared, detected)):
        return language, tuple(not_read(one.statement) for one in stated)
    return language, tuple(
        read_statement(one.statement, sure=bool(language), declared=one.declared) for one in stated
    )


def is_english(language: str) -> bool:
    """Tell whether a language tag is English."""
    return _primary(language) == _ENGLISH


def _primary(tag: str) -> str:
    """Return the language of a tag, with the three letters of Europe's language table as two."""
    name = tag.lower().replace("_", "-").split("-")[0]
    return {"eng": "en", "english": "en"}.get(name, name)


def _declared_language(root: Node, achievements: tuple[Node, ...]) -> str:
    for node in (*achievements, root):
        if found := node.text("inLanguage", "@language") or term(node, "inLanguage").text():
            return found.strip()
    return ""


def _stated(root: Node, kind: Kind, achievements: tuple[Node, ...]) -> Iterator[Stated]:
    match kind:
        case Kind.RSD:
            yield from _declared(root.get("skillStatement", "statement"))
        case Kind.CTDL:
            yield from _of_ctdl(root)
        case Kind.EDC:
            for outcome in european_outcomes(root):
                yield from _declared(outcome.get("title"))
        case _:
            for achievement in achievements:
                for statement in outcome_statements(read_achievement(achievement)):
                    yield Stated(statement=statement)


def _declared(node: Node) -> Iterator[Stated]:
    words = node.words()
    text = words.text().strip()
    if text:
        yield Stated(
            statement=OutcomeStatement(
                text=text, kind=StatementKind.RESULT, pointer=words.pointer, end=len(text)
            ),
            declared=True,
        )


def _of_ctdl(root: Node) -> Iterator[Stated]:
    """Yield what a course teaches, an assessment assesses, and a credential asks to be able to."""
    holders = [root]
    for name in ("requires", "recommends"):
        holders += term(root, name).objects()
    for holder in holders:
        for name in ("teaches", "assesses", "targetCompetency"):
            for target in term(holder, name).objects():
                yield from _declared(term(target, "targetNodeName", "competencyText"))


def european_outcomes(root: Node) -> tuple[Node, ...]:
    """Return the learning outcomes of a European credential, those of its parts included."""
    found: list[Node] = []
    waiting = [
        claim for one in root.objects("credentialSubject") for claim in one.objects("hasClaim")
    ]
    for _ in range(MAX_STATEMENTS):
        if not waiting:
            break
        claim = waiting.pop(0)
        for specified in claim.objects("specifiedBy"):
            found += specified.objects("learningOutcome")
        waiting += claim.objects("hasPart")
    return tuple(found)
