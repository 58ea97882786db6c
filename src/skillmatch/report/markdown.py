"""The gap as Markdown: for a wiki, an issue or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillmatch.model.gap import Gap, GapResult
from skillmatch.report import summary
from skillmatch.report.plain import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#!|~&])")
_LIST_START = re.compile(r"^(\d*)([-+.)])")


def escaped(text: str) -> str:
    """Return ``text`` on one line, with what Markdown or HTML would act on escaped."""
    return _LIST_START.sub(r"\1\\\2", inline(text))


def inline(text: str) -> str:
    """Return the same for text that begins no line, so that nothing in it starts a list."""
    return _SPECIAL.sub(r"\\\1", clean(text))


def markdown_report(result: GapResult) -> str:
    """Return the report as CommonMark with tables, ending in a newline."""
    return "\n".join(_lines(result)).rstrip("\n") + "\n"


def _lines(result: GapResult) -> Iterator[str]:
    checklist = result.checklist
    yield f"# {escaped(summary.title_of(result))}"
    parts = (f"Skill gap on {result.at}", checklist.source, *checklist.frameworks)
    yield from ("", " · ".join(escaped(part) for part in parts))
    yield from ("", f"**{escaped(summary.headline(result))}**", "")
    if result.gaps:
        counts = summary.state_counts(result)
        rows = [
            (summary.ICONS[state], state.value, str(count), summary.MEANINGS[state])
            for state, count in counts.items()
            if count
        ]
        yield from _table(("", "state", "skills", "meaning"), rows)
    for group in summary.groups(result):
        yield from (f"## {group.heading} ({len(group.gaps)})", "", group.intro, "")
        for gap in group.gaps:
            yield from _gap(gap)
        yield ""
    yield from _rest(result)


def _gap(gap: Gap) -> Iterator[str]:
    asked = gap.requirement
    about = (summary.NECESSITY_NAMES[asked.necessity], summary.asked_level_words(gap))
    suffix = " · ".join(escaped(part) for part in about if part)
    yield f"- {summary.ICONS[gap.state]} **{escaped(asked.label)}** · {suffix}"
    words = ", ".join(f"“{words}”" for words in summary.asked_words(gap))
    yield f"  - asked: {escaped(words or asked.necessity_why)}"
    yield f"  - why {gap.state.value}: {escaped(gap.reason)}"
    if path := summary.path_words(gap):
        yield f"  - path: {escaped(path)}"
    factors = " × ".join(f"{factor.name} {factor.value:g}" for factor in gap.factors)
    yield f"  - priority {gap.priority:g} = {factors}"
    yield f"  - next: {escaped(summary.next_step(gap))}"
    for piece in gap.evidence:
        yield f"  - shown: {escaped(summary.evidence_words(piece))}"


def _rest(result: GapResult) -> Iterator[str]:
    checklist = result.checklist
    gates = [
        f"{gate.kind.value} ({summary.NECESSITY_NAMES[gate.necessity]}): “{gate.text}”"
        for gate in checklist.gates
    ]
    yield from _section("Check these yourself", "Conditions; never scored.", gates, box="[ ] ")
    unused = [summary.spare_words(piece) for piece in result.unused]
    yield from _section("Not asked for", "You brought these as well.", unused)
    yield from _section("Not understood", "No skill has such a name.", result.unread)
    left = [f"no skill found for: “{part.text}”" for part in checklist.unlinked]
    left += [f"{part.reason}: “{part.text}”" for part in checklist.dropped]
    yield from _section("Left out of the posting", "", left)
    yield from _section("Notes", "", result.notes)
    yield from _section("What this does not say", "", summary.LIMITS)
    yield from (escaped(line) for line in result.attribution)


def _section(heading: str, intro: str, items: Sequence[str], *, box: str = "") -> Iterator[str]:
    if items:
        yield from (f"## {heading}", "")
        yield from (intro, "") if intro else ()
        yield from (f"- {box}{escaped(item)}" for item in items)
        yield ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""
