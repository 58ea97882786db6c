"""Why a JSON-LD document is not processed."""

from __future__ import annotations

from skillmatch.errors import DataError


class JsonLdError(DataError):
    """A document that cannot be expanded or brought into canonical form, or must not be.

    Attributes:
        reason: One plain sentence without a full stop.
        mend: What could be done about it, empty where there is nothing to do.
    """

    def __init__(self, reason: str, *, mend: str = "") -> None:
        super().__init__(reason if not mend else f"{reason}; {mend}")
        self.reason = reason
        self.mend = mend


class UnknownContextError(JsonLdError):
    """A document names a context that is not pinned, so its terms have no known meaning.

    Attributes:
        url: The context.
    """

    def __init__(self, url: str) -> None:
        super().__init__(
            f"unknown context {url[:200]}",
            mend="only contexts that skillmatch pins by their hash are used; none is fetched",
        )
        self.url = url
