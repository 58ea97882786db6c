"""Revisions in ``ETag`` and ``If-Match``: nobody overwrites a change that they have not seen.

A GET of something with a revision answers ``ETag: tag_of(revision)``; whoever changes it may send
that back in ``If-Match``. Other GETs get a tag from their bytes (``wire.passing.revalidation``).
"""

from __future__ import annotations

from fastapi import Request

from skillmatch_api.errors import PreconditionError


def tag_of(revision: int) -> str:
    """Return the entity tag of a revision."""
    return f'"r{revision}"'


def check(request: Request, revision: int) -> None:
    """Go on where ``If-Match`` is absent or names this revision.

    A weak tag counts like a strong one: gzip weakens it, and the revision is the same.

    Raises:
        PreconditionError: It names another one.
    """
    asked = request.headers.get("If-Match")
    if asked is not None and not names(asked, tag_of(revision)):
        raise PreconditionError(
            "this was changed since you read it; read it again and repeat your change"
        )


def names(header: str, tag: str) -> bool:
    """Return whether a list of entity tags holds ``tag``, or is ``*``; weak ones count."""
    listed = [one.strip().removeprefix("W/") for one in header.split(",")]
    return "*" in listed or tag.removeprefix("W/") in listed
