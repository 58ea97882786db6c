"""From the name or folder of an encoder to the encoder."""

from __future__ import annotations

from pathlib import Path

from skillmatch.embedding.hashing import HashingEncoder
from skillmatch.embedding.model_folder import MODEL_JSON
from skillmatch.embedding.port import Encoder
from skillmatch.errors import NotFoundError

HASHING = "hashing"
SHIPPED = Path(__file__).resolve().parent / "shipped"
"""Folder of the encoders that come with the program."""


def open_encoder(spec: str, *, models: Path, threads: int = 0, device: str = "cpu") -> Encoder:
    """Open an encoder by name or by folder.

    Args:
        spec: A name, of ``models`` or of an encoder that is shipped (``skillmatch-minilm-1``),
            or the path of a folder: one with ``model.json`` is run by ONNX Runtime, any other by
            sentence-transformers. ``hashing`` is the encoder that needs no model and knows no
            meaning.
        models: Folder of the user's own encoders (``<data>/models``), which need not exist.
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

    A user's own encoder goes before a shipped one of the same name, and a name before a path.

    Raises:
        NotFoundError: There is no such encoder; the message names those there are.
    """
    shipped = shipped_encoders()
    if spec and (models / spec).is_dir():
        return models / spec
    if spec in shipped:
        return SHIPPED / spec
    if spec and (folder := Path(spec).expanduser()).is_dir():
        return folder
    own = {path.name for path in models.glob("[!.]*") if path.is_dir()}
    raise NotFoundError(
        f"there is no encoder {spec!r}; known are {', '.join(sorted({HASHING, *own, *shipped}))}, "
        "and the path of any folder that holds one"
    )


def shipped_encoders() -> frozenset[str]:
    """Return the names of the encoders that come with the program."""
    return frozenset(path.parent.name for path in SHIPPED.glob(f"*/{MODEL_JSON}"))
