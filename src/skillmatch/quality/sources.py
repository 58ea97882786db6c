"""The documents in a file, a folder or an archive that the rules can look at.

Broken badges are the point here, so JSON is taken as it stands; only what is no JSON (tokens,
pictures, archives) goes through the reader of credentials. Files are opened one after another, so
that memory does not grow with a folder.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from skillmatch.errors import NotFoundError, UnreadableError
from skillmatch.model.credential import Credential, Unread
from skillmatch.quality.kinds import is_ctdl_resource, kind_of
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.readers.credentials.archive import archive_members, is_archive
from skillmatch.readers.credentials.limits import MAX_BYTES
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.credentials.strict_json import parse_json

_BOM = b"\xef\xbb\xbf"
_INSIDE = 4
_OF_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing to judge, and the file that it is from.

    Attributes:
        text: The file's own, empty for what was inside a token, a picture or an envelope.
    """

    source: str
    root: Node
    text: str = field(default="", repr=False)


def file_names(path: Path) -> tuple[Path, ...]:
    """Return the files of a folder in order of their paths, or the file itself.

    Hidden files and what operating systems leave in folders are passed over.

    Raises:
        NotFoundError: There is no such file or folder.
    """
    if path.is_dir():
        return tuple(
            sorted(one for one in path.rglob("*") if one.is_file() and _is_meant(one, path))
        )
    if not path.exists():
        raise NotFoundError(f"there is no file {path}; check the name and the folder")
    return (path,)


def read_documents(
    path: Path, source: str, *, any_kind: bool = False
) -> Iterator[Document | Unread]:
    """Yield what a file holds, and what could not be read of it; nothing is left out silently.

    Args:
        path: The file.
        source: What to call it.
        any_kind: Whether JSON objects that no rule knows are yielded, too.
    """
    try:
        yield from documents_in(path, source, any_kind=any_kind)
    except UnreadableError as fault:
        yield Unread(source=source, reason=str(fault).removeprefix(f"{path}: "))


def documents_in(path: Path, source: str, *, any_kind: bool = False) -> Iterator[Document | Unread]:
    """Yield what ``read_documents`` does.

    Raises:
        UnreadableError: The file cannot be read, or holds nothing that rules know.
    """
    try:
        data = _read(path)
        if not is_archive(data):
            yield from _file(data, source, any_kind)
            return
        for name, content, fault in archive_members(data):
            inside = f"{source}!{name}"
            yield from _unread(inside, fault) if fault else _member(content, inside, any_kind)
    except UnreadableError as fault:
        raise type(fault)(str(fault), path=path) from fault


def _unread(source: str, reason: str) -> tuple[Unread, ...]:
    return (Unread(source=source, reason=reason),)


def _is_meant(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return not any(part.startswith(".") for part in parts) and path.name.lower() not in _OF_SYSTEMS


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise UnreadableError(f"it cannot be opened: {fault.strerror}") from fault
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"it is larger than {MAX_BYTES // 1_000_000} MB; no badge is")
    return data


def _member(data: bytes, source: str, any_kind: bool) -> Iterator[Document | Unread]:
    try:
        yield from _file(data, source, any_kind)
    except UnreadableError as fault:
        yield Unread(source=source, reason=str(fault))


def _file(data: bytes, source: str, any_kind: bool) -> Iterator[Document | Unread]:
    found = 0
    for one in _contents(data, source, any_kind):
        found += 1
        yield one
    if not found:
        raise UnreadableError(
            "it holds no Open Badge, CTDL credential, rich skill descriptor or other verifiable "
            "credential"
        )


def _contents(data: bytes, source: str, any_kind: bool) -> Iterator[Document | Unread]:
    if data.removeprefix(_BOM).lstrip()[:1] in (b"{", b"["):
        text = data.decode("utf-8-sig", "replace")
        root = Node(parse_json(data))
        for node in root.many() if isinstance(root.value, list) else (root,):
            found = tuple(_roots(node, source, _INSIDE))
            if not found:
                found = _otherwise(node, source, data if node is root else b"", any_kind)
            yield from (_with_text(one, root, text) for one in found)
        return
    for credential in read_credential_bytes(data, source):
        yield from _of_credential(credential)


def _otherwise(
    node: Node, source: str, data: bytes, any_kind: bool
) -> tuple[Document | Unread, ...]:
    """Return what wraps a credential in a way that only its reader knows, or any object at all."""
    try:
        read = read_credential_bytes(data, source) if data else ()
    except UnreadableError:
        read = ()
    inside = tuple(one for credential in read for one in _of_credential(credential))
    if inside or not (any_kind and node.objects()):
        return inside
    return (Document(source=source, root=node),)


def _with_text(one: Document | Unread, root: Node, text: str) -> Document | Unread:
    """Add the file's text to a document whose pointer leads to it in that text."""
    if isinstance(one, Unread) or _at(root, one.root.pointer) is not one.root.value:
        return one
    return replace(one, text=text)


def _at(root: Node, pointer: str) -> object:
    value: object = root.value
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _of_credential(credential: Credential) -> Iterator[Document]:
    """Yield what a token or a picture holds; its pointers count inside the token."""
    nodes = _roots(Node(credential.document, credential.pointer), credential.source, 0)
    yield from (one for one in nodes if isinstance(one, Document))
    for part in credential.parts:
        yield from _of_credential(part)


def _roots(node: Node, source: str, depth: int) -> Iterator[Document | Unread]:
    """Yield a document itself, or those that it wraps."""
    if resource := _of_envelope(node):
        yield from _of_graph(resource, source)
    elif node.objects("@graph"):
        yield from _of_graph(node, source)
    elif inner := node.get("vc", "vp").objects():
        yield from _roots(inner[0], source, depth)
    else:
        parts = _parts(node)
        if kind_of(node) is not None and "VerifiablePresentation" not in node.types():
            yield Document(source=source, root=node)
        for part in parts if depth else ():
            yield from _part(part, source, depth - 1)


def _parts(node: Node) -> tuple[Node, ...]:
    """Return the credentials inside a record or a presentation."""
    holders = (node, *node.objects("credentialSubject"))
    return tuple(part for holder in holders for part in holder.many("verifiableCredential"))


def _part(node: Node, source: str, depth: int) -> Iterator[Document | Unread]:
    token = node.value if isinstance(node.value, str) else _enveloped(node)
    if not token:
        yield from _roots(node, source, depth)
        return
    try:
        for credential in read_credential_bytes(token.encode(), source):
            yield Document(source=source, root=Node(credential.document, node.pointer))
    except UnreadableError as fault:
        yield Unread(source=source, reason=f"{node.pointer}: {fault}")


def _enveloped(node: Node) -> str:
    head, _, token = node.text("id").partition(",")
    return token if head.startswith("data:") and "jwt" in head else ""


def _of_envelope(node: Node) -> Node | None:
    """Return the graph in an envelope of the Credential Registry."""
    if not node.get("envelope_ctdl_type", "envelope_ceterms_ctid", "envelope_id"):
        return None
    if decoded := node.get("decoded_resource").objects():
        return decoded[0]
    resource = node.get("resource")
    return Node(_payload(resource.text()), resource.pointer)


def _payload(token: str) -> Mapping[str, object]:
    """Return the claims of a token whose signature is not this program's to check.

    Raises:
        UnreadableError: It is no token.
    """
    body = [*token.split("."), "", ""][1]
    try:
        found = parse_json(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (binascii.Error, ValueError, json.JSONDecodeError) as fault:
        raise UnreadableError("the resource of the envelope cannot be decoded") from fault
    if not isinstance(found, Mapping):
        raise UnreadableError("the resource of the envelope is no JSON object")
    return found


def _of_graph(node: Node, source: str) -> Iterator[Document | Unread]:
    """Yield the credentials, courses and assessments of a graph; blank nodes are only mentioned."""
    nodes = node.objects("@graph") or (node,)
    found = [one for one in nodes if is_ctdl_resource(one) and not one.id().startswith("_:")]
    yield from (Document(source=source, root=one) for one in found)
    if not found:
        types = sorted({name for one in nodes for name in one.types()})
        yield Unread(
            source=source,
            reason="it describes no credential, course or assessment"
            + (f" but {', '.join(types[:5])}" if types else ""),
        )
