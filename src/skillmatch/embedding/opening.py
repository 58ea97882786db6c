"""From the name or folder of an encoder to the encoder."""

from __future__ import annotations

from pathlib import Path

from skillmatch.embedding.hashing import HashingEncoder
from skillmatch.embedding.model_folder import MODEL_JSON
from skillmatch.embedding.port import Encoder
from skillmatch.errors import NotFoundError

HASHING = "hashing"


def open_encoder(spec: str, *, models: Path, threads: int = 0, device: str = "cpu") -> Encoder:
    """Open an encoder by name or by folder.

    Args:
        spec: A name under ``models`` (``all-minilm-l6-v2``), or the path of a folder: one with
            ``model.json`` is run by ONNX Runtime, any other by sentence-transformers.
            ``hashing`` is the encoder that needs no model and knows no meaning.
        models: Folder of installed encoders (``<data>/models``).
        threads: Threads of one run; 0 means every core.
        device: For sentence-transformers only.

    Raises:
        NotFoundError: There is no such encoder.
        UsageError: It needs a dependency that is not installed.
        DataError: Its files are damaged.
    """
    if spec == HASHING:
        return HashingEncoder()
    folder = find_encoder(spec, models=models)
    if (folder / MODEL_JSON).is_file():
        from skillmatch.embedding.onnx_encoder import OnnxEncoder

        return OnnxEncoder.open(folder, threads)
    from skillmatch.embedding.st_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(folder, device=device)


def find_encoder(spec: str, *, models: Path) -> Path:
    """Return the folder that ``spec`` names.

    Raises:
        NotFoundError: Neither ``models`` holds such a name nor is it the path of a folder.
    """
    for folder in (models / spec, Path(spec).expanduser()):
        if spec and folder.is_dir():
            return folder
    known = sorted(path.name for path in models.glob("[!.]*")) if models.is_dir() else []
    has = f"installed are: {', '.join(known)}" if known else "none is installed yet"
    raise NotFoundError(f"there is no encoder {spec!r} ({has}); run `skillmatch setup`")
