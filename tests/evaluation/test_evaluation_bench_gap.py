"""The measurement of a gap: texts that were never seen, and processes measured from outside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from evaluation.bench.gap import WORDS, imported, varied
from evaluation.bench.processes import run_often, run_once
from skillmatch.model.posting import Posting

POSTING = Posting(
    title="Cook",
    text="Your tasks\nYou cook lunch for two hundred guests\nYou keep the kitchen clean and safe",
    source="posting.txt",
)


def test_every_round_reads_sentences_that_no_round_read_before() -> None:
    """A cache of texts would otherwise make the second round free."""
    rounds = [varied(POSTING, number).text.split("\n") for number in range(3 * len(WORDS))]

    assert {lines[0] for lines in rounds} == {"Your tasks"}
    for sentences in list(zip(*rounds, strict=True))[1:]:
        assert len(set(sentences)) == len(rounds)


def test_a_process_is_charged_with_its_own_processor_time() -> None:
    """The time of whoever starts it, or of another run, is not its cost."""
    busy = run_once([sys.executable, "-c", "sum(range(10_000_000))"])
    idle = run_once([sys.executable, "-c", "import time; time.sleep(0.3)"])

    assert busy.cpu_s > idle.cpu_s
    assert idle.wall_s - idle.cpu_s >= 0.3


def test_a_command_that_fails_is_no_measurement() -> None:
    """An error message is fast."""
    with pytest.raises(subprocess.CalledProcessError, match="exit status 3"):
        run_often([sys.executable, "-c", "raise SystemExit(3)"], 2)


def test_help_imports_none_of_the_heavy_packages() -> None:
    """They take seconds, and the program that a learner starts needs none of them."""
    assert imported(["--help"]) == []
