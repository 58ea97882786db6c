"""Fetching from a web address: sums, bounds, resuming, and servers that misbehave."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from skillmatch.errors import ChecksumError, FetchError, StorageError
from skillmatch.readers.manifest import SourceFile
from skillmatch.service import fetch_url as module
from skillmatch.service.downloads import Downloads
from skillmatch.service.fetch_url import ANSWER_S, fetch_url
from tests.mini_wheels import sha256

DATA = bytes(range(256)) * 4000


@dataclass
class Site:
    """What the local server has, and what it was asked."""

    url: str = ""
    data: bytes = DATA
    ranges: bool = True
    cut_at: int = 0
    location: str = ""
    asked: list[str] = field(default_factory=list)


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    """Return a request handler that serves ``site``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            site.asked.append(wanted)
            if self.path == "/absent" or site.location:
                self.send_response(302 if site.location else 404)
                self.send_header("Location", site.location)
                self.end_headers()
                return
            start = int(wanted[6:-1]) if wanted and site.ranges else 0
            if start >= len(site.data):
                self.send_error(416)
                return
            body = site.data[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: site.cut_at] if site.cut_at else body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on this machine."""
    served = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(served))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/data.zip"
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def deaf() -> Iterator[str]:
    """A socket that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/data.zip"


def file(*urls: str, size: int = len(DATA)) -> SourceFile:
    """Return what to fetch."""
    return SourceFile(role="r", name="data.zip", sha256=sha256(DATA), size=size, urls=urls)


def test_a_file_is_fetched_once_and_kept_under_its_sum(site: Site, tmp_path: Path) -> None:
    """The second call asks nobody."""
    downloads = Downloads(tmp_path)
    seen: list[tuple[int, int]] = []

    first = fetch_url(
        file(site.url), downloads, progress=lambda _, done, total: seen.append((done, total))
    )
    second = fetch_url(file(site.url), downloads)

    assert first == second == tmp_path / sha256(DATA) / "data.zip"
    assert first.read_bytes() == DATA
    assert len(site.asked) == 1
    assert seen[0] == (0, len(DATA))
    assert seen[-1] == (len(DATA), len(DATA))


@pytest.mark.parametrize("size", [len(DATA), 0])
def test_a_download_that_broke_off_goes_on_where_it_stopped(
    size: int, site: Site, tmp_path: Path
) -> None:
    """Whether or not the manifest knows the size, an early end is noticed."""
    downloads = Downloads(tmp_path)
    site.cut_at = 100_000
    with pytest.raises(FetchError, match=r"broke off after 100000 of \d+ bytes"):
        fetch_url(file(site.url, size=size), downloads)
    site.cut_at = 0

    found = fetch_url(file(site.url, size=size), downloads)

    assert found.read_bytes() == DATA
    assert site.asked[-1] == "bytes=100000-"
    assert not list(tmp_path.glob("*.part"))


def test_a_server_that_knows_no_ranges_starts_again(site: Site, tmp_path: Path) -> None:
    """Appending a whole file to a part of it would be damage."""
    downloads = Downloads(tmp_path)
    downloads.part(file()).write_bytes(DATA[:1000])
    site.ranges = False

    assert fetch_url(file(site.url), downloads).read_bytes() == DATA


def test_a_part_beyond_the_end_is_begun_anew(site: Site, tmp_path: Path) -> None:
    """Where the size is not known, a whole part may be lying there."""
    downloads = Downloads(tmp_path)
    downloads.part(file()).write_bytes(DATA)

    assert fetch_url(file(site.url, size=0), downloads).read_bytes() == DATA
    assert site.asked == [f"bytes={len(DATA)}-", ""]


def test_a_complete_part_is_adopted_without_asking(site: Site, tmp_path: Path) -> None:
    """The run before was killed between the last byte and the sum."""
    downloads = Downloads(tmp_path)
    downloads.part(file()).write_bytes(DATA)

    assert fetch_url(file(site.url), downloads).read_bytes() == DATA
    assert site.asked == []


def test_a_false_file_is_refused_and_not_kept(site: Site, tmp_path: Path) -> None:
    """Else the next run would go on from false bytes."""
    site.data = DATA[:-1] + b"!"

    with pytest.raises(ChecksumError):
        fetch_url(file(site.url), Downloads(tmp_path))

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_mirror_is_asked_where_the_publisher_has_it_not(site: Site, tmp_path: Path) -> None:
    """And if none has it, each is named with its reason."""
    absent = site.url.replace("data.zip", "absent")

    assert fetch_url(file(absent, site.url), Downloads(tmp_path)).read_bytes() == DATA
    with pytest.raises(FetchError, match=r"absent: the server answers 404"):
        fetch_url(file(absent), Downloads(tmp_path / "other"))


def test_a_server_that_never_answers_costs_what_it_may(deaf: str, tmp_path: Path) -> None:
    """Three deaf mirrors share the time; the limit in force is 5 seconds."""
    with pytest.raises(FetchError) as caught:
        fetch_url(file(deaf, deaf, deaf), Downloads(tmp_path), answer_s=0.3)

    assert str(caught.value).count("no answer within 0.1 s") == 3
    assert ANSWER_S <= 5


def test_nobody_there_is_told_at_once(tmp_path: Path) -> None:
    """A closed port is the common case of a machine without network."""
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch_url(file("http://127.0.0.1:1/data.zip"), Downloads(tmp_path))


@pytest.mark.parametrize("location", ["file:///etc/hostname", "gopher://127.0.0.1/"])
def test_a_redirect_out_of_the_web_is_refused(location: str, site: Site, tmp_path: Path) -> None:
    """A server must not make the program read local files."""
    site.location = location

    with pytest.raises(FetchError, match=r"data\.zip"):
        fetch_url(file(site.url), Downloads(tmp_path))
    with pytest.raises(FetchError, match="no http"):
        fetch_url(file(location), Downloads(tmp_path))


def test_an_endless_answer_is_cut(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk of the user is not the server's to fill."""
    monkeypatch.setattr(module, "MAX_BYTES", 1000)

    with pytest.raises(FetchError, match="more than 1000 bytes"):
        fetch_url(file(site.url, size=0), Downloads(tmp_path))


def test_a_full_disk_is_one_message(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the part stays, to go on from when there is room."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left"):
        fetch_url(file(site.url), Downloads(tmp_path))

    assert len(list(tmp_path.glob("*.part"))) == 1
