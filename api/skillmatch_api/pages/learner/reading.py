"""From a filled-in form to what is asked for and what can be shown; every fault at its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from skillmatch.errors import SkillmatchError
from skillmatch.gap.levels import check_level
from skillmatch.linking.evidence import Claim
from skillmatch.readers.documents import parse_skill
from skillmatch.service.matcher import Matcher
from skillmatch.service.planning import what_is_shown
from skillmatch.service.verifying import Verifier
from skillmatch.service.wallets import end_of_day
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.learner.given import MAX_LINES, Given
from skillmatch_api.pages.learner.kept import Kept, named, unpacked
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.wire.given.documents import DocumentIn, read_all, read_posting_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What reading needs beside the form."""

    matcher: Matcher
    settings: ServiceSettings
    tenant_id: str
    at: datetime

    @property
    def day(self) -> date:
        """The day that everything holds for."""
        return self.at.date()


@dataclass(slots=True)
class Reading:
    """A form as far as it could be read.

    Attributes:
        claims: Skills that were typed.
        faults: What could not be read, by field.
    """

    kept: Kept
    claims: tuple[Claim, ...] = ()
    faults: list[Fault] = field(default_factory=list)


def read(given: Given, desk: Desk) -> Reading:
    """Read a form; what was read before is only read again where it changed."""
    reading = Reading(_before(given, desk))
    if given.kept and not reading.kept.frameworks:
        reading.faults.append(Fault(field="documents", key="learner.fault_kept"))
    _read_documents(given, desk, reading)
    _read_posting(given, desk, reading)
    reading.claims = claims_of(given.skills, reading.faults)
    return reading


def _before(given: Given, desk: Desk) -> Kept:
    known = unpacked(given.kept, tenant_id=desk.tenant_id, at=desk.at) if given.kept else None
    ids = desk.matcher.frameworks.ids
    if known is None or known.frameworks != ids:
        # Another release was installed meanwhile; what was read speaks of the old one.
        return Kept()
    return _without(known, given.forgotten)


def _without(kept: Kept, names: frozenset[str]) -> Kept:
    if not names:
        return kept
    return replace(
        kept,
        documents=tuple(one for one in kept.documents if one not in names),
        evidence=tuple(one for one in kept.evidence if not named(one.source, names)),
        holdings=tuple(one for one in kept.holdings if not named(one.source, names)),
    )


def _read_documents(given: Given, desk: Desk, reading: Reading) -> None:
    good: list[DocumentIn] = []
    for document in given.documents:
        try:
            read_all([document])
        except SkillmatchError as error:
            why = str(error).removeprefix("document 1 ")
            reading.faults.append(Fault(field="documents", key="learner.fault_document", why=why))
        else:
            good.append(document)
    names = frozenset(one.name for one in good)
    reading.kept = replace(_without(reading.kept, names), frameworks=desk.matcher.frameworks.ids)
    if good:
        _add(good, desk, reading)


def _add(documents: Sequence[DocumentIn], desk: Desk, reading: Reading) -> None:
    """Read documents together, since an endorsement may be about a badge in another file."""
    try:
        shown, holdings = what_is_shown(
            desk.matcher,
            evidence=read_all(documents),
            verifier=_verifier(desk),
            at=desk.day,
        )
    except SkillmatchError as error:
        fault = Fault(field="documents", key="learner.fault_document", why=str(error))
        reading.faults.append(fault)
        return
    kept = reading.kept
    reading.kept = replace(
        kept,
        documents=(*kept.documents, *(one.name for one in documents)),
        evidence=(*kept.evidence, *shown.evidence),
        holdings=(*kept.holdings, *holdings),
        notes=tuple(dict.fromkeys((*kept.notes, *shown.notes))),
    )


def _verifier(desk: Desk) -> Verifier:
    return Verifier.open(at=end_of_day(desk.day), issuers=desk.settings.issuers)


def _read_posting(given: Given, desk: Desk, reading: Reading) -> None:
    if given.posting_file is None and _is_read(given.posting, reading.kept):
        return
    if given.posting_file is None and not given.posting.strip():
        reading.faults.append(Fault(field="posting", key="learner.fault_no_posting"))
        return
    try:
        posting = read_posting_in(given.posting_file or given.posting)
        checklist = desk.matcher.requirements(posting)
    except SkillmatchError as error:
        place = "posting_file" if given.posting_file else "posting"
        why = str(error).removeprefix("the posting: ")
        reading.faults.append(Fault(field=place, key="learner.fault_posting", why=why))
        return
    reading.kept = replace(reading.kept, posting=posting, checklist=checklist)


def _is_read(text: str, kept: Kept) -> bool:
    """Tell whether a text is the one that was read before, or is left as it was."""
    if kept.posting is None or kept.checklist is None:
        return False
    return not text.strip() or text.split() == kept.posting.text.split()


def claims_of(skills: str, faults: list[Fault] | None = None) -> tuple[Claim, ...]:
    """Return the skills of lines, each once; ``faults`` gets what cannot be used."""
    wrong = [] if faults is None else faults
    lines = [line for line in skills.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        wrong.append(Fault(field="skills", key="learner.fault_many", said=str(MAX_LINES)))
    found: dict[Claim, None] = {}
    for line in lines[:MAX_LINES]:
        try:
            one = parse_skill(line)
            check_level(one.level)
        except ValueError as error:
            said, why = line.strip()[:80], str(error)
            wrong.append(Fault(field="skills", key="learner.fault_skill", said=said, why=why))
        else:
            found[Claim(text=one.text, source=TYPED, level=one.level, years=one.years)] = None
    return tuple(found)


TYPED = "your list"
"""Source of a skill that was typed; the page says it in the reader's language."""
