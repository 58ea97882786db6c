"""The threat model names a test for every defence, and those tests are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_the_threat_model_names_is_there() -> None:
    """A defence whose test was renamed or removed is only a claim."""
    named = set(re.findall(r"`(tests/[\w/.]+)`", TEXT))

    assert len(named) > 20
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []


def test_every_hostile_test_stands_in_the_threat_model() -> None:
    """Whoever reads what is defended finds what was tried."""
    hostile = [f"tests/api/{one.name}" for one in (ROOT / "tests/api").glob("test_api_hostile_*")]

    assert [one for one in sorted(hostile) if one not in TEXT] == []
