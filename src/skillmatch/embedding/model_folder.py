"""A folder that holds one ONNX encoder: ``model.onnx``, ``tokenizer.json``, ``model.json``.

``model.json`` says where the weights come from and holds all that decides a vector. Its digest
is the encoder's fingerprint, so opening needs no hash over the weights; ``verify_model_folder``
computes that hash when somebody asks.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from skillmatch.errors import ChecksumError, DataError, NotFoundError, StorageError

MODEL_JSON = "model.json"
MODEL_ONNX = "model.onnx"
TOKENIZER_JSON = "tokenizer.json"
MEND = "install skillmatch again or, where this encoder is none of its own, export it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """What ``model.json`` says.

    Attributes:
        name: Short name that recipes and people use.
        weights_sha256: Of the weights as published; with ``graph`` and ``precision`` they
            decide what ``model.onnx`` computes.
        graph: Name and version of the way in which the graph is built.
        onnx_sha256: Of ``model.onnx``; another release of the ``onnx`` package may write the
            same graph in other bytes, so this takes no part in the fingerprint.
        pooling: ``mean`` over all tokens, special ones included.
        max_length: Tokens that are read of a text, special ones included.
        query_prefix: Put before a text on the query side; ``passage_prefix`` on the other.
        source: Package, release or folder that the weights come from.
        licence: SPDX id of the weights' licence.
        base: Model that the weights were tuned from; ``""`` where they are as published.
        commit: Of the code that tuned them.
        recipe: Digest of everything in the repository that decides how they were tuned.
    """

    name: str
    dimension: int
    max_length: int
    precision: str
    weights_sha256: str
    graph: str
    onnx_sha256: str
    tokenizer_sha256: str
    pooling: str = "mean"
    query_prefix: str = ""
    passage_prefix: str = ""
    source: str = ""
    licence: str = ""
    base: str = ""
    commit: str = ""
    recipe: str = ""

    @property
    def fingerprint(self) -> str:
        """Name and digest over everything that decides a vector."""
        decides = {key: value for key, value in asdict(self).items() if key not in _TOLD_ONLY}
        canonical = json.dumps(decides, sort_keys=True, separators=(",", ":")).encode()
        return f"{self.name}:{hashlib.sha256(canonical).hexdigest()[:32]}"


_TOLD_ONLY = frozenset({"name", "onnx_sha256", "source", "licence", "base", "commit", "recipe"})


def read_model_info(folder: Path) -> ModelInfo:
    """Read ``model.json``.

    Raises:
        NotFoundError: The folder holds no encoder.
        DataError: ``model.json`` is no model description.
    """
    path = folder / MODEL_JSON
    try:
        raw: Any = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise NotFoundError(f"there is no encoder at {folder}: {MODEL_JSON} is missing") from None
    except ValueError as error:
        raise DataError(f"is no JSON ({error}); {MEND}", path=path) from error
    known = {field.name for field in fields(ModelInfo)}
    if not isinstance(raw, dict) or not raw.keys() <= known:
        raise DataError(f"expected an object with the keys {sorted(known)}", path=path)
    try:
        return ModelInfo(**raw)
    except TypeError as error:
        raise DataError(f"is incomplete ({error}); {MEND}", path=path) from error


def write_model_folder(folder: Path, *, info: ModelInfo, onnx: bytes, tokenizer: bytes) -> None:
    """Write a folder aside and move it into place, so that no half of an encoder is ever seen.

    Raises:
        StorageError: The place cannot be written; an older encoder is untouched.
    """
    contents = {
        MODEL_ONNX: onnx,
        TOKENIZER_JSON: tokenizer,
        MODEL_JSON: (json.dumps(asdict(info), indent=2, sort_keys=True) + "\n").encode(),
    }
    try:
        _write_aside(folder, contents)
    except OSError as error:
        raise StorageError(
            f"cannot write {folder} ({error.strerror or error}); free some space, or choose "
            "another folder with SKILLMATCH_DATA"
        ) from error


def _write_aside(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in contents.items():
            (aside / name).write_bytes(content)
        aside.chmod(0o755)
        replace_folder(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def replace_folder(new: Path, target: Path) -> None:
    """Move the folder ``new`` to ``target``; what stood there is removed afterwards.

    A folder cannot be swapped in one step everywhere, so the old one is moved aside first;
    if the second move fails, the old one returns.
    """
    old = target.with_name(f".{target.name}-old-{os.getpid()}")
    if not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


def verify_model_folder(folder: Path) -> ModelInfo:
    """Hash the files again.

    Raises:
        ChecksumError: A file is not the one that ``model.json`` names.
    """
    info = read_model_info(folder)
    promised = {MODEL_ONNX: info.onnx_sha256, TOKENIZER_JSON: info.tokenizer_sha256}
    for name, expected in promised.items():
        path = folder / name
        if not path.is_file():
            raise NotFoundError(f"{path} is missing; {MEND}")
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
        if actual != expected:
            raise ChecksumError(path=path, expected=expected, actual=actual)
    return info
