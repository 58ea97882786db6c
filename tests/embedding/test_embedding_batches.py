"""Which texts share a run: all of them once, within bounds, at the least cost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.embedding.batches import RUN_COST_TOKENS, batches

LENGTHS = st.lists(st.integers(1, 60), max_size=40)


def cost(runs: Sequence[Sequence[int]]) -> int:
    """Padded tokens of all runs, and what each run costs by itself."""
    return sum(len(run) * max(run) + RUN_COST_TOKENS for run in runs)


@given(lengths=LENGTHS, max_tokens=st.integers(1, 300))
def test_every_text_is_run_once_and_no_run_outgrows_the_bound(
    lengths: list[int], max_tokens: int
) -> None:
    """A text that is lost has no vector, and a run without a bound takes all the memory."""
    found = list(batches(lengths, max_tokens=max_tokens))

    assert sorted(position for batch in found for position in batch) == list(range(len(lengths)))
    for batch in found:
        padded = len(batch) * max(lengths[position] for position in batch)
        assert len(batch) == 1 or padded <= max_tokens


@given(lengths=st.lists(st.integers(1, 60), min_size=1, max_size=7))
def test_no_other_cut_into_runs_is_cheaper(lengths: list[int]) -> None:
    """Padding is most of what encoding a posting could waste."""
    ordered = sorted(lengths)
    every_cut = (
        [ordered[left:right] for left, right in zip((0, *cuts), (*cuts, len(ordered)), strict=True)]
        for size in range(len(ordered))
        for cuts in combinations(range(1, len(ordered)), size)
    )

    found = [[lengths[position] for position in batch] for batch in batches(lengths)]

    assert cost(found) == min(map(cost, every_cut))


def test_texts_come_shortest_first_and_in_their_order_among_equals() -> None:
    """The same texts must always be run in the same company."""
    found = list(batches([9, 3, 9, 3]))

    assert [position for batch in found for position in batch] == [1, 3, 0, 2]
