"""What a heading of a posting announces.

Patterns are tried in order, the first that is found wins, so the narrow ones come first:
"preferred qualifications" is a preference before it is a qualification.
"""

from __future__ import annotations

import re

from skillmatch.model.posting import SectionKind

MAX_HEADING_WORDS = 10
MAX_HEADING_CHARACTERS = 80

_KINDS: tuple[tuple[SectionKind, str], ...] = (
    (
        SectionKind.DIVERSITY,
        r"equal (?:employment )?opportunit|\beeo\b|diversity|inclusi(?:on|ve)|\bbelonging\b"
        r"|accessib|accommodation statement",
    ),
    (
        SectionKind.LEGAL,
        r"privacy|data protection|\bgdpr\b|disclaimer|legal notice"
        r"|agenc(?:y|ies) (?:note|notice)|note to (?:recruiters|agencies)|fraud"
        r"|safeguarding statement",
    ),
    (
        SectionKind.APPLICATION,
        r"how to apply|ready to apply|^apply\b|\bto apply\b"
        r"|application (?:process|instruction|detail)|appl(?:y|ying)\b.*(?:now|today|here)"
        r"|next steps?|(?:interview|recruitment|hiring|selection) process|^contact"
        r"|questions\??$|closing date|deadline|what happens next",
    ),
    (
        SectionKind.BENEFITS,
        r"benefit|\bperks?\b|what we (?:can )?offer|what(?:'|’)s on offer|we offer|our offer"
        r"|compensation|salary|remuneration|^pay\b|package|in it for you"
        r"|what you(?:'|’)?(?:ll| will)? get|rewards?\b|why you(?:'|’)ll (?:love|enjoy)"
        r"|you can expect from us|what you can expect|training and development"
        r"|learning and development|we provide",
    ),
    (
        SectionKind.PREFERRED,
        r"it (?:would|will) be (?:good|great|nice|helpful)|nice[- ]to[- ]ha|preferred|preferabl|desirable|desired|\bbonus\b|\ba plus\b|pluses"
        r"|optional|good to have|extra points|brownie|ideally|advantage|beneficial|\bassets?\b"
        r"|would be great|even better|stand out",
    ),
    (
        SectionKind.DUTIES,
        r"responsib|\bdut(?:y|ies)\b|what you(?:'|’)?(?:ll| will)? (?:be )?(?:do|doing|work)"
        r"|your (?:tasks?|role|mission|day|impact|job|work)\b"
        r"|\bthe (?:role|job|position|work)\b|day[- ]to[- ]day|main tasks|accountabilit"
        r"|\btasks?\b|in this role|role (?:overview|purpose|description)|key activities"
        r"|a (?:typical )?day in|job (?:description|purpose)|scope of"
        r"|position (?:summary|overview)|you(?:'|’)ll (?:be )?do|you will (?:be )?(?:do|be)",
    ),
    (
        SectionKind.REQUIREMENTS,
        r"requirement|qualification|must[- ]ha"
        r"|what you(?:'|’)?(?:ll| will)? (?:need|bring|have)|who you are|about you"
        r"|\byou have\b|\byou bring\b"
        r"|your (?:profile|skills|background|experience|strengths|qualities|toolkit|knowledge)"
        r"|\bskills?\b|^experience|experience (?:required|needed|and)"
        r"|(?:what|who) (?:we|are we)(?:'|’)?(?:re| are)? looking for"
        r"|we(?:'|’)?(?:re| are)? looking for|ideal candidate|right (?:candidate|person)"
        r"|successful candidate|essential|minimum|mandatory|person spec|knowledge|competenc"
        r"|you(?:'|’)ll need|you (?:should|must|will) (?:have|need|bring)"
        r"|tech(?:nology|nical)? stack|our stack|technologies|tools|we need from you|we expect"
        r"|what it takes|profile|criteria|education|certification|expertise|abilities"
        r"|proficienc|you might be|you(?:'|’)re a|what we want|attributes",
    ),
    (
        SectionKind.COMPANY,
        r"about (?:us|our|the (?:company|team|organi[sz]ation|hotel|hospital|employer|business|restaurant))"
        r"|who we are"
        r"|our (?:company|story|mission|values?|culture|team|people|purpose|vision|history|hotel|promise)"
        r"|the company|why (?:join|work|us)|life at|working (?:at|with us)|meet the team"
        r"|company (?:description|overview|profile)|^about (?!you|the (?:role|job|position))",
    ),
    (
        SectionKind.SUMMARY,
        r"overview|summary|about the (?:role|job|position)|introduction|^job title",
    ),
    (
        SectionKind.OTHER,
        r"location|hours|schedule|shift pattern|contract|start date|job type|employment type"
        r"|reports to|department|reference|posted|working time",
    ),
)
PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
# "Experience with Python", "3 years in retail" and "Docker is a plus" hold a heading's words too,
# but they say what is asked for; as headings they would be lost.
ASKS = re.compile(
    r"\b(?:experience|knowledge|understanding|command|expertise|proficiency|competenc\w+|certification"
    r"|qualifications?|education|abilities|skills?) (?:with|in|of|on|using|as)\b"
    r"|^(?:strong|good(?! to have)|excellent|fluent|solid|proven|basic|advanced|outstanding|at least)\b"
    r"|\d\+?\s*(?:years?|yrs?|months?)\b"
    r"|^(?!it|this|what)\w.* (?:is|are|would be|will be) (?:an? |very |highly )*"
    r"(?:plus|bonus|advantage|asset|preferred|desirable|desired|beneficial|essential|required)$",
    re.IGNORECASE,
)
# "# Tasks", "**Tasks**", "Tasks:", but no bullet that ends with a colon.
MARKED = re.compile(r"#|(?:\*\*|__).+(?:\*\*|__):?$|[^-•*].*:$")
DECORATION = re.compile(r"^[\s#*_=>~•\-–—|]+|[\s#*_=:~|\-–—?!]+$")


def bare_heading(line: str) -> str:
    """Return a heading's words without Markdown marks, rules, colons or emoji."""
    bare = DECORATION.sub("", line)
    return re.sub(r"^[^\w]+", "", bare).strip()


ONLY_A_HEADING = re.compile(
    r"(?:(?:key|main|your|core|general|primary) )?"
    r"(?:responsibilit(?:y|ies)|duties|tasks|requirements|qualifications)(?: include)?"
    r"|what you(?:'|’)?(?:ll| will)? (?:be )?(?:do|doing|working on|need|bring)|what to expect"
    r"|(?:experience|employment|seniority) (?:level|type)|job (?:type|description|summary|level)",
    re.IGNORECASE,
)


# Pages that were printed or copied lose the blank lines and marks around their headings.
WHOLE_LINE = re.compile(
    r"(?:(?:Key|Main|Your|Core) )?"
    r"(?:[Rr]esponsibilities|[Dd]uties|[Tt]asks|[Rr]equirements|[Qq]ualifications|[Bb]enefits)"
    r"|Who (?:we|you) are|About (?:us|you|the (?:job|role|position|team|company))"
    r"|The (?:job|role|position)|What the (?:job|role) is|Your (?:profile|role)"
    r"|What you(?:(?:'|’)ll| will)? (?:do|be doing|bring|need|get)"
    r"|What you can (?:expect|look forward to)|What we (?:offer|expect|are looking for)"
    r"|What to expect|How to apply|Nice to have|Why (?:join )?us|Diversity and inclusion"
)


def is_whole_heading(line: str) -> bool:
    """Tell whether a line is a heading wherever it stands, as nobody writes it in a sentence."""
    return WHOLE_LINE.fullmatch(line.strip()) is not None


def is_only_a_heading(text: str) -> bool:
    """Tell whether a text that no blank line or mark sets apart can be nothing but a heading."""
    return ONLY_A_HEADING.fullmatch(bare_heading(text).rstrip(" .")) is not None


def heading_kind(line: str) -> SectionKind | None:
    """Return what a heading announces, or None where its words announce nothing known."""
    bare = bare_heading(line)
    for kind, pattern in PATTERNS:
        if pattern.search(bare):
            return kind
    return None


def looks_like_heading(line: str, *, alone: bool, opens_list: bool = False) -> bool:
    """Tell whether a line reads like a heading.

    Args:
        line: The line without its line break.
        alone: Whether a blank line, a bullet or the end of the text follows.
        opens_list: Whether it stands apart above a list, so that its words need not be known.
    """
    stripped = line.strip()
    bare = bare_heading(stripped)
    words = bare.split()
    if not words or len(words) > MAX_HEADING_WORDS or len(stripped) > MAX_HEADING_CHARACTERS:
        return False
    if MARKED.match(stripped):
        return True
    if (
        bare.endswith((".", ",", ";"))
        or re.search(r":\s+\S", bare)
        or re.match(r"[-•*▪‣·–]\s", stripped)
    ):
        return False
    if bare.isupper() and len(bare) > 3:
        return heading_kind(bare) is not None or (alone and len(words) <= 5)
    if opens_list and bare[0].isupper() and not bare.endswith(("!", "?")):
        return ASKS.search(bare) is None
    return alone and len(words) <= 7 and _announces(bare)


def _announces(bare: str) -> bool:
    """Tell whether words without any mark of a heading announce a section."""
    kind = heading_kind(bare)
    if kind in {SectionKind.REQUIREMENTS, SectionKind.PREFERRED}:
        return ASKS.search(bare) is None
    return kind is not None
