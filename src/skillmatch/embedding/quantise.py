"""Weights as 8-bit integers with a scale for each block or row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skillmatch.errors import UsageError

# Unsigned storage puts zero in the middle: a stored byte b stands for (b - 128) * scale.
ZERO_POINT = 128


def quantise_blocks(
    weight: NDArray[np.float32], block: int
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Quantise along the input axis, one symmetric scale for every ``block`` weights.

    Args:
        weight: Shape (out, in); ``in`` is a multiple of ``block``.
        block: Weights that share a scale.

    Returns:
        Bytes of shape (out, in / block, block), where ``(byte - 128) * scale`` gives the weight
        back within half a scale, and scales of shape (out, in / block).

    Raises:
        UsageError: ``in`` is not a multiple of ``block``.
    """
    rows, columns = weight.shape
    if columns % block:
        raise UsageError(f"cannot cut rows of {columns} weights into blocks of {block}")
    blocks = weight.reshape(rows, columns // block, block)
    scales = _scales(blocks)
    quantised = np.rint(blocks / scales[..., np.newaxis]) + ZERO_POINT
    return quantised.astype(np.uint8), scales


def quantise_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Quantise each row with one symmetric scale.

    Returns:
        Values in [-127, 127] of the same shape, and scales of shape (rows, 1).
    """
    scales = _scales(table)[:, np.newaxis]
    return np.rint(table / scales).astype(np.int8), scales


def _scales(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return max |value| / 127 along the last axis; 1 where all values are zero."""
    scales = (np.abs(values).max(axis=-1) / 127).astype(np.float32)
    scales[scales == 0] = 1.0
    return np.asarray(scales)
