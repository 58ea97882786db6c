"""What the service is asked, from its OpenAPI document (``tests/api/client_types.py``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Required, TypedDict

from skillmatch_api.client.asked import DocumentIn


class DecisionsIn(TypedDict, total=False):
    """Decisions of one reviewer; all of them count, or none.

    Attributes:
        reviewer: Name that is kept beside each, and in SSSOM mappings.
    """

    decisions: Required[Sequence[DecisionIn]]
    reviewer: str


class DecisionIn(TypedDict, total=False):
    """What is right for one statement.

    Attributes:
        at: `at` of the statement.
        concept: `uri` of the entry. Without one the first open entry is meant, and `reject`
            means all open ones.
        decision: `accept`, `reject` or `pending` an entry, `replace` it with another concept,
            `add` one, or only `comment` it.
        digest: `digest` of the statement.
        note: Comment beside the decision.
        replacement: URI of the concept that is right instead.
    """

    at: Required[str]
    concept: str
    decision: Required[Literal["pending", "accept", "reject", "replace", "add", "comment"]]
    digest: Required[str]
    note: str
    replacement: str


class AlignIn(TypedDict, total=False):
    """Badges or sheets of outcomes to be aligned.

    Attributes:
        badges: Badges (JSON, JWT, PNG, SVG) and zip files of them.
        min_confidence: Propose concepts from this probability on.
        top: Concepts for each statement.
    """

    badges: Required[Sequence[DocumentIn]]
    min_confidence: float
    top: int


class LintIn(TypedDict, total=False):
    """Badges to be judged.

    Attributes:
        badges: Badges (JSON, JWT, PNG, SVG) and zip files of them.
        off: Rules that are switched off, each with the reason.
        profile: What the badges are held to; `auto` takes it from each badge.
        review_by: List badges whose review is due by this day.
    """

    badges: Required[Sequence[DocumentIn]]
    off: Mapping[str, str]
    profile: Literal["auto", "ob3", "ob2", "ctdl", "eu-microcredential"]
    review_by: date | None


class ShowIn(TypedDict, total=False):
    """Badges, records and wallets to be read.

    Attributes:
        badges: Badges (JSON, JWT, PNG, SVG) and zip files of them.
        recipient: Also show whom they were awarded to, in full.
    """

    badges: Required[Sequence[DocumentIn]]
    recipient: bool


class VerifyIn(TypedDict, total=False):
    """Badges to be checked, and what they are checked with.

    Attributes:
        at: Day or moment to check for, UTC where it names no zone; now by default.
        badges: Badges (JSON, JWT, PNG, SVG) and zip files of them.
        documents: Keys, status lists and badge classes by their web address.
        issuers: Issuers that are believed, as the file of --issuers lists them: id, name, keys,
            note.
        online: Fetch over https what badges need and `documents` lacks; only where the service
            may (SKILLMATCH_ONLINE=1).
        recipient: E-mail addresses or ids that the badges were issued to.
    """

    at: datetime | None
    badges: Required[Sequence[DocumentIn]]
    documents: Mapping[str, DocumentIn]
    issuers: Sequence[Mapping[str, object]]
    online: bool
    recipient: Sequence[str]


class CatalogueIn(TypedDict, total=False):
    """Files of offers: CTDL, Open Badges, CSV, XLSX, a zip of these, or a stored catalogue."""

    documents: Required[Sequence[DocumentIn]]


class DemandIn(TypedDict, total=False):
    """Postings, and what is on offer.

    Attributes:
        at: Day that offers must be open on; today by default.
        catalogue: What is on offer: files as `--catalogue` takes them.
        catalogues: Names of catalogues that were imported (`/v1/catalogue`).
        min_confidence: Count skills proposed for an offer from here on.
        occupations: Suggest stacks of offers for these: URI or code.
        postings: Postings, or `.jsonl` lines of {id, text}.
        table: What CSV holds.
        top: Lines of each list, in every form but JSON.
    """

    at: date | None
    catalogue: Sequence[DocumentIn]
    catalogues: Sequence[str]
    min_confidence: float
    occupations: Sequence[str]
    postings: Sequence[DocumentIn]
    table: Literal["skills", "offers", "outcomes", "stacks"]
    top: int


class AlignJobIn(TypedDict, total=False):
    """Align many badges, and put each into the queue of reviews.

    Attributes:
        badges: Badges (JSON, JWT, PNG, SVG), zip files of them, and for aligning sheets of
            outcomes (csv, xlsx, md).
        min_confidence: Propose concepts from this probability on.
        top: Concepts for each statement.
    """

    badges: Required[Sequence[DocumentIn]]
    kind: Required[Literal["badges.align"]]
    min_confidence: float
    top: int


class LintJobIn(TypedDict, total=False):
    """Judge many badges.

    Attributes:
        badges: Badges (JSON, JWT, PNG, SVG), zip files of them, and for aligning sheets of
            outcomes (csv, xlsx, md).
        off: Rules that are switched off, each with the reason.
        profile: What the badges are held to; `auto` takes it from each badge.
    """

    badges: Required[Sequence[DocumentIn]]
    kind: Required[Literal["badges.lint"]]
    off: Mapping[str, str]
    profile: Literal["auto", "ob3", "ob2", "ctdl", "eu-microcredential"]
    review_by: date | None


class CatalogueJobIn(TypedDict, total=False):
    """Import a catalogue whose offers are too many for one request.

    Attributes:
        documents: As for `PUT /v1/catalogue/{name}`.
    """

    documents: Required[Sequence[DocumentIn]]
    kind: Required[Literal["catalogue.import"]]
    name: Required[str]


class RecheckJobIn(TypedDict, total=False):
    """Check the badges that people left here again, at this moment.

    Attributes:
        online: Fetch over https what badges need; only where the service may
            (SKILLMATCH_ONLINE=1).
        person: Id of one person; without it everybody.
        stale_days: Only people with a badge not checked for so many days.
    """

    kind: Required[Literal["evidence.recheck"]]
    online: bool
    person: str
    stale_days: int


class KeyIn(TypedDict, total=False):
    """A key to be made.

    Attributes:
        expires_days: Days that it counts; the service's own default without it.
        name: What you will know it by.
        scopes: What it is for.
    """

    expires_days: int | None
    name: str
    scopes: Required[Sequence[Literal["learner", "provider", "recruiter", "admin"]]]


class RotationIn(TypedDict, total=False):
    """How a key is replaced.

    Attributes:
        grace_hours: Hours that the old key still counts.
    """

    grace_hours: int


class SessionIn(TypedDict, total=False):
    """What a browser logs in with.

    Attributes:
        key: A key, or a token of OpenID Connect where the service takes them.
    """

    key: Required[str]
