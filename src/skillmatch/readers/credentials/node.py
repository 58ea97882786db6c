"""A JSON value and its place, read as leniently as real badges demand.

Issuers write one value where the specification has a list and a list where it has one, numbers
for texts, and objects of languages for texts. Whatever is of no use gives an empty answer here;
whether that is a fault is for the checks of shape and the lint to say.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*|@none|none|und")
# Members in which formats wrap a plain text: JSON-LD values and notes of the European model.
_WRAPPERS = ("@value", "noteLiteral", "content")


def step(pointer: str, key: str | int) -> str:
    """Return the JSON pointer of a member; ``~`` and ``/`` in its key are escaped (RFC 6901)."""
    if isinstance(key, str) and ("~" in key or "/" in key):
        key = key.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{key}"


class Node(NamedTuple):
    """A value with its JSON pointer; a missing one holds None.

    A wallet makes millions of these: a named tuple is made in a third of a dataclass's time.
    """

    value: Any
    pointer: str = ""

    def __bool__(self) -> bool:
        return self.value is not None

    def get(self, *names: str) -> Node:
        """Return the first member of these names that is there and not null."""
        if isinstance(self.value, dict):
            for name in names:
                found = self.value.get(name)
                if found is not None:
                    return Node(found, step(self.pointer, name))
        return MISSING

    def path(self, *names: str) -> Node:
        """Return a member of a member; of a list, the first element is taken."""
        found = self
        for name in names:
            found = next(iter(found.many()), MISSING).get(name)
        return found

    def many(self, *names: str) -> tuple[Node, ...]:
        """Return the elements of a list, or the value itself as the only one.

        With names, the elements of every member of these names.
        """
        if names:
            return tuple(one for name in names for one in self.get(name).many())
        if isinstance(self.value, list | tuple):
            start = self.pointer + "/"
            parts = enumerate(self.value)
            return tuple([Node(one, f"{start}{i}") for i, one in parts if one is not None])
        return (self,) if self else ()

    def objects(self, *names: str) -> tuple[Node, ...]:
        """Return what ``many`` returns as far as it is objects."""
        return tuple(one for one in self.many(*names) if isinstance(one.value, dict))

    def words(self) -> Node:
        """Return the node of the text itself: within languages English, else the first by tag."""
        value = self.value
        if value is None or isinstance(value, str):
            return self
        if isinstance(value, list | tuple):
            return next((words for one in self.many() if (words := one.words())), MISSING)
        if not isinstance(value, dict):
            return self if _is_number(value) else MISSING
        for name in _WRAPPERS:
            if name in value:
                return self.get(name).words()
        tags = sorted(value, key=lambda tag: (not tag.lower().startswith("en"), tag))
        # Objects of other things have short keys, too, above all "id", which is also Indonesian.
        other = "id" in value and "en" not in value
        if other or not tags or not all(_LANGUAGE.fullmatch(tag) for tag in tags):
            return MISSING
        return self.get(tags[0]).words()

    def text(self, *names: str) -> str:
        """Return the text of the value, or of the first of these members that has one."""
        for name in names:
            if text := self.get(name).text():
                return text
        if names or self.value is None:
            return ""
        value = self.value if isinstance(self.value, str) else self.words().value
        if isinstance(value, str):
            return value
        return "" if value is None else str(value).removesuffix(".0")

    def id(self) -> str:
        """Return what identifies the value: itself where it is a text, else its ``id``."""
        if isinstance(self.value, str):
            return self.value
        return self.get("id", "@id").text()

    def types(self) -> tuple[str, ...]:
        """Return its types as written."""
        return tuple(one.value for one in self.many("type", "@type") if isinstance(one.value, str))

    def number(self) -> float | None:
        """Return a number, also one that was written as text."""
        value = self.words().value
        try:
            number = float(value) if isinstance(value, str | int | float) else None
        except (ValueError, OverflowError):
            return None
        return number if number is not None and abs(number) < float("inf") else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


MISSING = Node(None)
