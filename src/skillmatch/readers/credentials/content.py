"""The bytes of one file become the credentials in it, whatever carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.model.credential import Credential
from skillmatch.readers.credentials.archive import is_archive
from skillmatch.readers.credentials.baked import (
    PNG_START,
    inflate,
    is_svg,
    text_in_png,
    text_in_svg,
)
from skillmatch.readers.credentials.credential import read_document, read_token
from skillmatch.readers.credentials.jws import is_token
from skillmatch.readers.credentials.limits import Budget, check_size
from skillmatch.readers.credentials.node import Node, step
from skillmatch.readers.credentials.place import Place
from skillmatch.readers.credentials.recognise import FORMATS
from skillmatch.readers.credentials.strict_json import parse_json

GZIP_START = b"\x1f\x8b"
_GZIP = 31
# What services wrap credentials in when they export them or answer a request for them.
WRAPPERS = (
    "credential",
    "credentials",
    "compactJwsString",
    "verifiableCredential",
    "assertions",
    "badges",
    "result",
    "data",
)
_ONCE_MORE = ("credential", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a file holds.

    Attributes:
        credentials: In the order of the file; at least one.
        faults: What else stands in a list of credentials and cannot be read, each with its place.
    """

    credentials: tuple[Credential, ...]
    faults: tuple[str, ...] = ()


def read_content(data: bytes, source: str, budget: Budget) -> Content:
    """Read JSON, a token, a PNG, an SVG, or one of these compressed with gzip.

    Raises:
        UnreadableError: It holds no credential that can be read.
    """
    check_size(len(data))
    if data.startswith(GZIP_START):
        data = inflate(data, budget, _GZIP)
    if is_archive(data):
        raise UnreadableError("it is an archive inside another; unpack it and give it by itself")
    place = Place(source=source, budget=budget)
    if data.startswith(PNG_START):
        return _read_baked(text_in_png(data, budget), place)
    if is_svg(data):
        return _read_baked(text_in_svg(data), place)
    return _read_text(_decoded(data), place)


def _read_baked(text: str, place: Place) -> Content:
    if text.startswith(("http://", "https://")):
        raise UnreadableError(
            f"the picture holds only a link to its badge ({text[:200]}), which is not fetched; "
            "download that page and give it as a JSON file"
        )
    return _read_text(text, place)


def _decoded(data: bytes) -> str:
    if not data.strip(b"\x00\t\n\v\f\r "):
        raise UnreadableError("it is empty")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableError(f"it is none of the files that hold {FORMATS}") from fault


def _read_text(text: str, place: Place) -> Content:
    text = text.strip()
    if is_token(text):
        return Content(credentials=(read_token(text, place),))
    if not text.startswith(("{", "[")):
        raise UnreadableError(f"it is neither JSON nor a token; what can be read is {FORMATS}")
    root = Node(parse_json(text, place.budget))
    if isinstance(root.value, Mapping) and not _wrapped(root):
        return Content(credentials=(read_document(root.value, place),))
    return _read_several(root, place)


def _wrapped(root: Node) -> tuple[Node, ...]:
    """Return what an export or answer wraps, nothing for a document of its own."""
    if root.types() or root.get("@context", "badge", "vc", "vp", "signatures"):
        return ()
    found = root.many(*WRAPPERS)
    return tuple(one for one in found if isinstance(one.value, Mapping) or _is_token(one.value))


def _is_token(value: object) -> bool:
    return isinstance(value, str) and is_token(value)


def _read_several(root: Node, place: Place) -> Content:
    """Read a list of credentials or what an export wraps; one that can be read is enough."""
    found: list[Credential] = []
    faults: list[str] = []
    for node in _wrapped(root) or root.many():
        try:
            found.append(_read_one(node.value, node.pointer, place))
        except UnreadableError as fault:
            faults.append(f"{node.pointer}: {fault}")
    if not found:
        raise UnreadableError("; ".join(faults[:5]) or "it is an empty list")
    return Content(credentials=tuple(found), faults=tuple(faults))


def _read_one(value: Any, pointer: str, place: Place) -> Credential:  # noqa: ANN401 - any JSON
    if isinstance(value, str) and is_token(value):
        return read_token(value, _at(place, pointer))
    if not isinstance(value, Mapping):
        raise UnreadableError("it is neither an object nor a token")
    for name in _ONCE_MORE:
        inner = value.get(name)
        if not value.get("type") and isinstance(inner, Mapping):
            return read_document(inner, _at(place, step(pointer, name)))
    return read_document(value, _at(place, pointer))


def _at(place: Place, pointer: str) -> Place:
    return Place(source=place.source, pointer=pointer, budget=place.budget)
