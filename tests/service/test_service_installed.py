"""What is installed: list, show, verify, remove, export."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import DataError, NotFoundError, StorageError, UsageError
from skillmatch.service.install import InstallOptions, install
from skillmatch.service.installed import (
    export_framework,
    list_frameworks,
    remove_framework,
    show_framework,
    verify_framework,
)
from skillmatch.service.places import Places
from tests.mini_wheels import MiniWorld, mini_world


@pytest.fixture
def world(tmp_path: Path) -> MiniWorld:
    """Invented manifests and packages."""
    return mini_world(tmp_path)


@pytest.fixture
def home(world: MiniWorld) -> Places:
    """A data folder with one framework."""
    places = Places(data_dir=world.data, manifests=world.manifests)
    install("esco", places=places, options=InstallOptions(runner=world.pip))
    return places


def damage(places: Places, framework_id: str) -> None:
    """Change one byte of a label, deep inside the file."""
    path = places.database(framework_id)
    data = path.read_bytes()
    assert b"Judge soup" in data
    path.write_bytes(data.replace(b"Judge soup", b"Fudge soup"))


def test_the_list_has_what_is_installed_and_what_can_be(home: Places) -> None:
    """One glance tells which id to ask for."""
    lines = {one.id: one for one in list_frameworks(home)}

    assert sorted(lines) == ["esco-0.9", "esco-1.0", "esco-1.0-open", "onet-1.0-open"]
    assert [one.id for one in lines.values() if one.installed] == ["esco-1.0-open"]
    assert [one.id for one in lines.values() if one.default] == ["esco-1.0"]
    assert lines["esco-1.0-open"].size_bytes > 0


def test_nothing_installed_is_an_empty_state_not_an_error(world: MiniWorld) -> None:
    """The data folder need not exist."""
    places = Places(data_dir=world.data, manifests=world.manifests)

    assert not any(one.installed for one in list_frameworks(places))
    assert not world.data.exists()


def test_a_damaged_file_is_listed_with_its_fault(home: Places) -> None:
    """One bad file must not hide the others."""
    home.database("esco-1.0-open").write_bytes(b"no database")

    fault = next(one.fault for one in list_frameworks(home) if one.installed)

    assert "damaged" in fault
    assert "`skillmatch frameworks install esco@1.0-open`" in fault


def test_show_tells_the_provenance_of_every_part(home: Places) -> None:
    """Each source with its member, its sum, its licence and what came from it."""
    details = show_framework(home, "esco-1.0-open")

    assert details.attribution == "Invented."
    assert [source.origin for source in details.sources][:2] == ["package index: alpha==1.0"] * 2
    assert all(len(source.sha256) == 64 for source in details.sources)
    assert details.missing == ("Relations are only in the official files.",)


def test_verify_compares_digest_and_counts(home: Places) -> None:
    """Both agree after an installation."""
    result = verify_framework(home, "esco-1.0-open")

    assert result.compared
    assert result.differences == ()
    assert result.counts["essential"] == 5


def test_verify_finds_a_changed_letter_and_changed_counts(home: Places) -> None:
    """A rotten disk, or a manifest that says otherwise."""
    manifest = home.manifests / "esco-1.0-open" / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("skill = 8", "skill = 80"), encoding="utf-8")
    assert verify_framework(home, "esco-1.0-open").differences == ("skill: 8 found, 80 expected",)

    damage(home, "esco-1.0-open")
    with pytest.raises(DataError):
        verify_framework(home, "esco-1.0-open")


def test_remove_frees_the_place_and_nothing_else(home: Places) -> None:
    """Its indexes go with it; downloads stay, so that installing again takes no network."""
    size = home.database("esco-1.0-open").stat().st_size
    for framework_id in ("esco-1.0-open", "other-1"):
        index = home.data_dir / "indexes" / framework_id / "default" / "index.toml"
        index.parent.mkdir(parents=True)
        index.write_bytes(b"1234")

    freed = remove_framework(home, "esco-1.0-open")

    assert freed == size + 4
    assert [path.name for path in (home.data_dir / "indexes").iterdir()] == ["other-1"]
    assert home.installed() == ()
    assert not home.folder("esco-1.0-open").exists()
    assert list(home.downloads.iterdir())


@pytest.mark.parametrize("action", [show_framework, verify_framework, remove_framework])
def test_what_is_not_installed_is_told_with_the_command_that_installs_it(
    action: object, home: Places
) -> None:
    """And an id that is none never becomes a path."""
    assert callable(action)
    with pytest.raises(NotFoundError, match=r"frameworks install esco@0\.9"):
        action(home, "esco-0.9")
    with pytest.raises(UsageError, match="no framework id"):
        action(home, "../../etc-1")


def test_an_export_can_be_installed_again(home: Places, tmp_path: Path) -> None:
    """RDF out and in gives the same concepts."""
    output = tmp_path / "open.ttl"

    size = export_framework(home, "esco-1.0-open", output, "ttl")
    install("copy@1", places=home, options=InstallOptions(from_path=output))

    assert size == output.stat().st_size
    copied = verify_framework(home, "copy-1")
    assert copied.counts == verify_framework(home, "esco-1.0-open").counts
    assert not copied.compared


def test_an_export_into_nowhere_is_one_message(home: Places, tmp_path: Path) -> None:
    """The folder must exist."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StorageError):
        export_framework(home, "esco-1.0-open", tmp_path / "file" / "x.ttl", "ttl")
