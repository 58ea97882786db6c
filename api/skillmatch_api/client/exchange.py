"""One request and its answer, with all that every request has in common."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

import httpx

from skillmatch_api.client.failures import UnreachableError, problem_of
from skillmatch_api.client.patience import Patience

Query = Mapping[str, object]


def path_of(template: str, *ids: str) -> str:
    """Return a path with ids in its places ``{}``, percent-encoded, slashes too."""
    return template.format(*(quote(one, safe="") for one in ids))


def tag_of(revision: int | None) -> dict[str, str]:
    """Return the header of a change to what was read in a revision; none where it is None."""
    return {} if revision is None else {"If-Match": f'"r{revision}"'}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Sends requests.

    Attributes:
        http: Knows the address and how long to wait for an answer.
        key: Empty where none is sent.
    """

    http: httpx.Client
    key: str = field(repr=False)
    patience: Patience

    def get(self, path: str, query: Query | None = None, accept: str = "") -> httpx.Response:
        """Return what a path answers with.

        Raises:
            ClientError: It does not.
        """
        return self.send(self.request("GET", path, query, headers=_accept(accept)))

    def post(self, path: str, body: object, accept: str = "") -> httpx.Response:
        """Return what a path answers a body with.

        Raises:
            ClientError: It does not.
        """
        return self.send(self.request("POST", path, body=body, headers=_accept(accept)))

    def write(
        self, method: str, path: str, body: object = None, revision: int | None = None
    ) -> httpx.Response:
        """Return the answer to a PUT, PATCH or DELETE; of ``revision``, where one is given.

        Raises:
            ClientError: The service refuses; 412 where somebody else was quicker.
        """
        return self.send(self.request(method, path, body=body, headers=tag_of(revision)))

    def request(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Request:
        """Return a request with the key, and one of a write that may be sent twice."""
        known = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        if method != "GET":
            # The service does it once, however often it is sent.
            known["Idempotency-Key"] = str(uuid.uuid4())
        content = None
        if body is not None:
            known["Content-Type"] = "application/json"
            content = _json(body)
        url = httpx.URL(path, params=_asked(query)) if query else httpx.URL(path)
        return self.http.build_request(
            method, url, content=content, headers={**known, **(headers or {})}
        )

    def send(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, after as many attempts as patience has.

        Raises:
            ProblemError: The service answered with a problem.
            UnreachableError: It did not answer.
        """
        for attempt in range(self.patience.attempts):
            response, failure = self._once(request)
            if response is not None and response.is_success:
                return response
            wait_s = self.patience.wait_s(attempt, response)
            if wait_s is None:
                break
            self.patience.sleep(wait_s)
        raise failure if response is None else problem_of(response)

    @contextmanager
    def stream(self, request: httpx.Request) -> Iterator[httpx.Response]:
        """Yield an answer that is still being sent.

        Raises:
            ProblemError: The service answered with a problem.
            httpx.TransportError: The line broke.
        """
        response = self.http.send(request, stream=True)
        try:
            if not response.is_success:
                response.read()
                raise problem_of(response)
            yield response
        finally:
            response.close()

    def _once(self, request: httpx.Request) -> tuple[httpx.Response | None, UnreachableError]:
        where = f"{request.method} {request.url.copy_with(query=None)}"
        failure = UnreachableError(f"{where}: no answer")
        try:
            return self.http.send(request), failure
        except httpx.TransportError as error:
            return None, UnreachableError(f"{where}: {error or type(error).__name__}")


def _accept(media: str) -> dict[str, str]:
    return {"Accept": media} if media else {}


def _json(body: object) -> bytes:
    from pydantic_core import to_json

    return to_json(body)


def _asked(query: Query) -> list[tuple[str, str]]:
    """Return the parameters that have a value, as words."""
    words: list[tuple[str, str]] = []
    for name, value in query.items():
        several = value if isinstance(value, list | tuple) else [value]
        words += [(name, _word(one)) for one in several if one is not None]
    return words


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
