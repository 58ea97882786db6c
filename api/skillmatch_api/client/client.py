"""The client itself: an address, a key, and the families of routes."""

from __future__ import annotations

from types import TracebackType
from typing import Self

try:
    import httpx
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "the client needs an extra: pip install 'skillmatch[client]'", name=error.name
    ) from error

from skillmatch.errors import UsageError
from skillmatch_api.client.alignments import Alignments
from skillmatch_api.client.badges import Badges
from skillmatch_api.client.candidates import Candidates
from skillmatch_api.client.catalogue import CatalogueRoutes, FrameworkRoutes
from skillmatch_api.client.evidence import EvidenceRoutes
from skillmatch_api.client.exchange import Exchange
from skillmatch_api.client.jobs import Jobs
from skillmatch_api.client.matching import Matching, Occupations
from skillmatch_api.client.operating import Audit, Keys, Operating, Session
from skillmatch_api.client.patience import Patience
from skillmatch_api.client.plans import Plans, Postings

CONNECT_S = 10.0


class Client(Matching, Operating):
    """Asks the service.

    It may be used by several threads, and is closed at the end of its ``with`` block. Its methods
    take what the bodies of the OpenAPI document have as keyword arguments, and return the values
    that the command line prints with ``--json``.

    Every method raises ``ProblemError`` where the service answers with a problem and
    ``UnreachableError`` where it does not answer. Busy answers (429, 503) and broken lines are
    tried again first; a write is done once all the same.
    """

    def __init__(
        self,
        address: str,
        key: str = "",
        *,
        timeout: float = 60.0,
        patience: Patience | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Open a client; nothing is sent yet.

        Args:
            address: Of the service, as ``https://skills.example``; a path before ``/v1`` stays.
            key: Sent with every request; empty where the service asks for none (``--open``).
            timeout: Seconds that an answer may let one wait, each time.
            patience: How often a request is repeated.
            transport: How requests are carried, where it is not by the network as usual.

        Raises:
            UsageError: The address is none.
        """
        if not address.startswith(("http://", "https://")):
            raise UsageError(f"the address of a service begins with https://, not as {address!r}")
        http = httpx.Client(
            base_url=address,
            timeout=httpx.Timeout(timeout, connect=min(timeout, CONNECT_S)),
            transport=transport,
        )
        exchange = Exchange(http=http, key=key, patience=patience or Patience())
        super().__init__(exchange)
        self.alignments = Alignments(exchange)
        self.audit = Audit(exchange)
        self.badges = Badges(exchange)
        self.candidates = Candidates(exchange)
        self.catalogue = CatalogueRoutes(exchange)
        self.evidence = EvidenceRoutes(exchange)
        self.frameworks = FrameworkRoutes(exchange)
        self.jobs = Jobs(exchange)
        self.keys = Keys(exchange)
        self.occupations = Occupations(exchange)
        self.plans = Plans(exchange)
        self.postings = Postings(exchange)
        self.session = Session(exchange)

    def close(self) -> None:
        """Close its connections; it cannot be used any more."""
        self.exchange.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
