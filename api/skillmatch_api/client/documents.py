"""Files as the service takes them."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from skillmatch_api.client.asked import DocumentIn


def document(path: str | Path) -> DocumentIn:
    """Return a file as a document: its name without folders, and its bytes.

    Raises:
        OSError: It cannot be read.
    """
    path = Path(path)
    return {"name": path.name, "base64": b64encode(path.read_bytes()).decode("ascii")}
