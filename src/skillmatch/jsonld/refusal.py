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


class DroppedTermsError(JsonLdError):
    """Parts of a document have no meaning in its contexts, so that no signature can cover them.

    Attributes:
        pointers: Their places; see ``dropped_terms``.
    """

    def __init__(self, pointers: tuple[str, ...]) -> None:
        shown = ", ".join(place or "the document as a whole" for place in pointers[:5])
        more = f" and {len(pointers) - 5} more" if len(pointers) > 5 else ""
        super().__init__(
            f"no context gives a meaning to {shown}{more}, so no signature can cover it",
            mend="the issuer must define every term, or leave it out",
        )
        self.pointers = pointers
