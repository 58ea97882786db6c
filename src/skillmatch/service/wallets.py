"""A learner's wallet as evidence: which credentials count, from which badge class, and the notes.

Of several versions of one credential (issuer and id are the same) the best assured counts, then
the newest. So a version that nobody can verify never takes the place of one that was verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from skillmatch.errors import DataError
from skillmatch.gap.assurance import assurance_rank
from skillmatch.linking.alignment_concepts import AlignmentConcepts
from skillmatch.linking.credential_evidence import CredentialReader, is_draft
from skillmatch.linking.linker import Linker
from skillmatch.linking.selection import Policy
from skillmatch.model.credential import Credential, CredentialFormat, Unread, Wallet
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.service.endorsed import Endorsed, Verify, badges_in, loose_endorsements
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch.service.shown import Shown

if TYPE_CHECKING:
    from skillmatch.service.verifying import Verifier

MAX_NAMED = 10
"""Files that hold no credential and are named one by one; of more only the number is said."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

_NOBODY_NAMED = (
    "whose badges these are was not checked; name the identities that they were issued to with "
    "--recipient"
)

ClassAt = Callable[[str], Credential | None]
"""Returns the badge class at a web address, as far as it is at hand."""


def end_of_day(day: date | None) -> datetime:
    """Return the last second of a day in UTC, so that what was issued on it has been; now for None.

    What ends during the day has ended.
    """
    return datetime.now(UTC) if day is None else datetime.combine(day, time(23, 59, 59), UTC)


def badge_evidence(
    frameworks: FrameworksAtHand,
    linker: Linker,
    policy: Policy,
    wallets: Sequence[Wallet],
    verifier: Verifier,
) -> Shown:
    """Return what wallets show in the concepts of the frameworks at hand.

    Args:
        frameworks: Where alignments are looked up.
        linker: Finds skills in the words of outcomes.
        policy: When words are accepted.
        wallets: As read.
        verifier: Says how far each credential can be believed.
    """
    if not wallets:
        return Shown()
    from skillmatch.service.verifying import verifies_once
    from skillmatch.trust.verify import assurance

    verify = verifies_once(verifier)
    reader = CredentialReader(
        linker=linker,
        policy=policy,
        alignments=AlignmentConcepts(
            find=frameworks.find_concept,
            coded=frameworks.find_coded,
            names=frameworks.names,
            family=frameworks.family_of,
        ),
        assure=lambda credential: assurance(verify(credential)),
    )
    shown = read_evidence(wallets, reader, verify, _classes(verifier))
    if shown.evidence and verifier.recipient is None:
        return replace(shown, notes=(*shown.notes, _NOBODY_NAMED))
    return shown


def _classes(verifier: Verifier) -> ClassAt:
    def class_at(url: str) -> Credential | None:
        found = verifier.documents.get(url)
        if not isinstance(found, bytes):
            return None
        try:
            (described,) = read_credential_bytes(found, url)
        except (DataError, ValueError):
            return None
        return described if is_draft(described) else None

    return class_at


def read_evidence(
    wallets: Sequence[Wallet], reader: CredentialReader, verify: Verify, class_at: ClassAt
) -> Shown:
    """Return what wallets show, in their order, with a note on everything that shows nothing.

    Endorsements show what the badges that they are about do. They are about one version of a badge,
    so they count whether or not another version took its place.

    Args:
        wallets: As read.
        reader: Finds the skills in a credential.
        verify: Checks a credential.
        class_at: Knows badge classes that assertions only link to; those in the wallets
            themselves are known anyway, but make nothing proven, since anyone could write them.
    """
    credentials = [one for wallet in wallets for one in wallet.credentials]
    drafts = {one.id: one for one in credentials if is_draft(one) and one.id}
    awarded = [one for one in credentials if not (is_draft(one) or _endorses(one))]
    loose = loose_endorsements(credentials)
    endorsed = Endorsed(reader=reader, verify=verify, loose=loose)
    judged = _Judged(reader, endorsed, class_at, drafts)
    kept = current(awarded, reader.assure)
    evidence: list[Evidence] = []
    counting = {id(one) for one in kept}
    notes = [_outdated(one) for one in awarded if id(one) not in counting]
    notes += [
        f"{one.source} describes “{one.name}” and awards it to nobody, so it shows nothing"
        for one in credentials
        if is_draft(one) and one.id not in _linked(awarded)
    ]
    for one in kept:
        found = judged.read(one)
        evidence.extend(found)
        if not found:
            notes.append(f"no skill of the frameworks at hand was found in {_called(one)}")
    evidence += [said for one in awarded for said in judged.endorsed_skills(one)]
    notes += _idle(loose, awarded)
    unread = [one for wallet in wallets for one in wallet.unread]
    return Shown(evidence=tuple(evidence), notes=(*notes, *_unread_notes(unread)))


def current(
    credentials: Iterable[Credential], assure: Callable[[Credential], tuple[Assurance, str]]
) -> tuple[Credential, ...]:
    """Return the credentials that count, in order; those without an id all do."""
    best: dict[tuple[str, str], Credential] = {}
    every = tuple(credentials)

    def worth(one: Credential) -> tuple[int, float]:
        start = one.valid_from or _LONG_AGO
        return assurance_rank(assure(one)[0]), -(start - _LONG_AGO).total_seconds()

    for one in every:
        key = (one.issuer.id, one.id)
        if key not in best or worth(one) < worth(best[key]):
            best[key] = one
    return tuple(
        one for one in every if not (one.id and one.issuer.id) or best[one.issuer.id, one.id] is one
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """Reads badges whole, with their class filled in where it is a link."""

    reader: CredentialReader
    endorsed: Endorsed
    class_at: ClassAt
    drafts: dict[str, Credential]

    def read(self, credential: Credential) -> tuple[Evidence, ...]:
        """Return what a credential shows by itself."""
        whole, caveat = self._whole(credential)
        own = self.reader.assure(credential)
        if caveat and own[0] is not Assurance.INVALID:
            own = Assurance.DOCUMENTED, caveat
        reader = replace(
            self.reader, assure=lambda one: own if one is whole else self.reader.assure(one)
        )
        return reader.read(whole)

    def endorsed_skills(self, credential: Credential) -> Iterator[Evidence]:
        """Yield what others vouch for, of a credential and of those inside it."""
        for badge in badges_in(credential):
            yield from self.endorsed.read(badge, *self._whole(badge))

    def _whole(self, credential: Credential) -> tuple[Credential, str]:
        """Return a credential with its badge class, and why that class proves nothing."""
        link = _link_of(credential)
        if not link:
            return credential, ""
        given, own = self.class_at(link), self.drafts.get(link)
        caveat = ""
        if given is None and own is not None:
            caveat = (
                f"its badge class was read from {own.source}, which anyone could have written; "
                "to mend it, give the class with --documents"
            )
        return _with_class(credential, given or own), caveat


def _endorses(credential: Credential) -> bool:
    return credential.format is CredentialFormat.ENDORSEMENT


def _idle(loose: Iterable[Credential], awarded: Iterable[Credential]) -> list[str]:
    """Return a note on every endorsement that is about no badge at hand."""
    known = {badge.id for one in awarded for badge in badges_in(one)}
    return [
        f"{_called(one)} vouches for none of these badges, so it shows nothing"
        for one in loose
        if one.endorses not in known
    ]


def _link_of(credential: Credential) -> str:
    """Return the address of a badge class that is not in the credential itself."""
    only = credential.achievements[0] if len(credential.achievements) == 1 else None
    return only.id if only and only.id and not (only.name or only.alignments) else ""


def _linked(credentials: Iterable[Credential]) -> frozenset[str]:
    return frozenset(link for one in credentials if (link := _link_of(one)))


def _with_class(credential: Credential, described: Credential | None) -> Credential:
    if described is None:
        return credential
    issuer = credential.issuer if credential.issuer.id else described.issuer
    return replace(
        credential,
        achievements=described.achievements,
        name=credential.name or described.name,
        issuer=issuer,
    )


def _outdated(credential: Credential) -> str:
    return f"{_called(credential)} is left out: another copy of it is better assured or newer"


def _called(credential: Credential) -> str:
    return f"“{credential.name or credential.id or 'unnamed'}” ({credential.source})"


def _unread_notes(unread: Sequence[Unread]) -> list[str]:
    notes = [f"{one.source} holds no credential: {one.reason}" for one in unread[:MAX_NAMED]]
    if len(unread) > MAX_NAMED:
        notes.append(f"{len(unread) - MAX_NAMED} more files hold no credential")
    return notes
