"""Hard gates: conditions that one meets or not, and that no skill replaces.

They are listed apart and never scored, each with the words that state it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillmatch.linking.wording import clause_bounds, read_wording
from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.model.requirement import Gate, GateKind

SILENT = frozenset({SectionKind.COMPANY, SectionKind.DIVERSITY, SectionKind.BENEFITS})
"""Sections whose licences and shifts are not conditions for the applicant."""
PAPERS = frozenset({GateKind.DEGREE, GateKind.LICENCE})
"""Application instructions ask for copies of these; that states no condition."""

LANGUAGES = (
    r"English|German|French|Spanish|Italian|Portuguese|Dutch|Polish|Romanian|Czech|Slovak|Hungarian"
    r"|Swedish|Danish|Norwegian|Finnish|Greek|Turkish|Arabic|Russian|Ukrainian|Mandarin|Cantonese"
    r"|Chinese|Japanese|Korean|Hindi|Urdu|Hebrew|Bulgarian|Croatian|Serbian|Catalan|Irish|Welsh"
)
_CEFR = r"\b[ABC][12]\b"
_FLUENCY = (
    r"fluen(?:t|cy)|native|mother tongue|proficien(?:t|cy)|advanced|intermediate|basic|good|excellent"
    r"|strong|spoken|written|business|conversational|working|perfect|very good|command of|level"
)
PATTERNS: tuple[tuple[GateKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        (
            GateKind.WORK_PERMIT,
            r"\b(?:right|eligib\w+|authori[sz]\w+|entitled|permission|legally able) to work\b[^.;,]*"
            r"|\bwork (?:permit|visa|authori[sz]ation)\b|\b(?:EU|EEA|US|UK) citizen\w*",
            re.IGNORECASE,
        ),
        (
            GateKind.DRIVING,
            r"\b(?:full |valid |clean |current |category \w+ |class \w+ |own car \+ ?|UK |EU |manual )*"
            r"(?:driv(?:ing|er['’]?s?)|HGV|LGV)[ -]licen[cs]es?\b(?: \(?(?:category|class) \w+\)?)?"
            r"|\bneed to (?:be able to )?drive\b|\b(?:own|access to a) (?:car|vehicle)\b",
            re.IGNORECASE,
        ),
        (
            GateKind.CLEARANCE,
            r"\b(?:enhanced |basic )?DBS(?: check)?\b|\bbackground check\w*|\bcriminal record[^.;,]*"
            r"|\bcertificate of good conduct\b|\bsecurity clearance\b|\bdrug (?:test|screen)\w*"
            r"|\b(?:proof of )?(?:measles|hepatitis|covid\S*) (?:immunity|vaccination)\w*",
            re.IGNORECASE,
        ),
        (
            GateKind.DEGREE,
            r"\b(?:(?:university|college|bachelor['’]?s?|master['’]?s?|associate['’]?s?|computer science"
            r"|honours|relevant|nursing|engineering|technical|culinary|business)[ -]+)*degree\b"
            r"(?: in [\w ]{3,40}?(?=[,.;)]|\bor\b|\bis\b|$))?"
            r"|\b(?:BSc|MSc|B\.?A\.?|M\.?A\.?|MBA|PhD|Ph\.D\.?|B\.?Eng|M\.?Eng)\b(?: in [\w ]{3,40})?"
            r"|\b(?:high school|secondary school) (?:diploma|leaving certificate)|\bdiploma in [\w ]{3,40}"
            r"|\bcompleted? (?:\w+ )?(?:qualification|apprenticeship|training|traineeship)\b[^.;,(]*"
            r"|\bNVQ(?: level \d)?[^.;,(]*|\bapprenticeship (?:as|in) [\w -]{3,40}",
            re.IGNORECASE,
        ),
        (
            GateKind.LICENCE,
            r"\b(?:valid |current |full |active )*(?:[\w-]+ ){0,4}(?:licen[cs]e|registration|certificate"
            r"|certification|accreditation)s?\b(?: (?:as|with|in) [\w ]{3,40}?(?=[,.;()*]|$))?"
            r"|\b(?:ECS|CSCS|JIB|SIA)(?: gold)? card\b|\bregistered with [\w ]{3,40}"
            r"|\b\d\d(?:th|rd|nd|st) edition\b",
            re.IGNORECASE,
        ),
        (
            GateKind.LANGUAGE,
            rf"(?:\b(?:{_FLUENCY})\b[\w ,/()-]{{0,30}}?)\b(?:{LANGUAGES})\b(?:[\w ()/-]{{0,20}}?{_CEFR})?"
            rf"|\b(?:{LANGUAGES})\b[\w ,():/-]{{0,25}}?(?:{_CEFR}|\b(?:fluent|native|spoken|mother tongue)\b)",
            0,
        ),
        (
            GateKind.SHIFT,
            r"\b(?:rotating |night |early |late |day |weekend |evening |rota )?shifts?\b(?: (?:work|pattern"
            r"|system|rota)\w*)?|\bnight[- ]?shifts?\b|\bon[- ]call\b(?: (?:rota|duty|service))?"
            r"|\bweekends?\b(?: and (?:public|bank) holidays)?|\b(?:late )?evenings?\b|\bSundays\b",
            re.IGNORECASE,
        ),
        (
            GateKind.TRAVEL,
            r"\b(?:willing(?:ness)?|able|ability|ready|readiness|prepared|required|expected|happy) to"
            r" travel\b[^.;,]*|\b\d+ ?% travel\b|\btravel (?:up to|of) \d+ ?%|\b(?:regular|frequent"
            r"|occasional|international|overnight) travel\b",
            re.IGNORECASE,
        ),
    )
)
OVERLAP_OWNERS = frozenset(GateKind) - {GateKind.LICENCE}
"""Kinds whose words are not offered to skill linking any more. A licence still names a skill."""

MAX_CLAUSE = 90
"""Characters up to which the clause around a gate is shown instead of its own words."""


def find_gates(units: Sequence[Unit]) -> tuple[Gate, ...]:
    """Return the gates that the units state, in text order, each kind and wording once.

    What the text says is *not* needed ("DBS check not required") is no gate.
    """
    found: list[Gate] = []
    seen: set[tuple[GateKind, str]] = set()
    for unit in units:
        if unit.section in SILENT:
            continue
        for gate in _gates_of(unit):
            paper = GateKind.DEGREE if gate.kind in PAPERS else gate.kind
            key = (paper, " ".join(gate.text.casefold().split()))
            if key not in seen:
                seen.add(key)
                found.append(gate)
    return tuple(sorted(found, key=lambda gate: (gate.span, gate.kind)))


def _gates_of(unit: Unit) -> Iterator[Gate]:
    taken: list[Span] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(unit.text):
            start, end = _tidy(unit.text, match.start(), match.end())
            span = Span(start=unit.span.start + start, end=unit.span.start + end)
            if start >= end or any(_overlap(span, other) for other in taken):
                continue
            if kind in PAPERS and unit.section is SectionKind.APPLICATION:
                continue
            wording = read_wording(unit, span)
            taken.append(span)
            if wording.negated:
                continue
            yield Gate(
                kind=kind,
                text=_own_words(unit, span)
                if kind is GateKind.LANGUAGE
                else gate_words(unit, span),
                span=span,
                necessity=wording.necessity,
            )


def gate_words(unit: Unit, span: Span) -> str:
    """Return the clause around a gate where it is short, else the gate's own words."""
    start, end = span.start - unit.span.start, span.end - unit.span.start
    left, right = clause_bounds(unit.text, start, end)
    clause = _shown(unit.text[left:right]).strip(" ,;:-–")
    return clause if len(clause) <= MAX_CLAUSE else _own_words(unit, span)


def _own_words(unit: Unit, span: Span) -> str:
    return _shown(unit.text[span.start - unit.span.start : span.end - unit.span.start])


def _shown(text: str) -> str:
    """Return words without Markdown marks, and without a bracket that only opens or closes."""
    plain = " ".join(text.replace("*", "").replace("`", "").split())
    if plain.count("(") > plain.count(")"):
        plain = plain[: plain.rindex("(")].rstrip()
    return plain.rstrip(")") if plain.count(")") > plain.count("(") else plain


def _tidy(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)"):
        end -= 1
    return start, end


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end
