"""Whether the issuer of a credential is one that can be believed, and not only its name."""

from __future__ import annotations

from skillmatch.model.achievement import Profile
from skillmatch.model.verification import Check, CheckName, CheckState
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.issuers import KnownIssuer, KnownIssuers

_ADD = "add the issuer to your file of known issuers (--issuers) if you trust it"
_ADDRESSES = ("https://", "http://", "did:web:")


def check_issuer(
    issuer: Profile,
    *,
    proof: Check,
    binding: Check,
    controllers: frozenset[str],
    known: KnownIssuers,
    by_key: bool = True,
) -> Check:
    """Return whether the one who holds the key is the issuer named, and one that is known.

    Valid needs a valid proof, and either a key that the file of known issuers lists for the
    issuer's id, or control of that id (``binding``) together with an entry in the file or with a
    web address that was looked at. A ``did:key`` proves control of nothing but itself: anybody can
    make one in anybody's name.

    Args:
        issuer: Who the credential says has issued it.
        proof: The check of its proof.
        binding: Whether the proof's key is controlled by the issuer named.
        controllers: Ids of who controls the keys of valid proofs.
        known: The file.
        by_key: False for a hosted badge, which its place proves and no key.
    """
    if binding.state is CheckState.INVALID:
        return binding
    if proof.state is not CheckState.VALID:
        return unknown(CheckName.ISSUER, "who issued it shows only once a proof holds", proof.mend)
    identity = issuer.id
    entry = known.find(identity) if identity else None
    if entry is not None:
        return _listed(entry, binding, controllers, by_key=by_key)
    if binding.state is not CheckState.VALID:
        return _with_note(binding, issuer, known)
    if identity.startswith(_ADDRESSES):
        said = f"{issuer.name or 'the issuer'} controls {identity}; it is not in your file"
        return _with_note(valid(CheckName.ISSUER, said), issuer, known)
    unlisted = "your file does not know it" if known.issuers else "no known issuers were given"
    reason = f"the key belongs to {identity}, which anybody can make; {unlisted}"
    return _with_note(unknown(CheckName.ISSUER, reason, _ADD), issuer, known)


def _listed(
    entry: KnownIssuer, binding: Check, controllers: frozenset[str], *, by_key: bool
) -> Check:
    name = entry.name or entry.id
    if entry.owns(controllers):
        return valid(
            CheckName.ISSUER, f"{name} is a known issuer, and the key is one of its listed keys"
        )
    if binding.state is not CheckState.VALID:
        return unknown(
            CheckName.ISSUER,
            f"{name} is a known issuer, but the key is not shown to be its own: {binding.reason}",
            binding.mend or "list the issuer's key in your file of known issuers",
        )
    if entry.keys and by_key:
        return invalid(
            CheckName.ISSUER,
            f"{name} is a known issuer, but the key is none of those listed for it",
            "ask the issuer which keys it signs with, and list them",
        )
    own = "the key is its own" if by_key else "the badge lies where its badges lie"
    return valid(CheckName.ISSUER, f"{name} is a known issuer, and {own}")


def _with_note(check: Check, issuer: Profile, known: KnownIssuers) -> Check:
    """Say so where somebody unknown bears the name of somebody known."""
    bearer = known.named(issuer.name)
    if bearer is None:
        return check
    reason = (
        f"it calls its issuer {issuer.name}, but its id is not that of the known issuer "
        f"({bearer.id}): {check.reason}"
    )
    return unknown(CheckName.ISSUER, reason, f"ask {bearer.name} whether the badge is theirs")
