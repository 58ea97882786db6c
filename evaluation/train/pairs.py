"""What the encoder is shown: texts, and the concepts that each of them asks for."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.datasets import Query
from evaluation.train.concepts import TrainConcept
from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptUri

DESCRIPTION_WORDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and the positions of the concepts that it asks for, best first."""

    text: str
    places: tuple[int, ...]


def key_of(text: str) -> str:
    """Return what two copies of a sentence have in common."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def alternative_labels(
    concepts: Sequence[TrainConcept], most: int, draw: random.Random
) -> Iterator[Example]:
    """Yield at most ``most`` alternative labels a concept, drawn at random."""
    for place, concept in enumerate(concepts):
        names = list(concept.alternatives)
        for name in draw.sample(names, min(most, len(names))):
            yield Example(text=name, places=(place,))


def descriptions(concepts: Sequence[TrainConcept]) -> Iterator[Example]:
    """Yield the beginning of each description."""
    for place, concept in enumerate(concepts):
        if concept.description:
            words = concept.description.split()[:DESCRIPTION_WORDS]
            yield Example(text=" ".join(words), places=(place,))


def labelled(queries: Sequence[Query], concepts: Sequence[TrainConcept]) -> Iterator[Example]:
    """Yield judged sentences; labels that the release lacks are left out."""
    place_of: dict[str, int] = {}
    for place, concept in enumerate(concepts):
        place_of.setdefault(concept.label, place)
    for query in queries:
        places = tuple(place_of[label] for label in query.labels if label in place_of)
        if places:
            yield Example(text=query.text, places=places)


def read_sentences(path: Path, place_of: Mapping[ConceptUri, int]) -> Iterator[Example]:
    """Read a file of ``<code> <code>…<tab>sentence`` lines, ``code`` as in ``code_of``.

    Raises:
        DataError: A line has no tab, or names a concept that the framework lacks.
    """
    by_code = {code_of(uri): place for uri, place in place_of.items()}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        codes, tab, text = line.partition("\t")
        missing = [code for code in codes.split() if code not in by_code]
        if not tab or missing:
            what = f"unknown concepts {', '.join(missing)}" if tab else "no tab"
            raise DataError(f"{what}; expected codes, a tab, a sentence", path=path, line=number)
        yield Example(text=text, places=tuple(by_code[code] for code in codes.split()))


def code_of(uri: ConceptUri) -> str:
    """Return the last part of a URI, which names the concept within its framework."""
    return uri.rsplit("/", 1)[-1]


def without_copies(examples: Sequence[Example], held: Collection[str]) -> list[Example]:
    """Drop texts that equal a held text (by ``key_of``), and second copies of an example."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    kept = []
    for example in examples:
        key = key_of(example.text)
        if key and key not in held and (key, example.places) not in seen:
            seen.add((key, example.places))
            kept.append(example)
    return kept
