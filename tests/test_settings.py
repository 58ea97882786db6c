"""The environment is read once, and nonsense in it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import UsageError
from skillmatch.settings import Settings


def test_settings_come_from_the_environment_that_is_given() -> None:
    """Nobody else looks at the process's own environment."""
    settings = Settings.from_environ(
        {"SKILLMATCH_DATA": "/somewhere", "SKILLMATCH_ONLINE": "1", "SKILLMATCH_THREADS": "2"}
    )

    assert settings.data_dir == Path("/somewhere")
    assert settings.allow_network
    assert settings.threads == 2


def test_nothing_remote_is_allowed_unless_it_was_switched_on() -> None:
    """An empty environment means offline."""
    assert not Settings.from_environ({}).allow_network


def test_a_number_that_is_none_is_said_by_name() -> None:
    """A traceback would not tell which variable is wrong."""
    with pytest.raises(UsageError, match=r"SKILLMATCH_THREADS.*'abc'"):
        Settings.from_environ({"SKILLMATCH_THREADS": "abc"})


def test_manifests_and_recipes_are_found_beside_the_program() -> None:
    """They ship with the wheel, and lie at the top of a checkout."""
    settings = Settings.from_environ({})

    assert (settings.manifests / "esco-1.1.1-open" / "manifest.toml").is_file()
    assert (settings.recipes / "default.toml").is_file()
