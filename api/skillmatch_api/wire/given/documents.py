"""Documents in a request become what the engine reads: postings, CVs and wallets of badges.

Everything is read from memory. A name is shown and its ending tells the format; nothing is ever
opened under it.
"""

from __future__ import annotations

import base64
import binascii
import json
import unicodedata
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from skillmatch.errors import DamagedError, UnreadableError
from skillmatch.giving_up import go_on
from skillmatch.model.credential import Wallet
from skillmatch.model.posting import Posting
from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.errors import TooLargeError

MAX_BYTES = 20_000_000
"""Of one document, after it was decoded; what the readers take, too."""
MAX_DOCUMENTS = 100
"""In one list."""
MAX_NAME = 200
_Read = TypeVar("_Read")

_EXAMPLES: list[Any] = [
    {"name": "cv.txt", "text": "Five years of Python and SQL."},
    {"name": "badge.png", "base64": "iVBORw0KGgo="},
    {"name": "badge.json", "json": {"@context": "https://w3id.org/openbadges/v2"}},
]


class DocumentIn(BaseModel):
    """A document: a name, and its content in one of three ways."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"examples": _EXAMPLES}
    )

    name: Annotated[
        str,
        Field(
            max_length=MAX_NAME,
            description="Name of the file; its ending helps to tell the format.",
        ),
    ] = ""
    text: Annotated[
        str | None, Field(max_length=MAX_BYTES, description="Its content, where it is text.")
    ] = None
    base64: Annotated[
        str | None,
        Field(max_length=MAX_BYTES * 4 // 3 + 4, description="Its bytes in Base64."),
    ] = None
    value: Annotated[
        Any, Field(alias="json", description="Its content, where it is JSON, such as a badge.")
    ] = None
    _data: bytes = PrivateAttr(b"")

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        given = self.model_fields_set & {"text", "base64", "value"}
        if len(given) != 1:
            raise ValueError("give exactly one of text, base64 and json")
        self._data = self._decoded(given.pop())
        return self

    def _decoded(self, field: str) -> bytes:
        match field:
            case "text":
                return _encoded(self.text or "")
            case "base64":
                return _from_base64(self.base64 or "")
            case _ if isinstance(self.value, str):
                return _encoded(self.value)
            case _:
                return _from_json(self.value)

    @property
    def data(self) -> bytes:
        """Return the bytes of the file."""
        return self._data

    def called(self, default: str) -> str:
        """Return the last part of the name, without characters that steer a terminal."""
        last = self.name.replace("\\", "/").rpartition("/")[2].strip()
        shown = "".join("?" if unicodedata.category(one)[0] == "C" else one for one in last)
        return default if shown in {"", ".", ".."} else shown


def read_all(documents: Sequence[DocumentIn]) -> tuple[Posting | Wallet, ...]:
    """Return what a person shows: CVs and the like, and wallets of badges, in order.

    ``Matcher.shown``, ``gap`` and ``evidence`` take them.

    Raises:
        UnreadableError: Documents hold neither readable text nor a credential; names each.
    """
    return _each(documents, _read_shown)


def read_wallets(documents: Sequence[DocumentIn]) -> tuple[Wallet, ...]:
    """Return the credentials of badge files and archives, in order.

    Raises:
        UnreadableError: Documents hold no credential; names each.
    """
    return _each(documents, _read_wallet)


def read_posting_in(document: str | DocumentIn) -> Posting:
    """Return a posting; without a name its source is ``-``, as that of standard input.

    Raises:
        UnreadableError: It holds no readable text.
    """
    from skillmatch.readers.documents import posting_in

    one = DocumentIn(text=document) if isinstance(document, str) else document
    name = one.called("-")
    try:
        return posting_in(one.data, name)
    except UnreadableError as fault:
        shown = "the posting" if name == "-" else f"the posting ({name})"
        raise UnreadableError(f"{shown}: {str(fault).removeprefix(f'{name}: ')}") from fault


def name_of(document: DocumentIn, place: int) -> str:
    """Return the name of the document at a 0-based place of a list."""
    return document.called(f"document-{place + 1}")


def files_of(documents: Sequence[DocumentIn]) -> tuple[NamedBytes, ...]:
    """Return documents as files, under the names that they are shown with."""
    return tuple(
        NamedBytes(name=name_of(one, place), data=one.data) for place, one in enumerate(documents)
    )


def _each(
    documents: Sequence[DocumentIn], read: Callable[[DocumentIn, str], _Read]
) -> tuple[_Read, ...]:
    if sum(len(one.data) for one in documents) > 5 * MAX_BYTES:
        raise TooLargeError(f"the documents hold more than {5 * MAX_BYTES:,} bytes; send fewer")
    found: list[_Read] = []
    faults: list[str] = []
    damaged = False
    for place, document in enumerate(documents):
        name = name_of(document, place)
        go_on()
        try:
            found.append(read(document, name))
        except UnreadableError as fault:
            damaged = damaged or isinstance(fault, DamagedError)
            reason = str(fault).removeprefix(f"{name}: ")
            faults.append(f"document {place + 1} ({name}): {reason}")
    if faults:
        raise (DamagedError if damaged else UnreadableError)("; ".join(faults))
    return tuple(found)


def _read_shown(document: DocumentIn, name: str) -> Posting | Wallet:
    from skillmatch.readers.credentials import is_wallet
    from skillmatch.readers.documents import document_in

    if is_wallet(document.data, name):
        return _read_wallet(document, name)
    return document_in(document.data, name)


def _read_wallet(document: DocumentIn, name: str) -> Wallet:
    from pathlib import Path

    from skillmatch.readers.credentials import wallet_in
    from skillmatch.service.named_files import with_credentials

    return with_credentials(wallet_in(document.data, name), Path(name))


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise ValueError("it holds half a character (a lone surrogate)") from fault


def _from_json(value: object) -> bytes:
    try:
        return json.dumps(value).encode("ascii")
    except RecursionError as fault:
        raise ValueError("its parts lie too deep inside each other") from fault


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise ValueError("base64 is no Base64: letters, digits, + and /, padded with =") from fault
