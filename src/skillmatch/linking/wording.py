"""What the words around a mention say: how necessary, how well, how long, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.model.requirement import Necessity
from skillmatch.text.durations import said_years
from skillmatch.text.level_words import german_level

CLAUSE_END = re.compile(
    r"(?<!\bexp)(?<!\bmin)(?<!\betc)(?<!e\.g)(?<!i\.e)[;.!?](?=\s|$)|,?\s+\bbut\b|,\s+(?:and|so|because|since|though|although|nor|while)\b"
    r"(?=\s+(?:you|we|they|it|nobody|our|the|there|no)\b)|\s[-–—]\s|\n(?=\s*[-•*])",
    re.IGNORECASE,
)
# "Not essential" makes a bonus of something; "not required" alone strikes it out.
NEGATED_BEFORE = re.compile(
    r"\b(?:do|does|did|will|would|need)(?:\s+not|n['’]t)\s+(?:\w+\s+)?(?:need|require|have to|expect"
    r"|ask|want|look)|\bneed(?:\s+not|n['’]t)\b|\bno(?:body)?\s+(?:need|one will ask|will ask)"
    r"|\bnobody will\b|\bwithout (?:any|prior|needing)\b|\bnot (?:a|an|looking for|interested in)\b",
    re.IGNORECASE,
)
PERSON = re.compile(r"^\s*(?:you|we|candidates|applicants)\s+", re.IGNORECASE)
NO_BEFORE = re.compile(
    r"\bno\b(?:\s+(?:prior|previous|formal|special|specific|particular)\b)?", re.I
)
NOT_NEEDED = re.compile(
    r"\b(?:(?:is|are|will be)\s+)?(?:not|n['’]t|never)\s+(?:be\s+)?(?:strictly |absolutely |yet )?"
    r"(?:required|needed|necessary|essential|mandatory|expected|a must|a requirement)\b"
    r"|\bunnecessary\b|\bnot required\b",
    re.IGNORECASE,
)
NEEDED_AFTER_NO = re.compile(r"\b(?:required|needed|necessary|expected|essential)\b", re.IGNORECASE)
EXCEPT = re.compile(r"\b(?:apart from|except(?: for)?|other than|besides|beyond)\b", re.IGNORECASE)

# What people say in a CV of what they cannot do.
DISCLAIMED = re.compile(
    r"\b(?:have|has|had|did|do|does|am|was|can)\s*(?:not|n['’]t|never)\b|\bnever\b|\bnot yet\b"
    r"|\bno (?:\w+ ){0,2}(?:experience|knowledge|practice|training)\b|\bwithout\b"
    r"|\bwould like to (?:learn|know|try)\b|\bstill learning\b",
    re.IGNORECASE,
)

# "French (none so far)", "Excel: not yet": an item of a list that is denied by what follows it.
ABSENT = re.compile(
    r"\s*[:(–—-]\s*(?:none|nil|zero|n/a|not yet|not at all|no (?:knowledge|experience|skills?))\b",
    re.IGNORECASE,
)

NICE = re.compile(
    r"\bnice[- ]to[- ]have|\b(?:a|an|big|huge|definite|real)\s+(?:plus|bonus|advantage|asset)\b"
    r"|\bbonus\b|\badvantage(?:ous)?\b|\bpreferred\b|\bpreferabl[ey]\b|\bdesirable\b|\bdesired\b"
    r"|\bideally\b|\bbeneficial\b|\boptional\b|\bwelcome\b|\bwould help\b|\bhelpful\b|\bso much the"
    r" better\b|\bnot essential\b|\ba plus\b|\bwould be (?:good|great|nice|useful)\b",
    re.IGNORECASE,
)
MUST = re.compile(
    r"\bmust\b|\brequired\b|\brequires?\b|\bessential\b|\bmandatory\b|\bnecessary\b|\bminimum\b"
    r"|\bmin\b\.?|\bat least\b|\bneed(?:s|ed)?\b|\bprerequisite\b|\bis a must\b",
    re.IGNORECASE,
)
SHOULD = re.compile(
    r"\bshould\b|\bexpected?\b|\bwould like\b|\bwe hope\b|\bsome\b|\bfamiliar", re.IGNORECASE
)
BY_SECTION = {
    SectionKind.REQUIREMENTS: Necessity.MUST,
    SectionKind.PREFERRED: Necessity.NICE,
    SectionKind.DUTIES: Necessity.SHOULD,
    SectionKind.SUMMARY: Necessity.SHOULD,
    SectionKind.OTHER: Necessity.SHOULD,
}
# Not where the word is part of a name: deep learning, native apps, solid-state physics.
LEVEL = re.compile(
    r"\b(?:basic(?! life support)|beginner|elementary(?! school| education)|foundational"
    r"|entry[- ]level|intermediate|working|conversational"
    r"|(?:very )?good(?! (?:\w+ )?practices?\b)|solid(?![- ](?:state|waste|works))"
    r"|sound(?!s? (?:design|engineer|system|editing|effect|recording|technician))|strong(?!ly| typ)"
    r"|excellent|advanced(?! life support| driver)|in[- ]depth"
    r"|deep(?![- ](?:learning|neural|reinforcement|sea|clean|tissue))"
    r"|extensive|expert(?:ise)?(?! system)|fluent"
    r"|fluency|native(?![- ](?:\w+ )?(?:app|code|cloud|mobile|develop|script|advertis|plant|species))"
    r"|proficient|proficiency|thorough"
    r"|business(?= (?:level|fluent|fluency|proficien|english|french|german|spanish)))\b"
    r"|\b(?:level\s+)?[ABC][12]\b",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a mention's surroundings say.

    Attributes:
        why: The words or the section that set ``necessity``.
        negated: The text says that this is *not* asked for; ``why`` then quotes it.
        years: Years of experience, months turned into fractions.
    """

    necessity: Necessity
    why: str
    negated: bool = False
    level: str = ""
    years: float | None = None


def read_wording(unit: Unit, span: Span) -> Wording:
    """Read the clause around a mention.

    Args:
        unit: The unit that the mention stands in.
        span: The mention, in characters of the posting.
    """
    start, end = span.start - unit.span.start, span.end - unit.span.start
    left, right = clause_bounds(unit.text, start, end)
    before = _plain(unit.text[left:start])
    inside = _plain(unit.text[start:end])
    after = _plain(unit.text[end:right])
    clause = f"{before} {inside} {after}"
    denial = negation(before, inside, after)
    necessity, why = _necessity(clause, unit, denied=bool(denial))
    return Wording(
        necessity=necessity,
        why=f'"{denial}"' if denial and not NICE.search(_plain(unit.text)) else why,
        negated=bool(denial) and not NICE.search(_plain(unit.text)),
        level=_level(before, inside, after),
        years=said_years(clause),
    )


def is_disclaimed(unit: Unit, span: Span) -> bool:
    """Tell whether a person says of a skill that they do not have it.

    Args:
        unit: A unit of a CV.
        span: The skill's words, in characters of the document.
    """
    start, end = span.start - unit.span.start, span.end - unit.span.start
    left, right = clause_bounds(unit.text, start, end)
    denied = DISCLAIMED.search(_plain(unit.text[left:right])) or ABSENT.match(unit.text[end:])
    return denied is not None


def clause_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the clause that holds ``text[start:end]``."""
    left, right = 0, len(text)
    for found in CLAUSE_END.finditer(text):
        if found.end() <= start:
            left = found.end()
        elif found.start() >= end:
            right = found.start()
            break
    return left, right


def negation(before: str, inside: str, after: str) -> str:
    """Return the words that deny a mention, ``""`` where none do."""
    tail = before
    if excepted := list(EXCEPT.finditer(before)):
        tail = before[excepted[-1].end() :]
    begun = NEGATED_BEFORE.match(PERSON.sub("", inside))
    if found := NEGATED_BEFORE.search(tail) or begun or NOT_NEEDED.search(f"{inside} {after}"):
        return found.group().strip()
    refused = NO_BEFORE.search(tail) or NO_BEFORE.match(inside)
    needed = NEEDED_AFTER_NO.search(f"{inside} {after}") or NEEDED_AFTER_NO.search(tail)
    if refused and needed:
        return f"{refused.group().strip()} … {needed.group()}"
    return ""


def _necessity(clause: str, unit: Unit, *, denied: bool) -> tuple[Necessity, str]:
    whole = _plain(unit.text)
    if found := NICE.search(clause) or (NICE.search(whole) if denied else None):
        return Necessity.NICE, f'"{found.group().strip()}"'
    default = BY_SECTION.get(unit.section, Necessity.SHOULD)
    if default is not Necessity.NICE:
        if found := MUST.search(clause):
            return Necessity.MUST, f'"{found.group().strip()}"'
        if default is not Necessity.MUST and (found := SHOULD.search(clause)):
            return Necessity.SHOULD, f'"{found.group().strip()}"'
    place = f'under "{unit.heading}"' if unit.heading else f"in {unit.section.value}"
    return default, place


def _level(before: str, inside: str, after: str) -> str:
    """Return the level word nearest before the mention, inside it, or right after it.

    In a list each item has its own: "English (native), French (A2)".
    """
    own_before = re.split(r"[,;:)]", before)[-1]
    bracket = re.match(r"\s*\(([^)]*)\)?", after)
    own_after = bracket.group(1) if bracket else re.split(r"[,;(]", after)[0]
    near_before = " ".join(_begun_small(own_before).split()[-5:])
    near_after = " ".join(own_after.split()[:5])
    for text, behind, last in (
        (near_before, inside, True),
        (inside, after, False),
        (near_after, "", False),
    ):
        if found := _level_words(text, behind):
            return found[-1] if last else found[0]
    return (
        german_level(" ".join(own_before.split()[-8:]), nearest_end=True)
        or german_level(inside)
        or german_level(near_after)
    )


def _begun_small(text: str) -> str:
    """Return a text whose first word is small where only its beginning is a capital."""
    first = re.match(r"\W*([A-Z])[a-z]", text)
    at = first.start(1) if first else 0
    return f"{text[:at]}{text[at].lower()}{text[at + 1 :]}" if first else text


def _level_words(text: str, behind: str) -> list[str]:
    """Return the level words of a text; what comes behind it may make one a part of a name."""
    found = LEVEL.finditer(f"{text} {behind}") if text else ()
    return [one.group().strip() for one in found if one.end() <= len(text)]


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").replace("_", " ").split())
