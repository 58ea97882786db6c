"""What the service raises beside the errors of the library; ``wire.answers.problems`` tells them.

The tree, under ``SkillmatchError``::

    ServiceError
    ├── UnauthenticatedError   nobody, or a key that does not count (401)
    ├── ForbiddenError         somebody, but not for this (403)
    ├── AbsentError            no such thing for this tenant (404); never tells what others have
    ├── ConflictError          it was changed meanwhile, or is there already (409)
    ├── PreconditionError      ``If-Match`` names another revision (412)
    ├── SlowError              the body did not arrive in time (408)
    ├── TooLargeError          more than a limit allows (413)
    ├── UnsupportedError       a body in a form that nobody reads (415)
    ├── DatabaseDamagedError   its file is broken (507); a StorageError, too
    └── BusyServiceError       come again later (429 or 503, with the seconds to wait)
        └── DatabaseBusyError  the database is away or busy (503); a StorageError, too
"""

from __future__ import annotations

from skillmatch.errors import SkillmatchError, StorageError


class ServiceError(SkillmatchError):
    """Root of what only the service raises."""


class UnauthenticatedError(ServiceError):
    """No key, or one that is unknown, expired or revoked; the message does not tell which."""


class ForbiddenError(ServiceError):
    """The key is good and may not do this."""


class AbsentError(ServiceError):
    """There is no such thing, as far as the caller may know."""


class ConflictError(ServiceError):
    """What is there contradicts what was asked for."""


class PreconditionError(ServiceError):
    """The caller changes a revision that is no longer the newest."""


class TooLargeError(ServiceError):
    """A body, file or list is over its limit; the message names the limit."""


class SlowError(ServiceError):
    """A body is sent too slowly."""


class UnsupportedError(ServiceError):
    """A body is packed or typed in a way that is not read."""


class DatabaseDamagedError(ServiceError, StorageError):
    """The database's file is none, or broken; a backup is needed."""


class BusyServiceError(ServiceError):
    """Too much is asked at once.

    Attributes:
        retry_after: Whole seconds to wait, at least 1.
        yours: Whether it is the caller's own rate (429) or everybody's load (503).
    """

    def __init__(self, message: str, *, retry_after: int, yours: bool) -> None:
        super().__init__(message)
        self.retry_after = max(1, retry_after)
        self.yours = yours


class DatabaseBusyError(BusyServiceError, StorageError):
    """The database cannot be reached, or others are in the way; trying again may help."""

    def __init__(self, message: str, *, retry_after: int = 1) -> None:
        super().__init__(message, retry_after=retry_after, yours=False)
