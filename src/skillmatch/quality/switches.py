"""A file that switches rules off, each with the reason why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import DataError, NotFoundError, UnreadableError, UsageError
from skillmatch.quality.registry import get_rule, place_of
from skillmatch.text.bounded_toml import parse_toml

_FORM = 'write it as [off] with one line a rule, as in B10 = "our catalogue holds the version"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """A rule that is switched off."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """Rules that are switched off, by id."""

    off: tuple[Off, ...] = ()

    def reason_for(self, rule: str) -> str:
        """Return why a rule is off, empty where it is on."""
        return next((one.reason for one in self.off if one.rule == rule), "")


def read_switches(path: Path) -> Switches:
    """Read a rules file.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It cannot be opened.
        DataError: It is no TOML, names a rule that does not exist, or gives no reason; all faults
            at once.
    """
    table = _table(path)
    off = table.get("off", {})
    extra = sorted(set(table) - {"off"})
    if extra or not isinstance(off, dict):
        what = f"unknown entry {extra[0]!r}" if extra else "[off] is no table"
        raise DataError(f"{what}; {_FORM}", path=path)
    return switches_of(off, path)


def switches_of(off: Mapping[str, object], source: Path | None = None) -> Switches:
    """Return the rules that are named by what is said of each.

    Args:
        off: Reason by rule.
        source: File that says so, where there is one.

    Raises:
        DataError: A rule does not exist, or has no reason; all faults at once.
    """
    faults: list[str] = []
    found: list[Off] = []
    for name, reason in off.items():
        try:
            rule = get_rule(name).id
        except UsageError as fault:
            faults.append(str(fault))
            continue
        if not isinstance(reason, str) or not reason.strip():
            faults.append(f"{name} has no reason; say in quotes why it is off")
            continue
        found.append(Off(rule=rule, reason=" ".join(reason.split())))
    if faults:
        raise DataError("; ".join(faults), path=source)
    return Switches(off=tuple(sorted(found, key=lambda one: place_of(one.rule))))


def _table(path: Path) -> dict[str, object]:
    try:
        return parse_toml(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}; check the name and the folder") from error
    except OSError as error:
        raise UnreadableError(f"it cannot be opened: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise DataError("it is no UTF-8", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"it is no TOML: {error}; {_FORM}", path=path) from error
