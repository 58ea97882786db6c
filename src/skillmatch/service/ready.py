"""Make an installed framework searchable: build the default index."""

from __future__ import annotations

from skillmatch.service.indexing import BuiltIndex, build_index
from skillmatch.service.places import Progress, silent
from skillmatch.settings import Settings


def make_searchable(
    framework_id: str, *, settings: Settings, progress: Progress = silent
) -> BuiltIndex:
    """Build the default index unless the one that is there fits.

    Raises:
        NotFoundError: The framework is not installed.
        BusyError: Another process is building this index.
        StorageError: The data folder cannot be written.
    """
    return build_index(
        framework_id,
        settings=settings,
        progress=lambda done, total: progress(f"index {framework_id}", done, total),
    )
