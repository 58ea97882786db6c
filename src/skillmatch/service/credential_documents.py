"""The one place that fetches documents for credentials, and only where a person said ``--online``.

Https only; the name is resolved first, every address it has must be public, and the connection goes
to the very address that was checked, so that a second answer of the name server changes nothing.
Redirects are checked like first requests. Size, time, redirects and the number of requests are
bounded; nothing is sent but the path and the host, no cookie, no credentials, no proxy is used.
"""

from __future__ import annotations

import http.client
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from skillmatch.service.public_address import is_public, resolve
from skillmatch.trust.documents import Missing
from skillmatch.trust.linked import Gone

MAX_BYTES = 2_000_000
MAX_SECONDS = 5.0
MAX_REDIRECTS = 3
MAX_REQUESTS = 20
"""For one credential, redirects included."""
_CHUNK = 65_536
_AGENT = "skillmatch (badge verify)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TYPES = re.compile(
    r"application/(?:[a-z0-9.+\-]*\+)?(?:json|jwt)|application/(?:octet-stream|jose|jwk-set\+json)"
    r"|text/(?:plain|json)|application/vc|application/did"
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+")
_AGAIN = "try again later, or give it as a file with --documents"
_FILE = "give it as a file with --documents"

Resolve = Callable[[str, int], tuple[str, ...]]
Connect = Callable[[str, int, float], socket.socket]


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Open a connection to an IP address; ``seconds`` is its time limit."""
    return socket.create_connection((address, port), timeout=seconds)


class _RefusedError(Exception):
    """Why a document is not had, and what would mend it."""

    def __init__(self, reason: str, mend: str = _AGAIN, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.mend = mend
        self.gone = gone


@dataclass(slots=True, kw_only=True)
class OnlineDocuments:
    """Documents from the web, within bounds; an answer, good or bad, is kept and not asked twice.

    Attributes:
        resolve: From host and port to IP addresses.
        connect: Opens the connection to an address that was checked.
        context: How certificates are checked.
        seconds: For one document with all its redirects.
    """

    resolve: Resolve = resolve
    connect: Connect = connect
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = MAX_SECONDS
    _answers: dict[str, bytes | Missing] = field(default_factory=dict, repr=False)
    _requests_left: int = MAX_REQUESTS

    def next_credential(self) -> None:
        """Begin another credential: the number of requests counts anew, answers are kept."""
        self._requests_left = MAX_REQUESTS

    def get(self, url: str) -> bytes | Missing:
        """Return the document at an https address, or why it cannot be had."""
        if url not in self._answers:
            try:
                self._answers[url] = self._fetch(url)
            except _RefusedError as fault:
                kind = Gone if fault.gone else Missing
                self._answers[url] = kind(f"{url}: {fault}", fault.mend)
        return self._answers[url]

    def _fetch(self, url: str) -> bytes:
        deadline = time.monotonic() + self.seconds
        for _ in range(MAX_REDIRECTS + 1):
            if self._requests_left <= 0:
                raise _RefusedError(f"more than {MAX_REQUESTS} requests for one credential", _FILE)
            self._requests_left -= 1
            answer = self._ask(_parts(url), deadline)
            if isinstance(answer, bytes):
                return answer
            url = _joined(url, answer)
        raise _RefusedError(f"it leads on more than {MAX_REDIRECTS} times", _FILE)

    def _ask(self, parts: SplitResult, deadline: float) -> bytes | str:
        """Return the body of one answer, or where it leads on.

        The whole exchange is done by a thread that may be left behind: looking up a name and a
        server that sends a byte now and then cannot be interrupted.
        """
        answers: queue.Queue[bytes | str | Exception] = queue.Queue()

        def work() -> None:
            try:
                answers.put(self._exchange(parts, deadline))
            except (OSError, http.client.HTTPException, ValueError, _RefusedError) as error:
                answers.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            answer = answers.get(timeout=max(deadline - time.monotonic(), 0.001))
        except queue.Empty as error:
            raise _RefusedError(f"no whole answer within {self.seconds:g} s") from error
        if isinstance(answer, _RefusedError):
            raise answer
        if isinstance(answer, TimeoutError):
            raise _RefusedError(f"no whole answer within {self.seconds:g} s") from answer
        if isinstance(answer, Exception):
            raise _RefusedError(f"it cannot be reached ({answer})") from answer
        return answer

    def _exchange(self, parts: SplitResult, deadline: float) -> bytes | str:
        host, port = str(parts.hostname), parts.port or 443
        address = self._checked_address(host, port)
        connection = _Pinned(host, port, self.connect, address, self.context)
        connection.timeout = max(deadline - time.monotonic(), 0.001)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Accept": "application/json, */*;q=0.5", "User-Agent": _AGENT}
            connection.request("GET", path, headers=headers)
            # An answer that is not read to its end keeps the connection open unless closed itself.
            with connection.getresponse() as response:
                location = response.headers.get("Location")
                if response.status in _REDIRECTS and location:
                    return location
                _check_answer(response)
                return _body(response, deadline)
        finally:
            connection.close()

    def _checked_address(self, host: str, port: int) -> str:
        addresses = self.resolve(host, port)
        if not addresses:
            raise _RefusedError("its host has no address")
        if not all(is_public(address) for address in addresses):
            raise _RefusedError("its host lies in a private or reserved network", _FILE)
        return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address; name and certificate are those of the host all the same."""

    def __init__(
        self, host: str, port: int, connect: Connect, address: str, context: ssl.SSLContext
    ) -> None:
        super().__init__(host, port, context=context)
        self._connect_to = connect
        self._address = address
        self._tls = context

    def connect(self) -> None:
        """Open the connection to the address that was checked."""
        plain = self._connect_to(self._address, self.port, float(self.timeout or MAX_SECONDS))
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except (OSError, ValueError):
            plain.close()
            raise


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise _RefusedError("it leads on to something that is no web address", _FILE) from error


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or 0 < parts.port < 65536
    except ValueError as error:
        raise _RefusedError("it is no web address", _FILE) from error
    if parts.scheme != "https":
        raise _RefusedError("only https addresses are fetched", _FILE)
    if not port_fits or not parts.hostname or not _HOST.fullmatch(parts.hostname):
        raise _RefusedError("it is no web address", _FILE)
    if parts.username is not None or not (parts.path + parts.query).isascii():
        raise _RefusedError("an address with a user name or letters beyond ASCII", _FILE)
    return parts


def _check_answer(response: http.client.HTTPResponse) -> None:
    if response.status == http.HTTPStatus.GONE:
        raise _RefusedError("its host answers that it is gone for good (410)", "", gone=True)
    if response.status != http.HTTPStatus.OK:
        raise _RefusedError(f"its host answers {response.status} {response.reason}")
    kind = response.headers.get_content_type().lower()
    if response.headers.get("Content-Type") is None or not _TYPES.fullmatch(kind):
        raise _RefusedError(f"its host sends {kind}, which is no document of a credential", _FILE)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _RefusedError("its host sends it compressed, which was not asked for", _FILE)
    if response.length is not None and response.length > MAX_BYTES:
        raise _RefusedError(f"it is larger than {MAX_BYTES // 1_000_000} MB", _FILE)


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise _RefusedError(f"it is larger than {MAX_BYTES // 1_000_000} MB", _FILE)
        if time.monotonic() > deadline:
            raise TimeoutError
        parts.append(chunk)
    if response.length:
        raise _RefusedError("the answer broke off")
    return b"".join(parts)
