"""Open Badges 1 and 2 spread a badge over documents that name each other by web address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from skillmatch.errors import DataError
from skillmatch.model.achievement import Profile
from skillmatch.readers.credentials.strict_json import parse_json
from skillmatch.trust.documents import Documents, Missing


class UnreadableLinkError(Exception):
    """A linked document that is not at hand or no JSON object.

    Attributes:
        mend: What would bring it, may be empty.
        gone: Whether its host says that it was taken away for good.
    """

    def __init__(self, reason: str, mend: str = "", *, gone: bool = False) -> None:
        super().__init__(reason)
        self.mend = mend
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Gone(Missing):
    """A document that its host has taken away for good (HTTP status 410)."""


def fetch_object(url: str, documents: Documents) -> Mapping[str, Any]:
    """Return the JSON object at a web address.

    Raises:
        UnreadableLinkError: It is not at hand, or something else.
    """
    data = documents.get(url)
    if isinstance(data, Missing):
        raise UnreadableLinkError(data.reason, data.mend, gone=isinstance(data, Gone))
    try:
        value = parse_json(data)
    except DataError as fault:
        raise UnreadableLinkError(f"what lies at {url} cannot be read: {fault}") from fault
    if not isinstance(value, Mapping):
        raise UnreadableLinkError(f"what lies at {url} is no JSON object")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What an assertion points to.

    Attributes:
        badge: The badge class.
        issuer: The issuer's profile.
        issuer_url: Where the profile was found; empty for one that was written out in place.
    """

    badge: Mapping[str, Any]
    issuer: Mapping[str, Any]
    issuer_url: str

    @property
    def profile(self) -> Profile:
        """Id and name of the issuer, as its profile says."""
        identity, name = self.issuer.get("id"), self.issuer.get("name")
        return Profile(
            id=identity if isinstance(identity, str) else "",
            name=name if isinstance(name, str) else "",
        )


def follow(assertion: Mapping[str, Any], documents: Documents) -> Linked:
    """Return the badge class and issuer of an assertion (the issuer alone for an endorsement).

    A profile that is written out in place says nothing of its own standing, so it is fetched from
    the web address that is its id.

    Raises:
        UnreadableLinkError: A part is not at hand or has no link to go on with.
    """
    badge = (
        assertion if "claim" in assertion else _object(assertion.get("badge"), "badge", documents)
    )
    issuer = badge.get("issuer")
    if isinstance(issuer, Mapping):
        issuer = issuer.get("id")
    if not isinstance(issuer, str):
        raise UnreadableLinkError("the badge class names no issuer by web address")
    return Linked(badge=badge, issuer=fetch_object(issuer, documents), issuer_url=issuer)


def _object(value: object, name: str, documents: Documents) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, str):
        return fetch_object(value, documents)
    raise UnreadableLinkError(f"it names no {name}")


def host_of(url: object) -> str:
    """Return the host of a web address in small letters; empty for anything else."""
    if not isinstance(url, str):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") else ""
