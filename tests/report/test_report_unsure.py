"""Readings that may be wrong stand apart from those a person can act on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.model.gap import GapResult, GapState
from skillmatch.report import render
from skillmatch.report.summary import UNSURE, groups, headline, starts
from tests.report.report_samples import sample_result


def unsure_of(result: GapResult, *labels: str) -> GapResult:
    """Return the result with some requirements hardly read."""
    return replace(
        result,
        gaps=tuple(
            replace(gap, requirement=replace(gap.requirement, confidence=UNSURE - 0.01))
            if gap.requirement.label in labels
            else gap
            for gap in result.gaps
        ),
    )


def by_group(result: GapResult) -> dict[str, list[str]]:
    """Return the labels of each group."""
    return {group.key: [gap.requirement.label for gap in group.gaps] for group in groups(result)}


def first_of(state: GapState) -> str:
    """Return the most urgent requirement of a state in the sample."""
    return next(gap.requirement.label for gap in sample_result().gaps if gap.state is state)


@pytest.mark.parametrize("state", [GapState.MISSING, GapState.RELATED, GapState.BELOW_LEVEL])
def test_an_unsure_reading_stands_in_a_group_of_its_own(state: GapState) -> None:
    """Nobody should learn a trade because a program misread a sentence."""
    label = first_of(state)

    result = unsure_of(sample_result(), label)

    assert by_group(result)["perhaps"] == [label]
    every = [one for labels in by_group(result).values() for one in labels]
    assert sorted(every) == sorted(gap.requirement.label for gap in result.gaps)


def test_what_is_held_is_not_in_doubt_because_the_posting_is() -> None:
    """A skill that one has costs nothing, asked for or not."""
    result = unsure_of(sample_result(), first_of(GapState.CLAIMED))

    assert "perhaps" not in by_group(result)


def test_nobody_is_told_to_start_with_it() -> None:
    """The next sure one takes its place."""
    most, second = starts(sample_result(), 2)

    result = unsure_of(sample_result(), most.requirement.label)

    assert starts(result, 1) == (second,)
    named = f"1. {most.requirement.label}"
    assert named in render(sample_result(), "text")
    assert named not in render(result, "text")


def test_the_headline_says_how_many_there_are() -> None:
    """Counts of a first glance include them, and say so."""
    one, two = first_of(GapState.MISSING), first_of(GapState.RELATED)

    assert headline(unsure_of(sample_result(), one)).endswith(
        " 1 of the open ones is an unsure reading."
    )
    assert headline(unsure_of(sample_result(), one, two)).endswith(
        " 2 of the open ones are unsure readings."
    )
    assert "unsure" not in headline(sample_result())
