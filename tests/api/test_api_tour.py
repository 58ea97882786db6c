"""The tour by curl: every command of it runs as it stands, on each kind of database."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from skillmatch_api.app import create_app
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.wire.services import Services
from tests.api.conftest import on_server
from tests.api.postgres_cluster import running
from tests.docs.doc_pages import ROOT, blocks, page

PROGRAMS = str(Path(sys.executable).parent)
FILES = {
    "aligned.json", "checklist.json", "decided.json", "decision.json", "gap.json", "me.json",
    "me.zip", "mended.json", "plan.html", "plan.ics", "plan.json", "review.json", "shortlist.csv",
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a migrated database; that of PostgreSQL is on a server that loses nothing.

    ``store check`` would rightly find fault with the hasty one of the other tests.
    """
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'service.sqlite'}"
        if request.param == "postgresql":
            server = stack.enter_context(running("")).url
            on_server(server, "CREATE DATABASE tour TEMPLATE template0")
            url = server + "tour"
        with closing(Store.open(url)) as store:
            upgrade(store)
        yield url


@pytest.fixture
def address(matching: Services) -> Iterator[str]:
    """Address of a server with a worker, over the invented data."""
    settings = replace(matching.settings, job_workers=1)
    app = create_app(replace(matching, settings=settings))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def walked(
    commands: str, address: str, database_url: str, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run commands of a page in a folder of their own, beside the examples, until one fails."""
    (folder / "examples").symlink_to(ROOT / "examples")
    return subprocess.run(
        ["/bin/sh", "-e", "-c", commands],
        check=False,
        capture_output=True,
        cwd=folder,
        env={
            "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
            "BASE": address,
            "SKILLMATCH_DATABASE_URL": database_url,
            "SKILLMATCH_DATA": str(folder / "data"),
        },
        text=True,
        timeout=300,
    )


@pytest.mark.postgres  # both kinds: a tour takes too long for the tests that run at every change
@pytest.mark.skipif(shutil.which("curl") is None, reason="the commands of the page call curl")
def test_every_command_of_the_tour_runs_as_it_stands(
    address: str, database_url: str, tmp_path: Path
) -> None:
    """Four people do their main job with what is written there, and nothing else."""
    commands = "\n".join(blocks(page("service-tour.md"), "sh"))

    ended = walked(commands, address, database_url, tmp_path)

    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    assert "event: done" in ended.stdout
    assert all(block in ended.stdout for block in blocks(page("service-tour.md"), "text"))
    assert ended.stdout.endswith("0 people.\n")
    made = {one.name for one in tmp_path.iterdir() if one.is_file()}
    assert made >= FILES
    assert (tmp_path / "plan.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert "Ada Example" in (tmp_path / "shortlist.csv").read_text(encoding="utf-8")
    aligned = json.loads((tmp_path / "aligned.json").read_text(encoding="utf-8"))
    assert "targetUrl" in json.dumps(aligned)
    assert list((tmp_path / "backups").glob("*.zip"))


@pytest.mark.postgres
@pytest.mark.skipif(shutil.which("curl") is None, reason="the commands of the page call curl")
def test_each_of_three_does_their_main_job_with_the_readme_alone(
    address: str, database_url: str, tmp_path: Path
) -> None:
    """Whoever reads no further has seen a gap, an aligned badge and a candidate with reasons."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [commands] = [block for block in blocks(readme, "sh") if "/v1/gap" in block]

    ended = walked(commands, address, database_url, tmp_path)

    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    found = json.loads(ended.stdout[ended.stdout.rindex('{\n  "asked"') :])
    assert [one["name"] for one in found["candidates"]] == ["Ada Example"]
    assert "You hold 1 of the " in ended.stdout
    assert '"schema_version": "align-1"' in ended.stdout
