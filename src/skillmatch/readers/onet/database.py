"""Reads a release of the O*NET database into a ``Framework``.

The database comes as a zip or folder of tab-delimited text or of Excel workbooks, in the layout
of 29 or in the one of 30.3 and later; ``tables`` knows both. URIs: ``identity``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from skillmatch.errors import DataError
from skillmatch.model.framework import Framework
from skillmatch.readers.onet.draft import Draft
from skillmatch.readers.onet.elements import read_elements
from skillmatch.readers.onet.files import find_tables, plain
from skillmatch.readers.onet.occupations import read_occupations
from skillmatch.readers.onet.ratings import read_ratings
from skillmatch.readers.onet.tables import OCCUPATIONS
from skillmatch.readers.onet.technology import read_technologies
from skillmatch.readers.onet.work import read_work

LICENCE = "CC BY 4.0"
ATTRIBUTION = (
    "This product includes information from the O*NET {release} Database by the U.S. Department "
    "of Labor, Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 "
    "licence. O*NET is a trademark of USDOL/ETA. The data were rearranged; USDOL/ETA has not "
    "approved, endorsed or tested this."
)

Progress = Callable[[str, int, int], None]

_log = logging.getLogger(__name__)


def read_onet(
    source: Path, *, framework_id: str, release: str, progress: Progress | None = None
) -> Framework:
    """Read one O*NET release.

    Args:
        source: Zip or folder of the database, text or Excel, at any depth.
        framework_id: Becomes ``Framework.id``, as in ``onet-29.3``.
        release: As the publisher writes it, as in ``29.3``.
        progress: Called before each part with its name, the parts done and the parts in all.

    Returns:
        The framework in canonical order. ``counts`` has a line for each table (rows read, what
        was kept of them); ``missing`` names each table that is not there.

    Raises:
        NotFoundError: There is nothing at ``source``.
        DataError: It is no O*NET database, or a file of it is damaged.
        RowError: Rows or columns are wrong; all of them, in all files, are told at once.
    """
    steps: list[tuple[str, Callable[[Draft], None]]] = [
        ("occupations", read_occupations),
        ("ratings and elements", _read_rated_elements),
        ("technologies", read_technologies),
        ("tasks and activities", read_work),
    ]
    files = find_tables(source)
    if plain(OCCUPATIONS.files[0][0]) not in files:
        raise DataError(
            "has no 'Occupation Data.txt' or 'Occupation Data.xlsx'; give the O*NET database "
            "zip (text or Excel) or the folder it unpacks to",
            path=source,
        )
    draft = Draft(available=files)
    for done, (name, step) in enumerate(steps):
        if progress is not None:
            progress(name, done, len(steps))
        step(draft)
    draft.faults.raise_any(source)
    draft.add_stubs()
    if progress is not None:
        progress("done", len(steps), len(steps))
    _log.info("read %d concepts of %s", len(draft.concepts), framework_id)
    return _framework(draft, framework_id, release)


def _read_rated_elements(draft: Draft) -> None:
    read_elements(draft, read_ratings(draft))


def _framework(draft: Draft, framework_id: str, release: str) -> Framework:
    return Framework(
        id=framework_id,
        title=f"O*NET {release}",
        release=release,
        licence=LICENCE,
        attribution=ATTRIBUTION.format(release=release),
        concepts=tuple(sorted(draft.concepts.values(), key=lambda each: each.uri)),
        relations=tuple(sorted(draft.relations)),
        ratings=tuple(sorted(draft.ratings, key=lambda each: (each.occupation, each.element))),
        technology_uses=tuple(
            sorted(draft.uses, key=lambda each: (each.occupation, each.technology))
        ),
        counts=tuple(draft.counts),
        missing=tuple(draft.missing),
    )
