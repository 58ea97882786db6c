"""What a recruiter typed and chose, as one value; nothing here is looked up yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from starlette.datastructures import FormData

from skillmatch.model.requirement import Necessity
from skillmatch_api.pages.forms import documents_of, text_of, texts_of
from skillmatch_api.pages.language import tag_of
from skillmatch_api.wire.given.candidate_searches import MAX_SKILLS
from skillmatch_api.wire.given.documents import DocumentIn

SPARE = 5
"""Empty lines for skills on a new page."""
MOST_PICKED = 200


class By(StrEnum):
    """What is searched by."""

    SKILLS = "skills"
    POSTING = "posting"
    OCCUPATION = "occupation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line that asks for a skill.

    Attributes:
        uri: Concept that stood behind ``known``, the text that the page put there.
        years: Carried along from a posting.
    """

    text: str = ""
    necessity: str = Necessity.MUST.value
    level: str = ""
    uri: str = ""
    known: str = ""
    years: str = ""

    @property
    def concept(self) -> str:
        """The concept, as long as the line says what the page put there."""
        return self.uri if self.text == self.known else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A filled-in form.

    Attributes:
        posting_file: Counts before the text.
        languages: With commas.
        places: With semicolons, since a place may hold a comma.
        cursor: Where the page begins, ``""`` for the first one.
        picked: Ids of those on the shortlist.
    """

    by: By = By.SKILLS
    posting: str = ""
    posting_file: DocumentIn | None = None
    occupation: str = ""
    rows: tuple[Row, ...] = ()
    proven_only: bool = False
    issued_after: str = ""
    languages: str = ""
    places: str = ""
    available_by: str = ""
    blind: bool = True
    cursor: str = ""
    picked: tuple[str, ...] = ()

    @property
    def asked_rows(self) -> tuple[Row, ...]:
        """Lines that ask for something."""
        return tuple(row for row in self.rows if row.text)

    @property
    def lines(self) -> tuple[Row, ...]:
        """Lines as the page shows them: those that ask, and some that are empty."""
        filled = self.asked_rows
        spare = max(2 if filled else SPARE, SPARE - len(filled))
        return (*filled, *(Row() for _ in range(spare)))[:MAX_SKILLS]

    @property
    def language_list(self) -> tuple[str, ...]:
        """Tags of languages, one each; who types calls them by name as well."""
        return tuple(dict.fromkeys(map(tag_of, _parts(self.languages, ","))))

    @property
    def place_list(self) -> tuple[str, ...]:
        """Places, one each."""
        return _parts(self.places, ";")


def wanted_of(form: FormData) -> Wanted:
    """Return a form, with what its buttons change already changed."""
    files = documents_of(form, "posting_file")
    by = text_of(form, "by")
    wanted = Wanted(
        by=By(by) if by in set(By) else By.SKILLS,
        posting=text_of(form, "posting"),
        posting_file=files[0] if files else None,
        occupation=text_of(form, "occupation").strip(),
        rows=_rows(form),
        proven_only=text_of(form, "proven_only") == "1",
        issued_after=text_of(form, "issued_after").strip(),
        languages=text_of(form, "languages"),
        places=text_of(form, "places"),
        available_by=text_of(form, "available_by").strip(),
        blind=text_of(form, "blind") == "1",
        cursor=text_of(form, "cursor"),
        picked=tuple(dict.fromkeys(texts_of(form, "pick")))[:MOST_PICKED],
    )
    return _changed(wanted, form)


def _rows(form: FormData) -> tuple[Row, ...]:
    # A browser sends every field of every line, in order; whoever sends fewer loses lines only.
    columns = [texts_of(form, name) for name in ("skill", "necessity", "level")]
    hidden = [texts_of(form, name) for name in ("skill_uri", "skill_known", "skill_years")]
    return tuple(
        Row(text=text.strip(), necessity=necessity, level=level, uri=uri, known=known, years=years)
        for text, necessity, level, uri, known, years in list(zip(*columns, *hidden, strict=False))[
            :MAX_SKILLS
        ]
    )


def _changed(wanted: Wanted, form: FormData) -> Wanted:
    """Return what a button asks for: one more filter, or one less."""
    language, place = text_of(form, "add_language"), text_of(form, "add_place")
    if language:
        wanted = replace(wanted, languages=", ".join((*wanted.language_list, language)))
    if place:
        wanted = replace(wanted, places="; ".join((*wanted.place_list, place)))
    day = text_of(form, "add_day")
    if day:
        wanted = replace(wanted, available_by=day)
    dropped = text_of(form, "drop")
    return replace(wanted, **_EMPTY[dropped]) if dropped in _EMPTY else wanted


_EMPTY: Mapping[str, Mapping[str, Any]] = {
    "proven_only": {"proven_only": False},
    "issued_after": {"issued_after": ""},
    "languages": {"languages": ""},
    "places": {"places": ""},
    "available_by": {"available_by": ""},
}


def _parts(text: str, mark: str) -> tuple[str, ...]:
    lines = text.replace("\n", mark).split(mark)
    return tuple(dict.fromkeys(part for one in lines if (part := " ".join(one.split()))))
