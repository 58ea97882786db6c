"""Cue words that tell what a unit is for when no heading does, or in spite of one.

A posting without headings, or one whose last heading is far above, still says "we offer" before
its benefits and "equal opportunity" in its equal-opportunity text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from skillmatch.model.posting import SectionKind, Unit

BOILERPLATE = frozenset(
    {
        SectionKind.COMPANY,
        SectionKind.BENEFITS,
        SectionKind.DIVERSITY,
        SectionKind.APPLICATION,
        SectionKind.LEGAL,
    }
)
"""Sections that never yield a requirement."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# These hold under any heading: nobody asks for a skill in such words.
_STRONG: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    (
        SectionKind.DIVERSITY,
        _any(
            r"equal[- ](?:employment )?opportunit(?:y|ies)(?: and .{0,30})? employer",
            r"\bequal opportunit(?:y|ies) employer",
            r"(?:regardless|irrespective) of (?:their |your |an? )?(?:age|race|gender|sex|background|disab)",
            r"without (?:regard|discrimination)",
            r"sexual orientation|gender identity|protected veteran|marital status",
            r"(?:welcome|encourage)s? (?:job )?appli(?:cations|cants) from",
            r"reasonable (?:adjustment|accommodation)",
            r"celebrat\w+ (?:our |the )?(?:diversity|differences)|diverse (?:and inclusive|workforce)",
            r"tell us if you need an? (?:adjustment|accommodation)",
        ),
    ),
    (
        SectionKind.LEGAL,
        _any(
            r"privacy (?:policy|notice|statement)|data protection|\bGDPR\b",
            r"terms (?:and|&) conditions|\bT&Cs?\b|disclaimer",
            r"(?:do not|don['’]t|never) charge candidates|recruitment agenc|no agencies",
            r"unsolicited (?:cvs?|resumes?)|job description is not exhaustive",
            r"this (?:list|description) is not (?:exhaustive|intended)",
        ),
    ),
    (
        SectionKind.APPLICATION,
        _any(
            r"\b(?:send|email|e-mail|submit|attach|upload|forward|drop) (?:us |in )?(?:your|a|an updated)"
            r" (?:cv|curriculum|résumé|resume|application|cover)",
            r"\bto apply\b|\bapply (?:now|today|online|by|via|through|with|directly|at|using|before)\b",
            r"cover(?:ing)? letter|closing date|short[- ]?listed|your application\b|hiring manager will",
            r"\binterviews?\b (?:will|has|have|take|process|is|are|consist)",
            r"we (?:look forward to|would love to) (?:hear|receiv|meet)|sponsor visas?",
            r"\b(?:call|text|phone|ring|whatsapp|contact) (?:us\b|[A-Z]\w+ (?:on|to) (?:\+|0|\d))",
            r"\bwrite to [A-Z]|\b(?:cv|resume|application)s? to \S+@|\S+@\S+\.\w+",
            r"\btrial day\b|bring (?:your )?passport",
            r"applications? (?:are|is|will be|must be) (?:read|review|consider|receiv|accept)",
        ),
    ),
    (
        SectionKind.BENEFITS,
        _any(
            r"\bwe (?:can )?(?:offer|provide|will (?:teach|train)|['’]ll (?:teach|train)) (?:you\b)?",
            r"\bwe['’](?:ll|ve) (?:teach|train|got you covered|pay)",
            r"(?:health|dental|life|medical) (?:insurance|cover|care plan)|\bpension\b|\b401\(?k\)?",
            r"\d+ days(?:['’])? (?:of )?(?:paid |annual )?(?:holiday|leave|vacation|pto)",
            r"paid (?:time off|holidays?|leave|vacation|parental)|(?:staff|employee) (?:discount|meals?)",
            r"\b(?:competitive|attractive) (?:salary|pay|package|rate)|cycle[- ]to[- ]work|gym membership",
            r"(?:free|on-?site|subsidi[sz]ed) (?:parking|meals?|lunch|gym|accommodation|uniform)",
            r"full training (?:is |will be )?(?:provided|given)|training (?:is |will be )?provided\b(?!.*\bmust\b)",
            r"[£$€]\s?\d[\d,.]*\s?(?:k\b|per|a|an|p/?h|/)|(?:per|an) hour plus|annual bonus|\bperks\b",
            r"\bwe (?:also )?(?:pay|train)\b|\bwe (?:have|['’]ve) trained\b",
            r"(?:paid|free|language|evening|sailing) (?:courses?|classes)\b|\b(?:courses|classes) (?:in the|for)\b",
            r"\b(?:percent|%) off\b|\bmeals (?:included|on duty)\b|staff house|\btips\b",
            r"you(?:['’]ll| will) (?:receive|be paid|get)\b|in return\b|career (?:progression|development)",
        ),
    ),
)
# These speak of the company only where no heading says that requirements or duties are listed.
_COMPANY = _any(
    r"\b(?:founded|established) (?:in|by)\b|since (?:19|20)\d\d\b|award[- ]winning|world[- ]class",
    r"\b(?:is|are|as) (?:a|an|the|one of the) [^.]{0,40}"
    r"(?:leading|leader|growing|largest|oldest|trusted|renowned|independent|family[- ](?:run|owned))",
    r"\bfastest growing\b|\bour (?:founders?|mission|vision|values|story|history|customers include)\b",
    r"\bwe (?:are|were) (?:a|an|proud|passionate|committed|the)\b|\bwe believe\b|\bour (?:hotel|company)"
    r" (?:has|is|was|offers)",
    r"\b\d[\d, ]* (?:employees|staff|colleagues|people|countries|locations|offices|rooms|beds|vehicles)\b",
    r"\bwe (?:ship|serve|build|operate|run|make|deliver|help|employ|communicate|design|care|work with)\b",
)
REQUIRING = _any(
    r"\byou (?:have|bring|hold|are (?:a|an|able|comfortable|familiar|used)|know|can|should|must|need)\b",
    r"\byou(?:['’]ll| will)? (?:also )?(?:need|have|bring|possess|hold|require)\b|\byou['’](?:ve|re)\b",
    r"\b(?:must|required?|requires|essential|mandatory|minimum|necessary|needs? to)\b",
    r"\b(?:experience|experienced|background|knowledge|understanding|command|grasp|familiarity|proficien"
    r"|fluen|competen|skilled|expertise|ability|able to|capable|track record|qualified|certif|degree"
    r"|literacy|aptitude|comfortable with|familiar with|confident|eye for|passion for)\w*",
    r"\blooking for (?:a|an|some|people|reliable|candidates|team|someone)|\bideal(?:ly)?\b|\bcandidates?\b",
    r"\bwould (?:help|be (?:a|an|good|great|nice|useful))\b|\bso much the better\b",
    r"\b(?:nice to have|a plus|bonus|advantage|preferred|desirable|an asset)\b",
)
DUTY = _any(
    r"\byou(?:['’]ll| will| would|r job is|r work is)\b|\bresponsib|\bin charge of\b",
    r"\bthe (?:job|role|position|work|person) (?:is|involves|includes|will|means|covers)\b",
    r"\b(?:that|it|this) (?:also )?means\b|\byou would\b|\bincluding you\b",
    r"\b(?:duties|tasks|day)\b.{0,20}\b(?:include|involve|is|are|starts)\b|\byour (?:day|tasks|job|role)\b",
)


def classify(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units with the section that their own words speak for.

    Strong cues override any heading; cues of the company, of requirements and of duties only
    speak where no heading has said what the section is for.
    """
    return tuple(_with(unit, section_of(unit)) for unit in units)


def section_of(unit: Unit) -> SectionKind:
    """Return the section a unit belongs to by its heading and its own words."""
    text = " ".join(unit.text.split())
    for kind, pattern in _STRONG:
        if pattern.search(text) and not _insists(kind, text):
            return kind
    if unit.section in {SectionKind.OTHER, SectionKind.SUMMARY}:
        return _unheaded(text, unit.section)
    return unit.section


def _insists(kind: SectionKind, text: str) -> bool:
    """Benefits named beside something that is plainly asked for do not hide it."""
    asks = re.search(r"\b(?:must|essential|required|advantage|preferred|certificate)\b", text, re.I)
    return kind is SectionKind.BENEFITS and asks is not None


def _unheaded(text: str, section: SectionKind) -> SectionKind:
    asked = REQUIRING.search(text) is not None
    if _COMPANY.search(text) and not re.search(r"\byou\b|looking for", text, re.IGNORECASE):
        return SectionKind.COMPANY
    if DUTY.search(text):
        return SectionKind.DUTIES
    return SectionKind.REQUIREMENTS if asked else section


def _with(unit: Unit, section: SectionKind) -> Unit:
    return unit if section is unit.section else replace(unit, section=section)
