"""Requirements minus evidence: pure decisions."""

from skillmatch.gap.compare import SCHEMA_VERSION, compare
from skillmatch.gap.levels import level_value
from skillmatch.gap.ports import Hierarchy, Nearness, NoNearness
from skillmatch.gap.states import STATE_ORDER, gap_state

__all__ = [
    "SCHEMA_VERSION",
    "STATE_ORDER",
    "Hierarchy",
    "Nearness",
    "NoNearness",
    "compare",
    "gap_state",
    "level_value",
]
