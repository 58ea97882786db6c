"""Answers whose bytes the engine made."""

from __future__ import annotations

from fastapi import Response


def json_text(text: str, *, status: int = 200) -> Response:
    """Return JSON that is written already, byte for byte: the same as ``--json`` prints."""
    return Response(text.encode("utf-8"), status_code=status, media_type="application/json")
