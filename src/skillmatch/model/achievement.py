"""What a credential says that somebody achieved, whichever format said it.

The words are those of Open Badges 3.0; other formats are read into them. Every part keeps the JSON
pointer (RFC 6901) of its place in the credential's document, so that a finding, a proposal or a
write-back can name it.

Source: 1EdTech Open Badges 3.0, "Data Model".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AlignmentPlace(StrEnum):
    """Which part of a credential carries an alignment."""

    ACHIEVEMENT = "achievement"
    RESULT_DESCRIPTION = "result description"
    RUBRIC_LEVEL = "rubric level"
    RESULT = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A tie from an achievement to a node of a framework, as its issuer wrote it.

    Attributes:
        target_url: Identity of the node, as written; may be empty or wrong.
        target_type: ``ceasn:Competency``, ``ext:ESCOSkill`` and so on; empty in Open Badges 2.0.
    """

    target_name: str = ""
    target_url: str = ""
    target_description: str = ""
    target_framework: str = ""
    target_code: str = ""
    target_type: str = ""
    place: AlignmentPlace = AlignmentPlace.ACHIEVEMENT
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricLevel:
    """One level of a rubric."""

    id: str = ""
    name: str = ""
    level: str = ""
    description: str = ""
    points: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDescription:
    """What may be the result of an achievement, before anybody has one.

    Attributes:
        required_level: Id of the rubric level that is needed.
        allowed_values: In the order that ranks them.
    """

    id: str = ""
    name: str = ""
    result_type: str = ""
    allowed_values: tuple[str, ...] = ()
    required_value: str = ""
    required_level: str = ""
    value_min: str = ""
    value_max: str = ""
    rubric_levels: tuple[RubricLevel, ...] = ()
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one person reached.

    Attributes:
        result_description: Id of the description that it is a result of.
        achieved_level: Id of a rubric level.
    """

    result_description: str = ""
    value: str = ""
    status: str = ""
    achieved_level: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who issued or created something.

    Attributes:
        id: URI; empty where the format has none.
    """

    id: str = ""
    name: str = ""
    url: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What was achieved, apart from who achieved it.

    Attributes:
        id: URI; Open Badges 1 and 2 take the URL of the badge class.
        criteria: Narrative, as Markdown.
        criteria_url: Page that holds the criteria, never fetched for reading.
        alignments: From all four places, in document order.
        achievement_type: As written (``Badge``, ``Certificate``, ``ext:…``).
        credits: Credits that can be earned, None where not said.
        workload: Notional workload as written (ISO 8601 duration or words), empty where not said.
        level: Level on a qualifications framework as written (EQF), empty where not said.
        language: BCP 47 tag as written.
        elsewhere: For each text that does not stand where Open Badges 3.0 has it (``/tags/0``,
            ``/title/en``): the pointer it would have, and the one it has.
    """

    id: str = ""
    name: str = ""
    description: str = ""
    criteria: str = ""
    criteria_url: str = ""
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    achievement_type: str = ""
    field_of_study: str = ""
    specialization: str = ""
    human_code: str = ""
    language: str = ""
    version: str = ""
    credits: float | None = None
    workload: str = ""
    level: str = ""
    creator: Profile | None = None
    image: str = ""
    result_descriptions: tuple[ResultDescription, ...] = ()
    pointer: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()


class StatementKind(StrEnum):
    """Which part of an achievement a sentence stands in."""

    NAME = "name"
    DESCRIPTION = "description"
    CRITERIA = "criteria"
    RESULT = "result description"
    RUBRIC_LEVEL = "rubric level"
    TAG = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeStatement:
    """One sentence or list item that says what somebody can do after an achievement.

    Attributes:
        pointer: JSON pointer of the text it stands in.
        start: Offset of its first character in that text; ``end`` is one past its last.
    """

    text: str
    kind: StatementKind
    pointer: str
    start: int = 0
    end: int = 0
