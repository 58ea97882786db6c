"""Which entry of a status list belongs to which credential: the issuer's own note beside it.

The list itself is public and must not tell; without this note nobody could find the entry of a
badge that has to be revoked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from skillmatch.atomic import write_text
from skillmatch.errors import BusyError, DataError, NotFoundError

WAIT_S = 10


def register_path(status_list: Path) -> Path:
    """Return where the note about a list lies: beside it, never to be published."""
    return status_list.with_name(f"{status_list.name}.register.jsonl")


@contextmanager
def locked(status_list: Path) -> Iterator[None]:
    """Hold a list and its note, so that two programs never give away one entry.

    Raises:
        BusyError: Another program holds them for longer than ``WAIT_S`` seconds.
    """
    from filelock import FileLock, Timeout

    try:
        with FileLock(f"{status_list}.lock", timeout=WAIT_S):
            yield
    except Timeout as error:
        raise BusyError(f"another program is writing to {status_list}; try again") from error


def read_register(status_list: Path) -> dict[int, str]:
    """Return credential ids by entry; empty where nothing was given away yet.

    Raises:
        DataError: A line cannot be read; without it an entry could be given away twice.
    """
    path = register_path(status_list)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", path=path) from error
    found: dict[int, str] = {}
    for number, line in enumerate(lines, 1):
        try:
            index, credential = _entry(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DataError(
                'expected {"index": 0, "credential": "urn:…"}; put the line right, for a lost line '
                "is an entry that would be given away twice",
                path=path,
                line=number,
            ) from error
        found[index] = credential
    return found


def _entry(row: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON
    """Return what one line says.

    Raises:
        KeyError, TypeError, ValueError: It says something else.
    """
    index, credential = row["index"], row["credential"]
    if type(index) is not int or index < 0 or not isinstance(credential, str):
        raise ValueError(index)
    return index, credential


def write_register(status_list: Path, entries: Mapping[int, str]) -> None:
    """Write the note whole, by entry."""
    rows = (
        json.dumps({"index": index, "credential": entries[index]}, ensure_ascii=False)
        for index in sorted(entries)
    )
    write_text(register_path(status_list), "".join(f"{row}\n" for row in rows))


def entry_of(status_list: Path, named: str) -> int:
    """Return the entry that a person named: by its number, or by the id of its credential.

    Raises:
        NotFoundError: No credential of that id was given an entry of this list.
    """
    if named.isdecimal():
        return int(named)
    for index, credential in read_register(status_list).items():
        if credential == named:
            return index
    raise NotFoundError(
        f"{register_path(status_list)} knows no credential {named!r}; name the entry by its "
        "number, which stands in the badge as statusListIndex"
    )
