"""After an installation there is something to search in, and its progress has a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import NotFoundError
from skillmatch.model.framework import Framework
from skillmatch.service.ready import make_searchable
from skillmatch.settings import Settings
from tests.mini_engine import ESCO, esco_release, install_mini


@pytest.fixture
def settings(mini_esco: Framework, tmp_path: Path) -> Settings:
    """A data folder with one invented framework and its index."""
    made = Settings(data_dir=tmp_path / "data", manifests=tmp_path, recipes=tmp_path / "recipes")
    install_mini(made, esco_release(mini_esco))
    return made


def test_the_index_is_built_where_none_fits(settings: Settings) -> None:
    """``setup`` may be run again at any time: it mends, and leaves alone what is right."""
    (settings.data_dir / "indexes" / ESCO / "default" / "index.toml").unlink()

    first = make_searchable(ESCO, settings=settings)
    second = make_searchable(ESCO, settings=settings)

    assert (first.built, second.built) == (True, False)
    assert first.info == second.info


def test_progress_says_which_index_is_built(settings: Settings) -> None:
    """``setup`` builds two, one after the other."""
    for path in (settings.data_dir / "vectors").iterdir():
        path.unlink()
    (settings.data_dir / "indexes" / ESCO / "default" / "index.toml").unlink()
    told: list[str] = []

    make_searchable(ESCO, settings=settings, progress=lambda what, *_: told.append(what))

    assert set(told) == {f"index {ESCO}"}


def test_a_framework_that_is_not_installed_is_named(settings: Settings) -> None:
    """The message says how to get it."""
    with pytest.raises(NotFoundError, match=r"esco-9\.9 is not installed"):
        make_searchable("esco-9.9", settings=settings)
