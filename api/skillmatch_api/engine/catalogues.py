"""Catalogues of an organisation: read from documents, aligned once, kept, and opened for plans.

What the operator imported on the command line is there for every organisation, after its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from skillmatch.errors import DataError, RowError, UsageError
from skillmatch.model.catalogue import ImportReport
from skillmatch.model.offer import Catalogue
from skillmatch.readers.offers import catalogue_in, catalogue_json, read_catalogue
from skillmatch.service.catalogue_import import read_together, take_over
from skillmatch.service.catalogue_names import NAME, CataloguePlaces
from skillmatch.service.catalogues import align_offers, aligned_together, is_aligned
from skillmatch.service.matcher import Matcher
from skillmatch.service.offer_words import statements_of
from skillmatch.service.proposed_skills import ProposedSkills
from skillmatch.settings import Settings
from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.errors import AbsentError, ConflictError, TooLargeError
from skillmatch_api.store import audit
from skillmatch_api.store.tables import StoredCatalogue

MAX_PROPOSED = 2_000
"""Offers whose skills are proposed from their words within one request: about a minute."""


def check_name(name: str) -> None:
    """Refuse what is no name of a catalogue.

    Raises:
        UsageError: It is none.
    """
    if not NAME.fullmatch(name):
        raise UsageError(
            f"{name[:80]!r} is no name of a catalogue; names look like city-college-2026: small "
            "letters, digits, dots and hyphens, at most 64 of them"
        )


def read_files(files: Sequence[NamedBytes], *, name: str) -> Catalogue:
    """Return the offers of files as one catalogue.

    Raises:
        DataError: Files cannot be read; names each.
        UnreadableError: There is no offer in any of them.
    """
    found: list[Catalogue] = []
    faults: list[str] = []
    for place, one in enumerate(files, start=1):
        try:
            found.append(catalogue_in(one.data, Path(one.name)))
        except DataError as fault:
            reasons = fault.faults[:10] if isinstance(fault, RowError) else (str(fault),)
            said = "; ".join(reasons).removeprefix(f"{one.name}: ")
            faults.append(f"document {place} ({one.name}): {said}")
    if faults:
        raise DataError("; ".join(faults))
    return read_together(found, name, [one.name for one in files])


def align(
    matcher: Matcher, read: Catalogue, before: Catalogue | None
) -> tuple[Catalogue, ImportReport]:
    """Return a catalogue with the skills of every offer, and what is said of the import.

    Args:
        matcher: Finds the skills.
        read: As read, under its name.
        before: What has that name now; what a person reviewed in it stays.

    Raises:
        TooLargeError: Too many offers state no skills.
    """
    check_size(matcher, read)
    return take_over(read, before, proposed=ProposedSkills(matcher))


def check_size(matcher: Matcher, read: Catalogue) -> None:
    """Refuse a catalogue that would keep a request waiting for minutes.

    Raises:
        TooLargeError: More than ``MAX_PROPOSED`` offers have to be read word by word.
    """
    if is_aligned(matcher, read) or len(read.offers) <= MAX_PROPOSED:
        return
    worded = sum(bool(statements_of(one, (), stated=bool(one.skills))) for one in read.offers)
    if worded > MAX_PROPOSED:
        raise TooLargeError(
            f"the skills of {worded:,} offers would have to be proposed from their words, and a "
            f"request does that for {MAX_PROPOSED:,}; run `skillmatch catalogue import --out FILE` "
            "and send that file, which has them"
        )


def kept(session: Session, *, tenant_id: str, name: str) -> StoredCatalogue | None:
    """Return an organisation's catalogue of a name, or None."""
    return session.get(StoredCatalogue, (tenant_id, name))


def before(session: Session, *, tenant_id: str, name: str) -> tuple[Catalogue | None, int]:
    """Return the catalogue that has a name now, and its revision; None and 0 without one."""
    row = kept(session, tenant_id=tenant_id, name=name)
    return (parsed(row.body), row.revision) if row else (None, 0)


def keep(
    session: Session, catalogue: Catalogue, *, tenant_id: str, seen: int, by: str, at: datetime
) -> int:
    """Put a catalogue in the place of the one of its name, and return its revision.

    The audit log says so, in the same transaction.

    Args:
        session: A writing one.
        catalogue: Aligned, under its name.
        tenant_id: Whose it is.
        seen: Revision of what it takes the place of, as ``before`` said.
        by: Who does it, for the audit log.
        at: When.

    Raises:
        ConflictError: What it takes the place of was changed meanwhile.
    """
    row = kept(session, tenant_id=tenant_id, name=catalogue.name)
    if (row.revision if row else 0) != seen:
        raise ConflictError("this catalogue was changed meanwhile; send yours again")
    if row is None:
        row = StoredCatalogue(tenant_id=tenant_id, name=catalogue.name, revision=0)
        session.add(row)
    row.body = catalogue_json(catalogue)
    row.offers = len(catalogue.offers)
    row.revision += 1
    row.imported_at = at
    audit.record(
        session,
        tenant_id=tenant_id,
        by=by,
        action="catalogue.import",
        subject=row.name,
        details={"offers": row.offers, "revision": row.revision},
        at=at,
    )
    return row.revision


@lru_cache(maxsize=4)
def parsed(body: str) -> Catalogue:
    """Return the catalogue that ``catalogue_json`` wrote; the last few are at hand at once."""
    return catalogue_in(body.encode("utf-8"), Path("catalogue.json"))


@dataclass(frozen=True, slots=True)
class Shelf:
    """All catalogues that an organisation may plan with."""

    session: Session
    tenant_id: str
    settings: Settings

    @property
    def shared(self) -> tuple[str, ...]:
        """Names of those that the operator imported."""
        return CataloguePlaces.of(self.settings).names()

    def names(self) -> tuple[str, ...]:
        """Return all names, sorted."""
        own = self.session.scalars(
            select(StoredCatalogue.name).where(StoredCatalogue.tenant_id == self.tenant_id)
        )
        return tuple(sorted({*own, *self.shared}))

    def get(self, name: str) -> Catalogue:
        """Return a catalogue; of two with one name the organisation's own.

        Raises:
            AbsentError: There is none.
        """
        row = kept(self.session, tenant_id=self.tenant_id, name=name)
        if row is not None:
            return parsed(row.body)
        if name in self.shared:
            return _from_file(CataloguePlaces.of(self.settings).path(name))
        raise AbsentError(f"there is no catalogue {name[:80]!r}; GET /v1/catalogue lists all")


def for_plan(matcher: Matcher, read: Sequence[Catalogue], *, at: date) -> Catalogue:
    """Return catalogues as one, aligned with the frameworks at hand.

    Raises:
        TooLargeError: Too many offers state no skills.
    """
    proposed = ProposedSkills(matcher)
    for one in read:
        check_size(matcher, one)
    return aligned_together([align_offers(matcher, one, proposed=proposed) for one in read], at=at)


def _from_file(path: Path) -> Catalogue:
    changed = path.stat()
    return _read_file(path, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=4)
def _read_file(path: Path, mtime_ns: int, size: int) -> Catalogue:
    del mtime_ns, size  # they only tell one version of the file from another
    return read_catalogue(path)
