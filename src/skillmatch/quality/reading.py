"""What an outcome statement says: its verb, that verb's level, and what keeps it vague.

Only English is read. A sentence that is no outcome at all ("This badge was made in 2020") is told
apart from one that should be one and is not; in doubt nothing is held against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.quality.framing import Opening, opening_of
from skillmatch.quality.verbs import (
    BloomLevel,
    Form,
    Verb,
    VerbKind,
    asked_for,
    find_verb,
    participle_of,
    vague_phrase,
)


class Nature(StrEnum):
    """What a statement is."""

    OUTCOME = "outcome"
    REQUIREMENT = "requirement"
    ATTENDANCE = "attendance"
    OTHER = "no outcome"
    NOT_READ = "not read"


class Vagueness(StrEnum):
    """What keeps a statement from saying what somebody can be seen to do."""

    VAGUE_VERB = "a verb that nobody can observe"
    NO_VERB = "no verb: it names a topic, not something done"
    ATTENDANCE = "being there presented as being able to"
    PASSIVE = "passive: it says what is done, not what the earner does"
    SUBJECT = "a subject where the verb should stand first"
    NO_OBJECT = "a verb without what it is done to"
    NO_CONTEXT = "no condition: with what, where or for whom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was made of one statement.

    Attributes:
        verb: Plain form; empty where none was found.
        level: None for vague verbs and for those outside the cognitive taxonomy.
        reasons: In the order of ``Vagueness``.
        pattern: The statement with blanks where it says nothing; empty where nothing is amiss.
            It holds the statement's own words and blanks in square brackets, nothing else.
    """

    statement: OutcomeStatement
    nature: Nature
    verb: str = ""
    level: BloomLevel | None = None
    reasons: tuple[Vagueness, ...] = ()
    pattern: str = ""


VERB_BLANK = "[observable verb]"
OBJECT_BLANK = "[what]"
CONDITION_BLANK = "[under which condition]"
STANDARD_BLANK = "[to which standard]"
MAX_STATEMENT = 600

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CONDITION = re.compile(
    r"\b(?:with(?:in|out|in)?|using|under|in|on|at|for|from|by|during|through(?:out)?|via|based on"
    r"|across|among|between|given|when|while|after|before|against|into|to)\b",
    re.I,
)
_STANDARD = re.compile(
    r"\d|\b(?:according to|in (?:accordance|line|compliance) with|to (?:a|the) standards?|meeting"
    r"|compliant|as required by|without errors?|correctly|accurately|safely|reliably|within)\b",
    re.I,
)
_COURSE = (
    r"(?:course|workshop|webinar|training|programme|program|module|seminar|session|event|class"
    r"|conference|boot ?camp|hackathon|meet-?up|lesson|lecture|unit|curriculum)(?:e?s)?"
)
_ATTENDANCE = re.compile(
    rf"\b(?:complet(?:es?|ed|ing|ion of)|finish(?:es|ed|ing)?|attend(?:s|ed|ing|ance (?:at|of|in))?"
    rf"|participat(?:es?|ed|ing|ion) in|took part in|taken part in|takes? part in|took|taken"
    rf"|enrol(?:l?ed|ls?)? (?:in|on)|watch(?:ed|es)?|was present at|were present at)\b"
    rf"(?:(?!\b(?:before|after|during|for)\b)[^.;:]){{0,60}}?\b{_COURSE}\b",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(\w+)\b(?!\s+to\b)", re.I
)

# "Designs of bridges" names things; "designs bridges" says what somebody does.
_AFTER_NAMES = frozenset(
    ("and", "are", "at", "by", "for", "from", "in", "is", "of", "on", "or", "that", "to", "with")
)
# "Designed for teachers", "Issued by a school": of a thing, not of a person.
_AFTER_PAST = (["by"], ["for"], ["to"])
_LITTLE = re.compile(r"^(?:(?:that|about|of|with)\s+)+", re.I)
_LIKE_A_VERB = re.compile(
    r"[a-z]+(?:i[sz]e|ify|ate)\b|[a-z]+\s+(?:a|an|the|all|any|one's|their|his|her|your)\b", re.I
)
_DONE = re.compile(r"(?:how\s+)?to\s+([a-z]+)\s*", re.I)


def read_statement(
    statement: OutcomeStatement, *, sure: bool = True, declared: bool = False
) -> Reading:
    """Return what an English statement says.

    Args:
        statement: One sentence or list item.
        sure: Whether the text is known to be English; otherwise only what an English verb or
            phrase proves is judged.
        declared: Whether its field says that it is an outcome or a skill; only then is a statement
            without a verb, or in the passive, held to be one.
    """
    text = statement.text[:MAX_STATEMENT]
    if statement.kind in {StatementKind.NAME, StatementKind.TAG} or text.rstrip().endswith(":"):
        return _other(statement)
    if _ATTENDANCE.search(text):
        return _attendance(statement)
    opening = opening_of(text)
    phrase = vague_phrase().match(opening.rest)
    verb = None if phrase else _head(opening)
    if phrase is None and verb is None:
        judged = sure and declared
        return _without_verb(statement, opening) if judged else _other(statement)
    if verb is None or verb.kind is VerbKind.VAGUE:
        return _vague(statement, opening, verb)
    if not declared and _is_requirement(verb, statement.kind, opening):
        return Reading(statement=statement, nature=Nature.REQUIREMENT, verb=verb.lemma)
    return _outcome(statement, opening, verb)


def not_read(statement: OutcomeStatement) -> Reading:
    """Return the reading of a statement in a language that is not read."""
    return Reading(statement=statement, nature=Nature.NOT_READ)


def has_attendance(text: str) -> str:
    """Return the words that tell of mere attendance or completion, empty where there are none."""
    found = _ATTENDANCE.search(text)
    return found[0] if found else ""


def _attendance(statement: OutcomeStatement) -> Reading:
    blanks = " ".join((VERB_BLANK, OBJECT_BLANK, CONDITION_BLANK, STANDARD_BLANK))
    # In criteria it may well be asked for, beside what is assessed.
    asked = statement.kind is StatementKind.CRITERIA
    return Reading(
        statement=statement,
        nature=Nature.ATTENDANCE,
        reasons=() if asked else (Vagueness.ATTENDANCE,),
        pattern="" if asked else blanks,
    )


def _vague(statement: OutcomeStatement, opening: Opening, verb: Verb | None = None) -> Reading:
    rest = _after(opening.rest, verb)
    done = _DONE.match(rest)
    seen = find_verb(done[1]) if done else None
    better = seen.lemma.capitalize() if seen and seen.kind is VerbKind.OBSERVABLE else ""
    reasons = [Vagueness.VAGUE_VERB]
    if opening.subject:
        reasons.append(Vagueness.SUBJECT)
    found = vague_phrase().match(opening.rest)
    return Reading(
        statement=statement,
        nature=Nature.OUTCOME,
        verb=verb.lemma if verb else " ".join(found[0].lower().split()) if found else "",
        reasons=tuple(reasons),
        pattern=_pattern(better or VERB_BLANK, rest[done.end() :] if done and better else rest),
    )


def _head(opening: Opening) -> Verb | None:
    """Return the verb that a statement begins with; a name that looks like one is none."""
    found = _WORD.match(opening.rest)
    verb = find_verb(found[0]) if found else None
    if verb is None or found is None:
        return None
    following = _WORD.findall(opening.rest[found.end() :])
    if verb.is_name and not opening.framed and len(following) <= 1 and verb.form is not Form.GERUND:
        return None
    third = verb.form is Form.THIRD and not opening.subject
    named = verb.is_name and bool(_AFTER_NAMES.intersection(word.lower() for word in following[:1]))
    if third and (named or not following):
        return None
    if verb.form is Form.PAST and not opening.subject and following[:1] in _AFTER_PAST:
        return None
    return verb


def _is_requirement(verb: Verb, kind: StatementKind, opening: Opening) -> bool:
    """Tell what is done to earn a badge from what can be done with it."""
    if verb.kind is VerbKind.CRITERION:
        return True
    bare = kind is StatementKind.CRITERIA and not opening.framed
    return bare and verb.lemma in asked_for()


def _other(statement: OutcomeStatement) -> Reading:
    return Reading(statement=statement, nature=Nature.OTHER)


def _without_verb(statement: OutcomeStatement, opening: Opening) -> Reading:
    """Read a declared outcome whose first word is no verb of the table, which is not every verb."""
    passive = _passive(statement.text[:MAX_STATEMENT])
    if passive:
        return Reading(
            statement=statement,
            nature=Nature.OUTCOME,
            verb=passive.lemma,
            level=passive.level,
            reasons=(Vagueness.PASSIVE,),
            pattern=_pattern(VERB_BLANK, ""),
        )
    words = _WORD.findall(opening.rest)
    if opening.framed or len(words) > 4 or _LIKE_A_VERB.match(opening.rest):
        return _other(statement)
    return Reading(
        statement=statement,
        nature=Nature.OUTCOME,
        reasons=(Vagueness.NO_VERB,),
        pattern=_pattern(VERB_BLANK, _after(opening.rest, None)),
    )


def _passive(text: str) -> Verb | None:
    """Return the verb of a passive whose subject is a thing: "Risks are assessed"."""
    found = _PASSIVE.search(text)
    if not found or len(_WORD.findall(text[: found.start()])) > 6:
        return None
    verb = participle_of(found[1])
    return verb if verb and verb.kind is VerbKind.OBSERVABLE else None


def _outcome(statement: OutcomeStatement, opening: Opening, verb: Verb) -> Reading:
    rest = _after(opening.rest, verb)
    words = _WORD.findall(rest)
    reasons = [Vagueness.SUBJECT] if opening.subject else []
    if not [word for word in words if not word.lower().endswith("ly")]:
        reasons.append(Vagueness.NO_OBJECT)
    elif not _CONDITION.search(rest) and not _STANDARD.search(rest):
        reasons.append(Vagueness.NO_CONTEXT)
    return Reading(
        statement=statement,
        nature=Nature.OUTCOME,
        verb=verb.lemma,
        level=verb.level,
        reasons=tuple(reasons),
        pattern=_pattern(verb.lemma.capitalize(), rest) if reasons else "",
    )


def _after(rest: str, verb: Verb | None) -> str:
    """Return what follows the verb, or the vague phrase, without its little words and full stop."""
    if (verb is not None and (found := _WORD.match(rest))) or (found := vague_phrase().match(rest)):
        rest = rest[found.end() :]
    rest = rest.strip().rstrip(".;,!").strip()
    if verb is None or verb.kind is VerbKind.VAGUE:
        rest = _LITTLE.sub("", rest)
    return rest


def _pattern(verb: str, rest: str) -> str:
    """Return the statement's own words with blanks for what is missing."""
    parts = [verb, rest or OBJECT_BLANK]
    if not _CONDITION.search(rest):
        parts.append(CONDITION_BLANK)
    if not _STANDARD.search(rest):
        parts.append(STANDARD_BLANK)
    return " ".join(parts)
