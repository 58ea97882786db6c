"""Reviewed badges as files: badges, drafts of another version, endorsements, mappings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

from skillmatch.issuing.write_back import Lookup
from skillmatch.model.alignment import Badge, Review
from skillmatch.readers.alignments.yaml_text import yaml_text
from skillmatch.service.aligning import concept_lookup, open_installed
from skillmatch.service.places import Places
from skillmatch.service.writing_back import (
    NOTES_FILE,
    WriteOptions,
    Written,
    WrittenBack,
    notes_text,
    written,
)
from skillmatch.settings import Settings

REVIEW_FILE = "review.yaml"
_Reviewed = Sequence[tuple[Badge, Review]]


@contextmanager
def lookup_of(settings: Settings) -> Iterator[Lookup]:
    """Yield what finds a concept by URI in all installed releases."""
    databases = open_installed(Places.of(settings))
    with ExitStack() as stack:
        for one in databases:
            stack.callback(one.close)
        yield concept_lookup(databases)


def files_of(badges: _Reviewed, settings: Settings, options: WriteOptions) -> Written:
    """Return what ``skillmatch badge write`` makes of the same badges and decisions."""
    with lookup_of(settings) as lookup:
        pairs = [(badge, review.badges[0]) for badge, review in badges]
        return written(pairs, lookup=lookup, options=options)


def archive_of(badges: _Reviewed, made: Written, at: datetime) -> bytes:
    """Return a zip of the files, of what to do with them, and of the decisions as a review file.

    The same badges, decisions and moment give the same bytes.
    """
    notes = notes_text(WrittenBack(folder="", files=made.files, notes=made.notes))
    texts = {
        **{file.file: text for file, text in zip(made.files, made.texts, strict=True)},
        NOTES_FILE: notes,
        REVIEW_FILE: yaml_text(together([review for _, review in badges])),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            # A zip knows no year before 1980 and none after 2107.
            member = zipfile.ZipInfo(name, at.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, text)
    return buffer.getvalue()


def together(reviews: Sequence[Review]) -> Review:
    """Return the reviews of single badges as one, as ``badge align --review`` writes it."""
    first = reviews[0] if reviews else Review()
    badges = tuple(badge for review in reviews for badge in review.badges)
    return Review(frameworks=first.frameworks, encoder=first.encoder, badges=badges)
