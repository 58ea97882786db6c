"""Put a tuned encoder into the package, as the one that the program uses.

    python -m evaluation.ship FOLDER [--commit COMMIT]

FOLDER holds the tuned model as ``evaluation.train`` writes it. ``model.onnx`` (8-bit weights),
``tokenizer.json`` and ``model.json`` in the package are replaced, and the section "Files" of the
model card with them; the rest of the card is written by hand.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.minilm import WHEEL
from evaluation.provenance import ROOT, commit_id
from skillmatch.atomic import write_bytes, write_text
from skillmatch.cli.exits import exit_code
from skillmatch.embedding.bert_graph import Precision
from skillmatch.embedding.export import Origin, export_minilm
from skillmatch.embedding.model_folder import MODEL_JSON, MODEL_ONNX, TOKENIZER_JSON, ModelInfo
from skillmatch.embedding.opening import SHIPPED
from skillmatch.errors import SkillmatchError

ENCODER = "skillmatch-minilm-1"
CARD = "README.md"
FILES = "## Files\n"
TRAINING = ROOT / "evaluation" / "train"


def ship(trained: Path, target: Path, *, commit: str, training: Path = TRAINING) -> ModelInfo:
    """Export a tuned model into the folder of a shipped encoder, and tell its files on the card.

    Args:
        trained: Holds ``model.safetensors``, ``tokenizer.json`` and ``config.json``.
        target: Holds the model card; its name becomes the encoder's.
        commit: Of the code that tuned the model.
        training: Code and sentences that it was tuned with.

    Raises:
        NotFoundError: A file of the tuned model is missing.
        DataError: It is no model of this architecture.
        StorageError: The folder cannot be written.
    """
    origin = Origin(
        source="evaluation.train",
        base=WHEEL.requirement,
        commit=commit,
        recipe=recipe_digest(training),
    )
    with tempfile.TemporaryDirectory() as aside:
        made = Path(aside) / target.name
        info = export_minilm(trained, made, precision=Precision.INT8, origin=origin)
        for name in (MODEL_ONNX, TOKENIZER_JSON, MODEL_JSON):
            write_bytes(target / name, (made / name).read_bytes())
    card = (target / CARD).read_text(encoding="utf-8")
    write_text(target / CARD, card.partition(FILES)[0] + files_section(info, target))
    return info


def recipe_digest(training: Path) -> str:
    """Return the sha256 over names and contents of all that decides how the encoder is tuned."""
    total = hashlib.sha256()
    for path in sorted(training.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(training).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def files_section(info: ModelInfo, folder: Path) -> str:
    """Return the last section of the card: every file with size and sha256."""
    sums = {MODEL_ONNX: info.onnx_sha256, TOKENIZER_JSON: info.tokenizer_sha256}
    rows = (
        f"| `{name}` | {(folder / name).stat().st_size} | `{digest}` |\n"
        for name, digest in sums.items()
    )
    return (
        f"{FILES}\nWritten by `python -m evaluation.ship`; a test compares them.\n\n"
        f"| file | bytes | sha256 |\n|---|---:|---|\n{''.join(rows)}\n"
        f"Fingerprint `{info.fingerprint}`, tuned at commit `{info.commit}` with the recipe "
        f"`{info.recipe}`.\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Ship and say what was made; errors end with the exit codes of ``skillmatch``."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.ship", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("trained", type=Path, metavar="FOLDER", help="the tuned model")
    parser.add_argument("--commit", default="", help="of the training; by default the checkout's")
    chosen = parser.parse_args(arguments)
    target = SHIPPED / ENCODER
    try:
        info = ship(chosen.trained, target, commit=chosen.commit or commit_id())
    except SkillmatchError as error:
        print(f"error: {error}", file=sys.stderr)
        return int(exit_code(error))
    print(f"{info.fingerprint} lies in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
