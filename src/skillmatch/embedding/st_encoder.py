"""Any sentence-transformers model that lies on this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from skillmatch.embedding.port import Role, TokenVectors, Vectors
from skillmatch.embedding.vectors import unit_length
from skillmatch.errors import NotFoundError, UsageError

BATCH = 64


class SentenceTransformerEncoder:
    """The ``Encoder`` port over sentence-transformers (and so PyTorch), from a local folder.

    Args:
        path: Folder of a sentence-transformers model; nothing is ever downloaded.
        device: ``cpu``, ``cuda``, ``mps`` or ``""`` for the best there is.

    Raises:
        NotFoundError: The folder is not there.
        UsageError: The optional dependency is not installed.
    """

    def __init__(self, path: Path, *, device: str = "cpu") -> None:
        if not path.is_dir():
            raise NotFoundError(f"there is no model folder at {path}")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise UsageError(
                f"{path} is a sentence-transformers model; "
                "`pip install 'skillmatch[sentence-transformers]'` brings what it needs"
            ) from error
        self._model: Any = SentenceTransformer(
            str(path), device=device or None, local_files_only=True
        )
        self._fingerprint = f"{path.name}:{_digest(path)}"

    @property
    def fingerprint(self) -> str:
        """Name of the folder and digest of all its files."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise UsageError("this model does not tell the length of its vectors")
        return int(dimension)

    def encode(self, texts: Sequence[str], role: Role = Role.PASSAGE) -> Vectors:
        """Return pooled unit vectors, shape (texts, dimension), in input order."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode = self._model.encode_query if role is Role.QUERY else self._model.encode_document
        return unit_length(
            encode(list(texts), batch_size=BATCH, convert_to_numpy=True, show_progress_bar=False)
        )

    def encode_tokens(self, texts: Sequence[str], role: Role = Role.QUERY) -> list[TokenVectors]:
        """Return token vectors of each text, in input order.

        Raises:
            UsageError: The model's tokenizer does not say where its tokens stand.
        """
        prefix = str((self._model.prompts or {}).get(_PROMPTS[role], "") or "")
        pooled = self.encode(texts, role)
        return [
            self._tokens(text, prefix, whole) for text, whole in zip(texts, pooled, strict=True)
        ]

    def _tokens(self, text: str, prefix: str, pooled: Vectors) -> TokenVectors:
        tokenizer = self._model.tokenizer
        if not tokenizer.is_fast:
            raise UsageError("this model has no fast tokenizer, so its tokens have no places")
        hidden = self._model.encode(
            [prefix + text], output_value="token_embeddings", show_progress_bar=False
        )[0]
        encoding = tokenizer(
            prefix + text,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        offsets = np.array(encoding["offset_mapping"], dtype=np.int64).reshape(-1, 2)
        special = np.array(encoding["special_tokens_mask"], dtype=bool)
        kept = ~special & (offsets[:, 0] >= len(prefix))
        vectors = unit_length(np.asarray(hidden.cpu(), dtype=np.float32)[: len(kept)][kept])
        return TokenVectors(vectors=vectors, offsets=offsets[kept] - len(prefix), pooled=pooled)


_PROMPTS = {Role.QUERY: "query", Role.PASSAGE: "document"}


def _digest(folder: Path) -> str:
    """Hash names and contents of all files, in order of their names; texts about them aside."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == ".md" or path.name.startswith("."):
            continue
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()[:32]
