"""A file, folder or archive becomes a catalogue; nothing in it is left out silently."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from skillmatch.errors import DataError, RowError, UnreadableError
from skillmatch.model.offer import Catalogue, Offer, OfferSource, UnreadOffer
from skillmatch.readers.credentials.archive import is_archive
from skillmatch.readers.credentials.limits import Budget, check_size
from skillmatch.readers.credentials.members import Member, folder_members, members_of, read_file
from skillmatch.readers.credentials.strict_json import parse_json
from skillmatch.readers.offers.badges import read_badges
from skillmatch.readers.offers.ctdl import read_ctdl
from skillmatch.readers.offers.found import Found, NoOfferError
from skillmatch.readers.offers.limits import LIMITS, check_count, full_budget
from skillmatch.readers.offers.merging import merge_offers
from skillmatch.readers.offers.passed_over import (
    PACKED_TEXTS,
    holds_no_data,
    is_for_people,
    no_offer_note,
    passed_over_note,
)
from skillmatch.readers.offers.sheet import EXCEL, SUFFIXES, read_sheet
from skillmatch.readers.offers.stacks import Stack, stack_up
from skillmatch.readers.offers.stored import looks_stored, read_stored

_OTHER_SHEETS = frozenset({".ods", ".xls"})
_WHOLE = frozenset({EXCEL, *_OTHER_SHEETS, *PACKED_TEXTS})
"""Endings of files that are one file, although they are archives inside."""
MAX_FAULTS = 1_000
"""Of one sheet that are named one by one."""
_ONE_FAULT = "none of its rows was read, since one cell or row is at fault"
_CTDL = re.compile(rb"ceterms:|ctdl|decoded_resource")
Progress = Callable[[int, int], None]


def read_catalogue(path: Path, *, name: str = "", progress: Progress | None = None) -> Catalogue:
    """Read every offer in a file, a folder with its folders, or a zip archive.

    Offers with one id in several files become one, field by field. Texts for people and pictures
    beside them are passed over, which a note tells.

    Args:
        path: CTDL JSON-LD, Open Badges, CSV, XLSX, a stored catalogue, or a folder or zip of these.
        name: Of the catalogue; empty takes the name of the file or folder.
        progress: Is told how many files were read, and how many there are.

    Raises:
        NotFoundError: There is no such file or folder.
        UnreadableError: A single file holds no offer; in a folder it is named in ``unread``.
        RowError: Rows of a single sheet are at fault.
        DataError: A single file is damaged or too large.
    """
    path = Path(path)
    own = name or _printable(path.resolve().stem)
    if path.is_dir():
        gathered = _Gathered()
        total = sum(1 for one in path.rglob("*") if not one.is_dir())
        inside = folder_members(path, whole=_WHOLE, limits=LIMITS, skip=gathered.pass_over)
        return _gather(own, inside, (total, progress), gathered)
    return catalogue_in(read_file(path, limits=LIMITS), path, own=own, name=name, progress=progress)


def catalogue_in(
    data: bytes, path: Path, *, own: str = "", name: str = "", progress: Progress | None = None
) -> Catalogue:
    """Read every offer in bytes at hand, as ``read_catalogue`` does in a file of that name.

    Args:
        data: The whole file.
        path: Its name, whose ending helps to tell the format; nothing is opened.
        own: Name of the catalogue where it is not stored under one; empty takes the file's.
        name: Name of the catalogue in any case, unless it is empty.
        progress: As for ``read_catalogue``.

    Raises:
        UnreadableError: It holds no offer.
        RowError: Rows of a sheet are at fault.
        DataError: It is damaged or too large.
    """
    own = own or name or _printable(path.stem)
    check_size(len(data), limits=LIMITS)
    gathered = _Gathered()
    if is_archive(data) and path.suffix.lower() not in _WHOLE:
        members = _packed(path, data)
        return _gather(own, members, (len(members), progress), gathered)
    found = _read_single(path, data)
    if isinstance(found, Catalogue):
        return replace(found, name=name) if name else found
    try:
        gathered.add(found, data, _printable(path.name))
    except UnreadableError as fault:
        raise UnreadableError(str(fault), path=path) from fault
    return gathered.catalogue(own)


@dataclass(slots=True)
class _Gathered:
    """What the files before this one held.

    Attributes:
        passed_over: Files that are no data.
        without: Files of data that belong to offers, and hold none.
    """

    offers: list[Offer] = field(default_factory=list)
    sources: list[OfferSource] = field(default_factory=list)
    unread: list[UnreadOffer] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stacks: list[Stack] = field(default_factory=list)
    frameworks: list[str] = field(default_factory=list)
    encoders: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    def pass_over(self, source: str) -> bool:
        """Tell whether a file is for people, and remember it where it is."""
        found = is_for_people(source.rpartition("!")[2])
        if found:
            self.passed_over.append(_printable(source))
        return found

    def add(self, found: Found | Catalogue, data: bytes, source: str) -> None:
        """Take what a file holds.

        Raises:
            UnreadableError: These are too many offers at once.
        """
        check_count(len(self.offers) + len(found.offers))
        if isinstance(found, Catalogue):
            self._add_stored(found)
            return
        digest = hashlib.sha256(data).hexdigest()
        count = len(found.offers)
        self.offers += found.offers
        self.unread += found.unread
        self.notes += found.notes
        self.stacks += found.stacks
        self.sources.append(
            OfferSource(path=source, sha256=digest, format=found.format, offers=count)
        )

    def _add_stored(self, stored: Catalogue) -> None:
        self.offers += stored.offers
        self.sources += stored.sources
        self.unread += stored.unread
        self.notes += stored.notes
        self.frameworks += stored.frameworks
        self.encoders += [stored.encoder] if stored.encoder else []

    def catalogue(self, name: str) -> Catalogue:
        """Return everything as one catalogue."""
        merged, notes = merge_offers(self.offers)
        offers, told = stack_up(merged, self.stacks)
        beside = (*passed_over_note(self.passed_over), *no_offer_note(self.without))
        encoders = list(dict.fromkeys(self.encoders))
        return Catalogue(
            name=name,
            offers=offers,
            sources=tuple(self.sources),
            unread=tuple(self.unread),
            frameworks=tuple(dict.fromkeys(self.frameworks)),
            encoder=encoders[0] if len(encoders) == 1 else "",
            notes=tuple(dict.fromkeys((*self.notes, *notes, *told, *beside))),
        )


def _gather(
    name: str,
    members: Iterable[Member],
    watched: tuple[int, Progress | None],
    gathered: _Gathered,
) -> Catalogue:
    total, progress = watched
    budget = full_budget()
    for done, member in enumerate(members, start=1):
        source = _printable(member.source)
        try:
            _take(member, source, budget, gathered)
        except NoOfferError:
            gathered.without.append(source)
        except RowError as fault:
            gathered.unread += _faulty_rows(fault, source)
        except DataError as fault:
            reason = str(fault).removeprefix(f"{source}: ")
            gathered.unread.append(UnreadOffer(source=source, pointer="", reason=reason))
        if progress is not None:
            progress(done, max(done, total))
    return gathered.catalogue(name)


def _take(member: Member, source: str, budget: Budget, gathered: _Gathered) -> None:
    """Read a file of a folder or archive.

    Raises:
        DataError: It is data, and cannot be read.
    """
    # What lies in a folder was looked at by its name before it was opened.
    if "!" in source and gathered.pass_over(source):
        return
    if member.fault:
        raise UnreadableError(member.fault)
    if holds_no_data(source, member.data):
        gathered.passed_over.append(source)
        return
    budget.take_bytes(len(member.data))
    gathered.add(_read(member.data, source, budget), member.data, source)


def _faulty_rows(fault: RowError, source: str) -> Iterator[UnreadOffer]:
    """Yield a sheet that is left out as a whole, then what is wrong in it, each with its place."""
    count = len(fault.faults)
    reason = f"none of its rows was read, since {count:,} cells or rows are at fault"
    yield UnreadOffer(source=source, pointer="", reason=reason if count > 1 else _ONE_FAULT)
    for one in fault.faults[:MAX_FAULTS]:
        place, _, said = one.partition(": ")
        yield UnreadOffer(source=source, pointer=place, reason=said)


def _packed(path: Path, data: bytes) -> tuple[Member, ...]:
    """Return the files of an archive by name, whatever order they were packed in."""
    try:
        return tuple(sorted(members_of(data, _printable(path.name)), key=_by_name))
    except UnreadableError as fault:
        raise type(fault)(str(fault), path=path) from fault


def _by_name(member: Member) -> str:
    return member.source


def _read_single(path: Path, data: bytes) -> Found | Catalogue:
    source = _printable(path.name)
    try:
        return _read(data, source, full_budget())
    except RowError as fault:
        raise RowError(fault.faults, path=path) from fault
    except UnreadableError as fault:
        raise type(fault)(str(fault).removeprefix(f"{source}: "), path=path) from fault


def _read(data: bytes, source: str, budget: Budget) -> Found | Catalogue:
    """Read one file, whatever it is; its content decides but for sheets.

    Raises:
        DataError: It holds no offer that can be read.
    """
    suffix = PurePosixPath(source).suffix.lower()
    if suffix in SUFFIXES:
        return read_sheet(data, source, budget)
    if suffix in _OTHER_SHEETS:
        raise UnreadableError("sheets of this kind are not read; save it as .xlsx or as CSV")
    if not data.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        return read_badges(data, source, budget)
    if looks_stored(data):
        return read_stored(parse_json(data, budget, LIMITS))
    if _CTDL.search(data):
        found = read_ctdl(parse_json(data, budget, LIMITS), source, budget)
        if found is not None:
            return found
    return read_badges(data, source, budget)


def _printable(name: str) -> str:
    """Return a file name that every text can hold, whatever bytes it is made of."""
    shown = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(char if char.isprintable() else "?" for char in shown)
