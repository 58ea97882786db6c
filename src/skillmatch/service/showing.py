"""Read the credentials of several files for showing them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from skillmatch.errors import UnreadableError
from skillmatch.model.credential import Unread, Wallet
from skillmatch.readers.credentials import read_wallet


def read_wallets(paths: Sequence[Path]) -> Wallet:
    """Return what files, folders and archives hold, in the order given.

    A file that holds no credential is listed beside the others.

    Raises:
        NotFoundError: A path does not exist.
        UnreadableError: None of them holds a credential.
    """
    wallets = [_read(path) for path in paths]
    unread = tuple(one for wallet in wallets for one in wallet.unread)
    credentials = tuple(one for wallet in wallets for one in wallet.credentials)
    if not credentials:
        raise UnreadableError(_nothing(paths, unread))
    return Wallet(credentials=credentials, unread=unread)


def _read(path: Path) -> Wallet:
    try:
        return read_wallet(path)
    except UnreadableError as fault:
        reason = str(fault).removeprefix(f"{path}: ")
        return Wallet(unread=(Unread(source=str(path), reason=reason),))


def _nothing(paths: Sequence[Path], unread: Sequence[Unread]) -> str:
    if not unread:
        return f"{', '.join(map(str, paths))}: there is no file in it"
    more = f"; and {len(unread) - 3} more files" if len(unread) > 3 else ""
    return "; ".join(f"{one.source}: {one.reason}" for one in unread[:3]) + more
