"""Normal forms of labels and words, so that spelling does not hide a skill.

Two texts with one normal form are taken for the same name: ``Node.js developers`` and
``node.js Developer``, ``organising`` and ``organizing``. The form is a key, not a text to show.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from skillmatch.model.posting import Span

# A token keeps the punctuation that belongs to a name: C++, C#, F#, .NET, Node.js, AT&T, TCP/IP
# is two tokens. An apostrophe ends a token, so that "bachelor's" and "bachelors" agree.
TOKEN = re.compile(r"\.?[^\W_]+(?:\.(?=[a-z]{2,4}\b)[a-z]+)?(?:\+\+|#)?", re.IGNORECASE)
QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")

# Endings that British and American spelling write differently. Both sides of a comparison go
# through the same rules, so "exercise" becoming "exercize" does no harm.
SPELLING = (
    (re.compile(r"is(ation|ations|e|ed|er|es|ing)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|er|es|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w{2})our(s|ed|ing|al|able)?$"), r"or\1"),
    (re.compile(r"(?<=\w{2}[tb])re(s)?$"), r"er\1"),
    (re.compile(r"(?<=\w)ogue(s)?$"), r"og\1"),
    (re.compile(r"(?<=[aeiou])ll(ing|ed|er|ers|ery)$"), r"l\1"),
    (re.compile(r"^programme(s)?$"), r"program\1"),
    (re.compile(r"(?<=en)ce$"), "se"),
    (re.compile(r"^(p)aed"), r"\1ed"),
    (re.compile(r"aem"), "em"),
    (re.compile(r"^oe"), "e"),
)
MIN_INFLECTED = 4


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its normal form and where it stands."""

    form: str
    span: Span
    surface: str


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into words in normal form, in text order.

    Spans are characters of ``text`` as given; composed and decomposed accents agree.
    """
    return tuple(
        Token(
            form=word_form(found.group()),
            span=Span(start=found.start(), end=found.end()),
            surface=found.group(),
        )
        for found in TOKEN.finditer(text)
    )


def normal_form(text: str) -> str:
    """Return the key of a label: words in normal form joined by single spaces.

    Empty for a text without any letter or digit.
    """
    return " ".join(token.form for token in tokens(text))


def without_qualifier(label: str) -> str:
    """Drop a closing parenthesis: ``Java (computer programming)`` becomes ``Java``."""
    return QUALIFIER.sub("", label)


# The labels of a framework say the same words over and over: the 99,190 of ESCO have 404,360, of
# which 12,625 differ.
@lru_cache(maxsize=2**16)
def word_form(word: str) -> str:
    """Return the normal form of one word: case, accents, spelling and plural removed.

    Words of up to three letters and names with digits or punctuation keep their ending: ``SAS``
    stays ``sas``, ``C++`` stays ``c++``. Capitals make no difference, since whole postings are
    written in them; only ``PLCs`` shows by its small letter that a plural follows an acronym.
    """
    folded = _fold(word)
    if not folded.isalpha() or len(folded) < MIN_INFLECTED:
        return folded
    if word[:-1].isupper() and word.endswith("s"):
        return folded[:-1]
    for pattern, replacement in SPELLING:
        folded, changed = pattern.subn(replacement, folded)
        if changed:
            break
    return singular(folded)


def singular(word: str) -> str:
    """Return the singular of a lower-case English word by the S-stemmer's rules.

    Source: Harman (1991), "How effective is suffixing?", table 1, with two exceptions more.
    """
    if len(word) < MIN_INFLECTED or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith(("us", "ss", "is", "ics")):
        return word
    return word[:-1]


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
