"""Fixtures that every room may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the reference data (official ESCO, O*NET, benchmarks); skips where absent."""
    folder = Path(os.environ.get("SKILLMATCH_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        if os.environ.get("SKILLMATCH_REQUIRE_SHARED") == "1":
            pytest.fail(f"SKILLMATCH_REQUIRE_SHARED=1, but there is no folder {folder}")
        pytest.skip(f"no reference data at {folder}; set SKILLMATCH_TEST_DATA")
    return folder
