"""Which language a text is in."""

from __future__ import annotations

import re

# Below this a text is a handful of names ("SQL", "Welder"), and names have no language.
_MIN_WORDS = 5
_MIN_LETTERS = 25
_MIN_PROBABILITY = 0.8
_SAMPLE_CHARS = 20_000
_SAMPLE_BYTES = 2_000
_WORD = re.compile(r"[^\W\d_]+")
# Scripts without spaces between words: Thai, Lao, Khmer, Burmese, Chinese, Japanese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]")
# CLD3 keeps the old tag of Hebrew.
_TAGS = {"iw": "he"}


def detect_language(text: str) -> str:
    """Return the language tag of ``text``, ``""`` where it cannot be told.

    The tag is ISO 639-1 where there is one, with a script where it is not the usual one
    (``zh-Latn``). A list of product names or a text of fewer than five words has no language.

    Source: CLD3, https://github.com/google/cld3 (Apache-2.0), as packaged by cld3-py.
    """
    sample = text[:_SAMPLE_CHARS]
    if not _is_long_enough(sample):
        return ""
    from gcld3 import NNetLanguageIdentifier

    # A new identifier costs microseconds; one shared between threads might not be safe.
    identifier = NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=_SAMPLE_BYTES)
    encodable = sample.encode("utf-8", "ignore").decode("utf-8")
    found = identifier.FindLanguage(text=encodable)
    if not found.is_reliable or found.probability < _MIN_PROBABILITY:
        return ""
    return _TAGS.get(found.language, str(found.language))


def _is_long_enough(text: str) -> bool:
    words = _WORD.findall(text)
    if len(_UNSPACED.findall(text)) >= 8:
        return True
    return len(words) >= _MIN_WORDS and sum(map(len, words)) >= _MIN_LETTERS
