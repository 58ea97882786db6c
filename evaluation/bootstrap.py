"""Whether a difference would survive other queries: paired bootstrap over queries.

Both systems answered the same queries, so both are redrawn together: what makes a query hard makes
it hard for both, and the difference is known better than either number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skillmatch.errors import UsageError

SAMPLES = 5000
SEED = 13
LEVEL = 0.95
CHUNK = 250
Table = NDArray[np.float64]
Statistic = Callable[[Table], NDArray[np.float64]]
"""From means over queries, shape (samples, columns), to one number a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number and where it lies in 95 of 100 redrawings.

    Attributes:
        value: On the queries as they are.
        below: Share of redrawings in which it is 0 or less.
    """

    value: float
    low: float
    high: float
    below: float

    @property
    def clear(self) -> bool:
        """Whether 0 lies outside of the interval."""
        return self.low > 0 or self.high < 0


def mean(means: Table) -> NDArray[np.float64]:
    """Take the mean of the only column: the statistic of every ranking measure."""
    return means[:, 0]


def f1(means: Table) -> NDArray[np.float64]:
    """Take micro F1 of the columns right, accepted and gold; 0 where nothing was said nor asked."""
    size = means[:, 1] + means[:, 2]
    return np.divide(2 * means[:, 0], size, out=np.zeros(len(means)), where=size > 0)


def bootstrap(
    sets: Sequence[Table],
    statistic: Statistic = mean,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Interval:
    """Return a statistic and its interval.

    Args:
        sets: For each set of queries its values, shape (queries, columns). Each set is redrawn on
            its own, and the sets weigh the same, whatever their sizes.
        statistic: See ``Statistic``.
        samples: Number of redrawings.
        seed: Makes the interval the same on every machine.

    Raises:
        UsageError: There is no set, or one is empty.
    """
    return paired_bootstrap(sets, None, statistic, samples=samples, seed=seed)


def paired_bootstrap(
    ours: Sequence[Table],
    theirs: Sequence[Table] | None,
    statistic: Statistic = mean,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Interval:
    """Return the difference ours minus theirs; rows are the same queries in the same order.

    Raises:
        UsageError: There is no set, one is empty, or the systems answered different queries.
    """
    pairs = [(one, None) for one in ours] if theirs is None else _paired(ours, theirs)
    if not pairs or not all(len(one) for one, _ in pairs):
        raise UsageError("a bootstrap needs at least one query in each set")
    draw = np.random.default_rng(seed)
    total, value = np.zeros(samples), 0.0
    for one, other in pairs:
        size = len(one)
        value += float(_difference(np.ones((1, size)), one, other, statistic)[0])
        for start in range(0, samples, CHUNK):
            count = min(CHUNK, samples - start)
            drawn = draw.multinomial(size, [1 / size] * size, size=count).astype(np.float64)
            total[start : start + count] += _difference(drawn, one, other, statistic)
    total /= len(pairs)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(total, [tail, 1 - tail])
    return Interval(
        value=value / len(pairs),
        low=float(low),
        high=float(high),
        below=float((total <= 0).mean()),
    )


def _paired(ours: Sequence[Table], theirs: Sequence[Table]) -> list[tuple[Table, Table | None]]:
    shapes = [one.shape for one in ours], [one.shape for one in theirs]
    if shapes[0] != shapes[1]:
        raise UsageError(
            f"both systems must have answered the same queries, got {shapes[0]} and {shapes[1]}"
        )
    return list(zip(ours, theirs, strict=True))


def _difference(
    times: Table, one: Table, other: Table | None, statistic: Statistic
) -> NDArray[np.float64]:
    """Take the statistic of queries that were drawn so many times, shape (samples, queries)."""
    ours = statistic(times @ one / len(one))
    return ours if other is None else ours - statistic(times @ other / len(other))
