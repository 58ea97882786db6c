"""B1, B3, B7 and B14: criteria, description and title in words that say something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillmatch.quality.badge import Badge, term
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import ACHIEVING, DESCRIBING, EVERY, Kind
from skillmatch.quality.reading import Nature, Vagueness, has_attendance
from skillmatch.quality.registry import rule
from skillmatch.quality.statements import is_english
from skillmatch.readers.credentials.node import Node

MAX_DESCRIPTION = 500
_MAX_READ = 20_000
_URL_ONLY = re.compile(r"<?(?:https?://|www\.)\S+>?\.?")
_DONE = re.compile(
    r"\s*(?:this (?:badge|credential|certificate) (?:is|was) )?(?:awarded|given|issued|earned)?"
    r"\s*(?:to \w+(?: \w+){0,3} )?(?:for|who|by|upon|after|on)?\s*(?:have |has |successfully )*"
    r"(?:complet|finish|attend|participat)\w*\b",
    re.I,
)
_ASSESSED = re.compile(
    r"assess|\bexam|\btest|quiz|project|portfolio|submi[ts]|demonstrat|\bpass(?:ed|es|ing)?\b|score"
    r"|\bgrad(?:e|ed|es|ing)\b|evaluat|review|observ|\bjudg|rubric|\bpresent(?:s|ed|ing|ation)?\b"
    r"|interview|assignment|\btasks?\b|exercise|capstone|thesis|essay|\breports?\b|\bmark(?:s|ed)\b"
    r"|approv|verif|sign(?:s|ed)? off|practical|challenge|produc|creat|\bbuil[dt]|\bwr(?:ite|itten)"
    r"|design|develop|perform|\d\s?%|inspect|simulat|case stud|nominat|\bdefen[cds]",
    re.I,
)
_HYPE = re.compile(
    r"\b(?:world[- ]?class|guru|ninja|rock[- ]?star|superstar|wizard|legend(?:ary)?|genius|unicorn"
    r"|best[- ]in[- ]class|cutting[- ]edge|state[- ]of[- ]the[- ]art|revolutionary"
    r"|game[- ]chang(?:er|ing)|amazing|awesome|incredible|ultimate|unbeatable|unrivalled"
    r"|unparalleled|elite|premier|jedi|hero|number one|next[- ]level|guaranteed)\b|#1(?!\d)",
    re.I,
)


@rule(
    "B1",
    title="Criteria without a narrative, or with nothing but a link",
    why="A link may be gone when the badge is read, and it is no part of what is signed.",
    mend="Write in criteria.narrative what the earner had to do and how it was judged; the link "
    "may stay beside it as criteria.id.",
    source="1EdTech Open Badges 3.0, Criteria; Open Badges 2.0, Criteria",
    kinds=ACHIEVING,
)
def told_criteria(badge: Badge) -> Iterator[Flaw]:
    """Yield criteria that are not told; criteria that are not there at all are A1's."""
    yield from _only_linked(badge)
    for achievement in badge.achievements:
        criteria = achievement.get("criteria")
        if not criteria:
            continue
        told = _narrative(achievement)
        if not told.text().strip():
            yield Flaw(pointer=criteria.pointer, message="criteria have no narrative")
        elif _URL_ONLY.fullmatch(told.text().strip()):
            yield Flaw(
                pointer=told.pointer,
                message="the narrative is nothing but a link",
                words=told.text().strip()[:120],
            )


@rule(
    "B3",
    title="The description says only what was done, or is too long",
    why="Who reads a badge wants to know what its earner can do now; a course that was completed "
    "does not say it, and a page of text is not read.",
    mend="Say in one or two sentences what the earner can do, with what and how well; move the "
    "course, its length and its provider to the criteria. At most 500 characters.",
    source="Open Badges 3.0 Implementation Guide, Achievement; Council Recommendation 2022/C "
    "243/02, Annex II, principle 2",
    kinds=DESCRIBING,
)
def telling_description(badge: Badge) -> Iterator[Flaw]:
    """Yield descriptions of an activity, and endless ones."""
    for node in _descriptions(badge):
        text = node.text().strip()[:_MAX_READ]
        if len(text) > MAX_DESCRIPTION and badge.kind in ACHIEVING:
            yield Flaw(
                pointer=node.pointer,
                message=f"it has {len(text)} characters, more than {MAX_DESCRIPTION}",
            )
        words = _done(text) if _is_readable(badge) else ""
        if words and not _tells_outcome(badge, node.pointer):
            yield Flaw(
                pointer=node.pointer,
                message="it says what was done, not what the earner can do",
                words=words,
            )


@rule(
    "B7",
    title="The criteria cannot be assessed, or reward being there",
    why="Where nothing is judged the badge shows presence, not competence; readers take it for "
    "more than it is.",
    mend="Say what is judged, by whom and from which level on (an exam, a project with a rubric, "
    "an observation at work). If presence is all that is asked, say so in the title and use "
    "achievementType CertificateOfCompletion or Membership.",
    source="Open Badges 3.0 Implementation Guide, Criteria; Council Recommendation 2022/C 243/02, "
    "Annex II, principle 5",
    kinds=ACHIEVING,
)
def assessable_criteria(badge: Badge) -> Iterator[Flaw]:
    """Yield criteria in English that name no way of judging."""
    for achievement in badge.achievements if _is_readable(badge) else ():
        told = _narrative(achievement)
        text = told.text().strip()[:_MAX_READ]
        if not text or _URL_ONLY.fullmatch(text) or _ASSESSED.search(text):
            continue
        if words := has_attendance(text):
            yield Flaw(
                pointer=told.pointer,
                message="being there is all that is asked for",
                words=words,
            )
        elif is_english(badge.language):
            yield Flaw(
                pointer=told.pointer,
                message="nothing says what is judged, or how",
                words=text[:80],
            )


@rule(
    "B14",
    title="The title praises instead of naming",
    why="Employers search for skills, not for praise, and trust a plain name more.",
    mend="Name the skill and, where there is one, the level: “Data analysis with SQL, level 2”.",
    source="Open Badges 3.0 Implementation Guide, Achievement",
    kinds=EVERY,
)
def plain_title(badge: Badge) -> Iterator[Flaw]:
    """Yield titles with words of praise."""
    seen: set[str] = set()
    for node in (badge.root, *badge.achievements):
        name = node.get("name", "ceterms:name", "skillName").words()
        found = _HYPE.search(name.text()[:500])
        if found and name.pointer not in seen:
            seen.add(name.pointer)
            yield Flaw(pointer=name.pointer, message="a word of praise", words=found[0])


def _only_linked(badge: Badge) -> Iterator[Flaw]:
    """Yield badge classes that an assertion only links: nothing of them was judged."""
    for linked in badge.root.many("badge") if badge.kind is Kind.OB2_ASSERTION else ():
        if not linked.objects():
            yield Flaw(
                pointer=linked.pointer,
                message="the badge class is only linked, so its texts were not judged",
                words=linked.text()[:120],
                severity=Severity.NOTE,
                mend="Lint the badge class itself as well.",
            )


def _narrative(achievement: Node) -> Node:
    """Return where the criteria are told: a narrative, or text where its object should be."""
    criteria = achievement.get("criteria")
    narrative = criteria.get("narrative").words()
    if narrative:
        return narrative
    text = criteria.words()
    is_link = ":" in text.text() and len(text.text().split()) == 1
    return Node(None, criteria.pointer) if is_link or not text else text


def _descriptions(badge: Badge) -> Iterator[Node]:
    if badge.kind is Kind.CTDL:
        yield term(badge.root, "description").words()
    elif badge.kind is Kind.EDC:
        for subject in badge.subjects:
            for claim in subject.objects("hasClaim"):
                yield claim.get("description").words()
    for achievement in badge.achievements:
        yield achievement.get("description").words()


def _is_readable(badge: Badge) -> bool:
    """Tell whether English words may be looked for: the language is English or not told."""
    unread = any(one.nature is Nature.NOT_READ for one in badge.readings)
    return not unread and (not badge.language or is_english(badge.language))


def _done(text: str) -> str:
    if found := has_attendance(text):
        return found
    opened = _DONE.match(text)
    return " ".join(opened[0].split()) if opened else ""


def _tells_outcome(badge: Badge, pointer: str) -> bool:
    """Tell whether a statement of this text is an outcome, even a vague one."""
    return any(
        one.nature is Nature.OUTCOME and Vagueness.ATTENDANCE not in one.reasons
        for one in badge.readings
        if one.statement.pointer == pointer
    )
