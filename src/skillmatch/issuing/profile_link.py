"""A link that fills a badge into a LinkedIn profile; nothing is fetched or sent by making it.

Source: LinkedIn, "Add to Profile" for certifications (the parameters of its certification form).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from skillmatch.errors import UsageError
from skillmatch.model.credential import Credential

PAGE = "https://www.linkedin.com/profile/add"
MAX_NAME = 200


def linkedin_link(credential: Credential, *, url: str = "") -> str:
    """Return the address of LinkedIn's form with name, organisation, dates, id and page filled in.

    Opening it shows the form; the person decides there whether to save it.

    Args:
        credential: A badge.
        url: Page that shows the badge; its own id where that is a web address.

    Raises:
        UsageError: The badge has no name or no issuer's name, which the form requires.
    """
    name = _name(credential)
    organisation = credential.issuer.name
    if not name or not organisation:
        lacking = "a name" if not name else "its issuer's name"
        raise UsageError(f"the badge lacks {lacking}, and LinkedIn's form needs it")
    fields = [("startTask", "CERTIFICATION_NAME"), ("name", name[:MAX_NAME])]
    fields.append(("organizationName", organisation[:MAX_NAME]))
    return f"{PAGE}?{urlencode([*fields, *_dates(credential), *_reference(credential, url)])}"


def _name(credential: Credential) -> str:
    return credential.name or next((one.name for one in credential.achievements if one.name), "")


def _dates(credential: Credential) -> Iterator[tuple[str, str]]:
    issued = credential.awarded or credential.valid_from
    if issued:
        yield "issueYear", str(issued.year)
        yield "issueMonth", str(issued.month)
    if credential.valid_until:
        yield "expirationYear", str(credential.valid_until.year)
        yield "expirationMonth", str(credential.valid_until.month)


def _reference(credential: Credential, url: str) -> Iterator[tuple[str, str]]:
    page = url or credential.id
    if page.startswith(("https://", "http://")):
        yield "certUrl", page
    if credential.id:
        yield "certId", credential.id
