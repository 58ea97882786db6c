"""Wallets of real signed badges, and the gap that they leave in one small posting."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from skillmatch.issuing.keys import SigningKey
from skillmatch.issuing.signing import sign_data_integrity
from skillmatch.model.gap import Gap, GapResult
from skillmatch.model.posting import Posting
from skillmatch.service.matcher import Matcher
from skillmatch.service.verifying import Verifier
from skillmatch.service.wallets import end_of_day
from skillmatch.trust.issuers import KnownIssuer, KnownIssuers
from skillmatch.trust.recipient import Person
from tests.mini_engine import uri
from tests.readers import badge_samples as samples
from tests.readers.badge_samples import alignment, as_bytes

DAY = date(2026, 3, 1)
POSTING = Posting(text="Requirements:\n- Python\n- use version control\n", source="job.txt")
CREATED = datetime.fromisoformat("2026-01-12T00:00:00+00:00")


def unsigned(key: SigningKey, skill: str = "python", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - members of a JSON object
    """Return a badge of one skill, issued by the holder of a key."""
    achievement = {
        "id": f"https://school.example/{skill}",
        "type": ["Achievement"],
        "name": "A badge",
        "description": "For a course.",
        "criteria": {"narrative": "A test."},
        "alignment": [alignment("x", uri(skill))],
    }
    badge = samples.open_badge_3(
        id=f"urn:uuid:{skill}",
        issuer={"id": key.did, "type": ["Profile"], "name": "School"},
        credentialSubject={
            "id": "did:example:lia",
            "type": ["AchievementSubject"],
            "achievement": achievement,
        },
    )
    del badge["evidence"]
    return badge | more


def signed(key: SigningKey, skill: str = "python", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - members of a JSON object
    """Return a badge with its proof."""
    return sign_data_integrity(unsigned(key, skill, **more), key, created=CREATED)


def verifier(*known: SigningKey, names: tuple[str, ...] = ("did:example:lia",)) -> Verifier:
    """Return the checks at ``DAY``, knowing some issuers."""
    issuers = tuple(KnownIssuer(id=one.did, name="School") for one in known)
    return Verifier(
        at=end_of_day(DAY),
        issuers=KnownIssuers(issuers=issuers),
        recipient=Person(names=names) if names else None,
    )


def gap_with(matcher: Matcher, path: Path, by: Verifier | None = None) -> GapResult:
    """Return the gap that a file or folder leaves in the posting."""
    return matcher.gap(POSTING, evidence=[path], at=DAY, verifier=by)


def python(result: GapResult) -> Gap:
    """Return the gap of the skill that the badge is for."""
    return next(one for one in result.gaps if one.requirement.uri == uri("python"))


def write(folder: Path, document: object, name: str = "badge.json") -> Path:
    """Write a document, or a token as it is, and return where."""
    path = folder / name
    path.write_bytes(document.encode() if isinstance(document, str) else as_bytes(document))
    return path
