"""The OpenAPI document, for whoever has a key."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.who.callers import anyone

router = APIRouter(tags=["operations"])


@router.get(
    "/openapi.json",
    dependencies=[Depends(anyone)],
    response_model=dict[str, Any],
    responses={
        200: {"content": {"application/json": {"example": {"openapi": "3.1.0"}}}},
        **declared(401, 403, 429),
    },
)
def openapi(request: Request) -> Response:
    """Describe every route: this document."""
    text = json.dumps(request.app.openapi(), ensure_ascii=False, separators=(",", ":"))
    return json_text(text)
