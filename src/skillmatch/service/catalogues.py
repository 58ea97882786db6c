"""Catalogues as plans need them: read, merged, and with each offer's skills as concepts."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.model.offer import AwardOrigin, Catalogue, Offer
from skillmatch.model.posting import Posting
from skillmatch.pathway.catalogue.ages import is_old
from skillmatch.readers.documents.language import detect_language
from skillmatch.readers.offers import read_catalogue
from skillmatch.report.plain import plural
from skillmatch.service.catalogue_names import CataloguePlaces
from skillmatch.service.catalogues_together import put_together
from skillmatch.service.matcher import Matcher
from skillmatch.service.offer_skills import StatedSkills, one_each
from skillmatch.service.offer_words import statements_of
from skillmatch.service.places import Progress, silent
from skillmatch.service.proposed_skills import ProposedSkills
from skillmatch.settings import Settings

MANY = 200
"""Offers from which proposing their skills anew each time is worth a word."""

Warn = Callable[[str], None]


def say_nothing(note: str) -> None:
    """Warn nobody."""


def open_catalogue(
    matcher: Matcher,
    named: Sequence[str | Path],
    *,
    at: date,
    settings: Settings | None = None,
    progress: Progress | None = None,
    warn: Warn = say_nothing,
) -> Catalogue:
    """Return what is on offer in catalogues, with the skills of each offer.

    Args:
        matcher: Its frameworks are those that awards refer to.
        named: Names of imported catalogues and paths of sources; of a name that is both, the
            imported one. Offers with one id become one, field by field.
        at: Day of the plan, for the note on descriptions that are old by then.
        settings: Where imported catalogues lie; by default read from the environment.
        progress: Called while skills are proposed.
        warn: Called with what a person should know before a long wait.

    Raises:
        UsageError: Nothing is named.
        NotFoundError: A name or path does not exist.
        DataError: A source cannot be read; what is wrong in a part of a folder is in ``unread``.
    """
    if not named:
        raise UsageError("name a catalogue: one that was imported, or a file, folder or zip")
    places = CataloguePlaces.of(settings or Settings.from_environ(os.environ))
    paths = [places.meant(one) for one in named]
    read = [read_catalogue(path) for path in paths]
    # The words of imported catalogues lie in that folder already; of others nothing is kept.
    keep = any(path.parent == places.folder for path in paths) and os.access(places.folder, os.W_OK)
    with ProposedSkills.open(matcher, places.proposed, keep=keep) as proposed:
        aligned = [
            align_offers(matcher, one, proposed=proposed, progress=progress, warn=warn)
            for one in read
        ]
    return aligned_together(aligned, at=at)


def aligned_together(aligned: Sequence[Catalogue], *, at: date) -> Catalogue:
    """Return aligned catalogues as one, with a note on offers that are old by a day.

    Args:
        aligned: At least one.
        at: Day of the plan.
    """
    catalogue = put_together(aligned)
    old = sum(is_old(offer, at) for offer in catalogue.offers)
    if not old:
        return catalogue
    note = f"{old} of {len(catalogue.offers)} offers were described more than two years ago"
    return replace(catalogue, notes=(*catalogue.notes, note))


def align_offers(
    matcher: Matcher,
    catalogue: Catalogue,
    *,
    proposed: ProposedSkills | None = None,
    progress: Progress | None = None,
    warn: Warn = say_nothing,
) -> Catalogue:
    """Return the catalogue with the awards of every offer in the frameworks at hand.

    What a source states is looked up by URL, code and name. Stated skills that no framework has,
    and offers that state none, are read by the linker; what it finds is flagged as proposed. What
    a person reviewed stays, and nothing is proposed beside it. In a catalogue that was aligned
    with these frameworks before, offers that have awards keep them.

    Args:
        matcher: Frameworks and linker.
        catalogue: As read.
        proposed: What words were found to name before; by default nothing.
        progress: Called while skills are proposed.
        warn: Called before proposing skills for more than ``MANY`` offers.
    """
    known = proposed or ProposedSkills(matcher)
    stated = StatedSkills.of(matcher.frameworks)
    before = is_aligned(matcher, catalogue)
    read = [
        _Read(offer) if before and offer.awards else _read(offer, stated)
        for offer in catalogue.offers
    ]
    _warn(sum(known.unknown(one.statements) for one in read), warn)
    known.learn([words for one in read for words in one.statements], progress or silent)
    offers = tuple(
        replace(one.offer, awards=one_each([*one.offer.awards, *known.awards(one.statements)]))
        if one.statements
        else one.offer
        for one in read
    )
    foreign = () if before else _foreign(matcher, read)
    return replace(
        catalogue,
        offers=offers,
        frameworks=matcher.frameworks.ids,
        encoder=_encoder(matcher) if any(map(_has_proposed, offers)) else "",
        notes=tuple(dict.fromkeys((*catalogue.notes, *foreign))),
    )


def is_aligned(matcher: Matcher, catalogue: Catalogue) -> bool:
    """Tell whether the awards of a catalogue are those of the frameworks and encoder at hand."""
    # The first framework is what words are read in, so the order counts.
    same = catalogue.frameworks == matcher.frameworks.ids
    return same and catalogue.encoder in {"", _encoder(matcher)}


@dataclass(frozen=True, slots=True)
class _Read:
    """An offer with its stated and reviewed awards, and the statements to propose more from."""

    offer: Offer
    statements: tuple[str, ...] = ()


def _read(offer: Offer, stated: StatedSkills) -> _Read:
    awards, unknown = stated.awards(offer.skills)
    reviewed = [one for one in offer.awards if one.origin is AwardOrigin.REVIEWED]
    return _Read(
        replace(
            offer,
            awards=one_each([*reviewed, *awards]),
            requires=stated.in_condition(offer.requires),
            parts=stated.in_condition(offer.parts),
        ),
        () if reviewed else statements_of(offer, unknown, stated=bool(awards)),
    )


def _foreign(matcher: Matcher, read: Sequence[_Read]) -> tuple[str, ...]:
    """Return a note on offers whose words are in a language that no framework has labels in.

    They are read all the same, since names of products and borrowed words are found.
    """
    languages = []
    for one in read:
        text = "\n".join(one.statements)
        posting = Posting(text=text, language=detect_language(text), source=one.offer.id)
        try:
            matcher.frameworks.check_language(posting)
        except NotFoundError:
            languages.append(posting.language)
    if not languages:
        return ()
    return (
        f"{plural(len(languages), 'offer')} described in {', '.join(sorted(set(languages)))}, in "
        "which no framework at hand has labels: little was proposed from those words",
    )


def _has_proposed(offer: Offer) -> bool:
    return any(one.origin is AwardOrigin.PROPOSED for one in offer.awards)


def _encoder(matcher: Matcher) -> str:
    return matcher.linker.proposer.encoder.fingerprint


def _warn(offers: int, warn: Warn) -> None:
    if offers > MANY:
        warn(
            f"the skills of {offers:,} offers have to be proposed from their words; "
            "`skillmatch catalogue import` does that once, and then they are there at once"
        )
