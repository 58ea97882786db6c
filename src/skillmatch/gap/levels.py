"""Levels of a skill: words on one ordinal scale, and the shortfall between two sides.

Which words stand on which step is told in ``skillmatch.text.level_words``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skillmatch.model.evidence import Evidence
from skillmatch.model.requirement import Requirement
from skillmatch.text.level_words import named_steps

WORD_SCALE = "words"
YEARS_SCALE = "years"

STEP_NAMES: Final = ("beginner", "basic", "intermediate", "proficient", "advanced", "expert")
"""Plain names of the steps 1 to 6, for reports."""
_SHOWN: Final = 40
"""Characters of a word that is refused."""


def level_value(words: str) -> float | None:
    """Return the step, 1 to 6, that ``words`` name in English or German; None for none.

    Where they name several ("basic to intermediate") the lowest holds: that much is asked for
    at least, and that much is held at least.
    """
    found = named_steps(words) if words else ()
    return float(min(found)) if found else None


def check_level(words: str) -> None:
    """Refuse words that were given as a level and name none: they would count for nothing.

    Raises:
        ValueError: There are words, and no step among them; the message names some that are.
    """
    if words and level_value(words) is None:
        shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        raise ValueError(
            f"level “{shown}” is none that is known; there are {', '.join(STEP_NAMES)}, "
            "and A1 to C2"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelShortfall:
    """How far a held level stays behind the one asked for, both known and on one scale.

    Attributes:
        value: Asked minus held, at least 0, in units of ``scale``.
        share: The same as a part of what is asked for, in [0, 1].
    """

    value: float
    share: float
    asked: float
    held: float
    scale: str


def level_shortfall(requirement: Requirement, evidence: Evidence) -> LevelShortfall | None:
    """Return the shortfall on the requirement's scale, or None where a side is unknown.

    A requirement has one scale, so that its shortfalls compare: the framework's own where the
    requirement has a value on one, else level words, else years.
    """
    asked, scale = asked_level(requirement)
    if asked is None or asked <= 0:
        return None
    held = _held_level(evidence, scale)
    if held is None:
        return None
    value = max(0.0, asked - held)
    return LevelShortfall(
        value=value, share=min(1.0, value / asked), asked=asked, held=held, scale=scale
    )


def asked_level(requirement: Requirement) -> tuple[float | None, str]:
    """Return the level asked for and its scale; ``(None, "")`` where none is stated."""
    if requirement.level_value is not None:
        return requirement.level_value, requirement.level_scale
    if (value := level_value(requirement.level)) is not None:
        return value, WORD_SCALE
    if requirement.years is not None:
        return requirement.years, YEARS_SCALE
    return None, ""


def _held_level(evidence: Evidence, scale: str) -> float | None:
    if scale == YEARS_SCALE:
        return evidence.years
    if evidence.level_value is not None and evidence.level_scale == scale:
        return evidence.level_value
    return level_value(evidence.level) if scale == WORD_SCALE else None
