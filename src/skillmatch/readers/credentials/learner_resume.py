"""HR Open's LER Resume Standard: the parts of a résumé that name something achieved.

Employment and free narratives are left to the reader of documents. Each entry becomes one
achievement; a credential that an entry embeds is read in its own right.

Source: HR Open Standards, LER-RS 4.4, ``LER-RSType``.
"""

from __future__ import annotations

from dataclasses import replace

from skillmatch.model.achievement import Achievement
from skillmatch.model.credential import Credential, CredentialFormat, Recipient
from skillmatch.readers.credentials.moments import first_moment
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.credentials.parts import read_profile
from skillmatch.readers.credentials.place import Place
from skillmatch.readers.credentials.recognise import LER_RS_TYPE, body_of
from skillmatch.readers.credentials.verifiable import securing_of

ENTRIES = ("certifications", "licenses", "educationAndLearnings", "skills")


def read_learner_resume(root: Node, kind: CredentialFormat, place: Place) -> Credential:
    """Return the certifications, licences, learning and skills of a résumé as achievements."""
    body = body_of(root)
    resume = resume_of(body)
    name = resume.path("person", "name")
    start, issues = first_moment(body.get("validFrom", "issuanceDate"), root.get("nbf"))
    end, bad_end = first_moment(body.get("validUntil", "expirationDate"), root.get("exp"))
    return replace(
        place.begin(root, kind, securing_of(root, place)),
        id=body.id() or resume.path("documentId", "value").text(),
        types=body.types(),
        name=body.text("name"),
        issuer=read_profile(body.get("issuer") or root.get("iss")),
        recipient=Recipient(
            id=resume.id(),
            name=name.text("formattedName", "formatted")
            or " ".join(part for key in ("given", "family") if (part := name.text(key))),
        ),
        valid_from=start,
        valid_until=end,
        achievements=tuple(
            achievement
            for key in ENTRIES
            for entry in resume.objects(key)
            if (achievement := _achievement(entry)).name
        ),
        issues=(*issues, *bad_end),
    )


def resume_of(body: Node) -> Node:
    """Return the résumé itself, which may be the subject of a credential."""
    subjects = body.objects("credentialSubject")
    found = (one for one in subjects if any(LER_RS_TYPE in name for name in one.types()))
    return next(found, body)


def _achievement(entry: Node) -> Achievement:
    named = ("name", "title", "programName", "formattedName")
    description = ("description", "descriptions")
    return Achievement(
        id=entry.id(),
        name=entry.text(*named),
        description=entry.text(*description),
        pointer=entry.pointer,
        elsewhere=tuple(
            (f"{entry.pointer}/{names[0]}", words.pointer)
            for names in (named, description)
            if (words := _first_words(entry, names))
            and words.pointer != f"{entry.pointer}/{names[0]}"
        ),
    )


def _first_words(entry: Node, names: tuple[str, ...]) -> Node | None:
    return next((words for name in names if (words := entry.get(name).words())), None)
