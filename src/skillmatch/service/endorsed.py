"""Endorsements among a learner's files: which badge each is about, and what it adds to a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from skillmatch.gap.assurance import assurance_rank
from skillmatch.issuing.vouching import endorsed_evidence, endorsement_assurance
from skillmatch.linking.credential_evidence import CredentialReader, speaks_for_itself
from skillmatch.model.credential import Credential, CredentialFormat
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.model.verification import CheckName, CheckState, Verification
from skillmatch.trust.verify import assurance

Verify = Callable[[Credential], Verification]

MAX_ENDORSEMENTS = 20
"""Of one badge that count, the best assured first; of those inside it as many are looked at."""


def loose_endorsements(credentials: Iterable[Credential]) -> tuple[Credential, ...]:
    """Return the endorsements that lie beside badges, or with them in a presentation."""
    return tuple(_endorsements(credentials))


def _endorsements(credentials: Iterable[Credential]) -> Iterator[Credential]:
    for one in credentials:
        if one.format is CredentialFormat.ENDORSEMENT:
            yield one
        yield from _endorsements(one.parts)


def badges_in(credential: Credential) -> Iterator[Credential]:
    """Yield the badges of a credential: itself, or those in a record or presentation."""
    if speaks_for_itself(credential):
        yield credential
    for part in credential.parts:
        yield from badges_in(part)


def endorsements_beside(badge: Credential, loose: Iterable[Credential]) -> tuple[Credential, ...]:
    """Return those that name a badge by its id; one of its class or issuer is none of it."""
    return tuple(one for one in loose if badge.id and one.endorses == badge.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsed:
    """Reads what endorsements show.

    Attributes:
        reader: Finds the skills in a badge.
        verify: Checks a badge or an endorsement.
        loose: Endorsements that lie beside the badges.
    """

    reader: CredentialReader
    verify: Verify
    loose: Sequence[Credential]

    def read(self, badge: Credential, whole: Credential, caveat: str = "") -> Iterator[Evidence]:
        """Yield the skills of an endorsed badge as evidence of each endorser.

        Args:
            badge: As it was issued.
            whole: The same with its badge class filled in.
            caveat: Why its skills can be no more than documented; empty where they can.
        """
        said = self._best(badge)
        if not said:
            return
        most = self._most(badge, caveat)
        reader = replace(self.reader, assure=lambda _: most)
        pieces = reader.read(replace(whole, parts=()))
        for one in said:
            yield from endorsed_evidence(one, self.verify(one), endorsed=badge, evidence=pieces)

    def _best(self, badge: Credential) -> list[Credential]:
        inside = endorsements_beside(badge, badge.endorsements[:MAX_ENDORSEMENTS])
        every = (*inside, *endorsements_beside(badge, self.loose))

        def worth(one: Credential) -> int:
            return assurance_rank(endorsement_assurance(one, self.verify(one), endorsed=badge)[0])

        return sorted(every, key=worth)[:MAX_ENDORSEMENTS]

    def _most(self, badge: Credential, caveat: str) -> tuple[Assurance, str]:
        """Return the best that an endorsement can make of a badge, with the reason if it is less.

        Whoever vouches for what a badge says cannot know that it was revoked later, that it has
        been changed, or that somebody else shows it.
        """
        checked = self.verify(badge)
        worth, why = assurance(checked)
        if worth is Assurance.INVALID:
            return worth, f"the badge that it vouches for is not accepted: {why}"
        recipient = checked.of(CheckName.RECIPIENT)
        if recipient is not None and recipient.state is not CheckState.VALID:
            mend = f"; to mend it, {recipient.mend}" if recipient.mend else ""
            caveat = caveat or f"of the badge that it vouches for, {recipient.reason}{mend}"
        return (Assurance.DOCUMENTED, caveat) if caveat else (Assurance.ENDORSED, "")
