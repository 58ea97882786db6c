"""Vectors that were computed before, by (encoder fingerprint, sha256 of text).

One encoder has two files that only grow: ``<digest>.vectors`` (float32 rows) and
``<digest>.keys`` (32 bytes a row). Vectors reach the disk before their keys do, so a row counts
only when both are whole; what a killed process left behind is cut off by the next writer.
Texts themselves are not kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from skillmatch.embedding.port import Encoder, Role, Vectors
from skillmatch.errors import StorageError

KEY_BYTES = 32
FLOAT_BYTES = 4
# Texts that are encoded between two writes: what an interruption costs at most.
CHUNK = 2048

Progress = Callable[[int, int], None]


class VectorCache:
    """Passage vectors of one encoder in a folder; query vectors are never kept.

    Args:
        folder: ``<data>/vectors``; made if it is missing.
        encoder: Whose vectors these are.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        name = hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:32]
        self._folder = folder
        self._encoder = encoder
        self._vectors = folder / f"{name}.vectors"
        self._keys = folder / f"{name}.keys"
        self._lock = folder / f"{name}.lock"
        self._width = encoder.dimension * FLOAT_BYTES

    def __len__(self) -> int:
        return min(_size(self._keys) // KEY_BYTES, _size(self._vectors) // self._width)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return vectors of texts, shape (texts, dimension), and encode only unknown ones.

        Longest texts come first, and every ``CHUNK`` of them is on disk before the next one
        starts, so that an interrupted build goes on where it stopped.

        Args:
            texts: In any order, repeated or not.
            progress: Called with (done, total) in characters that had to be encoded; total 0
                means that everything was known.

        Raises:
            StorageError: The folder cannot be written.
        """
        keys = [_key(text) for text in texts]
        known = self._known()
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        self._encode_new(unknown, progress)
        known = self._known()
        if not keys:
            return np.zeros((0, self._encoder.dimension), dtype=np.float32)
        stored = np.memmap(self._vectors, np.float32, "r").reshape(-1, self._encoder.dimension)
        return np.asarray(stored[[known[key] for key in keys]])

    def _encode_new(self, unknown: dict[bytes, str], progress: Progress | None) -> None:
        items = sorted(unknown.items(), key=lambda item: (-len(item[1]), item[1]))
        total = sum(len(text) for _, text in items)
        done = 0
        if progress is not None:
            progress(0, total)
        for start in range(0, len(items), CHUNK):
            part = items[start : start + CHUNK]
            vectors = self._encoder.encode([text for _, text in part], Role.PASSAGE)
            self._append([key for key, _ in part], vectors)
            done += sum(len(text) for _, text in part)
            if progress is not None:
                progress(done, total)

    def _known(self) -> dict[bytes, int]:
        """Return the row of each key."""
        rows = len(self)
        if not rows:
            return {}
        with self._keys.open("rb") as file:
            data = file.read(rows * KEY_BYTES)
        return {data[row * KEY_BYTES : (row + 1) * KEY_BYTES]: row for row in range(rows)}

    def _append(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        from filelock import FileLock

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._lock):
                rows = len(self)
                data = np.ascontiguousarray(vectors, dtype="<f4").tobytes()
                _write_at(self._vectors, rows * self._width, data)
                _write_at(self._keys, rows * KEY_BYTES, b"".join(keys))
        except OSError as error:
            raise StorageError(
                f"cannot keep vectors in {self._folder} ({error.strerror or error}); "
                "free some space or choose another folder with SKILLMATCH_DATA, then run it again: "
                "what was encoded so far is kept"
            ) from error


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _write_at(path: Path, offset: int, data: bytes) -> None:
    """Write at ``offset`` and cut off what lies behind; on disk when this returns."""
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
