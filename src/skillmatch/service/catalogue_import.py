"""Keep a catalogue, so that it is read and aligned once; whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skillmatch.errors import DataError, StorageError, UnreadableError, UsageError
from skillmatch.model.catalogue import ImportReport
from skillmatch.model.offer import Award, AwardOrigin, Catalogue, Offer
from skillmatch.readers.offers import read_catalogue, write_catalogue
from skillmatch.service.catalogue_choice import skill_counts
from skillmatch.service.catalogue_names import CataloguePlaces, name_for
from skillmatch.service.catalogues import Warn, align_offers, say_nothing
from skillmatch.service.catalogues_together import put_together
from skillmatch.service.matcher import Matcher
from skillmatch.service.places import Progress, silent
from skillmatch.service.proposed_skills import ProposedSkills
from skillmatch.settings import Settings

SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What is imported, and to where.

    Attributes:
        sources: Files, folders and archives, in the order in which they count.
        name: Of the catalogue; empty makes one of the only source.
        replace: Whether another catalogue of that name may go.
        out: Write the catalogue to this file instead of the data folder.
    """

    sources: tuple[Path, ...]
    name: str = ""
    replace: bool = False
    out: Path | None = None


def import_catalogue(
    matcher: Matcher,
    request: ImportRequest,
    *,
    settings: Settings,
    progress: Progress = silent,
    warn: Warn = say_nothing,
) -> ImportReport:
    """Read, align and keep a catalogue.

    What a person reviewed in a catalogue that is replaced stays for offers of the same id.

    Raises:
        UsageError: A name is missing or none, or another catalogue has it.
        NotFoundError: A source does not exist.
        DataError: A source cannot be read, or holds no offer.
        StorageError: The place cannot be written.
    """
    places = CataloguePlaces.of(settings)
    name = _name(request)
    path = request.out or places.path(name)
    read = _read(request.sources, name, progress)
    before = _before(path, read, request, warn)
    with ProposedSkills.open(matcher, places.proposed, keep=True) as proposed:
        catalogue, report = take_over(read, before, proposed=proposed, progress=progress)
    if request.out is None:
        _make_folder(places.folder)
    write_catalogue(catalogue, path)
    return replace(report, path=str(path))


def take_over(
    read: Catalogue,
    before: Catalogue | None,
    *,
    proposed: ProposedSkills,
    progress: Progress = silent,
) -> tuple[Catalogue, ImportReport]:
    """Return a catalogue as it is kept, and what is said of that; its place is left open.

    Args:
        read: As read, under its name.
        before: What has that name now; what a person reviewed in it stays.
        proposed: Its matcher finds the skills.
        progress: Called while skills are proposed.
    """
    known, reviewed = _with_reviewed(read, before)
    catalogue = align_offers(proposed.matcher, known, proposed=proposed, progress=progress)
    now = {one.id for one in catalogue.offers}
    then = {one.id for one in before.offers} if before else now
    return catalogue, ImportReport(
        name=catalogue.name,
        path="",
        offers=len(now),
        skills=skill_counts(catalogue),
        replaced=before is not None,
        reviewed=reviewed,
        new=len(now - then),
        gone=len(then - now),
        unread=catalogue.unread,
        notes=catalogue.notes,
    )


def _name(request: ImportRequest) -> str:
    if request.name or request.out is not None:
        return request.name or name_for(request.out or Path())
    if len(request.sources) != 1:
        raise UsageError("several sources become one catalogue; give it a name with --name")
    return name_for(request.sources[0])


def _read(sources: Sequence[Path], name: str, progress: Progress) -> Catalogue:
    found = [
        read_catalogue(source, progress=lambda done, total: progress("reading offers", done, total))
        for source in sources
    ]
    return read_together(found, name, [str(one) for one in sources])


def read_together(found: Sequence[Catalogue], name: str, sources: Sequence[str]) -> Catalogue:
    """Return catalogues as one under a name.

    Args:
        found: At least one.
        name: Of the whole.
        sources: What was read, for the message.

    Raises:
        UnreadableError: No offer is in any of them; the message says why.
    """
    catalogue = replace(put_together(found), name=name)
    if catalogue.offers:
        return catalogue
    faults = [f"{one.source}: {one.reason}" for one in catalogue.unread[:SHOWN]]
    reasons = "; ".join([*faults, *catalogue.notes[:SHOWN]])
    raise UnreadableError(f"there is no offer in {', '.join(sources)}. {reasons or 'It is empty'}")


def _before(
    path: Path, catalogue: Catalogue, request: ImportRequest, warn: Warn
) -> Catalogue | None:
    """Return the catalogue that is there, if it may go; the same sources may be read again."""
    if not path.exists():
        return None
    try:
        before = read_catalogue(path)
    except DataError as error:
        if not request.replace:
            raise UsageError(
                f"{path} is no catalogue that can be read ({error}); --replace overwrites it"
            ) from error
        warn(f"{path} could not be read, so nothing of it was kept: {error}")
        return None
    if not request.replace and _digests(before) != _digests(catalogue):
        raise UsageError(
            f"there is a catalogue {before.name or path.stem} of other content in {path}; "
            "--replace puts this in its place (reviewed skills are kept), --name gives this "
            "another name"
        )
    return before


def _digests(catalogue: Catalogue) -> list[str]:
    return sorted(one.sha256 for one in catalogue.sources)


def _with_reviewed(catalogue: Catalogue, before: Catalogue | None) -> tuple[Catalogue, int]:
    """Return the catalogue with what was reviewed before, and in how many offers that is."""
    known = {one.id: one for one in before.offers if _reviewed(one)} if before else {}
    taken = {one.id for one in catalogue.offers if one.id in known and not _reviewed(one)}
    offers = tuple(
        replace(one, awards=(*one.awards, *_reviewed(known[one.id]))) if one.id in taken else one
        for one in catalogue.offers
    )
    # What was aligned before would otherwise count as whole, and its stated skills be lost.
    frameworks = () if taken else catalogue.frameworks
    return replace(catalogue, offers=offers, frameworks=frameworks), len(taken)


def _reviewed(offer: Offer) -> tuple[Award, ...]:
    return tuple(one for one in offer.awards if one.origin is AwardOrigin.REVIEWED)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"cannot write {folder}: {error.strerror or error}. Set SKILLMATCH_DATA to a folder "
            "that can be written"
        ) from error
