"""Forms as people send them: lines of text, files, and what is wrong at which field."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from skillmatch_api.wire.given.documents import DocumentIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong at one field.

    Attributes:
        field: Its ``id`` on the page.
        key: Text of the catalogue that says it, which may hold places for ``said`` and ``why``.
        said: The words of the person that are meant.
        why: What the engine says of them, in its own words.
    """

    field: str
    key: str
    said: str = ""
    why: str = ""


async def sent_form(request: Request) -> AsyncIterator[FormData]:
    """Read a form; its files are gone after the request."""
    form = await request.form()
    yield form
    await form.close()


SentForm = Annotated[FormData, Depends(sent_form)]


def text_of(form: FormData, name: str) -> str:
    """Return a field of text, with the line ends of this machine; ``""`` without it."""
    value = form.get(name, "")
    return "\n".join(value.splitlines()) if isinstance(value, str) else ""


def texts_of(form: FormData, name: str) -> tuple[str, ...]:
    """Return every field of a name, in order."""
    return tuple(one for one in form.getlist(name) if isinstance(one, str))


def documents_of(form: FormData, name: str) -> tuple[DocumentIn, ...]:
    """Return the files of a field; two of one name are told apart by a number."""
    found: list[DocumentIn] = []
    taken: set[str] = set()
    for upload in form.getlist(name):
        if not isinstance(upload, UploadFile) or not upload.filename:
            continue
        data = base64.b64encode(upload.file.read()).decode("ascii")
        one = DocumentIn(name=upload.filename[-200:], base64=data)
        shown = _another(one.called(name), taken)
        taken.add(shown)
        found.append(one.model_copy(update={"name": shown}))
    return tuple(found)


def _another(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    stem, dot, ending = name.rpartition(".")
    number = 2
    while (made := f"{stem} ({number}){dot}{ending}" if stem else f"{name} ({number})") in taken:
        number += 1
    return made
