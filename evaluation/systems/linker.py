"""skillmatch itself: the linker that people use, through the same door as ``skillmatch link``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import skillmatch
from evaluation.datasets import digest
from evaluation.systems.dense import open_default_encoder
from evaluation.systems.system import Ranker, Ranking
from evaluation.tasks.task import LabelSpace
from skillmatch.model.concept import ConceptKind
from skillmatch.model.link import Link
from skillmatch.service.indexing import build_index
from skillmatch.service.matcher import Matcher
from skillmatch.service.opening import DEFAULT_RECIPE
from skillmatch.settings import Settings

TOP = 100
"""Concepts of a text, as ``skillmatch link --top 100`` gives them; measures see no further."""
RECIPES = {ConceptKind.SKILL: DEFAULT_RECIPE, ConceptKind.OCCUPATION: "occupations"}
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skillmatch:
    """Links each text as one unit, and ranks by confidence."""

    settings: Settings
    name: str = "skillmatch"
    probabilities: bool = True
    decides: bool = True
    progress: Progress = lambda _what, _done, _total: None

    def fingerprint(self) -> str:
        """Return the encoder and a digest of all that the package holds: code, weights, recipes."""
        recipes = digest(*sorted(self.settings.recipes.glob("*.toml")))
        return f"skillmatch:{package_digest()[:16]}:{recipes[:8]}:{self.encoder()}"

    def encoder(self) -> str:
        """Return the fingerprint of the encoder."""
        return open_default_encoder(self.settings).fingerprint

    @contextmanager
    def open(self, space: LabelSpace) -> Iterator[Ranker]:
        """Build the index unless one fits, and open the matcher on this framework alone."""
        settings, framework = space.place.open(), space.place.framework
        recipe = RECIPES[space.kind]
        build_index(
            framework,
            recipe,
            settings=settings,
            progress=lambda done, total: self.progress("index for skillmatch", done, total),
        )
        with Matcher.open([framework], settings=settings, recipe=recipe) as matcher:
            labels = {entry.uri: entry.pref for entry in space.entries} if space.members else {}
            yield _Linked(matcher, labels, space.members)


@dataclass(frozen=True, slots=True)
class _Linked:
    matcher: Matcher
    labels: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        found = self.matcher.link(texts, top=TOP)
        return [self._spread(links) if self.members else _ranking(links) for links in found]

    def _spread(self, links: Sequence[Link]) -> Ranking:
        """Rank labels where concepts were linked: of each its best, then the others in turn."""
        rows = [(link, self._best_first(link)) for link in links]
        ranked = [(keys[0], link.confidence) for link, keys in rows]
        ranked += [(key, 0.0) for _, keys in rows for key in keys[1:]]
        return Ranking(
            uris=tuple(key for key, _ in ranked),
            similarities=tuple(confidence for _, confidence in ranked),
            accepted=frozenset(keys[0] for link, keys in rows if link.accepted),
        )

    def _best_first(self, link: Link) -> list[str]:
        keys = self.members[link.uri]
        return sorted(keys, key=lambda key: (self.labels[key] != link.why.label, keys.index(key)))


def _ranking(links: Sequence[Link]) -> Ranking:
    return Ranking(
        uris=tuple(link.uri for link in links),
        similarities=tuple(link.confidence for link in links),
        accepted=frozenset(link.uri for link in links if link.accepted),
    )


def package_digest() -> str:
    """Return the sha256 over all files of the package, by path."""
    root = Path(skillmatch.__file__).parent
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(path.relative_to(root).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
