"""What is asked for and what is shown, as requests say it: the parts of a gap and of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from skillmatch.errors import NotFoundError, UnreadableError, UsageError
from skillmatch.linking.evidence import Claim
from skillmatch.model.posting import Posting
from skillmatch.model.requirement import Checklist
from skillmatch.report.nothing_found import nothing_found
from skillmatch.service.matcher import Matcher
from skillmatch_api.wire.given.badge_checks import BadgeChecks
from skillmatch_api.wire.given.checklists import ChecklistIn
from skillmatch_api.wire.given.documents import MAX_DOCUMENTS, DocumentIn, read_posting_in

MAX_TEXT = 200_000
"""Characters of a posting that are read."""
MAX_SKILLS = 2_000

POSTING = "Backend developer. You have solid knowledge of Python and SQL; Docker is a plus."
"""A posting for examples."""

_PostingText = Annotated[str, Field(max_length=MAX_TEXT)]
Title = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Probability = Annotated[float, Field(ge=0, le=1)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1), examples=["2026-11-22"])]
"""A day that a person may mean; what lies outside is a slip of the finger."""


class AskedIn(BaseModel):
    """What a job asks for: a posting, an occupation, or a checklist that was edited."""

    model_config = ConfigDict(extra="forbid")

    posting: Annotated[
        _PostingText | DocumentIn | None,
        Field(description="A job posting: its text, or a document.", examples=[POSTING]),
    ] = None
    occupation: Annotated[
        str | None,
        Field(min_length=1, max_length=500, description="URI or code of an occupation; no title."),
    ] = None
    requirements: Annotated[
        ChecklistIn | None,
        Field(description="An edited checklist; beside it a posting is only shown, not read."),
    ] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        given = [self.posting is not None, self.occupation, self.requirements]
        if not any(given):
            raise ValueError("give a posting, an occupation or requirements")
        if self.occupation and (self.posting is not None or self.requirements):
            raise ValueError("an occupation takes the place of a posting; give one of them")
        return self

    def text(self) -> Posting | None:
        """Return the posting, None without one.

        Raises:
            UnreadableError: It holds no readable text.
        """
        return None if self.posting is None else read_posting_in(self.posting)

    def checklist(self, matcher: Matcher, posting: Posting | None) -> Checklist:
        """Return what is asked for; an empty one is an error, since it must not look like no gap.

        Args:
            matcher: Reads and looks up.
            posting: What ``text`` returned.

        Raises:
            UnreadableError: Nothing is asked for; the message says what was looked at.
            UsageError: The posting is in a language that no framework has, or the occupation is
                named by its title.
            NotFoundError: There is no such occupation.
            RowError: Requirements are at fault; tells all.
        """
        found = self._read(matcher, posting)
        if not found.requirements:
            raise UnreadableError(nothing_found(found, "what is asked for"))
        return found

    def _read(self, matcher: Matcher, posting: Posting | None) -> Checklist:
        if self.requirements is not None:
            return self.requirements.read(matcher)
        if self.occupation:
            return matcher.occupation(self.occupation)
        return requirements_of(matcher, posting)


def requirements_of(matcher: Matcher, posting: Posting | None) -> Checklist:
    """Return what a posting asks for.

    Raises:
        UsageError: There is none, or it is in a language that no framework at hand has.
    """
    if posting is None:
        raise UsageError("give a posting")
    try:
        return matcher.requirements(posting)
    except NotFoundError as error:
        raise UsageError(str(error)) from error


class ShownIn(BadgeChecks):
    """What a person can show, and what their badges are checked with."""

    have: Annotated[
        tuple[Annotated[str, Field(max_length=2_000)], ...],
        Field(
            max_length=MAX_SKILLS,
            description="Skills as names or URIs; `name; level; years`, several with commas.",
            examples=[["Python", "SQL; advanced; 5 years"]],
        ),
    ] = ()
    evidence: Annotated[
        tuple[DocumentIn, ...],
        Field(max_length=MAX_DOCUMENTS, description="CVs, badges, and archives of badges."),
    ] = ()

    def claims(self) -> list[Claim]:
        """Return the skills that are named.

        Raises:
            UsageError: A level or number of years makes no sense; tells the place. Or there are
                more than ``MAX_SKILLS``, counted behind each comma.
        """
        from skillmatch.gap.levels import check_level
        from skillmatch.readers.documents import parse_skill

        if sum(1 + value.count(",") for value in self.have) > MAX_SKILLS:
            raise UsageError(f"/have: more than {MAX_SKILLS:,} skills; send fewer")
        found: list[Claim] = []
        faults: list[str] = []
        for place, value in enumerate(self.have):
            try:
                lines = [parse_skill(one) for one in value.split(",") if one.strip()]
                for one in lines:
                    check_level(one.level)
            except ValueError as error:
                faults.append(f"/have/{place}: {error}")
                continue
            found += [Claim(text=one.text, level=one.level, years=one.years) for one in lines]
        if faults:
            raise UsageError("; ".join(faults[:20]))
        return found


def asking(matcher: Matcher, min_confidence: float | None) -> Matcher:
    """Return the matcher that accepts links from a probability on; None leaves the fitted one."""
    if min_confidence is None:
        return matcher
    return replace(matcher, linker=replace(matcher.linker, threshold=min_confidence))
