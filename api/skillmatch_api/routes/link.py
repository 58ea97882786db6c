"""``/v1/link``: texts in, concepts out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch.report import link_line
from skillmatch.report.link_lines import LinkLine
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.asked import Probability, asking
from skillmatch_api.wire.limits.admission import heavy
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import anyone

router = APIRouter(tags=["link"])

MAX_TEXTS = 200
MAX_CHARACTERS = 20_000


class LinkIn(BaseModel):
    """Texts to link, each as one unit."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"texts": ["write Python programs"], "top": 3}]},
    )

    texts: Annotated[
        list[Annotated[str, Field(max_length=MAX_CHARACTERS)]],
        Field(min_length=1, max_length=MAX_TEXTS),
    ]
    top: Annotated[int, Field(ge=1, le=1000, description="Concepts for each text.")] = 10
    min_confidence: Annotated[
        Probability | None, Field(description="Accept links from this probability on.")
    ] = None


@router.post(
    "/v1/link",
    response_model=list[LinkLine],
    dependencies=[Depends(anyone), Depends(heavy)],
    responses=declared(401, 403, 413, 422, 429, 503),
)
def link(body: LinkIn, services: ServicesHere) -> Response:
    """Link texts to skills, each with a confidence, the words, and the reason.

    One item for each text, in order, as `skillmatch link` prints a line; `id` is its place.
    """
    with services.matchers.lent() as lent:
        found = asking(lent, body.min_confidence).link(body.texts, top=body.top)
    lines = [link_line(place, links) for place, links in enumerate(found)]
    return json_text("[" + ",\n".join(lines) + "]\n")
