"""The real validation files with the baselines that need no model."""

from __future__ import annotations

from pathlib import Path

import pytest

import evaluation.__main__ as program
from evaluation.result_files import find_result
from evaluation.tasks import Inputs
from evaluation.tasks.skill_linking import SkillLinking
from skillmatch.settings import Settings

pytestmark = pytest.mark.shared


def test_the_validation_splits_hold_what_they_should(official: Settings, shared_data: Path) -> None:
    """Counts by hand from the files; every gold label is one of the release."""
    inputs = Inputs(settings=official, framework="esco@1.1.0", shared=shared_data)

    tasks = {task.name: task for task in SkillLinking().read(inputs)}

    for name, (judged, silent) in COUNTS.items():
        task = tasks[f"skill-linking-{name}"]
        assert sum(bool(query.gold) for query in task.queries) == judged
        assert sum(not query.gold for query in task.queries) == silent
        assert len(task.space.entries) == 13_891
        assert task.left_out == {}


def test_the_baselines_without_a_model_rank_them(
    official: Settings, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Far above chance and far below a linker: a mistake in reading would show in either."""
    monkeypatch.setattr(Settings, "from_environ", lambda _environ: official)
    given = ["--shared", str(shared_data), "--out", str(tmp_path), "--limit", "80"]
    systems = [part for name in FLOORS for part in ("--system", name)]

    assert program.main(["run", "--task", "skill-linking", *given, *systems]) == 0

    for name in COUNTS:
        for system, (low, high) in FLOORS.items():
            found = find_result(tmp_path, f"skill-linking-{name}-limit-80", system)
            assert found is not None
            assert low <= found["ranking"]["MRR"] <= high


COUNTS = {"tech-validation": (60, 23), "house-validation": (61, 16), "skillskape-dev": (1230, 86)}
FLOORS = {"random": (0.0, 0.03), "exact-label": (0.1, 0.45), "char-tfidf": (0.2, 0.6)}
"""Bounds of the MRR; on whole sets .39, .29 and .18 for exact labels, .53, .31 and .28."""
