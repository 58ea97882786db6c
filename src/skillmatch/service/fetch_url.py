"""Files from a publisher or mirror: streamed, summed, bounded, and resumed where they broke off."""

from __future__ import annotations

import http.client
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from skillmatch.errors import ChecksumError, FetchError
from skillmatch.readers.manifest import SourceFile
from skillmatch.service.downloads import CHUNK, Downloads
from skillmatch.service.places import Progress, silent, writes_reported

ANSWER_S = 5.0
STALL_S = 30.0
MAX_BYTES = 2**30
SCHEMES = ("https://", "http://")
AGENT = "skillmatch (frameworks install)"


def fetch_url(
    file: SourceFile,
    downloads: Downloads,
    *,
    progress: Progress = silent,
    answer_s: float = ANSWER_S,
) -> Path:
    """Return the file, fetched from the first of its URLs that gives the right bytes.

    Args:
        file: What to fetch; all of its URLs share ``answer_s``.
        downloads: Where it is kept, and where a begun download is resumed.
        progress: Called with the bytes so far and the bytes in all.
        answer_s: Seconds until servers must have begun to answer.

    Raises:
        FetchError: No URL answers in time, or none has the file.
        ChecksumError: What came is another file.
        StorageError: The data folder cannot be written.
    """
    if found := downloads.find(file):
        return found
    faults = []
    for url in file.urls:
        try:
            _fetch(url, file, downloads.part(file), progress, answer_s / len(file.urls))
            return downloads.adopt(downloads.part(file), file)
        except (FetchError, ChecksumError) as error:
            last = error
            faults.append(f"{url}: {error}")
    if len(faults) == 1 and isinstance(last, ChecksumError):
        raise last
    raise FetchError(f"{file.name} could not be fetched: {'; '.join(faults) or 'it has no URL'}")


def _fetch(url: str, file: SourceFile, part: Path, progress: Progress, answer_s: float) -> None:
    begun = part.stat().st_size if part.is_file() else 0
    if file.size and begun >= file.size:
        return
    what = f"fetch {file.name}"
    progress(what, begun, file.size)
    try:
        response = _answer(url, begun, answer_s)
    except _NothingLeftError:
        part.unlink()
        response = _answer(url, 0, answer_s)
    with response:
        resumed = begun > 0 and response.status == http.HTTPStatus.PARTIAL_CONTENT
        if begun and not resumed:
            begun = 0
        with writes_reported(part.parent):
            part.parent.mkdir(parents=True, exist_ok=True)
            stream = part.open("ab" if resumed else "wb")
        # A connection that ends early looks like the end of the file: the length must tell.
        total = file.size or begun + (response.length or 0)
        with stream:
            done = _copy(response, stream, begun, lambda done: progress(what, done, total))
    if done < total:
        raise FetchError(f"broke off after {done} of {total} bytes; run it again")


def _copy(
    response: http.client.HTTPResponse,
    stream: IO[bytes],
    done: int,
    told: Callable[[int], None],
) -> int:
    """Append the answer's body to ``stream``; return how many bytes the file has then."""
    while True:
        try:
            chunk = response.read(CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise FetchError(f"broke off after {done} bytes ({error}); run it again") from error
        if not chunk:
            return done
        done += len(chunk)
        if done > MAX_BYTES:
            raise FetchError(f"sends more than {MAX_BYTES} bytes, which no framework has")
        with writes_reported(Path(stream.name).parent):
            stream.write(chunk)
            stream.flush()
        told(done)


def _answer(url: str, begun: int, answer_s: float) -> http.client.HTTPResponse:
    """Return the open response, or give up after ``answer_s`` whatever hangs.

    Looking up a name cannot be interrupted and each address of a host is tried in turn, so the
    waiting is done by a thread that may be left behind.
    """
    if not url.startswith(SCHEMES):
        raise FetchError(f"{url!r} is no http(s) URL")
    headers = {"User-Agent": AGENT} | ({"Range": f"bytes={begun}-"} if begun else {})
    answers: queue.Queue[http.client.HTTPResponse | Exception] = queue.Queue()
    request = Request(url, headers=headers)  # noqa: S310 - the scheme is checked above

    def ask() -> None:
        try:
            answers.put(urlopen(request, timeout=STALL_S))  # noqa: S310
        except (OSError, http.client.HTTPException, ValueError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=answer_s)
    except queue.Empty as error:
        raise FetchError(f"no answer within {answer_s:g} s") from error
    if isinstance(answer, Exception):
        raise _fault(answer) from answer
    return answer


class _NothingLeftError(FetchError):
    """The server has no bytes after those that are here already."""


def _fault(error: Exception) -> FetchError:
    if not isinstance(error, HTTPError):
        reason = error.reason if isinstance(error, URLError) else error
        return FetchError(f"cannot be reached ({reason})")
    error.close()
    if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return _NothingLeftError("the server has no more bytes")
    return FetchError(f"the server answers {error.code} {error.reason}")
