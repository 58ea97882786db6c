"""``/v1/candidates/search``: who shows what a job asks for, of those who want to be found."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from skillmatch_api.people.candidate_search import Asker, CandidateSearcher
from skillmatch_api.ranking.as_json import candidates_json
from skillmatch_api.ranking.found import CandidateSearch
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.candidate_searches import CandidateSearchIn
from skillmatch_api.wire.limits.admission import heavy
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Recruiter

router = APIRouter(tags=["candidates"])


@router.post(
    "/v1/candidates/search",
    response_model=CandidateSearch,
    dependencies=[Depends(heavy)],
    responses=declared(401, 403, 404, 413, 422, 429, 503),
)
def search_candidates(
    body: CandidateSearchIn, caller: Recruiter, services: ServicesHere
) -> Response:
    """Find candidates who show what is asked for: covered need first, then proven.

    Only people who consented are found, with the fields that they share. The search is in the
    audit log without your words; each person who is shown can see that you looked.
    """
    searcher = CandidateSearcher(services.store, services.indexes)
    asker = Asker(caller=caller, at=services.clock())
    with services.matchers.lent() as matcher:
        found = searcher.search(body.query(matcher), matcher.frameworks, asker)
    return json_text(candidates_json(found))
