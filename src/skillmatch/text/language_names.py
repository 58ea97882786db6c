"""Languages by name, as English speakers call them.

Source: the commonest tags of BCP 47 (IANA language subtag registry), those of the ESCO releases
and the most spoken others.
"""

from __future__ import annotations

from collections.abc import Sequence

_NAMES = {
    "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese",
    "nb": "Norwegian Bokmål", "nl": "Dutch", "nn": "Norwegian Nynorsk", "no": "Norwegian",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "ti": "Tigrinya",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_words(tag: str) -> str:
    """Return a language by name; what is special about a tag stays, and an unknown tag as it is.

    "de" is "German", "de-AT" is "German (de-AT)", "tlh" stays "tlh".
    """
    name = _NAMES.get(tag.casefold().replace("_", "-").split("-")[0])
    if name is None:
        return tag
    return name if len(tag) < 3 else f"{name} ({tag})"


def language_list(tags: Sequence[str], last: str) -> str:
    """Return languages by name in one line: "English, German or Spanish" with the word "or"."""
    names = [language_words(one) for one in tags]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
