"""What the service answers, from its OpenAPI document (``tests/api/client_types.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from skillmatch.model.alignment import BadgeAlignment, ReviewBadge
from skillmatch.quality.batch import LintResult


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentList:
    """Badges, the oldest first, those of one job in its order.

    Attributes:
        next: Cursor of the page behind this one.
        total: How many there are in all pages.
    """

    items: tuple[AlignmentItem, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentItem:
    """A badge in the queue.

    Attributes:
        job: The job that proposed.
        source: Name of the file; `!` stands before a member of an archive.
        title: Name of the badge.
    """

    created_at: datetime
    id: str
    job: str | None
    revision: int
    source: str
    state: Literal["open", "reviewed"]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentOut:
    """A badge with what was proposed, what was decided, and what is wrong with it.

    Attributes:
        job: The job that proposed.
        open: How many statements still need a decision.
        source: Name of the file; `!` stands before a member of an archive.
        title: Name of the badge.
    """

    badge: BadgeAlignment
    created_at: datetime
    frameworks: tuple[str, ...]
    id: str
    job: str | None
    lint: LintResult
    open: int
    review: ReviewBadge
    revision: int
    source: str
    state: Literal["open", "reviewed"]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditList:
    """Entries, the newest first.

    Attributes:
        next: Cursor of the page behind this one.
    """

    items: tuple[AuditEntryOut, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntryOut:
    """Something that was done.

    Attributes:
        action: Dotted words, the thing first.
        by: `key:ID`, `oidc:ISSUER SUBJECT`, `open` or `operator`.
        details: Numbers, ids and words of the program.
        subject: Id of what it was done to; may be empty.
    """

    action: str
    at: datetime
    by: str
    details: Mapping[str, object]
    id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobList:
    """Jobs, the newest first.

    Attributes:
        next: Cursor of the page behind this one.
    """

    items: tuple[JobOut, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOut:
    """A job, and how far it is.

    Attributes:
        done: How many steps are done.
        events: Where its progress can be followed.
        problem: What went wrong with a failed one.
        result: Where the result is, once it is done.
        total: Of how many, 0 as long as nobody knows.
    """

    created_at: datetime
    done: int
    ended_at: datetime | None
    events: str
    id: str
    kind: str
    problem: Problem | None
    result: str | None
    started_at: datetime | None
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error, as RFC 9457 describes it.

    Attributes:
        detail: What is wrong, and what to do.
        faults: All that is wrong, not only the first.
        instance: Id of the request, to be named in a question.
        title: The same for every problem of this type.
        type: What kind of problem it is.
    """

    detail: str
    faults: tuple[Fault, ...]
    instance: str
    status: int
    title: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with a request.

    Attributes:
        pointer: JSON Pointer into the body, or the name of a parameter.
    """

    detail: str
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyList:
    """Keys, the newest first.

    Attributes:
        next: Cursor of the page behind this one.
    """

    items: tuple[KeyOut, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyOut:
    """A key, without what proves it.

    Attributes:
        last_used_at: Written at most once a minute.
        person: Whom it is bound to: id of a candidate.
    """

    created_at: datetime
    expires_at: datetime | None
    id: str
    last_used_at: datetime | None
    name: str
    person: str | None
    revoked_at: datetime | None
    scopes: tuple[Literal["learner", "provider", "recruiter", "admin"], ...]
    state: Literal["live", "expired", "revoked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKeyOut:
    """A key that was just made: the only answer that holds it.

    Attributes:
        key: Keep it; nobody can read it again.
        last_used_at: Written at most once a minute.
        person: Whom it is bound to: id of a candidate.
    """

    created_at: datetime
    expires_at: datetime | None
    id: str
    key: str
    last_used_at: datetime | None
    name: str
    person: str | None
    revoked_at: datetime | None
    scopes: tuple[Literal["learner", "provider", "recruiter", "admin"], ...]
    state: Literal["live", "expired", "revoked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOut:
    """Who is logged in.

    A browser that is logged in repeats ``csrf`` in the header ``X-CSRF-Token`` of every request
    that changes something.

    Attributes:
        csrf: Empty where no cookie logs in.
        expires_at: When the login ends; null without a cookie.
        person: Whom the key is bound to.
        scopes: What the key is for, sorted.
    """

    csrf: str
    expires_at: datetime | None
    person: str | None
    scopes: tuple[Literal["learner", "provider", "recruiter", "admin"], ...]
