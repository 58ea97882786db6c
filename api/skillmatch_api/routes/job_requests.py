"""What each kind of job is asked for with; a new kind is a model here and a line in ``JobIn``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from skillmatch.service.catalogue_names import NAME
from skillmatch_api.jobs.placed_files import packed
from skillmatch_api.routes.badge_requests import (
    BADGE,
    MinConfidence,
    Profile,
    SwitchedOff,
    Top,
    lint_options,
)
from skillmatch_api.wire.given.documents import DocumentIn, files_of

MAX_FILES = 2_000
Files = Annotated[
    list[DocumentIn],
    Field(
        min_length=1,
        max_length=MAX_FILES,
        description="Badges (JSON, JWT, PNG, SVG), zip files of them, and for aligning sheets of "
        "outcomes (csv, xlsx, md).",
    ),
]


class AlignJobIn(BaseModel):
    """Align many badges, and put each into the queue of reviews."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "badges.align", "badges": [BADGE], "top": 3}]},
    )

    kind: Literal["badges.align"]
    badges: Files
    top: Top = 5
    min_confidence: MinConfidence = 0.1

    def packed(self) -> bytes:
        """Return what the worker reads."""
        options = {"top": self.top, "min_confidence": self.min_confidence}
        return packed(files_of(self.badges), options)


class LintJobIn(BaseModel):
    """Judge many badges."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "badges.lint", "badges": [BADGE]}]},
    )

    kind: Literal["badges.lint"]
    badges: Files
    profile: Profile = "auto"
    off: SwitchedOff = {}
    review_by: date | None = None

    def packed(self) -> bytes:
        """Return what the worker reads.

        Raises:
            DataError: A rule that is to be off does not exist; better said now than by the job.
        """
        lint_options(self.profile, self.off)
        day = self.review_by.isoformat() if self.review_by else ""
        options = {"profile": self.profile, "off": self.off, "review_by": day}
        return packed(files_of(self.badges), options)


class CatalogueJobIn(BaseModel):
    """Import a catalogue whose offers are too many for one request."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "catalogue.import",
                    "name": "city-college",
                    "documents": [{"name": "offers.csv", "text": "name,skills\nBasics,Python\n"}],
                }
            ]
        },
    )

    kind: Literal["catalogue.import"]
    name: Annotated[str, Field(max_length=64, pattern=NAME.pattern)]
    documents: Annotated[
        list[DocumentIn],
        Field(min_length=1, max_length=MAX_FILES, description="As for `PUT /v1/catalogue/{name}`."),
    ]

    def packed(self) -> bytes:
        """Return what the worker reads."""
        return packed(files_of(self.documents), {"name": self.name})


class RecheckJobIn(BaseModel):
    """Check the badges that people left here again, at this moment."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "evidence.recheck", "stale_days": 7}]},
    )

    kind: Literal["evidence.recheck"]
    person: Annotated[
        str, Field(max_length=100, description="Id of one person; without it everybody.")
    ] = ""
    stale_days: Annotated[
        int,
        Field(ge=0, le=3650, description="Only people with a badge not checked for so many days."),
    ] = 0
    online: Annotated[
        bool,
        Field(
            description="Fetch over https what badges need; only where the service may "
            "(SKILLMATCH_ONLINE=1)."
        ),
    ] = False

    def packed(self) -> bytes:
        """Return what the worker reads."""
        return self.model_dump_json().encode("utf-8")


JobIn = Annotated[
    AlignJobIn | LintJobIn | CatalogueJobIn | RecheckJobIn, Field(discriminator="kind")
]
