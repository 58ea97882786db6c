"""Tags of a page that hold more attributes than any page needs."""

from __future__ import annotations

import re

MAX_ATTRIBUTES = 1_000
"""Of one tag. The parser compares each with all before it: 100,000 of them take it 15 s."""
# Nothing is given back once it was taken, so a page is passed over once, whatever stands in it.
_ATTRIBUTE = r"[\s/]*+[^\s=>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?+"
_TAG = re.compile(rf"(<[A-Za-z][^\s/>]*+)((?:{_ATTRIBUTE})*+)")
_ONE = re.compile(_ATTRIBUTE)


def without_many_attributes(html: str) -> str:
    """Return a page whose tags of more than ``MAX_ATTRIBUTES`` attributes have none at all."""
    # An attribute takes at least a letter and a blank.
    if all(len(found[2]) < 2 * MAX_ATTRIBUTES for found in _TAG.finditer(html)):
        return html
    return _TAG.sub(_limited, html)


def _limited(found: re.Match[str]) -> str:
    if len(found[2]) < 2 * MAX_ATTRIBUTES:
        return found[0]
    count = sum(1 for _ in _ONE.finditer(found[2]))
    return found[1] if count > MAX_ATTRIBUTES else found[0]
