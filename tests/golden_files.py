"""Compare with files in ``tests/golden``; ``SKILLMATCH_REWRITE_GOLDEN=1`` rewrites them."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent / "golden"


def assert_golden(path: Path, text: str) -> None:
    """Fail where ``text`` is not what ``path`` holds, or rewrite the file when told to."""
    if os.environ.get("SKILLMATCH_REWRITE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing; SKILLMATCH_REWRITE_GOLDEN=1 pytest writes it"
    assert text == path.read_text(encoding="utf-8"), (
        f"{path.name} differs; read the change, then SKILLMATCH_REWRITE_GOLDEN=1 pytest"
    )
