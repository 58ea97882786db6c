"""A search for candidates, as a request says it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from skillmatch.model.requirement import Necessity
from skillmatch.service.matcher import Matcher
from skillmatch_api.engine.wishes import Wish, all_asked, read_wishes
from skillmatch_api.people.candidate_query import CandidateQuery
from skillmatch_api.ranking.ranked import Filters
from skillmatch_api.wire.given.asked import POSTING, AskedIn

MAX_SKILLS = 200
MAX_FILTER_VALUES = 50

_Language = Annotated[str, Field(min_length=1, max_length=35, pattern=r"^[A-Za-z0-9-]+$")]
_Place = Annotated[str, Field(min_length=1, max_length=200)]


class SkillIn(BaseModel):
    """A skill that is asked for: a concept, or words for one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "Python", "necessity": "must", "level": "advanced"}]
        },
    )

    concept: Annotated[str, Field(max_length=500, description="URI of a skill.")] = ""
    text: Annotated[str, Field(max_length=2_000, description="Words for a skill.")] = ""
    necessity: Necessity = Necessity.MUST
    level: Annotated[
        str,
        Field(
            max_length=200,
            description="From beginner to expert, or A1 to C2; English or German words.",
        ),
    ] = ""
    years: Annotated[float | None, Field(ge=0, le=100, allow_inf_nan=False)] = None

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        if bool(self.concept.strip()) == bool(self.text.strip()):
            raise ValueError("give either a concept or a text")
        return self

    def wish(self) -> Wish:
        """Return the wish."""
        return Wish(
            concept=self.concept.strip(),
            text=self.text.strip(),
            necessity=self.necessity,
            level=self.level,
            years=self.years,
        )


class FiltersIn(BaseModel):
    """Who may be found, and which evidence counts; all that is given must hold."""

    model_config = ConfigDict(extra="forbid")

    proven_only: Annotated[
        bool, Field(description="Only what somebody else vouches for counts.")
    ] = False
    issued_after: Annotated[
        date | None,
        Field(description="Only evidence issued on this day or later counts, where it is shared."),
    ] = None
    languages: Annotated[
        tuple[_Language, ...],
        Field(max_length=MAX_FILTER_VALUES, description="All are spoken; de takes de-AT, too."),
    ] = ()
    places: Annotated[
        tuple[_Place, ...],
        Field(
            max_length=MAX_FILTER_VALUES,
            description="One is the place, or a part of it between commas.",
        ),
    ] = ()
    available_by: Annotated[date | None, Field(description="Available on this day.")] = None

    def filters(self) -> Filters:
        """Return the filters, each value once, so that their order does not matter."""
        return Filters(
            proven_only=self.proven_only,
            issued_after=self.issued_after,
            languages=tuple(sorted(set(self.languages))),
            places=tuple(sorted(set(self.places))),
            available_by=self.available_by,
        )


class CandidateSearchIn(AskedIn):
    """Skills, a posting, an occupation, or several of them, and who may be found."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "skills": [
                        {"text": "Python", "level": "advanced"},
                        {"text": "Docker", "necessity": "nice"},
                    ],
                    "filters": {"proven_only": True, "languages": ["de"]},
                    "limit": 10,
                },
                {"posting": POSTING, "blind": True},
            ]
        },
    )

    skills: Annotated[
        tuple[SkillIn, ...],
        Field(max_length=MAX_SKILLS, description="What is asked for by name; it comes first."),
    ] = ()
    filters: FiltersIn = FiltersIn()
    blind: Annotated[
        bool, Field(description="Hide names and whatever may point at a protected trait.")
    ] = False
    limit: Annotated[int, Field(ge=1, le=200, description="Candidates on a page.")] = 50
    cursor: Annotated[
        str | None, Field(max_length=200, description="`next` of the page before.")
    ] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        given = [self.posting is not None, self.occupation, self.requirements, self.skills]
        if not any(given):
            raise ValueError("give skills, a posting, an occupation or requirements")
        if self.occupation and (self.posting is not None or self.requirements):
            raise ValueError("an occupation takes the place of a posting; give one of them")
        return self

    def query(self, matcher: Matcher) -> CandidateQuery:
        """Return what is searched for.

        Raises:
            UnreadableError: Nothing is asked for that could be read.
            UsageError: A concept, level or language makes no sense; tells all.
            NotFoundError: There is no such occupation.
            RowError: Requirements are at fault; tells all.
        """
        wished, unread = read_wishes(matcher, [one.wish() for one in self.skills])
        named = self.posting is not None or self.occupation or self.requirements
        checklist = self.checklist(matcher, self.text()) if named else None
        return CandidateQuery(
            requirements=all_asked(matcher, wished, checklist),
            filters=self.filters.filters(),
            blind=self.blind,
            limit=self.limit,
            cursor=self.cursor,
            unread=unread,
            notes=checklist.notes if checklist else (),
        )
