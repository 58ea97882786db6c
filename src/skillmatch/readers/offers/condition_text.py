"""Conditions as people write them into a cell: ``A and (B or C)``, ``2 of (A, B, C)``.

Leaves are ids of offers, ``skill:`` with a URI or a name, and quoted words for what no program can
check. Beside ``and`` no ``or`` stands without parentheses, since nothing tells which was meant to
bind closer. ``docs/catalogue.md`` has the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, NoReturn

from skillmatch.errors import DataError
from skillmatch.model.offer import NO_CONDITION, Condition, Need, NeedKind

MAX_LENGTH = 20_000
"""Characters of one condition."""
MAX_DEPTH = 24
"""Parentheses inside each other."""
SKILL = "skill:"
_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*+")|(?P<pointed><(?:[^>\\]|\\.)*+>)'
    r"|(?P<mark>[(),])|(?P<word>[^\s()<>\",]+))",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s()<>\",\\]+")
_LEVEL = re.compile(r"[^()\"\s]+(?: [^()\"\s]+)*")
_URI = re.compile(r"(?:https?://|urn:|did:)\S+")
_KEYWORDS = frozenset({"and", "or", "of", "at"})
_MAX_DIGITS = 4


class _Token(NamedTuple):
    kind: str
    text: str
    at: int
    end: int

    def says(self, keyword: str) -> bool:
        return self.kind == "word" and self.text.casefold() == keyword


_END = "end"


def parse_condition(text: str) -> Condition:
    """Return the condition that a text says; an empty text asks for nothing.

    Raises:
        DataError: It cannot be read; the message names the character, counted from 1.
    """
    if len(text) > MAX_LENGTH:
        raise DataError(f"the condition has more than {MAX_LENGTH} characters")
    parser = _Parser(text)
    if parser.next.kind == _END:
        return NO_CONDITION
    part = parser.expression(0)
    if parser.next.kind != _END:
        _fail(parser.next, f"expected 'and', 'or' or the end, found {parser.next.text!r}")
    return part if isinstance(part, Condition) else Condition(least=1, needs=(part,))


def condition_text(condition: Condition) -> str:
    """Return a text that ``parse_condition`` reads back as the same condition.

    The words of an offer stand beside its id only where they differ from it; without any, reading
    back takes the id for them. Needs come before conditions, as in the value.
    """
    if condition == NO_CONDITION:
        return ""
    parts = [
        *map(_need_text, condition.needs),
        *(_inner(one) for one in condition.conditions),
    ]
    plain = not condition.text and len(parts) == condition.least == 1 and bool(condition.needs)
    return parts[0] if plain else _joined(condition, parts, inside=False)


def _inner(condition: Condition) -> str:
    parts = [
        *map(_need_text, condition.needs),
        *(_inner(one) for one in condition.conditions),
    ]
    return _joined(condition, parts, inside=True)


def _joined(condition: Condition, parts: Sequence[str], *, inside: bool) -> str:
    count, words = len(parts), f" {_quoted(condition.text)}" if condition.text else ""
    if count < 2 or condition.least not in {1, count}:
        return f"{condition.least} of ({', '.join(parts)}){words}"
    text = (" or " if condition.least == 1 else " and ").join(parts)
    return f"({text}){words}" if inside or words else text


def _need_text(need: Need) -> str:
    if need.kind is NeedKind.OTHER:
        text = _quoted(need.text)
    elif need.kind is NeedKind.SKILL:
        text = _skill_text(need)
    else:
        text = _id_text(need.ref)
        if need.text not in {"", need.ref}:
            text += f" {_quoted(need.text)}"
    if not need.level:
        return text
    if need.kind is NeedKind.SKILL and _LEVEL.fullmatch(need.level):
        return f"{text} ({need.level})"
    return f"{text} at {_quoted(need.level)}"


def _skill_text(need: Need) -> str:
    if need.ref and need.text in {"", need.ref}:
        return f"{SKILL}{_pointed(need.ref)}"
    return f"{SKILL}{_quoted(need.text)}" + (f" {_pointed(need.ref)}" if need.ref else "")


def _id_text(ref: str) -> str:
    plain = _BARE.fullmatch(ref) and not ref.startswith(SKILL) and ref.casefold() not in _KEYWORDS
    return ref if plain else _pointed(ref)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pointed(text: str) -> str:
    return "<" + text.replace("\\", "\\\\").replace(">", "\\>") + ">"


def _unescaped(token: _Token) -> str:
    return re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)


def _fail(token: _Token, message: str) -> NoReturn:
    raise DataError(f"at character {token.at + 1}: {message}")


def _tokens(text: str) -> list[_Token]:
    found, place = [], 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            wrong = "a quote that is never closed" if text[at] == '"' else f"{text[at]!r}"
            raise DataError(f"at character {at + 1}: {wrong}; write a condition as in the manual")
        kind = match.lastgroup
        found.append(_Token(kind, match[kind], match.start(kind), match.end()))
        place = match.end()
    found.append(_Token(_END, "the end", end, end))
    return found


class _Parser:
    """Reads one expression; ``next`` is the token that was not read yet."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._place = 0

    @property
    def next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self.next
        self._place += token.kind != _END
        return token

    def expression(self, depth: int) -> Need | Condition:
        """Read parts that are joined by one and the same word."""
        if depth > MAX_DEPTH:
            _fail(self.next, f"more than {MAX_DEPTH} parentheses lie inside each other")
        parts = [self._part(depth)]
        joined = ""
        while self.next.says("and") or self.next.says("or"):
            word = self._take()
            if joined and word.text.casefold() != joined:
                _fail(
                    word,
                    "'and' and 'or' stand side by side; put parentheses around what belongs "
                    "together, as in A and (B or C)",
                )
            joined = word.text.casefold()
            parts.append(self._part(depth))
        if not joined:
            return parts[0]
        return _condition(1 if joined == "or" else len(parts), parts)

    def _part(self, depth: int) -> Need | Condition:
        token = self._take()
        if token.kind == "mark" and token.text == "(":
            inside = self.expression(depth + 1)
            self._close(token)
            return self._worded(inside) if isinstance(inside, Condition) else inside
        if token.kind == "word" and self.next.says("of"):
            return self._some(token, depth)
        return self._leaf(token)

    def _some(self, number: _Token, depth: int) -> Condition:
        """Read ``k of (A, B, C)``."""
        self._take()
        if not (number.text.isascii() and number.text.isdigit()) or len(number.text) > _MAX_DIGITS:
            _fail(number, f"expected a number before 'of', found {number.text!r}")
        opening = self._take()
        if opening.text != "(":
            _fail(opening, f"expected a list such as 2 of (A, B, C), found {opening.text!r}")
        parts: list[Need | Condition] = []
        while self.next.text != ")" or self.next.kind != "mark":
            parts.append(self.expression(depth + 1))
            if self.next.kind != "mark" or self.next.text != ",":
                break
            self._take()
        self._close(opening)
        least = int(number.text)
        if least > len(parts):
            _fail(number, f"asks for {least} of {len(parts)}, which nobody can meet")
        return self._worded(_condition(least, parts))

    def _close(self, opening: _Token) -> None:
        token = self._take()
        if token.kind != "mark" or token.text != ")":
            where = f"the parenthesis at character {opening.at + 1}"
            _fail(token, f"expected ')' to close {where}, found {token.text!r}")

    def _worded(self, condition: Condition) -> Condition:
        if self.next.kind == "quoted":
            return replace(condition, text=_unescaped(self._take()))
        return condition

    def _leaf(self, token: _Token) -> Need:
        if token.kind == "quoted":
            need = Need(kind=NeedKind.OTHER, text=_unescaped(token))
        elif token.kind == "word" and token.text.casefold().startswith(SKILL):
            need = self._skill(token)
        elif token.kind in {"word", "pointed"} and token.text.casefold() not in _KEYWORDS:
            ref = _unescaped(token) if token.kind == "pointed" else token.text
            words = _unescaped(self._take()) if self.next.kind == "quoted" else ref
            need = Need(kind=NeedKind.OFFER, ref=ref, text=words)
        else:
            _fail(token, f"expected an offer, a skill or quoted words, found {token.text!r}")
        if not (need.ref or need.text).strip():
            _fail(token, "nothing stands between the quotes")
        return replace(need, level=self._level(need.kind))

    def _skill(self, token: _Token) -> Need:
        """Read ``skill:`` and a URI, a name, or a quoted name and a URI in angle brackets."""
        rest = token.text[len(SKILL) :]
        if not rest and self.next.kind in {"quoted", "pointed"} and self.next.at == token.end:
            named = self._take()
            rest = _unescaped(named)
            if named.kind == "pointed":
                return Need(kind=NeedKind.SKILL, ref=rest, text=rest)
            ref = _unescaped(self._take()) if self.next.kind == "pointed" else ""
            return Need(kind=NeedKind.SKILL, ref=ref, text=rest)
        if not rest:
            _fail(token, "expected a URI or a name after 'skill:', as in skill:\"data analysis\"")
        ref = rest if _URI.fullmatch(rest) else ""
        if not ref and self.next.kind == "pointed":
            ref = _unescaped(self._take())
        return Need(kind=NeedKind.SKILL, ref=ref, text=rest)

    def _level(self, kind: NeedKind) -> str:
        if self.next.says("at"):
            self._take()
            token = self._take()
            if token.kind not in {"quoted", "word"}:
                _fail(token, f"expected a level after 'at', found {token.text!r}")
            return _unescaped(token) if token.kind == "quoted" else token.text
        if kind is not NeedKind.SKILL or self.next.kind != "mark" or self.next.text != "(":
            return ""
        opening = self._take()
        while self.next.kind == "word":
            self._take()
        last = self.next.at
        self._close(opening)
        return self._text[opening.end : last].strip()


def _condition(least: int, parts: Sequence[Need | Condition]) -> Condition:
    return Condition(
        least=least,
        needs=tuple(one for one in parts if isinstance(one, Need)),
        conditions=tuple(one for one in parts if isinstance(one, Condition)),
    )
