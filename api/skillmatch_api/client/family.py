"""What the methods of one family of routes are made of."""

from __future__ import annotations

from skillmatch_api.client.exchange import Exchange


class Family:
    """Methods that share an exchange.

    Every method raises ``ProblemError`` where the service answers with a problem, and
    ``UnreachableError`` where it does not answer.
    """

    __slots__ = ("exchange",)

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
