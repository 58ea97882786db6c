"""The page: safe, self-contained, linked in itself and legible."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import GapState
from skillmatch.model.link import Mention
from skillmatch.model.posting import Span
from skillmatch.report import render
from skillmatch.report.highlight import segments
from skillmatch.report.pages import style_of
from skillmatch.report.svg import state_bar, state_key
from tests.report.page_parser import Page
from tests.report.report_samples import CHECKLIST, POSTING, REQUIREMENTS, sample_result

CSS = style_of("page", "report")


PAGE = Page(render(sample_result(), "html", posting_text=POSTING))


def test_the_page_is_well_formed_and_says_its_language() -> None:
    """Assistive technology needs both."""
    assert PAGE.open == []
    assert ("html", {"lang": "en"}) in PAGE.tags
    levels = [int(tag[1]) for tag, _ in PAGE.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_the_page_asks_nobody_for_anything() -> None:
    """It opens on a train, and tells no server who reads it."""
    tags = {tag for tag, _ in PAGE.tags}

    assert tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"})
    assert list(PAGE.values("src")) == []
    assert [a["href"] for tag, a in PAGE.tags if tag == "link"] == ["data:,"]
    assert not re.search(r"@import|url\(", CSS)


def test_every_link_inside_the_page_leads_somewhere() -> None:
    """Words lead to rows and rows to words."""
    ids = list(PAGE.values("id"))
    targets = {href[1:] for href in PAGE.values("href") if href.startswith("#")}

    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {f"r{n}" for n in range(1, 12)} | {f"w{n}" for n in range(1, 12)} <= targets


SLY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def test_script_in_a_posting_stays_text_wherever_it_stands() -> None:
    """A posting comes from strangers."""
    posting = f"{SLY} {SLY}"
    mention = Mention(text=SLY, span=Span(start=0, end=len(SLY)))
    asked = replace(REQUIREMENTS[0], label=SLY, necessity_why=SLY, mentions=(mention,), how=SLY)
    result = sample_result()
    gap = replace(result.gaps[0], requirement=asked, reason=SLY)
    checklist = replace(CHECKLIST, title=SLY, source=SLY, frameworks=(SLY,))

    page = Page(
        render(
            replace(result, checklist=checklist, gaps=(gap,), unread=(SLY,), notes=(SLY,)),
            "html",
            posting_text=posting,
        )
    )

    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    assert not list(page.values("onerror"))
    assert "".join(page.words).count(SLY) >= 8


def test_a_concept_whose_uri_is_a_script_is_no_link() -> None:
    """A framework file can hold any URI; only web addresses become links."""
    result = sample_result()
    asked = replace(result.gaps[0].requirement, uri=ConceptUri("javascript:alert(1)"))
    gap = replace(result.gaps[0], requirement=asked)

    page = Page(render(replace(result, gaps=(gap,)), "html"))

    assert not [href for href in page.values("href") if href.startswith("javascript")]


def test_without_the_posting_the_page_quotes_its_words_only() -> None:
    """A checklist of an occupation has no posting."""
    page = Page(render(sample_result(), "html"))

    assert "posting" not in set(page.values("id"))
    assert not [href for href in page.values("href") if href.startswith("#w")]


spans = st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), max_size=6)


@given(text=st.text(st.sampled_from("ab <\n"), max_size=30), places=spans)
def test_segments_joined_are_the_posting_again(text: str, places: list[tuple[int, int]]) -> None:
    """Marking must not lose, double or move a character, however spans overlap."""
    gap = sample_result().gaps[0]
    mentions = tuple(
        Mention(text=text[max(0, a) : max(0, b)], span=Span(start=a, end=b)) for a, b in places
    )
    asked = replace(gap.requirement, mentions=mentions)
    result = replace(sample_result(), gaps=(replace(gap, requirement=asked),))

    made = segments(text, result)

    assert "".join(part.text for part in made) == text
    covered = {
        place for a, b in places if 0 <= a < b <= len(text) for place in range(a, b)
    }  # fmt: skip
    marked: set[int] = set()
    start = 0
    for part in made:
        if part.rows:
            marked |= set(range(start, start + len(part.text)))
        start += len(part.text)
    assert marked == covered
    assert sum(len(part.anchors) for part in made) == bool(covered)


def test_another_version_of_the_posting_is_not_marked_at_random() -> None:
    """Offsets without their words point at nonsense."""
    made = segments("x" * len(POSTING), sample_result())

    assert not any(part.rows or part.gate or part.dropped for part in made)


def palette(block: str) -> dict[str, str]:
    """Return the colours that a CSS block names."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    """Return relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


BLOCKS = re.findall(r":root \{(.*?)\}", CSS, flags=re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS[:2], ids=["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(block: str) -> None:
    """4.5 to 1 for text, on each ground that it stands on, by day and by night."""
    colours = palette(block)
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "ground")]
    pairs += [("accent", "accent-soft"), ("soft", "accent-soft")]
    states = [name.removesuffix("-soft") for name in colours if name.endswith("-soft")]
    pairs += [(name, ground) for name in states for ground in ("paper", f"{name}-soft")]
    pairs += [("ink", f"{name}-soft") for name in states]

    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}

    assert len(states) == 7
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("state", GapState)
def test_every_state_has_a_colour_and_a_shape(state: GapState) -> None:
    """Colour alone says nothing to one reader in twelve."""
    from skillmatch.report.summary import ICONS, MEANINGS
    from skillmatch.report.svg import ICON_SHAPES

    assert f".s-{state_key(state)} {{" in CSS
    assert len(set(ICON_SHAPES.values())) == len(set(ICONS.values())) == len(GapState)
    assert MEANINGS[state]


def test_the_bar_of_states_is_as_long_as_its_parts() -> None:
    """A third is drawn as a third, and the whole is 100 %."""
    bar = state_bar({GapState.PROVEN: 1, GapState.MISSING: 2})

    widths = [float(w) for w in re.findall(r' width="([\d.]+)%" height="100%"', bar)]
    assert widths == [pytest.approx(100 / 3, rel=1e-3), pytest.approx(200 / 3, rel=1e-3)]
    assert state_bar({}) == ""
