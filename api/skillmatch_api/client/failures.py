"""What can go wrong between a program and the service.

ClientError
├─ ProblemError      the service answered that it does not
└─ UnreachableError  there was no answer
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import httpx

from skillmatch.errors import SkillmatchError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with a request.

    Attributes:
        pointer: JSON Pointer into the body, or the name of a parameter.
    """

    pointer: str
    detail: str


class ClientError(SkillmatchError):
    """The service was asked, and there is no result."""


class UnreachableError(ClientError):
    """No answer came, or it broke off."""


class ProblemError(ClientError):
    """The service answered with a problem (RFC 9457).

    Attributes:
        status: Of HTTP: 401, 403, 404, 409, 412, 422, 429, 503 …
        title: The status in words.
        detail: What is wrong, and what to do.
        faults: All that is wrong with the request.
        request_id: What the log of the service calls the request.
    """

    def __init__(
        self,
        *,
        status: int,
        title: str,
        detail: str,
        faults: tuple[Fault, ...] = (),
        request_id: str = "",
    ) -> None:
        """Say status, detail and all faults in the message."""
        places = "".join(f"\n  {one.pointer}: {one.detail}" for one in faults)
        super().__init__(f"{status} {title}: {detail}{places}")
        self.status = status
        self.title = title
        self.detail = detail
        self.faults = faults
        self.request_id = request_id


def problem_of(response: httpx.Response) -> ProblemError:
    """Return what an answer says went wrong; one that is no problem was sent by a proxy between."""
    try:
        said = json.loads(response.content)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        said = {"detail": "the answer is none of the service's; is something between it and you?"}
    faults = [one for one in said.get("faults") or () if isinstance(one, dict)]
    return ProblemError(
        status=response.status_code,
        title=str(said.get("title", response.reason_phrase)),
        detail=str(said.get("detail", "")),
        faults=tuple(
            Fault(pointer=str(one.get("pointer", "")), detail=str(one.get("detail", "")))
            for one in faults
        ),
        request_id=str(said.get("instance") or response.headers.get("X-Request-ID", "")),
    )
