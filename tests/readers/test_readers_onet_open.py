"""O*NET's stand-in."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import DataError
from skillmatch.model.concept import SkillType
from skillmatch.readers.manifest import Manifest, read_manifest
from skillmatch.readers.onet import read_onet_open
from tests.mini_wheels import elements_json, mini_world


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """The invented manifest."""
    return read_manifest(mini_world(tmp_path).manifests / "onet-1.0-open" / "manifest.toml")


def test_elements_and_software_have_the_uris_of_the_official_files(manifest: Manifest) -> None:
    """Links made now must hold once the official database is installed."""
    framework = read_onet_open({"elements": elements_json()}, manifest)

    assert [(one.uri, one.skill_type) for one in framework.concepts] == [
        ("https://www.onetonline.org/find/descriptor/result/2.A.1.z", SkillType.SKILL),
        ("urn:skillmatch:onet:technology:2.E.1.z:soup%23", SkillType.TECHNOLOGY),
    ]
    assert [label.text for label in framework.concepts[1].alt_labels] == ["Soup Sharp"]


@pytest.mark.parametrize(
    "damaged", [b"{", b"{}", b"[]", b'{"entries": [{"canonical": "x"}]}', b'{"entries": 5}']
)
def test_a_list_of_another_shape_is_refused(damaged: bytes, manifest: Manifest) -> None:
    """A new release of the package may look different."""
    with pytest.raises(DataError, match="elements"):
        read_onet_open({"elements": damaged}, manifest)
