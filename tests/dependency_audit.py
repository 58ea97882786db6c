"""Asks whether a package that runs has a known vulnerability: ``python -m tests.dependency_audit``.

Ends with 1 where one has. Where nobody could be asked it says so, since silence would look like an
all-clear; pip-audit itself ends well then. ``SKILLMATCH_REQUIRE_AUDIT=1`` makes that a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.dependency_closure import run_time

SERVICES = ("pypi", "osv")
LIMIT_S = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the services said.

    Attributes:
        known: By package, the ids of its vulnerabilities and the versions that mend them.
        unasked: Packages about which no service said anything.
    """

    asked: int
    known: Mapping[str, tuple[str, ...]]
    unasked: tuple[str, ...]

    def text(self) -> str:
        """Return it in words."""
        lines = [f"{name}: {', '.join(several)}" for name, several in self.known.items()]
        lines.append(
            f"{self.asked - len(self.unasked)} of {self.asked} packages audited, "
            f"{len(self.known)} with a known vulnerability"
        )
        if self.unasked:
            lines.append(
                f"NOT AUDITED: {len(self.unasked)} packages; no vulnerability service could be "
                "asked about them from here, so nothing is known of " + ", ".join(self.unasked)
            )
        return "\n".join(lines)


def read(packages: Mapping[str, str], reports: list[Mapping[str, Any]]) -> Audit:
    """Return what reports of pip-audit say of packages, given with their versions.

    A package counts as audited where any report holds an answer about it; one that was skipped, or
    that stands in none, does not.
    """
    known: dict[str, tuple[str, ...]] = {}
    audited: set[str] = set()
    for report in reports:
        for one in report.get("dependencies", ()):
            name = one["name"]
            if name not in packages or "skip_reason" in one or "vulns" not in one:
                continue
            audited.add(name)
            for it in one["vulns"]:
                mended = ", ".join(it.get("fix_versions", ())) or "no version"
                known[name] = (*known.get(name, ()), f"{it['id']} (mended in {mended})")
    return Audit(
        asked=len(packages),
        known={name: tuple(dict.fromkeys(several)) for name, several in sorted(known.items())},
        unasked=tuple(name for name in packages if name not in audited),
    )


def _report(service: str, listed: Path) -> Mapping[str, Any]:
    """Return what one service says; nothing where it cannot be asked."""
    asking = [sys.executable, "-m", "pip_audit", "--vulnerability-service", service]
    asking += ["--requirement", str(listed), "--no-deps", "--disable-pip", "--format", "json"]
    asking += ["--progress-spinner", "off", "--timeout", "10"]
    try:
        ended = subprocess.run(asking, check=False, capture_output=True, text=True, timeout=LIMIT_S)
        said = json.loads(ended.stdout)
    except (ValueError, subprocess.TimeoutExpired):
        return {}
    return said if isinstance(said, dict) else {}


def main() -> int:
    """Ask, print what was said, and return how to end."""
    packages = {name: one.version for name, one in run_time().items()}
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "packages.txt"
        listed.write_text("".join(f"{name}=={it}\n" for name, it in packages.items()), "utf-8")
        reports: list[Mapping[str, Any]] = []
        for service in SERVICES:
            reports.append(_report(service, listed))
            if not read(packages, reports).unasked:
                break
    audit = read(packages, reports)
    print(audit.text())  # noqa: T201  # this is a program
    required = os.environ.get("SKILLMATCH_REQUIRE_AUDIT") == "1"
    return 1 if audit.known or (audit.unasked and required) else 0


if __name__ == "__main__":
    sys.exit(main())
