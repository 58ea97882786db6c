"""What stands before the verb of an outcome: whom it is about, and "will be able to"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PEOPLE = (
    r"(?:(?:badge|credential|certificate|micro-?credential|course)\s+)?"
    r"(?:learner|student|earner|participant|candidate|holder|recipient|graduate|trainee|individual"
    r"|person|apprentice|user|employee|worker|completer|team member|attendee|professional)s?"
)
_SUBJECT = (
    rf"(?:(?:the|a|an|each|every|all|any|successful|our|your)\s+)*{_PEOPLE}"
    r"|you|they|he or she|she or he|he/she|she/he|he|she|i|we"
)
# A clause between the person and the verb: "who earn this badge", "of this course".
_CLAUSE = r"\s+(?:who|that|of|with|in|from)\s+[^,.;]{1,80}?"
_ABLE = (
    r"(?:(?:will|shall|should|can|could|must|may|would)\s+(?:now\s+|also\s+|then\s+)?)?"
    r"(?:(?:to\s+be|be|is|are|being|been|has been|have been)\s+)?"
    r"(?:able|expected|required|prepared|qualified|ready)\s+to:?"
    r"|(?:(?:has|have|having)\s+)?(?:demonstrat\w+|show\w*|prove[nd]?|develop\w*)\s+"
    r"(?:the|an|their|his or her)\s+(?:ability|abilities|capacity|capability|skills?)\s+to"
    r"|(?:have|has|the|an)?\s*(?:ability|capacity|skills?)\s+to|(?:be|is|are)?\s*capable\s+of"
    r"|(?:will|shall|should|can|could|must|may|would|to)"
    r"|(?:has|have)\s+(?:now\s+|also\s+|successfully\s+)?"
)
_NUMBER = (
    r"(?:(?:learning\s+)?(?:outcome|objective|goal|lo|skill|competenc[ey])\s*[\d.]*\s*[:.)–-]\s*)?"
)
_INTRO = (
    r"(?:(?:by|at|upon|after|on|through|in|during|following|once|having)\s+[^,;:]{3,90}[,:]\s+)?"
)
# "Apply" and "rely" look like adverbs.
_ADVERBS = (
    r"(?:(?:(?!(?:\w+ply|rely|fly|rally|tally|ally|bully)\b)[a-z]+ly|also|then|both|further)\s+)*"
)
_AT_START = re.compile(
    rf"\s*{_NUMBER}{_INTRO}(?P<subject>(?:{_SUBJECT})\b(?:{_CLAUSE}(?=\s+(?:{_ABLE})\s))?(?=\s))?\s*"
    rf"(?P<able>(?:{_ABLE})\s+)?(?P<adverbs>{_ADVERBS})",
    re.I,
)
_INSIDE = re.compile(
    rf"\b(?P<subject>{_SUBJECT})\s+(?P<able>(?:{_ABLE})\s+)(?P<adverbs>{_ADVERBS})"
    rf"|\b(?:able|ability|abilities|skills?|capacity)\s+to\s+(?P<bare>{_ADVERBS})",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A statement without what stands before its verb.

    Attributes:
        rest: From the verb on, where there is one.
        subject: Whether a person is named before it.
        framed: Whether words such as "can" or "able to" say that a verb follows.
    """

    rest: str
    subject: bool
    framed: bool


def opening_of(text: str) -> Opening:
    """Return what follows the frame of a statement.

    "This badge shows that the holder can weld" is framed in its middle; the frame at the
    beginning counts first.
    """
    start = _AT_START.match(text)
    if start and (start["able"] or start["subject"]):
        return Opening(
            rest=text[start.end() :], subject=bool(start["subject"]), framed=bool(start["able"])
        )
    if inside := _INSIDE.search(text):
        return Opening(rest=text[inside.end() :], subject=bool(inside["subject"]), framed=True)
    rest = text[start.end() :] if start else text
    return Opening(rest=rest, subject=False, framed=False)
