"""In which form an answer is wanted: ``Accept`` chooses between JSON and the reports.

The bytes of each form are those that the command line prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import HTTPException, Request, Response

from skillmatch.report import Format

MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "markdown": "text/markdown",
    "html": "text/html",
    "svg": "image/svg+xml",
    "text": "text/plain",
    "ics": "text/calendar",
    "csv": "text/csv",
    "sarif": "application/sarif+json",
}
"""Media type of each form of a report."""

GAP_FORMS: tuple[Format, ...] = ("json", "markdown", "html", "svg", "text")
PLAN_FORMS: tuple[str, ...] = (*GAP_FORMS, "ics")
_Form = TypeVar("_Form", bound=str)

_SAFE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""A report quotes what anybody wrote, so as a page of this service it may do nothing at all."""


def wanted(request: Request, forms: tuple[_Form, ...]) -> _Form:
    """Return the form that ``Accept`` likes best; JSON without one.

    Args:
        request: Of any method.
        forms: Names in ``MEDIA_TYPES``; of those that are liked equally the first is taken.

    Raises:
        HTTPException: None of them is accepted (406).
    """
    ranges = _ranges(request.headers.get("accept", ""))
    if not ranges:
        return forms[0]
    liked = {one: _liking(MEDIA_TYPES[one], ranges) for one in forms}
    best = max(forms, key=lambda one: liked[one])
    if not liked[best]:
        named = ", ".join(MEDIA_TYPES[one] for one in forms)
        raise HTTPException(406, f"there is no such form of this; ask for one of {named}")
    return best


def answer_in(form: str, text: str, *, status: int = 200) -> Response:
    """Return a report as a response."""
    headers = {"Vary": "Accept"}
    if form in {"html", "svg"}:
        headers["Content-Security-Policy"] = _SAFE
    media = MEDIA_TYPES[form]
    kind = f"{media}; charset=utf-8" if media.startswith("text/") else media
    return Response(text.encode("utf-8"), status_code=status, media_type=kind, headers=headers)


def described_forms(
    forms: tuple[str, ...], *, status: int = 200, description: str = "The result."
) -> dict[int | str, dict[str, Any]]:
    """Return ``responses=`` that names the forms beside JSON, whose schema is the model's."""
    others = [MEDIA_TYPES[one] for one in forms if one != "json"]
    content = {one: {"schema": {"type": "string"}} for one in others}
    return {status: {"description": description, "content": content}}


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.lower().split(","):
        kind, *parameters = (one.strip() for one in part.split(";"))
        if kind:
            found.append((kind, _quality(parameters)))
    return found


def _quality(parameters: list[str]) -> float:
    given = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        value = float(given)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def _liking(media: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality of the most specific range that fits."""
    for fitting in (media, media.partition("/")[0] + "/*", "*/*"):
        found = [quality for kind, quality in ranges if kind == fitting]
        if found:
            return max(found)
    return 0.0
