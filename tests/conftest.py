"""Fixtures that every room may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from skillmatch.model.concept import ConceptUri
from skillmatch.model.framework import Framework
from skillmatch.readers.esco import read_esco_csv
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb, write_framework
from tests.mini_engine import esco_release, install_mini, mini_linker, onet_release

ROOT = Path(__file__).resolve().parent.parent

# How many examples hypothesis draws of a property: few while one works, more in .ci/run. None is
# timed, since a busy machine would fail what is right; tests/watchdog.py is for what must not hang.
settings.register_profile("all", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", settings.get_profile("all"), max_examples=25)
settings.register_profile("more", settings.get_profile("all"), max_examples=50)
settings.load_profile(os.environ.get("SKILLMATCH_TEST_EXAMPLES", "few"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the reference data (official ESCO, O*NET, benchmarks); skips where absent."""
    folder = Path(os.environ.get("SKILLMATCH_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        if os.environ.get("SKILLMATCH_REQUIRE_SHARED") == "1":
            pytest.fail(f"SKILLMATCH_REQUIRE_SHARED=1, but there is no folder {folder}")
        pytest.skip(f"no reference data at {folder}; set SKILLMATCH_TEST_DATA")
    # Absolute, since files that tests write beside themselves may name it.
    return folder.resolve()


@pytest.fixture(scope="session")
def mini_esco() -> Framework:
    """``mini_esco``: 49 invented concepts of software, care, kitchen and warehouse.

    Homonyms: "scheduling" (two skills), and the alternatives "communication", "hygiene",
    "design" and "stock". "send faxes" is deprecated in favour of "share documents", which the
    CSV layout cannot say and is added here.
    """
    folder = ROOT / "tests" / "fixtures" / "mini_esco"
    framework = read_esco_csv(folder, framework_id="esco-mini", release="mini")
    successor = ConceptUri("http://example.org/esco/skill/share-documents")
    concepts = tuple(
        replace(concept, replaced_by=(successor,))
        if concept.uri == "http://example.org/esco/skill/send-faxes"
        else concept
        for concept in framework.concepts
    )
    return replace(framework, concepts=concepts)


@pytest.fixture(scope="session")
def mini_esco_db(
    mini_esco: Framework, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FrameworkDb]:
    """``mini_esco`` as an installed framework, open for reading."""
    path = tmp_path_factory.mktemp("frameworks") / "esco-mini.sqlite"
    write_framework(mini_esco, path)
    with FrameworkDb.open(path) as db:
        yield db


@pytest.fixture(scope="session")
def mini_settings(mini_esco: Framework, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with two invented frameworks and their indexes; see ``mini_engine``.

    Tests only read it.
    """
    folder = tmp_path_factory.mktemp("engine")
    settings = Settings(
        data_dir=folder / "data", manifests=folder / "manifests", recipes=folder / "recipes"
    )
    install_mini(settings, esco_release(mini_esco), onet_release())
    return settings


@pytest.fixture(scope="session")
def mini_matcher(mini_settings: Settings) -> Iterator[Matcher]:
    """The engine over ``mini_settings``, with weights set by hand."""
    with mini_linker(mini_settings), Matcher.open(settings=mini_settings) as matcher:
        yield matcher


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a model of random weights, in the files that a published one has."""
    from tests.tiny_bert import write_tiny_bert

    folder = tmp_path_factory.mktemp("tiny-bert")
    write_tiny_bert(folder)
    return folder
