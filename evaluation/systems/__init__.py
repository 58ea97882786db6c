"""Systems that answer tasks: baselines, the encoder alone, and skillmatch itself."""

from evaluation.systems.catalogue import ALL, BASELINES, all_systems, choose_systems
from evaluation.systems.system import Ranker, Ranking, System

__all__ = [
    "ALL",
    "BASELINES",
    "Ranker",
    "Ranking",
    "System",
    "all_systems",
    "choose_systems",
]
