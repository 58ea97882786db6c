"""What requests about badges share: the files, and the options of the commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from skillmatch.quality.batch import Options
from skillmatch.quality.switches import switches_of
from skillmatch_api.wire.given.documents import MAX_DOCUMENTS, DocumentIn

BADGE: dict[str, Any] = {
    "name": "python-basics.json",
    "json": {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": "https://academy.example/badges/python-basics",
        "name": "Python basics",
        "description": "The earner can write Python programs and use SQL.",
        "criteria": {"narrative": "Write a program in Python that reads a database with SQL."},
    },
}
"""An example."""

Badges = Annotated[
    list[DocumentIn],
    Field(
        min_length=1,
        max_length=MAX_DOCUMENTS,
        description="Badges (JSON, JWT, PNG, SVG) and zip files of them.",
    ),
]
Top = Annotated[int, Field(ge=1, le=100, description="Concepts for each statement.")]
MinConfidence = Annotated[
    float, Field(ge=0, le=1, description="Propose concepts from this probability on.")
]
Profile = Annotated[
    Literal["auto", "ob3", "ob2", "ctdl", "eu-microcredential"],
    Field(description="What the badges are held to; `auto` takes it from each badge."),
]
SwitchedOff = Annotated[
    dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=500)]],
    Field(
        max_length=100,
        description="Rules that are switched off, each with the reason.",
        examples=[{"B10": "our catalogue holds the version"}],
    ),
]


def lint_options(profile: str, off: Mapping[str, str]) -> Options:
    """Return how badges are judged.

    Raises:
        DataError: A rule does not exist, or is off without a reason; all faults at once.
    """
    return Options(profile=profile, switches=switches_of(off))
