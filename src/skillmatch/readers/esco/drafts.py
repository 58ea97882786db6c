"""Concepts of ESCO while their rows come in, one per language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    ConceptUri,
    LangText,
    ReuseLevel,
    SkillType,
    Status,
)

# The tables separate labels by line breaks inside a quoted cell.
Texts = dict[str, set[str]]


@dataclass(slots=True)
class Draft:
    """A concept under construction; what is said first stands, English comes first."""

    uri: ConceptUri
    kind: ConceptKind
    pref_labels: dict[str, str] = field(default_factory=dict)
    alt_labels: Texts = field(default_factory=dict)
    hidden_labels: Texts = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    scope_notes: dict[str, str] = field(default_factory=dict)
    notation: str = ""
    skill_type: SkillType | None = None
    reuse_level: ReuseLevel | None = None
    status: Status = Status.RELEASED

    def concept(self) -> Concept:
        """Return the finished concept, its texts in canonical order."""
        return Concept(
            uri=self.uri,
            kind=self.kind,
            pref_labels=_texts(self.pref_labels),
            alt_labels=_label_texts(self.alt_labels),
            hidden_labels=_label_texts(self.hidden_labels),
            descriptions=_texts(self.descriptions),
            definitions=_texts(self.definitions),
            scope_notes=_texts(self.scope_notes),
            notation=self.notation,
            skill_type=self.skill_type,
            reuse_level=self.reuse_level,
            status=self.status,
        )


def clean(text: str) -> str:
    """Return the text without stray spaces: no-break spaces are spaces, none at the ends.

    78 labels of ESCO 1.1.1 carry them. Spaces inside are left as the publisher typed them.
    """
    return text.replace("\u00a0", " ").strip()


def add_labels(labels: Texts, cell: str, *, language: str, pref: str) -> Counter[str]:
    """Add the labels of a cell, one a line, without the preferred label of the language.

    Returns:
        How many labels were ``read``, were the ``same`` as the preferred label, ``repeated``.
    """
    seen = Counter[str]()
    if not cell:
        return seen
    own = labels.setdefault(language, set())
    for label in map(clean, cell.split("\n")):
        if not label:
            continue
        seen["read"] += 1
        if label == pref:
            seen["same"] += 1
        elif label in own:
            seen["repeated"] += 1
        else:
            own.add(label)
    return seen


def add_text(texts: dict[str, str], cell: str, language: str) -> None:
    """Keep the first text of a language that is not empty."""
    text = clean(cell)
    if text:
        texts.setdefault(language, text)


def _texts(texts: dict[str, str]) -> tuple[LangText, ...]:
    return tuple(LangText(text=texts[language], language=language) for language in sorted(texts))


def _label_texts(labels: Texts) -> tuple[LangText, ...]:
    return tuple(
        LangText(text=text, language=language)
        for language in sorted(labels)
        for text in sorted(labels[language])
    )


def concepts_of(drafts: Iterable[Draft]) -> tuple[Concept, ...]:
    """Return the finished concepts by URI."""
    return tuple(draft.concept() for draft in sorted(drafts, key=lambda draft: draft.uri))
