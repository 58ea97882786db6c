"""From a learner's files to what they share: read, check, choose, and hand to a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatch.errors import UnreadableError, UsageError
from skillmatch.issuing.choosing import Choice, choose
from skillmatch.issuing.gathering import CheckedBadge, build_portfolio, proof_state
from skillmatch.issuing.portfolio import Portfolio, Vouch
from skillmatch.issuing.record import fits_record, learner_record
from skillmatch.issuing.vouching import endorsement_assurance
from skillmatch.linking.credential_evidence import NOT_PASSED
from skillmatch.model.credential import Credential, Wallet
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.readers.credentials import looks_like_wallet, read_wallet
from skillmatch.service.endorsed import (
    Verify,
    badges_in,
    endorsements_beside,
    loose_endorsements,
)
from skillmatch.service.verifying import verifies_once
from skillmatch.service.wallets import current
from skillmatch.trust.verify import assurance

if TYPE_CHECKING:
    from skillmatch.issuing.keys import SigningKey
    from skillmatch.service.verifying import Verifier

FORMATS = ("html", "json", "markdown", "clr", "sd-jwt")
WHOLE = frozenset({"clr"})
"""Formats in which badges leave as they are, signed and uncut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything that was found in a learner's files.

    Attributes:
        credentials: Of each badge of the portfolio, by its number, the first is 1.
        notes: What could not be read or is left out; for the owner, it never leaves.
    """

    portfolio: Portfolio
    credentials: tuple[Credential, ...] = field(repr=False)
    notes: tuple[str, ...] = ()

    def chosen(self, choice: Choice) -> tuple[Credential, ...]:
        """Return the credentials of the badges that leave."""
        return tuple(self.credentials[badge.number - 1] for badge in choice.leaving.badges)


def gather(
    files: Sequence[Path],
    verifier: Verifier,
    *,
    title: str = "",
    about: str = "",
    claims: Sequence[str] = (),
    linked: Sequence[Evidence] | None = None,
) -> Gathered:
    """Read and check badges, with the endorsements beside them.

    Args:
        files: Badges, and folders and archives of them; what ``linked`` comes from, too.
        verifier: Says how far each can be believed.
        title: Name of the person.
        about: Their own words.
        claims: Skills without a badge.
        linked: What ``Matcher.shown`` found in these files, documents such as a CV included; None
            where nothing was linked.

    Raises:
        UnreadableError: There is neither a badge nor another skill.
    """
    found = linked or ()
    told = [(one.uri, one.label) for one in found if one.kind is EvidenceKind.DOCUMENT]
    wallets = [read_wallet(path) for path in files if linked is None or looks_like_wallet(path)]
    every = [one for wallet in wallets for one in wallet.credentials]
    badges = tuple(badge for one in every for badge in badges_in(one))
    verify = verifies_once(verifier)
    counting = current(badges, lambda one: assurance(verify(one)))
    if not counting and not claims and not told:
        raise UnreadableError(
            f"no badge was found in {', '.join(map(str, files)) or 'no file'}; name badge files, a "
            "folder or a zip of them, or skills with --have"
        )
    loose = loose_endorsements(every)
    checked = [_checked(one, verify, loose, found) for one in counting]
    notes = [*_notes(wallets), *_outdated(badges, counting)]
    portfolio = build_portfolio(
        checked,
        at=verifier.at,
        title=title,
        about=about,
        claims=claims,
        documented=told,
    )
    return Gathered(portfolio=portfolio, credentials=counting, notes=tuple(notes))


def cut(gathered: Gathered, *, only: Sequence[str], without: Sequence[str], form: str) -> Choice:
    """Return what leaves in a format and what stays.

    Raises:
        UsageError: A name fits no skill, there is no such format, or nothing is left.
    """
    if form not in FORMATS:
        raise UsageError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    choice = choose(gathered.portfolio, only=only, without=without, whole=form in WHOLE)
    if not choice.leaving.skills and not choice.leaving.badges:
        raise UsageError("nothing is left to share; choose other skills with --only or --without")
    return choice


def record_of(
    gathered: Gathered, choice: Choice, *, issuer: Mapping[str, Any] | None, key: SigningKey | None
) -> dict[str, Any]:
    """Return the chosen badges as a CLR 2.0 draft, signed where there is a key.

    Raises:
        UsageError: No chosen badge can stand in a record.
        DataError: A badge cannot be signed over.
    """
    from skillmatch.issuing.issuers import issuer_profile
    from skillmatch.issuing.signing import sign_data_integrity

    chosen = [one for one in gathered.chosen(choice) if fits_record(one)]
    at = gathered.portfolio.at
    profile = issuer_profile(issuer, key) if issuer else None
    draft = learner_record(chosen, at=at, issuer=profile, name=gathered.portfolio.title)
    return draft if key is None else sign_data_integrity(draft, key, created=at)


def left_out_of_record(gathered: Gathered, choice: Choice) -> tuple[str, ...]:
    """Return the names of chosen badges that a record cannot hold."""
    pairs = zip(choice.leaving.badges, gathered.chosen(choice), strict=True)
    return tuple(badge.name for badge, one in pairs if not fits_record(one))


def _checked(
    credential: Credential,
    verify: Verify,
    loose: Sequence[Credential],
    linked: Sequence[Evidence],
) -> CheckedBadge:
    verification = verify(credential)
    worth, _ = assurance(verification)
    failed = next((one.status for one in credential.results if one.status in NOT_PASSED), "")
    beside = endorsements_beside(credential, loose)
    return CheckedBadge(
        credential=credential,
        assurance=Assurance.INVALID if failed else worth,
        checks=verification.checks,
        refusal=f"its result says {failed}" if failed else "",
        endorsements=tuple(
            _vouch(one, credential, verify) for one in (*credential.endorsements, *beside)
        ),
        linked=tuple(
            # Linking takes verified words only for what they name; of others it cannot be told.
            (one.uri, one.label, one.assurance is worth is Assurance.VERIFIED)
            for one in linked
            if one.kind is EvidenceKind.BADGE
            and one.source == credential.source
            and one.pointer.startswith(credential.pointer)
        ),
    )


def _vouch(endorsement: Credential, endorsed: Credential, verify: Verify) -> Vouch:
    found = verify(endorsement)
    worth, reason = endorsement_assurance(endorsement, found, endorsed=endorsed)
    return Vouch(
        by=endorsement.issuer.name or endorsement.issuer.id or "somebody without a name",
        comment=endorsement.comment,
        state=proof_state(worth, found.checks),
        reason=reason,
        on=endorsement.valid_from.date() if endorsement.valid_from else None,
    )


def _notes(wallets: Sequence[Wallet]) -> list[str]:
    unread = [one for wallet in wallets for one in wallet.unread]
    return [f"{one.source} holds no credential: {one.reason}" for one in unread]


def _outdated(every: Sequence[Credential], kept: Sequence[Credential]) -> list[str]:
    counting = {id(one) for one in kept}
    return [
        f"{one.source} is left out: another copy of the same badge is better assured or newer"
        for one in every
        if id(one) not in counting
    ]
