"""Inputs that were read wrongly, as files: the bytes, and beside them what went wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fuzz.judging import Fault

MAX_TRIES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault, and the input that showed it."""

    target: str
    fault: Fault
    data: bytes


def digest(data: bytes) -> str:
    """Return the name of an input: the beginning of its sha256."""
    return hashlib.sha256(data).hexdigest()[:16]


def path_of(finding: Finding, folder: Path) -> Path:
    """Return where ``write_finding`` puts an input."""
    return folder / finding.target / f"{finding.fault.kind}-{digest(finding.data)}.bin"


def write_finding(finding: Finding, folder: Path) -> Path:
    """Write an input below the name of its target, with its fault beside it."""
    place = path_of(finding, folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(finding.data)
    place.with_suffix(".json").write_text(json.dumps(asdict(finding.fault), indent=1))
    return place


def read_findings(folder: Path) -> Iterator[Finding]:
    """Yield what ``write_finding`` wrote, in the order of names."""
    for place in sorted(folder.glob("*/*.json")):
        fault = Fault(**json.loads(place.read_text()))
        data = place.with_suffix(".bin").read_bytes()
        yield Finding(target=place.parent.name, fault=fault, data=data)


def shortest(data: bytes, is_same: Callable[[bytes], bool]) -> bytes:
    """Return a shorter input with the same fault, by leaving out pieces of ever smaller size.

    At most ``MAX_TRIES`` inputs are tried.
    """
    tries, size = 0, len(data) // 2
    while size and tries < MAX_TRIES:
        place = 0
        while place < len(data) and tries < MAX_TRIES:
            without = data[:place] + data[place + size :]
            tries += 1
            if is_same(without):
                data = without
            else:
                place += size
        size //= 2
    return data
