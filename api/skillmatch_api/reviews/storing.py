"""Alignments as rows, and rows as the values that the engine works with."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.linking.alignment.deciding import open_places
from skillmatch.linking.alignment.reviewing import review_of
from skillmatch.model.alignment import AlignmentRun, Badge, Review
from skillmatch.quality.batch import LintResult
from skillmatch_api.store.tables import StoredAlignment

if TYPE_CHECKING:
    from pydantic import TypeAdapter

OPEN, REVIEWED = "open", "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where alignments come from, and when."""

    tenant_id: str
    job_id: str
    at: datetime


def rows_of(
    run: AlignmentRun, badges: Sequence[Badge], lints: Sequence[LintResult], origin: Origin
) -> list[StoredAlignment]:
    """Return a row for each badge of a run.

    Args:
        run: With its badges.
        badges: As they were read, in the same order.
        lints: What is wrong or vague in the file of each.
        origin: Where they come from.
    """
    rows = []
    for place, (found, badge, lint) in enumerate(zip(run.badges, badges, lints, strict=True)):
        own = replace(run, badges=(found,), notes=())
        rows.append(
            StoredAlignment(
                tenant_id=origin.tenant_id,
                id=str(uuid.uuid4()),
                job_id=origin.job_id,
                place=place,
                source=_storable(badge.file),
                title=_storable(badge.name or badge.id),
                document=json.dumps(_value_of(_pruned(badge))).encode("ascii"),
                proposals=_value_of(own),
                lint=_value_of(lint),
                state=state_of(review_of(own)),
                revision=1,
                created_at=origin.at,
            )
        )
    return rows


def state_of(review: Review) -> str:
    """Return ``open`` where a statement still needs a decision, else ``reviewed``."""
    return OPEN if next(open_places(review), None) else REVIEWED


def badge_of(row: StoredAlignment) -> Badge:
    """Return the badge of a row; of its document only the achievement is there."""
    badge: Badge = _adapter(Badge).validate_json(row.document)
    return badge


def run_of(row: StoredAlignment) -> AlignmentRun:
    """Return what was proposed for a badge: a run that has seen nothing else."""
    run: AlignmentRun = _adapter(AlignmentRun).validate_python(row.proposals)
    return run


def lint_of(row: StoredAlignment) -> LintResult:
    """Return what is wrong or vague in the file that a badge was in."""
    lint: LintResult = _adapter(LintResult).validate_python(row.lint)
    return lint


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a class
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _value_of(one: AlignmentRun | Badge | LintResult) -> dict[str, Any]:
    kind: Any = type(one)
    value: dict[str, Any] = _storable(_adapter(kind).dump_python(one, mode="json"))
    return value


def _storable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON without the character that PostgreSQL keeps nowhere."""
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, dict):
        return {_storable(key): _storable(one) for key, one in value.items()}
    return [_storable(one) for one in value] if isinstance(value, list) else value


def _pruned(badge: Badge) -> Badge:
    """Return the badge with nothing in its document but the way to the achievement.

    A credential names who earned it, which is no business of whoever reviews the achievement.
    """
    steps = [one.replace("~1", "/").replace("~0", "~") for one in badge.pointer.split("/")[1:]]
    return replace(badge, document=_way(badge.document, steps))


def _way(value: Any, steps: Sequence[str]) -> Any:  # noqa: ANN401 - any JSON
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(value, list):
        return [{} for _ in value[: int(step)]] + [_way(value[int(step)], rest)]
    return {**_context(value.items()), step: _way(value[step], rest)}


def _context(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the members that tell what the others mean."""
    return {key: one for key, one in items if key in {"@context", "type", "@type"}}
