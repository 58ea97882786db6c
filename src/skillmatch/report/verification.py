"""What checking credentials found, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from skillmatch.model.credential import Credential, Unread
from skillmatch.model.evidence import Assurance
from skillmatch.model.verification import Check, CheckState, Verification
from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_SYMBOLS = {CheckState.VALID: "✓", CheckState.INVALID: "✗", CheckState.UNKNOWN: "?"}
_COUNTS = {
    Assurance.VERIFIED: "counts as verified",
    Assurance.ENDORSED: "counts as endorsed",
    Assurance.DOCUMENTED: "counts as documented, not as verified",
    Assurance.CLAIMED: "counts as claimed, not as verified",
    Assurance.INVALID: "is not accepted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCredential:
    """One credential with everything that was found.

    Attributes:
        source: File name, with ``!member`` for a member of an archive.
        pointer: JSON pointer of the credential in that file.
        credential: Its id.
        name: As it calls itself.
        issuer: Id of the issuer it names.
        issuer_name: As it calls its issuer, which proves nothing.
        at: Moment that dates were compared with.
        assurance: What it is worth as evidence.
        assurance_reason: Why, and what would mend it.
        parts: Credentials inside it.
    """

    source: str
    pointer: str
    credential: str
    name: str
    issuer: str
    issuer_name: str
    at: datetime
    checks: tuple[Check, ...]
    assurance: Assurance
    assurance_reason: str
    parts: tuple[CheckedCredential, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationResult(CheckedCredential):
    """What is printed for one credential."""

    schema_version: Literal["verification-1"] = "verification-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationResults:
    """What is printed for several credentials, or for none.

    Attributes:
        unread: Files that hold no credential, each with its reason.
    """

    credentials: tuple[CheckedCredential, ...]
    unread: tuple[Unread, ...] = ()
    schema_version: Literal["verification-1"] = "verification-1"


def checked_credential(
    credential: Credential,
    verification: Verification,
    worth: tuple[Assurance, str],
    parts: tuple[CheckedCredential, ...] = (),
) -> CheckedCredential:
    """Return a credential and its verification as one value to print."""
    return CheckedCredential(
        source=verification.source,
        pointer=verification.pointer,
        credential=verification.credential,
        name=credential.name,
        issuer=credential.issuer.id,
        issuer_name=credential.issuer.name,
        at=verification.at,
        checks=verification.checks,
        assurance=worth[0],
        assurance_reason=worth[1],
        parts=parts,
    )


def verification_text(results: VerificationResults) -> str:
    """Return the report as plain text, one block a credential, ending in a newline.

    Names and ids come from strangers: what would move a terminal's cursor or turn the direction of
    writing is shown as a blank.
    """
    blocks = ["\n".join(map(_printable, _lines(one, ""))) for one in results.credentials]
    unread = [_printable(f"{one.source}: not read: {one.reason}") for one in results.unread]
    if unread:
        blocks.append("\n".join(unread))
    return "\n\n".join(blocks) + "\n"


def _printable(line: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _lines(one: CheckedCredential, indent: str) -> list[str]:
    issuer = one.issuer_name or one.issuer or "nobody"
    place = f"{one.source}{'#' + one.pointer if one.pointer else ''}"
    lines = [f"{indent}{place}: {one.name or one.credential or 'unnamed'}, by {issuer}"]
    for check in one.checks:
        state = f"{_SYMBOLS[check.state]} {check.state.value}"
        lines.append(f"{indent}  {state:<10} {check.check.value:<13} {check.reason}")
        if check.mend:
            lines.append(f"{indent}  {'':<24} → {check.mend}")
    lines.append(f"{indent}  It {_COUNTS[one.assurance]}.")
    for part in one.parts:
        lines += _lines(part, indent + "    ")
    return lines


@cache
def _adapter() -> TypeAdapter[VerificationResult | VerificationResults]:
    from pydantic import TypeAdapter

    return TypeAdapter(VerificationResult | VerificationResults)


def verification_json(results: VerificationResults) -> str:
    """Return the report as JSON: keys sorted, two spaces, ending in a newline.

    Exactly one credential and nothing unread is printed by itself, with ``checks`` at the top;
    anything else as ``credentials`` and ``unread``. ``docs/schema/verification-1.json`` describes
    both.
    """
    shown: VerificationResult | VerificationResults = results
    if len(results.credentials) == 1 and not results.unread:
        only = results.credentials[0]
        fields = {name: getattr(only, name) for name in CheckedCredential.__dataclass_fields__}
        shown = VerificationResult(**fields)
    value = _adapter().dump_python(shown, mode="json")
    return indented_json(value) + "\n"


def verification_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``verification_json``."""
    schema = _adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch verification, verification-1")
