"""Skills as people write them into a cell: ``Name [code] <URI> (level)``."""

from __future__ import annotations

import re

from skillmatch.model.offer import OfferSkill
from skillmatch.text.level_words import is_german_level

MAX_SKILLS = 1_000
"""In one cell."""
_ITEM = re.compile(r"(?:<[^<>\n]*>|[^;\n<])+|<[^;\n]*")
_URI = re.compile(r"<\s*([^<>\s]+)\s*>")
_BARE = re.compile(r"(?:https?://|urn:)\S+", re.IGNORECASE)
_CODE = re.compile(r"\[([^\[\]]+)\]")
_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
# Names of skills have brackets, too: "Python (computer programming)". Only these are levels.
_LEVEL = re.compile(
    r"[abc][12](?:\s*[-–]\s*[abc][12])?|(?:(?:eqf|level|stage|grade)\s*)*\d{1,2}"
    r"|(?:(?:lower|upper|very|pre)[- ]?)?(?:beginner|elementary|foundation|foundational|basics?"
    r"|intermediate|proficient|competent|good|advanced|fluent|strong|expert|native|mastery|novice"
    r"|working knowledge)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:level|niveau)\s*:\s*", re.IGNORECASE)


def read_skills(cell: str, pointer: str) -> tuple[OfferSkill, ...]:
    """Return the skills of a cell, separated by semicolons or line ends.

    Brackets at the end are a level where they hold one ("B2", "advanced", "fortgeschritten") or
    begin with ``level:`` or ``Niveau:``; others belong to the name.

    Raises:
        ValueError: An item has more than one URI or code, or nothing that names a skill.
    """
    texts = [" ".join(found[0].split()) for found in _ITEM.finditer(cell)]
    if len(texts) > MAX_SKILLS:
        raise ValueError(f"lists {len(texts)} skills, more than {MAX_SKILLS}")
    found = tuple(_skill(text, pointer) for text in texts if text)
    return tuple(dict.fromkeys(found))


def _skill(text: str, pointer: str) -> OfferSkill:
    if _BARE.fullmatch(text):
        return OfferSkill(url=text, pointer=pointer)
    urls, codes = _URI.findall(text), _CODE.findall(text)
    rest = _CODE.sub(" ", _URI.sub(" ", text)).strip()
    if len(urls) > 1 or len(codes) > 1:
        raise ValueError(f"{text[:80]!r} has two URIs or codes; separate skills by ';'")
    if "<" in rest or ">" in rest:
        raise ValueError(f"{text[:80]!r}: a URI stands in angle brackets and has no spaces")
    name, level = _level(" ".join(rest.split()))
    if not (name or urls or codes):
        raise ValueError(f"{text[:80]!r} names no skill")
    return OfferSkill(
        name=name,
        url=urls[0] if urls else "",
        code=codes[0].strip() if codes else "",
        level=level,
        pointer=pointer,
    )


def _level(rest: str) -> tuple[str, str]:
    found = _BRACKETS.search(rest)
    if found is None:
        return rest, ""
    inside = found[1].strip()
    lead = _LEAD.match(inside)
    if lead is None and not (_LEVEL.fullmatch(inside) or is_german_level(inside)):
        return rest, ""
    return rest[: found.start()].strip(), inside[lead.end() :] if lead else inside
