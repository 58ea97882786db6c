"""The one fetcher of ``--online``, against a server of this machine.

The server is reached through an injected connector alone: the fetcher itself sees a public address
from an injected resolver, and its check of addresses is the one that users have.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from skillmatch.service.credential_documents import (
    MAX_BYTES,
    MAX_REDIRECTS,
    MAX_REQUESTS,
    OnlineDocuments,
)
from skillmatch.trust.documents import Missing
from skillmatch.trust.linked import Gone

PUBLIC = "93.184.216.34"
HOST = "issuer.example"
URL = f"https://{HOST}/"


@dataclass(slots=True)
class Server:
    """A local https server, and what it was asked.

    Attributes:
        answers: From path to status, headers and body.
        asked: Request lines and headers, in order.
        connected: Addresses that the fetcher wanted to connect to.
    """

    port: int
    context: ssl.SSLContext
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    drip_s: float = 0.0

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Connect to the local server, whatever address was checked."""
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def documents(self, *addresses: str, seconds: float = 60.0) -> OnlineDocuments:
        """Return a fetcher whose names resolve to some addresses."""
        return OnlineDocuments(
            resolve=lambda _host, _port: addresses or (PUBLIC,),
            connect=self.connect,
            context=self.context,
            seconds=seconds,
        )

    def serve(self, path: str, body: bytes = b"{}", status: int = 200, **headers: str) -> None:
        """Answer a path; ``_`` in a header's name stands for ``-``."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        self.answers[path] = (status, {"Content-Type": "application/json", **named}, body)


def certificate(folder: Path) -> Path:
    """Write a self-signed certificate for the host, with its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return path


class Handler(BaseHTTPRequestHandler):
    """Answers what the ``Server`` of its listener says."""

    def do_GET(self) -> None:
        """Answer one request."""
        said = self.said
        said.asked.append((self.path, dict(self.headers)))
        status, headers, body = said.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.send_body(body, said.drip_s)
        except OSError:
            self.close_connection = True  # The fetcher gave up, as it should.

    @property
    def said(self) -> Server:
        """What to answer."""
        listening = self.server
        assert isinstance(listening, Listening)
        assert listening.said is not None
        return listening.said

    def send_body(self, body: bytes, drip_s: float) -> None:
        """Send at once, or byte by byte."""
        if not drip_s:
            self.wfile.write(body)
            return
        for place in range(len(body)):
            self.wfile.write(body[place : place + 1])
            self.wfile.flush()
            time.sleep(drip_s)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Listening(ThreadingHTTPServer):
    """A server whose clients may break off."""

    daemon_threads = True
    said: Server | None = None

    def handle_error(self, *_: object) -> None:
        """A client that refuses the certificate breaks off; that is what is tested."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server for all tests of this file."""
    pem = certificate(tmp_path_factory.mktemp("tls"))
    listening = Listening(("127.0.0.1", 0), Handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)
    listening.socket = tls.wrap_socket(
        listening.socket, server_side=True, do_handshake_on_connect=False
    )
    context = ssl.create_default_context(cafile=str(pem))
    server = Server(port=listening.server_port, context=context)
    listening.said = server
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture
def server(running: Server) -> Server:
    """The server with nothing to say and nothing heard."""
    running.answers.clear()
    running.asked.clear()
    running.connected.clear()
    running.drip_s = 0.0
    return running


def reason(answer: bytes | Missing) -> str:
    """Return why a document is missing."""
    assert isinstance(answer, Missing), answer
    return answer.reason


def test_a_document_is_fetched_from_the_address_that_was_checked(server: Server) -> None:
    """The name is resolved once, so that no second answer can be slipped in."""
    server.serve("/key?x=1", b'{"id": 1}')

    answer = server.documents().get(URL + "key?x=1")

    assert answer == b'{"id": 1}'
    assert server.connected == [(PUBLIC, 443)]


def test_nothing_is_sent_but_what_a_request_needs(server: Server) -> None:
    """No cookie, no account, no language, no page that led there."""
    server.serve("/one", Set_Cookie="a=b")
    server.serve("/two")
    documents = server.documents()

    documents.get(URL + "one")
    documents.get(URL + "two")

    headers = [set(sent) for _, sent in server.asked]
    assert headers == [{"Host", "Accept-Encoding", "Accept", "User-Agent"}] * 2


def test_an_answer_is_kept_and_not_asked_for_twice(server: Server) -> None:
    """A wallet of a hundred badges has one issuer; that goes for bad answers, too."""
    server.serve("/key")
    documents = server.documents()

    for path in ("key", "key", "none", "none"):
        documents.get(URL + path)

    assert [path for path, _ in server.asked] == ["/key", "/none"]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "ff02::1"]
)
def test_a_name_that_leads_into_a_private_network_is_not_asked(
    server: Server, address: str
) -> None:
    """Whoever wrote the credential chose the name, and its name server the address."""
    answer = server.documents(address).get(URL)

    assert "private or reserved" in reason(answer)
    assert server.connected == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(server: Server) -> None:
    """Which of them would be used is a matter of luck."""
    answer = server.documents(PUBLIC, "192.168.0.1").get(URL)

    assert "private or reserved" in reason(answer)
    assert server.connected == []


def test_a_redirect_is_checked_like_a_first_request(server: Server) -> None:
    """A public host may send one on into one's own network."""
    server.serve("/", status=302, Location="https://inside.example/secret")
    addresses = {HOST: PUBLIC, "inside.example": "10.0.0.7"}
    documents = OnlineDocuments(
        resolve=lambda host, _: (addresses[host],),
        connect=server.connect,
        context=server.context,
    )

    assert "private or reserved" in reason(documents.get(URL))
    assert server.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize("place", ["http://issuer.example/", "file:///etc/passwd", "//[::1"])
def test_a_redirect_may_not_leave_https(server: Server, place: str) -> None:
    """What was asked for securely must be answered securely."""
    server.serve("/", status=301, Location=place)

    assert isinstance(server.documents().get(URL), Missing)
    assert len(server.connected) == 1


def test_redirects_are_followed_and_counted(server: Server) -> None:
    """Many addresses lead on once or twice; a circle must end."""
    server.serve("/a", status=307, Location="/b")
    server.serve("/b", b"[]")
    server.serve("/circle", status=302, Location="/circle")

    assert server.documents().get(URL + "a") == b"[]"
    assert "leads on" in reason(server.documents().get(URL + "circle"))
    assert [path for path, _ in server.asked].count("/circle") == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    "url",
    [
        "http://issuer.example/",
        "ftp://issuer.example/",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@issuer.example/",
        "https://issuer.example:99999/",
        "https://issuer.example/\r\nHost: other",
        "https://iss uer.example/",
        "https://[::1",
        "did:web:issuer.example",
        "",
    ],
)
def test_only_plain_https_addresses_are_fetched(server: Server, url: str) -> None:
    """Anything else is refused before a name is even looked up."""
    assert isinstance(server.documents().get(url), Missing)
    assert server.connected == []


def test_size_is_bounded_whether_announced_or_not(server: Server) -> None:
    """A status list has some kilobytes; a server can send without an end."""
    server.serve("/announced", b"{}", Content_Length=str(MAX_BYTES + 1))
    server.serve("/sent", b" " * (MAX_BYTES + 1), Transfer_Encoding="identity")
    server.serve("/largest", b" " * MAX_BYTES)

    assert "larger than" in reason(server.documents().get(URL + "announced"))
    assert "larger than" in reason(server.documents().get(URL + "sent"))
    assert server.documents().get(URL + "largest") == b" " * MAX_BYTES


def test_time_is_bounded_for_a_server_that_drips(server: Server) -> None:
    """Each byte comes in time, the whole never does."""
    server.serve("/", b" " * 1000)
    server.drip_s = 0.05

    answer = server.documents(seconds=0.3).get(URL)

    assert "no whole answer within 0.3 s" in reason(answer)


def test_time_is_bounded_for_a_name_server_that_hangs(server: Server) -> None:
    """Looking up a name cannot be interrupted, so it is left behind."""
    known, found = threading.Event(), threading.Event()

    def slowly(_host: str, _port: int) -> tuple[str, ...]:
        known.wait(60)
        found.set()
        return ("127.0.0.1",)

    documents = OnlineDocuments(resolve=slowly, connect=server.connect, seconds=0.2)

    assert "no whole answer within 0.2 s" in reason(documents.get(URL))
    assert not found.is_set()
    known.set()


def test_requests_are_bounded_for_one_credential(server: Server) -> None:
    """A credential could name a thousand endorsements; the next credential starts anew."""
    for number in range(MAX_REQUESTS + 2):
        server.serve(f"/{number}")
    documents = server.documents()

    answers = [documents.get(f"{URL}{number}") for number in range(MAX_REQUESTS + 1)]
    documents.next_credential()
    later = documents.get(f"{URL}{MAX_REQUESTS + 1}")

    assert [isinstance(answer, Missing) for answer in answers] == [False] * MAX_REQUESTS + [True]
    assert later == b"{}"


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("application/json; charset=utf-8", True),
        ("application/ld+json", True),
        ("application/did+json", True),
        ("application/vc+jwt", True),
        ("text/plain", True),
        ("text/html", False),
        ("image/png", False),
        ("application/zip", False),
    ],
)
def test_only_documents_are_taken(server: Server, kind: str, taken: bool) -> None:
    """A login page in the place of a key would otherwise be parsed."""
    server.serve("/", Content_Type=kind)

    assert isinstance(server.documents().get(URL), bytes) is taken


@pytest.mark.parametrize(("status", "kind"), [(404, Missing), (500, Missing), (410, Gone)])
def test_a_host_that_says_no_is_quoted(server: Server, status: int, kind: type[Missing]) -> None:
    """410 means that the document was taken away for good, which revokes a hosted badge."""
    server.serve("/", status=status)

    answer = server.documents().get(URL)

    assert type(answer) is kind
    assert str(status) in reason(answer)


def test_a_compressed_answer_is_refused(server: Server) -> None:
    """It was not asked for, and its size when unpacked is anybody's guess."""
    server.serve("/", b"\x1f\x8b", Content_Encoding="gzip")

    assert "compressed" in reason(server.documents().get(URL))


def test_a_certificate_of_another_name_is_refused(server: Server) -> None:
    """Connecting to a checked address must not switch off the check of the name."""
    server.serve("/")

    answer = server.documents().get("https://other.example/")

    assert "cannot be reached" in reason(answer)
    assert server.asked == []


def test_a_name_without_an_address_is_a_reason_not_a_crash() -> None:
    """Most broken links end here."""

    def nowhere(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError("name or service not known")

    assert "cannot be reached" in reason(OnlineDocuments(resolve=nowhere).get(URL))
