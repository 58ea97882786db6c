"""Which texts share a run of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

# A run of its own costs about as much as this many tokens more in a run that happens anyway.
RUN_COST_TOKENS = 20
# Of 256 to 8192 the fastest: what a run passes between its layers stays in the processor's cache.
MAX_TOKENS = 1024


def batches(lengths: Sequence[int], *, max_tokens: int = MAX_TOKENS) -> Iterator[list[int]]:
    """Yield positions of texts to run together, shortest texts first.

    The cut between runs is the cheapest there is, where each run costs its padded tokens and
    ``RUN_COST_TOKENS``: a posting of 550 tokens is run with 560, not with the 840 of two runs.
    Every position comes exactly once.

    Args:
        lengths: Tokens of each text.
        max_tokens: Upper bound of texts × padded length, unless a single text is longer.
    """
    order = sorted(range(len(lengths)), key=lambda position: lengths[position])
    start = 0
    for size, longest in _groups(Counter(lengths), max_tokens):
        most = max(1, max_tokens // max(longest, 1))
        for cut in range(start, start + size, most):
            yield order[cut : min(cut + most, start + size)]
        start += size


def _groups(count: Counter[int], max_tokens: int) -> list[tuple[int, int]]:
    """Return number of texts and padded length of each group, by length, at the least cost."""
    known = sorted(count)
    cheapest: list[tuple[int, list[tuple[int, int]]]] = [(0, [])]
    for end, longest in enumerate(known, 1):
        size, options = 0, []
        for start in range(end - 1, -1, -1):
            size += count[known[start]]
            runs = -(-size // max(1, max_tokens // max(longest, 1)))
            cost = cheapest[start][0] + size * longest + runs * RUN_COST_TOKENS
            options.append((cost, start, size))
        cost, start, size = min(options)
        cheapest.append((cost, [*cheapest[start][1], (size, longest)]))
    return cheapest[-1][1]
