"""Demand as tables of plain values: one for CSV, the same for Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Literal

from skillmatch.model.demand import Demand
from skillmatch.model.offer import Money
from skillmatch.report.plain import clean

Table = Literal["skills", "offers", "outcomes", "stacks"]
TABLES: tuple[Table, ...] = ("skills", "offers", "outcomes", "stacks")

Row = tuple[str, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_of(demand: Demand, table: Table) -> tuple[Row, tuple[Row, ...]]:
    """Return the names of the columns and the rows; lists within a cell are separated by ``|``."""
    return {
        "skills": _skills,
        "offers": _offers,
        "outcomes": _outcomes,
        "stacks": _stacks,
    }[table](demand)


def csv_demand(demand: Demand, table: Table) -> str:
    """Return one table as CSV (RFC 4180, but with plain line ends).

    A cell that a spreadsheet would take for a formula gets an apostrophe in front: names come from
    postings and catalogues, which anybody may have written.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head, rows = table_of(demand, table)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _skills(demand: Demand) -> tuple[Row, tuple[Row, ...]]:
    head = (
        "uri", "label", "supply", "postings", "share", "must", "should", "nice", "weight",
        "closed_by", "partly_by", "example", "example_source",
    )  # fmt: skip
    rows = []
    for one in demand.skills:
        example = one.examples[0] if one.examples else None
        rows.append(
            (
                one.uri,
                one.label,
                one.supply.value,
                str(one.postings),
                f"{one.share:g}",
                str(one.must),
                str(one.should),
                str(one.nice),
                f"{one.weight:g}",
                _joined(one.closed_by),
                _joined(near.offer for near in one.partly_by),
                example.words if example else "",
                example.source if example else "",
            )
        )
    return head, tuple(rows)


def _offers(demand: Demand) -> tuple[Row, tuple[Row, ...]]:
    head = (
        "offer", "name", "provider", "cost", "currency", "postings", "share", "weight", "skills",
        "alone",
    )  # fmt: skip
    rows = tuple(
        (
            one.offer,
            one.name,
            one.provider,
            *_money(one.cost),
            str(one.postings),
            f"{one.share:g}",
            f"{one.weight:g}",
            _joined(one.skills),
            _joined(one.alone),
        )
        for one in demand.offers
    )
    return head, rows


def _outcomes(demand: Demand) -> tuple[Row, tuple[Row, ...]]:
    head = ("uri", "label", "origin", "offers", "near", "coverage")
    rows = tuple(
        (
            one.uri,
            one.label,
            one.origin.value,
            _joined(one.offers),
            one.near,
            f"{one.coverage:g}",
        )
        for one in demand.unasked
    )
    return head, rows


def _stacks(demand: Demand) -> tuple[Row, tuple[Row, ...]]:
    head = (
        "occupation", "title", "prefer", "essential", "covered", "offer", "name", "provider",
        "cost", "currency", "covers",
    )  # fmt: skip
    rows = tuple(
        (
            stack.occupation,
            stack.title,
            stack.prefer.value,
            str(stack.essential),
            str(stack.covered),
            one.offer,
            one.name,
            one.provider,
            *_money(one.cost),
            _joined(one.covers),
        )
        for stack in demand.stacks
        for one in stack.offers
    )
    return head, rows


def _money(cost: Money | None) -> tuple[str, str]:
    return ("", "") if cost is None else (f"{cost.amount:g}", cost.currency)


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(clean(part) for part in parts)


def _harmless(cell: str) -> str:
    cell = clean(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
