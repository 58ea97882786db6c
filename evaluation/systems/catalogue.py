"""All systems: the baselines that stand in every table, the encoder alone, and the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evaluation.minilm import MINILM
from evaluation.systems.bm25 import Bm25
from evaluation.systems.char_tfidf import CharTfidf
from evaluation.systems.dense import Dense
from evaluation.systems.exact_label import ExactLabel
from evaluation.systems.linker import Skillmatch
from evaluation.systems.random_order import RandomOrder
from evaluation.systems.system import System
from skillmatch.errors import UsageError
from skillmatch.settings import Settings

BASELINES = ("random", "exact-label", "bm25", "char-tfidf", "minilm")
"""In every table, in this order, whether they were run or not."""
ALL = (*BASELINES, "encoder", "skillmatch")
Progress = Callable[[str, int, int], None]


def all_systems(
    settings: Settings,
    *,
    minilm: str = MINILM,
    encoder: str = "",
    seed: int = 13,
    progress: Progress,
) -> dict[str, System]:
    """Return every system by name, in the order of the tables.

    Args:
        settings: Where encoders and frameworks lie.
        minilm: Name or folder of an untuned all-MiniLM-L6-v2.
        encoder: Name or folder of the encoder that is tried alone; ``""`` means the program's own.
        seed: Of the random order.
        progress: Told what is being encoded.
    """
    systems: tuple[System, ...] = (
        RandomOrder(seed),
        ExactLabel(),
        Bm25(),
        CharTfidf(),
        Dense(name="minilm", settings=settings, spec=minilm, progress=progress),
        Dense(name="encoder", settings=settings, spec=encoder, all_labels=True, progress=progress),
        Skillmatch(settings=settings, progress=progress),
    )
    return {system.name: system for system in systems}


def choose_systems(known: dict[str, System], asked: Sequence[str]) -> tuple[System, ...]:
    """Return the systems that a command asks for, all where it asks for none.

    Raises:
        UsageError: There is no such system.
    """
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise UsageError(f"there is no system {unknown[0]!r}; known are: {', '.join(known)}")
    return tuple(system for name, system in known.items() if not asked or name in asked)
