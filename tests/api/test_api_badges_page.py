"""The page about badges over HTTP: its commands run, and its tables name what there is."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from fastapi.routing import APIRoute

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.jobs.kinds import KINDS
from skillmatch_api.reviews.deciding import Choice
from skillmatch_api.routes import providing
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised
from tests.docs.doc_pages import ROOT, blocks, first_code, page, rows

PAGE = page("service-badges.md")


@pytest.fixture
def database_kind() -> str:
    """One kind is enough for a page."""
    return "sqlite"


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
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.skipif(shutil.which("curl") is None, reason="the commands of the page call curl")
def test_the_commands_of_the_page_run_as_they_stand(
    address: str, authorised: Authorised, tmp_path: Path
) -> None:
    """Somebody copies them one after the other."""
    _, _, key = authorised(Scope.PROVIDER)["Authorization"].partition(" ")
    commands = [one for one in blocks(PAGE, "sh") if "skillmatch " not in one]
    (tmp_path / "examples").symlink_to(ROOT / "examples")

    ended = subprocess.run(
        ["/bin/sh", "-e", "-c", "\n".join(commands)],
        check=False,
        capture_output=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "BASE": address, "KEY": key},
        text=True,
        timeout=120,
    )

    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    assert "event: done" in ended.stdout
    assert '"targetUrl"' in ended.stdout
    made = {one.name for one in tmp_path.iterdir() if one.is_file()}
    assert made >= {"lint.sarif", "align.json", "queue.json", "alignments.zip", "demand.svg"}


def test_every_route_kind_and_decision_is_on_the_page() -> None:
    """Whoever looks for one finds it there."""
    named = {word for row in rows(PAGE) for word in first_code(row[0])}
    routes = {
        f"{method} {route.path}"
        for router in providing.ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }

    assert {one for one in named if " " in one} == routes
    assert named >= {one.value for one in Choice}
    assert all(f"`{kind}`" in PAGE for kind in KINDS)
