"""How much of a file is read before it is refused, for every format of a credential.

The largest real ones (records with embedded documents and logos) stay some way below each number;
what exceeds one was made to keep a reader busy.
"""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.errors import UnreadableError

MAX_BYTES = 20_000_000
"""Of one file, and of one member of an archive after inflating."""
MAX_TOTAL_BYTES = 100_000_000
"""Of all files of one wallet together."""
MAX_MEMBERS = 2_000
"""Files in one folder or archive."""
MAX_DEPTH = 64
"""Objects and arrays inside each other."""
MAX_NODES = 200_000
"""Values in one JSON document."""
MAX_TOTAL_NODES = 200_000
"""Values in all JSON documents of one wallet: a thousand full badges, shown within a second."""
MAX_XML_TAGS = 200_000
MAX_NESTED = 8
"""Credentials inside each other: records, presentations, endorsements, tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLimits:
    """What one file may hold.

    Attributes:
        advice: What is said to whoever gives more.
    """

    bytes: int = MAX_BYTES
    nodes: int = MAX_NODES
    advice: str = "no credential holds as much"


CREDENTIAL = FileLimits()


@dataclass(slots=True)
class Budget:
    """What one reading may still take; shared by all files of a wallet.

    Attributes:
        most_nodes: What ``nodes_left`` began with.
    """

    bytes_left: int = MAX_TOTAL_BYTES
    nodes_left: int = MAX_TOTAL_NODES
    most_nodes: int = MAX_TOTAL_NODES

    def take_bytes(self, count: int) -> None:
        """Spend bytes.

        Raises:
            UnreadableError: Nothing is left.
        """
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise UnreadableError(
                f"the files before it hold {_mb(MAX_TOTAL_BYTES)} already; give fewer at once"
            )

    def take_nodes(self, count: int) -> None:
        """Spend JSON values.

        Raises:
            UnreadableError: Nothing is left.
        """
        self.nodes_left -= count
        if self.nodes_left < 0:
            raise UnreadableError(
                f"the files before it hold {self.most_nodes:,} values already; give fewer at once"
            )


def check_size(count: int, what: str = "it", *, limits: FileLimits = CREDENTIAL) -> None:
    """Refuse more bytes than one file may have.

    Raises:
        UnreadableError: ``count`` is above the limit.
    """
    if count > limits.bytes:
        raise UnreadableError(f"{what} is larger than {_mb(limits.bytes)}; {limits.advice}")


def _mb(count: int) -> str:
    return f"{count // 1_000_000} MB"
