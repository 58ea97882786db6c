"""A catalogue as one JSON file that is read back as the same catalogue.

One offer a line, without what is not said: small, quick, and fit for comparing two versions.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatch.atomic import write_text
from skillmatch.errors import UnreadableError
from skillmatch.model.offer import Catalogue

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA_VERSION = "catalogue-1"
_MARK = b'"schema_version"'


def looks_stored(data: bytes) -> bool:
    """Tell whether bytes may be a stored catalogue, of this or another version."""
    return _MARK in data and b'"catalogue-' in data


def write_catalogue(catalogue: Catalogue, path: Path) -> None:
    """Write a catalogue, whole or not at all; the same catalogue gives the same bytes.

    Raises:
        StorageError: The folder cannot be written, or the disk is full.
    """
    write_text(Path(path), catalogue_json(catalogue))


def catalogue_json(catalogue: Catalogue) -> str:
    """Return the catalogue as JSON, keys sorted within each line, offers last."""
    content = _adapter().dump_python(catalogue, mode="json", exclude_defaults=True)
    content["schema_version"] = catalogue.schema_version
    offers = content.pop("offers")
    head = [f" {_json(key)}: {_json(content[key])},\n" for key in sorted(content)]
    body = ",\n".join(f"  {_json(one)}" for one in offers)
    return "{\n" + "".join(head) + ' "offers": [\n' + body + "\n ]\n}\n"


def read_stored(data: bytes) -> Catalogue:
    """Return a catalogue that ``write_catalogue`` wrote.

    Args:
        data: JSON that was found to be well formed and within bounds.

    Raises:
        UnreadableError: It is of another version, or parts are not what they should be; the
            message names the first ten of them.
    """
    from pydantic import ValidationError

    try:
        catalogue = _adapter().validate_json(data.removeprefix(b"\xef\xbb\xbf"), strict=True)
    except ValidationError as error:
        raise UnreadableError(_faults(error)) from error
    if catalogue.schema_version != SCHEMA_VERSION:
        raise UnreadableError(
            f"it is a catalogue of the form {catalogue.schema_version[:40]!r}; this version of "
            f"skillmatch reads {SCHEMA_VERSION!r}. Import its files again"
        )
    _check_ids(catalogue)
    return catalogue


def _faults(error: Any) -> str:  # noqa: ANN401 - pydantic's own error, imported only in functions
    faults = error.errors(include_url=False, include_input=False)
    shown = "; ".join(
        f"/{'/'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in faults[:10]
    )
    more = f"; and {len(faults) - 10} more" if len(faults) > 10 else ""
    return f"it is no catalogue as skillmatch stores them: {shown}{more}. Import its files again"


def _check_ids(catalogue: Catalogue) -> None:
    seen: set[str] = set()
    for place, offer in enumerate(catalogue.offers):
        if not offer.id or offer.id in seen:
            raise UnreadableError(
                f"/offers/{place}: its id {offer.id[:80]!r} is empty or not its own"
            )
        seen.add(offer.id)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@functools.cache
def _adapter() -> TypeAdapter[Catalogue]:
    from pydantic import TypeAdapter

    return TypeAdapter(Catalogue)
