"""Names that are everyday words too need more than equality.

``R``, ``Go``, ``C``, ``Excel``, ``Chef``, ``design`` and ``training`` stand in many sentences that
ask for none of them. Such a word counts as the name of a skill only where it is a whole phrase of
its unit (an item of a list, or all that is left once "strong … skills" is taken off), or where a
sentence uses it as a name ("figures in Excel").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from skillmatch.model.concept import TECHNOLOGY_PREFIX, ConceptUri, LabelKind, SkillType
from skillmatch.model.link import Mention
from skillmatch.model.posting import Span, Unit
from skillmatch.retrieval.lexical import LexicalEntry, LexicalHit
from skillmatch.text.normal import normal_form, without_qualifier
from skillmatch.text.product_names import VENDORS

MAX_INITIALS = 2
"""Names of one or two letters are initials of something else more often than not."""
ABBREVIATED_PAIR = re.compile(r"\b[A-Z]\s?&\s?[A-Z]\b")
# Words after which a capital means a name, and what shows that the name goes on.
TOOL_BEFORE = re.compile(r"\b(?:in|with|using|via|on|of|through|like|than)\s+$")
NAME_AFTER = re.compile(r"\s*[-&]?\s*[A-Z][a-z]")
MAKERS = frozenset(normal_form(name) for name in (*VENDORS, "Facebook", "TikTok", "Yahoo"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """Tells hits whose equality alone says little.

    Attributes:
        ordinary: Single-word names that are everyday words as well, in normal form.
        skill_type: Type of a concept, None where it has none.
    """

    ordinary: Collection[str]
    skill_type: Callable[[ConceptUri], SkillType | None]

    def __call__(self, hit: LexicalHit) -> bool:
        """Return True for everyday words, initials, makers, verbs and products named by a word.

        A single verb ("sing", "plan") is what someone does in any story; as the name of a skill
        it stands alone.
        """
        if hit.word_count > 1:
            return False
        letters = [letter for letter in hit.form if letter.isalpha()]
        if hit.form in self.ordinary or hit.form in MAKERS:
            return True
        if len(letters) <= MAX_INITIALS and hit.form.isalpha():
            return True
        return all(self._doubtful(entry.uri, entry.label) for entry in hit.entries)

    def _doubtful(self, uri: ConceptUri, label: str) -> bool:
        if uri.startswith(TECHNOLOGY_PREFIX):
            return label.isalpha() and label.istitle()
        return self.skill_type(uri) is SkillType.SKILL


def supported(
    hits: Sequence[LexicalHit],
    unit: Unit,
    phrases: Sequence[Mention],
    ambiguous: Callable[[LexicalHit], bool],
) -> tuple[LexicalHit, ...]:
    """Return the hits that are unambiguous or spoken for by their surroundings.

    Args:
        hits: Hits with spans relative to the unit.
        unit: Where they were found.
        phrases: The unit's mentions with spans of the posting.
        ambiguous: Tells which hits need their surroundings.
    """
    whole = {
        Span(start=phrase.span.start - unit.span.start, end=phrase.span.end - unit.span.start)
        for phrase in phrases
    }
    plain = [hit for hit in hits if not ambiguous(hit)]
    named = [hit for hit in plain if not _uncapitalised(hit, unit.text)]
    return tuple(
        hit
        for hit in hits
        if _as_written(hit, unit.text)
        and (
            hit.span in whole
            or hit in named
            or _named_in_passing(hit, unit.text)
            or (hit in plain and any(map(_is_proper, named)))
        )
    )


def _is_proper(hit: LexicalHit) -> bool:
    """Tell whether a hit is a proper name: small words beside it may be names as well."""
    return any(entry.kind is LabelKind.PREF and not entry.label.islower() for entry in hit.entries)


def _as_written(hit: LexicalHit, text: str) -> bool:
    """Tell whether a single word is written like the name: initials and products have capitals.

    Running text in capitals proves nothing either way and passes.
    """
    surface = text[hit.span.start : hit.span.end]
    if hit.word_count > 1 or text.isupper():
        return True
    if len(surface) <= MAX_INITIALS and surface.isalpha():
        pairs = ABBREVIATED_PAIR.finditer(text)
        return not any(found.start() <= hit.span.start < found.end() for found in pairs) and any(
            surface in re.split(r"[\s()]+", entry.label) for entry in hit.entries
        )
    return not (surface.islower() and all(map(_has_a_capital, hit.entries)))


def _named_in_passing(hit: LexicalHit, text: str) -> bool:
    """Tell whether a sentence uses a word as a name: "figures in Excel", "written in Go"."""
    surface = text[hit.span.start : hit.span.end]
    if not surface[:1].isupper() or text.isupper() or hit.form in MAKERS:
        return False
    before = TOOL_BEFORE.search(text[: hit.span.start])
    return before is not None and NAME_AFTER.match(text[hit.span.end :]) is None


def _uncapitalised(hit: LexicalHit, text: str) -> bool:
    """Tell whether a proper name is written small: "chef" for ``Chef (…)``, "python"."""
    names = [without_qualifier(entry.label) for entry in hit.entries]
    small = text[hit.span.start : hit.span.end].islower()
    return (
        hit.word_count == 1 and small and all(name.isalpha() and name.istitle() for name in names)
    )


def _has_a_capital(entry: LexicalEntry) -> bool:
    """Tell whether a name is only a product's when written with a capital: "Chef", "Windows"."""
    product = entry.uri.startswith(TECHNOLOGY_PREFIX)
    return product and (not entry.whole or (entry.label.isalpha() and entry.label.istitle()))
