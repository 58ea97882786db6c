"""Reads answers into values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import httpx

from skillmatch_api.client.failures import ClientError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Reader(Generic[T]):
    """Reads one kind of answer.

    What the kind does not know is left out, so that a newer service does not break an older client.
    """

    def __init__(self, kind: object) -> None:
        self._kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        """Made at the first answer, since large ones take tens of milliseconds."""
        from pydantic import TypeAdapter

        return TypeAdapter(self._kind)  # type: ignore[arg-type]  # a union is no type[T]

    def __call__(self, response: httpx.Response) -> T:
        """Return the value of an answer.

        Raises:
            ClientError: It is none of this kind.
        """
        return self.of_json(response.content)

    def of_json(self, text: bytes | str) -> T:
        """Return the value of a JSON text.

        Raises:
            ClientError: It is none of this kind.
        """
        try:
            return self._adapter.validate_json(text)
        except ValueError as error:
            # Pydantic's own words quote the answer, which may be about a person.
            raise ClientError(
                "the service answered what this client does not understand; use the client of the "
                f"service's version ({type(error).__name__})"
            ) from None


class Page(Protocol[T_co]):
    """A page of a list, and where the one after it begins."""

    @property
    def items(self) -> Sequence[T_co]:
        """What is on it."""
        ...

    @property
    def next(self) -> str | None:
        """Cursor of the page after it; None on the last."""
        ...


def each(page_at: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Yield what is on all pages, each read when the one before it is used up."""
    cursor: str | None = None
    while True:
        page = page_at(cursor)
        yield from page.items
        if page.next is None:
            return
        cursor = page.next
