"""Manifests say what is wrong with them, and the ones that ship are right."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from skillmatch.errors import ChecksumError, DataError, NotFoundError
from skillmatch.readers.manifest import SourceFile, Tier, read_manifest, read_manifests
from skillmatch.readers.wheel import read_members
from tests.mini_wheels import MiniWorld, manifest_values, mini_world

SHIPPED = Path(__file__).resolve().parents[2] / "frameworks"
FILE = {"role": "r", "name": "a.zip", "sha256": "0" * 64, "urls": ["https://example.org/a.zip"]}


def source(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a source with one file, changed."""
    file = FILE | changes
    return {"tiers": ["path", "url"], "format": "esco-csv", "files": [file]}


def test_the_manifests_that_ship_are_sound_and_lead_to_each_other() -> None:
    """Each family has one default, and each stand-in is there and comes from the index."""
    manifests = {one.id: one for one in read_manifests(SHIPPED)}

    assert {one.family for one in manifests.values() if one.default} == {"esco", "onet"}
    for one in manifests.values():
        assert one.licence
        assert one.attribution
        assert one.counts
        if one.stand_in:
            assert manifests[one.stand_in].sources_of(Tier.INDEX)
            assert one.adds


def test_a_manifest_is_read_as_it_stands(tmp_path: Path) -> None:
    """The release comes last in the id, whatever it is called."""
    manifest = read_manifest(mini_world(tmp_path).manifests / "esco-1.0-open" / "manifest.toml")

    assert (manifest.family, manifest.release) == ("esco", "1.0-open")
    assert [file.role for file in manifest.sources[0].files] == ["labels", "texts", "occupations"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (manifest_values("esco-1", [source(sha256="ABC")]), r"sources\.0\.files\.0\.sha256"),
        (manifest_values("esco-1", [source(name="../a.zip")]), r"files\.0\.name"),
        (manifest_values("esco-1", [source(urls=[])]), r"files\.0\.urls"),
        (manifest_values("esco-1", [source(urls=["http://a"])]), "not https"),
        (manifest_values("esco-1", [source(colour="red")]), r"files\.0\.colour"),
        (manifest_values("esco-1", [source() | {"tiers": ["index"]}]), "requirement"),
        (manifest_values("esco-1", [source() | {"format": "pdf"}]), r"sources\.0\.format"),
        (manifest_values("esco-1", []), "sources"),
        (manifest_values("esco-1", [source()], family="onet"), "expected onet-1"),
        (manifest_values("esco-1", [source()], counts={"skill": "many"}), r"counts\.skill"),
        (
            manifest_values(
                "esco-1",
                [source(members=[{"role": "x", "path": "../../etc", "sha256": "0" * 64}])],
            ),
            "leaves the wheel",
        ),
    ],
)
def test_a_fault_is_named_by_its_field(values: dict[str, Any], field: str, tmp_path: Path) -> None:
    """Whoever writes a manifest should not have to guess."""
    MiniWorld(root=tmp_path).write(values)

    with pytest.raises(DataError, match=field):
        read_manifest(tmp_path / "frameworks" / "esco-1" / "manifest.toml")


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    """Mending one fault a run is tedious."""
    MiniWorld(root=tmp_path).write(manifest_values("esco-1", [source(sha256="x", urls=[])]))

    with pytest.raises(DataError, match=r"sha256.*urls"):
        read_manifest(tmp_path / "frameworks" / "esco-1" / "manifest.toml")


def test_a_manifest_in_a_wrong_folder_or_no_manifest_at_all_is_told(tmp_path: Path) -> None:
    """Ids are folders: one that lies elsewhere would never be found again."""
    MiniWorld(root=tmp_path).write(manifest_values("esco-1", [source()]))
    (tmp_path / "frameworks" / "esco-1").rename(tmp_path / "frameworks" / "esco-2")
    (tmp_path / "bad.toml").write_text("id = ", encoding="utf-8")

    with pytest.raises(DataError, match="lies in the folder esco-2"):
        read_manifests(tmp_path / "frameworks")
    with pytest.raises(DataError, match="no TOML"):
        read_manifest(tmp_path / "bad.toml")
    with pytest.raises(NotFoundError):
        read_manifest(tmp_path / "absent.toml")


def labels_file(tmp_path: Path) -> tuple[SourceFile, Path]:
    """Return the invented wheel with labels, and its manifest entry."""
    world = mini_world(tmp_path)
    manifest = read_manifest(world.manifests / "esco-1.0-open" / "manifest.toml")
    name, data = world.pip.wheels["alpha==1.0"]
    return manifest.sources[0].files[0], world.folder({name: data}) / name


def test_only_the_named_members_of_a_wheel_are_read(tmp_path: Path) -> None:
    """A wheel may carry data that is not ours to use."""
    file, wheel = labels_file(tmp_path)
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("alpha/another_vendors_table.csv", "not ours")

    assert set(read_members(wheel, file)) == {"labels", "groups"}


def test_another_member_than_the_manifests_is_refused(tmp_path: Path) -> None:
    """The wheel's own sum is checked when it is fetched, the member's when it is read."""
    file, wheel = labels_file(tmp_path)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("alpha/labels", "other")

    with pytest.raises(ChecksumError):
        read_members(wheel, file)


def test_a_wheel_that_is_damaged_or_lacks_a_member_is_told(tmp_path: Path) -> None:
    """Both end with what to do."""
    file, wheel = labels_file(tmp_path)
    whole = wheel.read_bytes()

    wheel.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match="no readable wheel"):
        read_members(wheel, file)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("alpha/other", "")
    with pytest.raises(DataError, match="no member alpha/labels"):
        read_members(wheel, file)
