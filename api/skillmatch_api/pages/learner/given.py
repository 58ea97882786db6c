"""What a learner typed, chose and dropped, as one value; nothing here is looked up yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from skillmatch.model.concept import ConceptUri
from skillmatch_api.pages.forms import documents_of, text_of, texts_of
from skillmatch_api.wire.given.documents import DocumentIn

NECESSITY = "necessity:"
"""Begins the names of the fields that say how much a skill is asked for; its URI follows."""
NOT_ASKED = "none"
"""Value of such a field for a skill that is not asked for after all."""
MAX_LINES = 300
"""Skills that are typed; more is a list for the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWish:
    """What a plan is to keep to, as typed.

    Attributes:
        wanted: Whether there is to be a plan.
    """

    wanted: bool = False
    hours: str = ""
    cost: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A filled-in form.

    Attributes:
        posting: Text of the posting.
        posting_file: A file with it, which counts before the text.
        skills: One skill a line.
        documents: CVs and badges that were just dropped.
        forgotten: Names of documents that were read before and are to be left out.
        kept: What was read before, sealed.
        necessity: By URI: ``must``, ``should``, ``nice`` or ``none``.
        added: URIs of skills that the learner added to what is asked for.
        adding: Name of one more.
        own: Whether what is in the learner's own record counts, where there is one.
        keeping: Whether to keep what is given in that record.
    """

    posting: str = ""
    posting_file: DocumentIn | None = None
    skills: str = ""
    documents: tuple[DocumentIn, ...] = ()
    forgotten: frozenset[str] = frozenset()
    kept: str = ""
    necessity: Mapping[str, str]
    added: tuple[ConceptUri, ...] = ()
    adding: str = ""
    plan: PlanWish = PlanWish()
    own: bool = False
    keeping: bool = False


def given_of(form: FormData) -> Given:
    """Return what a form holds.

    Raises:
        TooLargeError: A document is over the limit.
    """
    files = documents_of(form, "posting_file")
    return Given(
        posting=text_of(form, "posting"),
        posting_file=files[0] if files else None,
        skills=text_of(form, "skills"),
        documents=documents_of(form, "documents"),
        forgotten=frozenset(texts_of(form, "forget")),
        kept=text_of(form, "kept"),
        necessity={
            # Where a skill was taken out, a tick to put it back comes before what it is now.
            name.removeprefix(NECESSITY): texts_of(form, name)[0]
            for name in form
            if name.startswith(NECESSITY) and texts_of(form, name)
        },
        added=tuple(dict.fromkeys(map(ConceptUri, texts_of(form, "added")))),
        adding=text_of(form, "adding").strip(),
        own=bool(text_of(form, "own")),
        keeping=bool(text_of(form, "keeping")),
        plan=PlanWish(
            wanted=bool(text_of(form, "plan")),
            hours=text_of(form, "hours").strip(),
            cost=text_of(form, "cost").strip(),
            by=text_of(form, "by").strip(),
        ),
    )
