"""What badges and records say, for their holders and for programs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from skillmatch.model.achievement import Achievement, OutcomeStatement, Profile, Result
from skillmatch.model.credential import (
    Credential,
    CredentialFormat,
    Securing,
    SupportingEvidence,
    Unread,
    Wallet,
)
from skillmatch.report.indented import indented_json
from skillmatch.report.masking import RecipientView, recipient_view
from skillmatch.report.schemas import described
from skillmatch.text.outcomes import outcome_statements

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementView:
    """An achievement with the sentences that say what its earner can do.

    Attributes:
        achievement: As read; a picture inside it is named by its media type only.
        outcomes: Each with the place that it stands in.
    """

    achievement: Achievement
    outcomes: tuple[OutcomeStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialView:
    """A credential as it is shown: without its raw JSON, token and proof.

    Attributes:
        narrative: What the issuer says of the recipient; empty while the recipient is masked.
        issues: What could not be read of it, each with its place.
    """

    source: str
    pointer: str
    format: CredentialFormat
    securing: Securing
    id: str
    types: tuple[str, ...]
    name: str
    issuer: Profile
    recipient: RecipientView
    valid_from: datetime | None
    valid_until: datetime | None
    awarded: datetime | None
    achievements: tuple[AchievementView, ...]
    results: tuple[Result, ...]
    narrative: str
    evidence: tuple[SupportingEvidence, ...]
    comment: str
    endorses: str
    endorsements: tuple[CredentialView, ...]
    parts: tuple[CredentialView, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletView:
    """What ``badge show --json`` prints."""

    credentials: tuple[CredentialView, ...]
    unread: tuple[Unread, ...] = ()
    schema_version: Literal["wallet-1"] = "wallet-1"


def wallet_view(wallet: Wallet, *, masked: bool = True) -> WalletView:
    """Return a wallet as it is shown.

    Args:
        wallet: As read.
        masked: Whether recipients are shortened and what is said of them left out.
    """
    return WalletView(
        credentials=tuple(_view(one, masked=masked) for one in wallet.credentials),
        unread=wallet.unread,
    )


def _view(credential: Credential, *, masked: bool) -> CredentialView:
    return CredentialView(
        source=credential.source,
        pointer=credential.pointer,
        format=credential.format,
        securing=credential.securing,
        id=credential.id,
        types=credential.types,
        name=credential.name,
        issuer=credential.issuer,
        recipient=recipient_view(credential.recipient, masked=masked),
        valid_from=credential.valid_from,
        valid_until=credential.valid_until,
        awarded=credential.awarded,
        achievements=tuple(_achievement(one) for one in credential.achievements),
        results=credential.results,
        narrative="" if masked else credential.narrative,
        evidence=tuple(_evidence(one) for one in credential.evidence),
        comment=credential.comment,
        endorses=credential.endorses,
        endorsements=tuple(_view(one, masked=masked) for one in credential.endorsements),
        parts=tuple(_view(one, masked=masked) for one in credential.parts),
        issues=credential.issues,
    )


def _achievement(achievement: Achievement) -> AchievementView:
    shown = replace(achievement, image=_short(achievement.image))
    return AchievementView(achievement=shown, outcomes=outcome_statements(achievement))


def _evidence(evidence: SupportingEvidence) -> SupportingEvidence:
    return replace(evidence, id=_short(evidence.id))


def _short(uri: str) -> str:
    """Return a URI; of one that holds a whole file only what kind of file it is."""
    return f"{uri.partition(',')[0]},…" if uri.startswith("data:") else uri


@cache
def _adapter() -> TypeAdapter[WalletView]:
    from pydantic import TypeAdapter

    return TypeAdapter(WalletView)


def wallet_json(view: WalletView) -> str:
    """Return a wallet as JSON: keys sorted, two spaces, ending in a newline.

    ``docs/schema/wallet-1.json`` describes it.
    """
    value = _adapter().dump_python(view, mode="json")
    return indented_json(value) + "\n"


def wallet_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``wallet_json``."""
    schema = _adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch wallet, version wallet-1")
