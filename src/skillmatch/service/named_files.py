"""The files that a person names: each is expected to hold something, and is missed if it does not.

What lies in a named folder or archive is another matter: a note about it is enough.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from skillmatch.errors import DamagedError, DataError, NotFoundError, UnreadableError, UsageError
from skillmatch.giving_up import go_on
from skillmatch.model.credential import Credential, Unread, Wallet
from skillmatch.model.posting import Posting
from skillmatch.readers.credentials import looks_like_wallet, read_wallet, wallet_in
from skillmatch.readers.documents import read_document

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFiles:
    """What named files, folders and archives hold.

    Attributes:
        wallets: In the order that they were named; files without a credential are listed in them.
        faults: Of those that hold no credential at all.
    """

    wallets: tuple[Wallet, ...] = ()
    faults: tuple[UnreadableError, ...] = ()

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """Return all credentials in order."""
        return tuple(one for wallet in self.wallets for one in wallet.credentials)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Return everything else."""
        return tuple(one for wallet in self.wallets for one in wallet.unread)


def read_named(paths: Sequence[Path]) -> NamedFiles:
    """Return what files, folders and archives hold; one that holds none does not hide the others.

    Raises:
        NotFoundError: A path does not exist.
        UnreadableError: None of them holds a credential.
        DamagedError: None does, and one of the files is damaged.
    """
    return _gathered([(str(path), partial(read_path, path)) for path in paths])


def named_in(files: Sequence[tuple[str, bytes]]) -> NamedFiles:
    """Return what files at hand hold, each with its name; as ``read_named`` does of paths.

    Raises:
        UnreadableError: None of them holds a credential.
        DamagedError: None does, and one of the files is damaged.
    """

    def read(name: str, data: bytes) -> Wallet:
        return with_credentials(wallet_in(data, name), Path(name))

    return _gathered([(name, partial(read, name, data)) for name, data in files])


def _gathered(files: Sequence[tuple[str, Callable[[], Wallet]]]) -> NamedFiles:
    read = NamedFiles()
    for name, wallet_of in files:
        go_on()
        try:
            wallet, faults = wallet_of(), read.faults
        except UnreadableError as fault:
            reason = str(fault).removeprefix(f"{name}: ")
            wallet = Wallet(unread=(Unread(source=name, reason=reason),))
            faults = (*read.faults, fault)
        read = replace(read, wallets=(*read.wallets, wallet), faults=faults)
    if not read.credentials:
        raise _together(read.faults)
    return read


def read_path(path: Path) -> Wallet:
    """Return what one file, folder or archive holds.

    Raises:
        NotFoundError: There is no such path.
        UnreadableError: It holds no credential; the message names the first of what it holds.
    """
    return with_credentials(read_wallet(path), path)


def read_shown(document: Posting | Wallet | str | os.PathLike[str]) -> Posting | Wallet:
    """Return what a person shows: a wallet of badges, or a document such as a CV.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It holds neither readable text nor a credential.
    """
    if isinstance(document, Posting | Wallet):
        return document
    path = Path(document)
    return read_path(path) if looks_like_wallet(path) else read_document(path)


def with_credentials(wallet: Wallet, path: Path) -> Wallet:
    """Return a wallet that holds a credential.

    Args:
        wallet: As it was read.
        path: As it was named.

    Raises:
        UnreadableError: It holds none; the message names the first of what it holds.
    """
    if wallet.credentials:
        return wallet
    said = "; ".join(f"{one.source}: {one.reason}" for one in wallet.unread[:_SHOWN])
    more = len(wallet.unread) - _SHOWN
    said += f"; and {more} more" if more > 0 else ""
    raise UnreadableError(f"no credential in it: {said or 'it is empty'}", path=path)


def check_file(path: Path, mend: str = "check the name and the folder") -> None:
    """Refuse what is no single file.

    Args:
        path: As it was named.
        mend: What to do where there is none.

    Raises:
        NotFoundError: There is nothing of that name.
        UsageError: It is a folder.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file")
    if not path.exists():
        raise NotFoundError(f"there is no file {path}; {mend}")


def words_of(value: str) -> str:
    """Return words as they were given, or those of the file that is named after an @.

    Raises:
        NotFoundError: There is no such file.
        DataError: It is no text.
    """
    if not value.startswith("@"):
        return value
    path = Path(value[1:])
    check_file(path)
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"it is no text in UTF-8: {error}", path=path) from error


def _together(faults: Sequence[UnreadableError]) -> UnreadableError:
    damaged = any(isinstance(one, DamagedError) for one in faults)
    more = f"; and {len(faults) - _SHOWN} more files" if len(faults) > _SHOWN else ""
    text = "; ".join(str(one) for one in faults[:_SHOWN]) + more
    return (DamagedError if damaged else UnreadableError)(text)
