"""The container and compose files: linted, and made of commands that ``.ci/run`` runs itself.

No container is started here. What one would run is run outside of one instead, so that a command
that does not work is found all the same.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api.postgres_cluster import running

ROOT = Path(__file__).resolve().parent.parent
CONTAINERFILE = ROOT / "api" / "Containerfile"
COMPOSE = ROOT / "api" / "compose.yaml"
PATH_OF_ITS_OWN = re.compile(r"(?<=\s)/(?=wheels|data)")


def instructions(name: str) -> list[str]:
    """Return the arguments of every instruction of a name, continued lines joined."""
    text = CONTAINERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.findall(rf"^{name}\s+(.*)$", text, flags=re.MULTILINE)
    return [" ".join(one.split()) for one in found]


def services() -> dict[str, Any]:
    """Return the services of the compose file by their name."""
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    return found


def ci() -> str:
    """Return what ``.ci/run`` runs, with its spaces and continued lines made alike."""
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("\\\n", " ")
    return " ".join(text.split())


def program(name: str) -> str:
    """Return a linter of the test dependencies, or skip where its wheel is not to be had."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_the_container_file_has_no_fault_that_a_linter_knows() -> None:
    """Layers that grow, versions that drift and shells that fail silently are well known."""
    done = subprocess.run(
        [program("hadolint"), CONTAINERFILE], check=False, capture_output=True, text=True
    )

    assert done.stdout + done.stderr == ""


def test_the_compose_file_follows_its_specification() -> None:
    """A misspelt key would be found by whoever starts it first."""
    command = [program("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, COMPOSE], check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_that_builds_the_image_is_run_in_ci() -> None:
    """In CI ``$work`` stands for the root of the image."""
    parts = [part.strip() for one in instructions("RUN") for part in one.split("&&")]

    assert parts
    for part in parts:
        assert PATH_OF_ITS_OWN.sub('"$work"/', part) in ci()


def test_what_the_image_starts_and_asks_is_run_in_ci() -> None:
    """The server, and the question whether it is ready."""
    (server,) = instructions("CMD")
    (health,) = (one.partition("CMD ")[2] for one in instructions("HEALTHCHECK"))

    assert " ".join(json.loads(server)) in ci()
    *words, code = json.loads(health)
    assert f'{" ".join(words)} "{code}"' in ci()


def test_what_compose_runs_is_run_in_ci() -> None:
    """The set-up of the frameworks; the service itself runs what the image says."""
    commands = [" ".join(one["command"]) for one in services().values() if "command" in one]

    assert commands == ["skillmatch setup"]
    assert commands[0] in ci()


@pytest.mark.postgres
def test_the_database_is_asked_whether_it_is_ready_as_compose_asks() -> None:
    """A misspelt question is answered with no for ever, and the service never starts."""
    kind, name, *question = services()["database"]["healthcheck"]["test"]

    with running() as server:
        where = ["--host", "127.0.0.1", "--port", str(server.port)]
        done = subprocess.run([server.programs / name, *question, *where], check=False)

    assert (kind, done.returncode) == ("CMD", 0)


def test_pages_that_the_files_name_are_there() -> None:
    """Whoever sets up a proxy follows the comment in the file, not an index of pages."""
    named = re.findall(
        r"\S+\.md", COMPOSE.read_text(encoding="utf-8") + CONTAINERFILE.read_text(encoding="utf-8")
    )

    assert named
    assert [one for one in named if not (ROOT / one.rstrip(".")).is_file()] == []


def test_the_first_key_is_made_as_the_compose_file_says() -> None:
    """Its first comment is what people copy."""
    told = re.findall(r"exec service (skillmatch .*)", COMPOSE.read_text(encoding="utf-8"))

    assert told == ["skillmatch keys create --scope admin"]
    assert told[0] in ci()


def test_all_that_the_wheel_is_made_of_is_copied_into_the_image() -> None:
    """One folder less, and the image would be built from something else than the wheel."""
    copied = {word for one in instructions("COPY")[:-1] for word in one.split()[:-1]}

    assert copied == {
        "pyproject.toml", "README.md", "LICENSE", "NOTICE", "api", "frameworks", "indexes", "src",
    }  # fmt: skip


def test_the_image_serves_everybody_who_reaches_it_and_nobody_as_root() -> None:
    """A container's own loopback address would be reached by nobody."""
    environment = dict(one.split("=", 1) for one in " ".join(instructions("ENV")).split())

    assert environment["SKILLMATCH_HOST"] == "0.0.0.0"  # noqa: S104 - inside the container
    assert instructions("USER") == ["10001"]
    assert services()["service"]["ports"] == ["127.0.0.1:8080:8080"]
