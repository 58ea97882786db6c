"""The gap as the page shows it: rows with their words, figures, and what to do next."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from skillmatch.model.evidence import Evidence, EvidenceKind
from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.posting import Span
from skillmatch.model.requirement import Necessity
from skillmatch.report import summary, svg
from skillmatch.report.highlight import Segment, segments
from skillmatch_api.pages.engine_words import word
from skillmatch_api.pages.language import Words
from skillmatch_api.pages.learner import wording
from skillmatch_api.pages.learner.answering import Answer

CONTEXT = 160
"""Characters of the posting that are quoted around a skill."""
STARTS = 3
"""Gaps that are named as the first things to do."""
BACKED = 4
"""Skills that are named as those to back up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One piece of evidence, in words.

    Attributes:
        quoted: The person's own words where they say more than the label.
        about: Source, issuer, date, level.
        reason: Why it counts as it does, in the engine's language.
    """

    evidence: Evidence
    quoted: str
    about: tuple[str, ...]
    assurance: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A requirement with all that is said of it, and its 1-based number.

    Attributes:
        quotes: The lines of the posting that ask for it, each once.
    """

    number: int
    gap: Gap
    state: str
    necessity: str
    reason: str
    next_step: str
    coverage: str
    level: str
    urgency: str
    path: str
    quotes: tuple[str, ...]
    evidence: tuple[Shown, ...]
    unsure: bool

    @property
    def key(self) -> str:
        """The state as a name for styles."""
        return svg.state_key(self.gap.state)

    @property
    def id(self) -> str:
        """Name for anchors that stays the same when the order changes."""
        return hashlib.sha256(self.gap.requirement.uri.encode()).hexdigest()[:10]

    @property
    def link(self) -> str:
        """Address of the concept, where it has one for the web."""
        uri = self.gap.requirement.uri
        return uri if uri.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A card: something to do, and what would show it.

    Attributes:
        rows: What it is about.
    """

    title: str
    when: str
    todo: str
    proof: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A headline number with what it means."""

    value: int
    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the template of the result shows."""

    title: str
    headline: str
    figures: tuple[Figure, ...]
    counts: dict[GapState, int]
    rows: tuple[Row, ...]
    overview: tuple[tuple[str, tuple[Row, ...]], ...]
    actions: tuple[Action, ...]
    posting: tuple[Segment, ...]


def view_of(t: Words, answer: Answer, result: GapResult) -> View:
    """Return what is shown of an answer."""
    text = answer.posting.text if answer.posting else ""
    rows = tuple(_row(t, number, gap, text) for number, gap in enumerate(result.gaps, 1))
    return View(
        title=summary.title_of(result),
        headline=wording.headline(t, result),
        figures=_figures(t, result),
        counts=summary.state_counts(result),
        rows=rows,
        overview=_overview(t, rows),
        actions=_actions(t, result, rows),
        posting=segments(answer.posting.text, result) if answer.posting else (),
    )


def _row(t: Words, number: int, gap: Gap, text: str) -> Row:
    return Row(
        number=number,
        gap=gap,
        state=wording.state_words(t, gap.state),
        necessity=t(f"learner.necessity_{gap.requirement.necessity}"),
        reason=wording.reason(t, gap),
        next_step=wording.next_step(t, gap),
        coverage=wording.coverage_words(t, gap),
        level=wording.level_words(t, gap),
        urgency=wording.urgency(t, gap),
        path=summary.path_words(gap),
        quotes=_lines(text, gap),
        evidence=tuple(_shown(t, one) for one in gap.evidence),
        unsure=summary.is_unsure(gap),
    )


def _lines(text: str, gap: Gap) -> tuple[str, ...]:
    """Return the lines of the posting around the words that ask for a skill."""
    found = (_around(text, mention.span) for mention in gap.requirement.mentions)
    return tuple(dict.fromkeys(line for line in found if line))


def _around(text: str, span: Span) -> str:
    """Return the line that a span stands in; of a long one the part around the span."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    cut_start, cut_end = start, end
    if end - start > CONTEXT:
        cut_start = max(start, min(span.start, (span.start + span.end - CONTEXT) // 2))
        cut_end = min(end, max(span.end, cut_start + CONTEXT))
        cut_start, cut_end = _whole_words(text, span, cut_start, cut_end)
    line = " ".join(text[cut_start:cut_end].replace("*", "").split()).lstrip("-•–· ")
    return ("…" if cut_start > start else "") + line + ("…" if cut_end < end else "")


def _whole_words(text: str, span: Span, start: int, end: int) -> tuple[int, int]:
    """Return a cut that splits no word, and still holds the span."""
    if start > 0 and not text[start - 1].isspace():
        start = max(text.find(" ", start, span.start) + 1, start)
    if end < len(text) and not text[end].isspace():
        end = max(text.rfind(" ", span.end, end), span.end)
    return start, end


def _shown(t: Words, evidence: Evidence) -> Shown:
    words = " ".join(evidence.text.split())
    typed = evidence.kind is EvidenceKind.CLAIM
    about = [t("learner.source_typed") if typed else evidence.source]
    if evidence.issuer:
        about.append(t("learner.issued_by", issuer=evidence.issuer))
    if evidence.issued:
        about.append(t.day(evidence.issued))
    if evidence.level:
        about.append(word(t, evidence.level))
    if evidence.years is not None:
        about.append(t("learner.years_held", count=evidence.years, years=t.number(evidence.years)))
    return Shown(
        evidence=evidence,
        quoted=words if words.casefold() != evidence.label.casefold() else "",
        about=tuple(about),
        assurance=t(f"learner.assurance_{evidence.assurance}"),
        reason=evidence.reason,
    )


def _figures(t: Words, result: GapResult) -> tuple[Figure, ...]:
    counts = summary.state_counts(result)
    values = {
        "proven": counts[GapState.PROVEN],
        "claimed": counts[GapState.CLAIMED],
        "partly": counts[GapState.RELATED] + counts[GapState.BELOW_LEVEL],
        "missing": counts[GapState.MISSING] + counts[GapState.NOT_ACCEPTED],
    }
    return tuple(
        Figure(
            value=value,
            name=t(f"learner.figure_{name}"),
            meaning=t(f"learner.figure_{name}_means"),
        )
        for name, value in values.items()
    )


def _overview(t: Words, rows: tuple[Row, ...]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    order = summary.STATES.index
    made = (
        (
            t(f"learner.necessity_{necessity}"),
            tuple(
                sorted(
                    (row for row in rows if row.gap.requirement.necessity is necessity),
                    key=lambda row: (order(row.gap.state), row.number),
                )
            ),
        )
        for necessity in Necessity
    )
    return tuple(part for part in made if part[1])


def _actions(t: Words, result: GapResult, rows: tuple[Row, ...]) -> tuple[Action, ...]:
    first = summary.starts(result, STARTS)
    cards = [
        Action(
            title=row.gap.requirement.label,
            when=t("learner.when_next"),
            todo=row.next_step,
            proof=wording.proof(t, row.gap),
            rows=(row,),
        )
        for row in rows
        if row.gap in first
    ]
    claimed = tuple(row for row in rows if row.gap.state is GapState.CLAIMED)
    if claimed:
        cards.append(
            Action(
                title=t("learner.back_up", count=len(claimed)),
                when=t("learner.when_today"),
                todo=t("learner.next_claimed"),
                proof=t("learner.proof_claimed"),
                rows=claimed[:BACKED],
            )
        )
    return tuple(cards)
