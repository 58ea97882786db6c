"""A catalogue as one JSON file that is read back as the same catalogue.

One offer a line, without what is not said: small, quick, and fit for comparing two versions.
"""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from skillmatch.atomic import write_text
from skillmatch.errors import UnreadableError
from skillmatch.model.offer import Catalogue, Offer
from skillmatch.readers.offers.limits import check_count

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA_VERSION = "catalogue-1"
MAX_HEAD = 8_000_000
"""Characters of everything but the offers."""
MAX_LISTED = 10_000
"""Entries of each list beside the offers."""
MAX_OFFER = 300_000
"""Characters of one offer."""
_Value = TypeVar("_Value")
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


def read_stored(value: object) -> Catalogue:
    """Return a catalogue that ``write_catalogue`` wrote.

    Offers are looked at one by one, so that a file of nothing but faults is refused at once.

    Args:
        value: What the file holds, parsed within bounds.

    Raises:
        UnreadableError: It is of another version, or parts are not what they should be; the
            message names the first of them.
    """
    if not isinstance(value, dict) or not isinstance(value.get("offers"), list):
        raise UnreadableError("it is no catalogue as skillmatch stores them: /offers is no list")
    version = value.get("schema_version")
    if version != SCHEMA_VERSION:
        raise UnreadableError(
            f"it is a catalogue of the form {str(version)[:40]!r}; this version of skillmatch "
            f"reads {SCHEMA_VERSION!r}. Import its files again"
        )
    check_count(len(value["offers"]))
    long = [key for key, one in value.items() if isinstance(one, list) and len(one) > MAX_LISTED]
    if long:
        raise UnreadableError(f"/{long[0][:40]}: it has more than {MAX_LISTED:,} entries")
    head = _validated(_adapter(), value | {"offers": []}, "", MAX_HEAD)
    offers = tuple(
        _validated(_offer_adapter(), one, f"/offers/{place}", MAX_OFFER)
        for place, one in enumerate(value["offers"])
    )
    _check_ids(offers)
    return replace(head, offers=offers)


def _validated(adapter: TypeAdapter[_Value], value: object, at: str, most: int) -> _Value:
    from pydantic import ValidationError

    text = _json(value)
    if len(text) > most:
        raise UnreadableError(f"{at or '/'}: it is longer than {most:,} characters")
    try:
        return adapter.validate_json(text, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        shown = "; ".join(
            f"{at}/{'/'.join(str(part) for part in one['loc'])}: {one['msg']}"
            for one in faults[:10]
        )
        more = f"; and {len(faults) - 10} more there" if len(faults) > 10 else ""
        raise UnreadableError(
            f"it is no catalogue as skillmatch stores them: {shown}{more}. Import its files again"
        ) from error


def _check_ids(offers: tuple[Offer, ...]) -> None:
    seen: set[str] = set()
    for place, offer in enumerate(offers):
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


@functools.cache
def _offer_adapter() -> TypeAdapter[Offer]:
    from pydantic import TypeAdapter

    return TypeAdapter(Offer)
