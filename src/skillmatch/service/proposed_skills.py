"""Skills that the words of offers name, remembered by the words, so that each is linked once.

What was found lies in the data folder, one line of JSON a statement, in a file named for all that
the finding depends on: the frameworks, the encoder, the weights and the program. So a line can be
old but never wrong, an import that was stopped goes on where it was, and one after a change of
prices is done at once. A line that was cut off is passed over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import IO, Self

from skillmatch.errors import StorageError
from skillmatch.gap.levels import level_value
from skillmatch.linking.selection import select
from skillmatch.linking.wording import is_disclaimed, read_wording
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Link
from skillmatch.model.offer import Award, AwardOrigin
from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.service.matcher import Matcher

AT_ONCE = 64
"""Statements that are encoded together; more gains nothing and delays what is kept."""

Found = tuple[str, float, str, str]
"""URI, confidence, words and level of one proposed skill."""


@dataclass(slots=True)
class ProposedSkills:
    """Proposes skills for statements.

    Attributes:
        file: Where what is found anew is kept; None keeps it for this process alone.
    """

    matcher: Matcher
    file: IO[bytes] | None = None
    _known: dict[str, tuple[Found, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    @contextmanager
    def open(cls, matcher: Matcher, folder: Path, *, keep: bool) -> Iterator[Self]:
        """Open what was found before.

        Args:
            matcher: Links the words.
            folder: Where findings lie; it may be missing.
            keep: Whether new findings are added there.

        Raises:
            StorageError: ``keep`` is set and the folder cannot be written.
        """
        path = folder / f"{settings_digest(matcher)[:16]}.jsonl"
        known = dict(_read_lines(path))
        if not keep:
            yield cls(matcher, None, known)
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                # A line that was cut off by an interruption must not swallow the next.
                if file.tell() and not _ends_a_line(path):
                    file.write(b"\n")
                yield cls(matcher, file, known)
        except OSError as error:
            raise StorageError(
                f"cannot write {path}: {error.strerror or error}. Make room, or set "
                "SKILLMATCH_DATA to a folder that can be written; what was found is kept"
            ) from error

    def unknown(self, statements: Sequence[str]) -> bool:
        """Tell whether any of the statements still has to be linked."""
        return any(_key(one) not in self._known for one in statements)

    def learn(self, statements: Sequence[str], progress: Callable[[str, int, int], None]) -> None:
        """Link all statements that were not linked before, a batch at a time."""
        new = [one for one in dict.fromkeys(statements) if _key(one) not in self._known]
        # Statements of one length are encoded together, so that little is padded.
        new.sort(key=lambda one: (len(one), one))
        for start in range(0, len(new), AT_ONCE):
            batch = new[start : start + AT_ONCE]
            progress("proposing skills", start, len(new))
            for text, found in zip(batch, self._link(batch), strict=True):
                self._keep(_key(text), found)
            if self.file is not None:
                self.file.flush()
        if new:
            progress("proposing skills", len(new), len(new))

    def awards(self, statements: Sequence[str]) -> tuple[Award, ...]:
        """Return what statements award, in their order; all of them have been learnt."""
        frameworks = self.matcher.frameworks
        return tuple(
            Award(
                uri=ConceptUri(uri),
                label=frameworks.pref_label(ConceptUri(uri)),
                framework=frameworks.framework_of(ConceptUri(uri)),
                origin=AwardOrigin.PROPOSED,
                confidence=confidence,
                words=words,
                level=level,
                level_value=level_value(level),
            )
            for one in statements
            for uri, confidence, words, level in self._known[_key(one)]
        )

    def _link(self, texts: Sequence[str]) -> list[tuple[Found, ...]]:
        units = [
            Unit(
                text=text,
                span=Span(start=0, end=len(text)),
                section=SectionKind.OTHER,
                position=place,
            )
            for place, text in enumerate(texts)
        ]
        linked = self.matcher.linker.link_document(units)
        return [tuple(self._found(unit, links)) for unit, links in zip(units, linked, strict=True)]

    def _found(self, unit: Unit, links: Sequence[Link]) -> Iterator[Found]:
        # Near-synonyms that are unlikely each do not add up to a proposal here: what a plan would
        # spend money on has to be likely by itself.
        policy = self.matcher.policy
        policy = replace(policy, min_mass=policy.min_alone, min_confidence=policy.min_alone)
        for link in select(links, policy):
            wording = read_wording(unit, link.mention.span)
            if not (wording.negated or is_disclaimed(unit, link.mention.span)):
                yield link.uri, round(link.confidence, 4), link.mention.text, wording.level

    def _keep(self, key: str, found: tuple[Found, ...]) -> None:
        self._known[key] = found
        if self.file is not None:
            line = json.dumps({"key": key, "found": found}, ensure_ascii=True)
            self.file.write(line.encode("ascii") + b"\n")


def settings_digest(matcher: Matcher) -> str:
    """Return a digest of all that decides what is proposed, the words apart."""
    parts = {
        "version": version("skillmatch"),
        "frameworks": [(one.db.info.id, one.db.info.digest) for one in matcher.frameworks.opened],
        "encoder": matcher.linker.proposer.encoder.fingerprint,
        "weights": matcher.linker.weights.provenance,
        "threshold": matcher.linker.threshold,
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read_lines(path: Path) -> Iterator[tuple[str, tuple[Found, ...]]]:
    if not path.is_file():
        return
    for line in path.read_bytes().splitlines():
        try:
            row = json.loads(line)
            found = tuple(
                (str(uri), float(confidence), str(words), str(level))
                for uri, confidence, words, level in row["found"]
            )
            yield str(row["key"]), found
        except (ValueError, KeyError, TypeError, RecursionError):
            continue


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
