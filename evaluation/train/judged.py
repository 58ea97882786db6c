"""Real posting sentences with the concepts that a reader found in them.

The sentences are SkillSpan's (train split) and are read from the benchmark's own file; what lies
in the repository, ``sentences/skillspan-train.judged``, are the judgements: for each marked span
of a line the concepts that a careful reader chose, or none.

The sentences of every third posting are kept from the encoder, so that the linker's confidence
can be fitted on similarities as they are for sentences never seen before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.train.pairs import Example, code_of
from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptUri

JUDGED = Path(__file__).resolve().parent / "sentences" / "skillspan-train.judged"
KEPT_SHARE = 0.33


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSentence:
    """One sentence with its spans, and the concepts of each span, best first.

    Attributes:
        kept: Whether the encoder must never see it.
    """

    text: str
    spans: tuple[tuple[str, tuple[ConceptUri, ...]], ...]
    kept: bool

    @property
    def uris(self) -> tuple[ConceptUri, ...]:
        """Every concept that was found in the sentence, each once."""
        return tuple(dict.fromkeys(uri for _, uris in self.spans for uri in uris))


def read_judged(
    skillspan: Path, uris: Sequence[ConceptUri], judged: Path = JUDGED
) -> Iterator[JudgedSentence]:
    """Yield every sentence of SkillSpan train, in file order; most have no spans.

    Args:
        skillspan: The benchmark's ``train.json``.
        uris: The concepts of the framework that the judgements name.
        judged: The judgements.

    Raises:
        DataError: The judgements belong to another file or framework.
    """
    said = _read_judgements(judged, {code_of(uri): uri for uri in uris})
    for number, line in enumerate(skillspan.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        spans = spans_of(row)
        answers = said.get(number, {})
        if not answers.keys() <= set(range(1, len(spans) + 1)):
            raise DataError("has fewer spans than were judged", path=skillspan, line=number + 1)
        yield JudgedSentence(
            text=" ".join(row["tokens"]),
            spans=tuple((span, answers.get(place, ())) for place, span in enumerate(spans, 1)),
            kept=is_kept(row["source"], row["idx"]),
        )


def is_kept(source: str, posting: int) -> bool:
    """Tell whether the sentences of a posting are kept from the encoder."""
    first = hashlib.sha256(f"{source}:{posting}".encode()).digest()[:8]
    return int.from_bytes(first) / 2**64 < KEPT_SHARE


def spans_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the marked spans of a line, skills first, then knowledge, each text once."""
    found = [
        span
        for tags in ("tags_skill", "tags_knowledge")
        for span in _tagged(row["tokens"], row[tags])
    ]
    return tuple(dict.fromkeys(found))


def _tagged(tokens: Sequence[str], tags: Sequence[str]) -> Iterator[str]:
    words: list[str] = []
    for token, tag in zip([*tokens, ""], [*tags, "O"], strict=True):
        if tag.startswith("I") and words:
            words.append(token)
            continue
        if words:
            yield " ".join(words)
        words = [token] if tag.startswith("B") else []


def judged_examples(
    sentences: Sequence[JudgedSentence], place_of: Mapping[ConceptUri, int]
) -> Iterator[Example]:
    """Yield the sentences that the encoder may see, whole and each span alone."""
    for sentence in sentences:
        if sentence.kept:
            continue
        for text, uris in ((sentence.text, sentence.uris), *sentence.spans):
            if uris:
                yield Example(text=text, places=tuple(place_of[uri] for uri in uris))


def _read_judgements(
    path: Path, by_code: Mapping[str, ConceptUri]
) -> dict[int, dict[int, tuple[ConceptUri, ...]]]:
    found: dict[int, dict[int, tuple[ConceptUri, ...]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        place, span, codes, *_ = line.split("\t")
        names = () if codes == "-" else tuple(codes.split())
        missing = [code for code in names if code not in by_code]
        if missing:
            raise DataError(f"unknown concepts {', '.join(missing)}", path=path, line=number)
        found.setdefault(int(place), {})[int(span)] = tuple(by_code[code] for code in names)
    return found
