"""What the service is asked, from its OpenAPI document (``tests/api/client_types.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Required, TypedDict

from skillmatch.model.requirement import Checklist
from skillmatch_api.client.asked import ChecklistIn, DocumentIn


class CandidateIn(TypedDict, total=False):
    """A person to be registered.

    Attributes:
        available_from: None is at once.
        contact: E-mail address; badges count as verified if issued to it.
        external_id: What your organisation calls this person; not for oneself.
        languages: BCP 47 tags.
        myself: Whether you register yourself and get your own key. Without it: yes with a
            learner's key or login, no with any other.
        name: As the person wants to be called.
        place: Where the person can work.
    """

    available_from: date | None
    contact: str
    external_id: str | None
    languages: Sequence[str]
    myself: bool | None
    name: str
    place: str


class CodeIn(TypedDict, total=False):
    """An invitation.

    Attributes:
        code: What your organisation sent you.
    """

    code: Required[str]


class ShortlistIn(TypedDict, total=False):
    """Whom to take along.

    Attributes:
        blind: Hide whatever tells who it is or points at a protected trait.
        ids: People, in the order wanted.
    """

    blind: bool
    format: Literal["json", "csv"]
    ids: Required[Sequence[str]]


class ImportIn(TypedDict, total=False):
    """A list of people.

    Attributes:
        csv: Comma-separated, with a header: external_id, and any of name, contact, place,
            languages, available_from and skills; several languages or skills with | between
            them.
    """

    csv: Required[str]


class CandidateSearchIn(TypedDict, total=False):
    """Skills, a posting, an occupation, or several of them, and who may be found.

    Attributes:
        blind: Hide names and whatever may point at a protected trait.
        cursor: `next` of the page before.
        limit: Candidates on a page.
        occupation: URI or code of an occupation; no title.
        posting: A job posting: its text, or a document.
        requirements: An edited checklist; beside it a posting is only shown, not read.
        skills: What is asked for by name; it comes first.
    """

    blind: bool
    cursor: str | None
    filters: FiltersIn
    limit: int
    occupation: str | None
    posting: str | DocumentIn | None
    requirements: Checklist | ChecklistIn | None
    skills: Sequence[SkillIn]


class FiltersIn(TypedDict, total=False):
    """Who may be found, and which evidence counts; all that is given must hold.

    Attributes:
        available_by: Available on this day.
        issued_after: Only evidence issued on this day or later counts, where it is shared.
        languages: All are spoken; de takes de-AT, too.
        places: One is the place, or a part of it between commas.
        proven_only: Only what somebody else vouches for counts.
    """

    available_by: date | None
    issued_after: date | None
    languages: Sequence[str]
    places: Sequence[str]
    proven_only: bool


class SkillIn(TypedDict, total=False):
    """A skill that is asked for: a concept, or words for one.

    Attributes:
        concept: URI of a skill.
        level: From beginner to expert, or A1 to C2; English or German words.
        text: Words for a skill.
    """

    concept: str
    level: str
    necessity: Literal["must", "should", "nice"]
    text: str
    years: float | None


class DetailsIn(TypedDict, total=False):
    """What a person says of themselves; whatever is left out stays as it is.

    Attributes:
        available_from: None is at once.
        contact: E-mail address; badges count as verified if issued to it.
        languages: BCP 47 tags.
        name: As the person wants to be called.
        place: Where the person can work.
    """

    available_from: date | None
    contact: str
    languages: Sequence[str]
    name: str
    place: str


class ConsentIn(TypedDict, total=False):
    """What a person allows.

    Attributes:
        expires_at: Until when, with its time zone; None is no end.
        fields: What recruiters may see beside which skills you have and how far they are
            proven.
        purpose: What for: to be found by recruiters here.
    """

    expires_at: datetime | None
    fields: Required[
        Sequence[Literal["name", "contact", "place", "languages", "availability", "evidence"]]
    ]
    purpose: Literal["candidate-search"]


class EvidenceIn(TypedDict, total=False):
    """What a person adds.

    Attributes:
        documents: Badges, archives of badges, and CVs; they are kept.
        have: Skills as names or URIs; `name; level; years`, several with commas.
        online: Fetch over https what badges need; only where the service may
            (SKILLMATCH_ONLINE=1).
    """

    documents: Sequence[DocumentIn]
    have: Sequence[str]
    online: bool
