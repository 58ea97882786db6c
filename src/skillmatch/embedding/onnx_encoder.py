"""The default encoder: ONNX Runtime and a tokenizer, nothing heavier."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from skillmatch.embedding.batches import batches
from skillmatch.embedding.model_folder import (
    MEND,
    MODEL_ONNX,
    TOKENIZER_JSON,
    ModelInfo,
    read_model_info,
)
from skillmatch.embedding.port import Role, TokenVectors, Vectors
from skillmatch.embedding.vectors import unit_length
from skillmatch.errors import DataError, NotFoundError

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

# Texts that are tokenised at a time; bounds memory, not results.
TOKENISED_AT_ONCE = 8192


class Session(Protocol):
    """What is used of ``onnxruntime.InferenceSession``."""

    def run(
        self, output_names: list[str], input_feed: dict[str, NDArray[np.int64]]
    ) -> list[Vectors]:
        """Return the named outputs."""
        ...


class OnnxEncoder:
    """Runs a folder written by ``embedding.export``; safe to share between threads."""

    def __init__(self, info: ModelInfo, *, session: Session, tokenizer: Tokenizer) -> None:
        self._info = info
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, folder: Path, threads: int = 0) -> OnnxEncoder:
        """Open a model folder.

        Args:
            folder: Holds ``model.onnx``, ``tokenizer.json`` and ``model.json``.
            threads: Threads of one run; 0 means every core that this process may use.

        Raises:
            NotFoundError: A file is missing.
            DataError: A file cannot be read as what it should be.
        """
        info = read_model_info(folder)
        for name in (MODEL_ONNX, TOKENIZER_JSON):
            if not (folder / name).is_file():
                raise NotFoundError(f"{folder / name} is missing; {MEND}")
        session = _open_session(folder / MODEL_ONNX, threads or _usable_cores())
        return cls(info, session=session, tokenizer=_open_tokenizer(folder, info.max_length))

    @property
    def fingerprint(self) -> str:
        """Name and digest of weights, tokenizer, pooling, prefixes and length."""
        return self._info.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._info.dimension

    def encode(self, texts: Sequence[str], role: Role = Role.PASSAGE) -> Vectors:
        """Return pooled unit vectors, shape (texts, dimension), in input order.

        Equal texts are run once. Padding never reaches another text: attention and mean leave
        masked tokens out, so that a vector stays the same within 1e-6 in any company.
        """
        distinct = {text: position for position, text in enumerate(dict.fromkeys(texts))}
        vectors = np.empty((len(distinct), self.dimension), dtype=np.float32)
        for positions, encodings in self._runs(list(distinct), role):
            vectors[positions] = self._run(["pooled"], encodings)[0]
        return unit_length(vectors[[distinct[text] for text in texts]])

    def encode_tokens(self, texts: Sequence[str], role: Role = Role.QUERY) -> list[TokenVectors]:
        """Return each text as a whole and its tokens, in input order, from one run of the model.

        A text without words has no tokens.
        """
        found: dict[int, TokenVectors] = {}
        prefix = len(self._prefix(role))
        for positions, encodings in self._runs(texts, role):
            hidden, pooled = self._run(["token_vectors", "pooled"], encodings)
            pooled = unit_length(pooled)
            for place, (position, encoding) in enumerate(zip(positions, encodings, strict=True)):
                found[position] = _token_vectors(hidden[place], pooled[place], encoding, prefix)
        return [found[position] for position in range(len(texts))]

    def _prefix(self, role: Role) -> str:
        return self._info.query_prefix if role is Role.QUERY else self._info.passage_prefix

    def _runs(self, texts: Sequence[str], role: Role) -> Iterator[tuple[list[int], list[Encoding]]]:
        """Yield positions and their tokenised texts, one pair for each run of the model."""
        prefix = self._prefix(role)
        for start in range(0, len(texts), TOKENISED_AT_ONCE):
            part = [prefix + text for text in texts[start : start + TOKENISED_AT_ONCE]]
            encodings = self._tokenizer.encode_batch(part)
            for batch in batches([len(encoding.ids) for encoding in encodings]):
                yield [start + i for i in batch], [encodings[i] for i in batch]

    def _run(self, outputs: list[str], encodings: Sequence[Encoding]) -> list[Vectors]:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        results = self._session.run(outputs, {"input_ids": ids, "attention_mask": mask})
        return [np.asarray(result, dtype=np.float32) for result in results]


def _token_vectors(row: Vectors, pooled: Vectors, encoding: Encoding, prefix: int) -> TokenVectors:
    """Keep the tokens of the text itself: no special tokens, no prefix, no padding."""
    offsets: NDArray[np.int64] = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    special = np.array(encoding.special_tokens_mask, dtype=bool)
    kept = ~special & (offsets[:, 0] >= prefix)
    vectors = unit_length(row[: len(kept)][kept])
    return TokenVectors(vectors=vectors, offsets=offsets[kept] - prefix, pooled=pooled)


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def silent_onnxruntime() -> ModuleType:
    """Import onnxruntime without its telemetry.

    Releases of 2026 gather reports about the machine and its sessions for their maker, in the
    user's cache folder, unless this variable stands in the environment when the library is loaded.
    The call stops what it can in a program that had imported it before.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    loaded: ModuleType = onnxruntime
    loaded.disable_telemetry_events()
    return loaded


def _open_session(path: Path, threads: int) -> Session:
    onnxruntime = silent_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Threads that wait by spinning gain nothing measurable on idle cores, and on busy ones they
    # take a third of the work away from whoever could use it.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session: Session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
    # onnxruntime's own exceptions share no base class but Exception.
    except Exception as error:
        raise DataError(f"onnxruntime cannot open it ({error}); {MEND}", path=path) from error
    return session


def _open_tokenizer(folder: Path, max_length: int) -> Tokenizer:
    import tokenizers

    path = folder / TOKENIZER_JSON
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(path))
    # tokenizers raises a bare Exception for a file that it cannot parse.
    except Exception as error:
        raise DataError(f"is no tokenizer ({error}); {MEND}", path=path) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    return tokenizer
