"""Which texts share a run of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# A run of its own costs about as much as this many tokens more in a run that happens anyway.
RUN_COST_TOKENS = 64
MAX_TOKENS = 4096


def batches(lengths: Sequence[int], *, max_tokens: int = MAX_TOKENS) -> Iterator[list[int]]:
    """Yield positions of texts to run together, shortest texts first.

    Texts of one length go together; a longer one joins only where padding the others up to it
    costs less than a run of its own. Every position comes exactly once.

    Args:
        lengths: Tokens of each text.
        max_tokens: Upper bound of texts × padded length, unless a single text is longer.
    """
    batch: list[int] = []
    longest = 0
    for position in sorted(range(len(lengths)), key=lambda position: lengths[position]):
        length = lengths[position]
        padding = (length - longest) * len(batch)
        if batch and (padding > RUN_COST_TOKENS or (len(batch) + 1) * length > max_tokens):
            yield batch
            batch = []
        batch.append(position)
        longest = length
    if batch:
        yield batch
