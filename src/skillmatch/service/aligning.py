"""Align badges: outcome statements to concepts, and a check of what is aligned already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.metadata import version
from typing import Protocol

from skillmatch.errors import DataError, IndexMismatchError, NotFoundError
from skillmatch.linking.alignment.checking import Checking, KnownConcept
from skillmatch.linking.alignment.proposing import LOOK_AT, ProposalRules, Proposing
from skillmatch.linking.alignment.targets import family_of, target_of
from skillmatch.model.alignment import Badge, BadgeAlignment, ConceptTarget
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Link
from skillmatch.model.posting import Posting
from skillmatch.readers.documents.language import detect_language
from skillmatch.service.choice import choose_frameworks
from skillmatch.service.matcher import Matcher
from skillmatch.service.places import Places, Progress, silent
from skillmatch.store import FrameworkDb
from skillmatch.text.normal import normal_form

TEXTS_AT_ONCE = 64
"""Statements that are encoded together; more gains nothing and delays the journal."""
MAX_REMEMBERED = 50_000
"""Statements whose links are kept, since badges of one provider repeat each other."""
NAMED = 3
"""Concepts that are offered for a name."""


class Journal(Protocol):
    """What an interrupted run had found: in a file, or in the service's database."""

    def get(self, key: str) -> BadgeAlignment | None:
        """Return what was found under a key, or None."""

    def add(self, key: str, found: BadgeAlignment) -> None:
        """Keep what was found, so that it outlives this process."""


@dataclass(slots=True)
class BadgeAligner:
    """Aligns badges with the frameworks of a matcher.

    Attributes:
        others: Installed releases that are not at hand, for telling old URIs from invented ones.
    """

    matcher: Matcher
    rules: ProposalRules = field(default_factory=ProposalRules)
    others: Sequence[FrameworkDb] = ()
    _links: dict[str, tuple[Link, ...]] = field(default_factory=dict, repr=False)

    def align(
        self,
        badges: Sequence[Badge],
        *,
        journal: Journal | None = None,
        progress: Progress = silent,
    ) -> Iterator[BadgeAlignment]:
        """Yield what was found for each badge, in order.

        What the journal holds from an interrupted run is not linked again; what is new is in the
        journal before the next badge is begun.
        """
        settings = self.settings_digest()
        proposing, checking = self._proposing(), self._checking()
        done = 0
        for group in _groups(badges):
            keys = [_badge_key(settings, badge) for badge in group]
            known = [None if journal is None else journal.get(key) for key in keys]
            self._link([badge for badge, one in zip(group, known, strict=True) if one is None])
            for badge, key, before in zip(group, keys, known, strict=True):
                found = before or self._align(badge, proposing, checking)
                if journal is not None and before is None:
                    journal.add(key, found)
                done += 1
                progress("aligning badges", done, len(badges))
                yield found

    def foreign(self, badges: Sequence[Badge]) -> Iterator[str]:
        """Yield a note for each badge in a language that no framework at hand has labels in.

        It is aligned all the same, since names of products and borrowed words are found.
        """
        for badge in badges:
            text = "\n".join(one.text for one in badge.statements)
            posting = Posting(text=text, language=detect_language(text), source=badge.file)
            try:
                self.matcher.frameworks.check_language(posting)
            except NotFoundError as error:
                yield f"little will be found: {error}"

    def settings_digest(self) -> str:
        """Return a digest of all that decides what is proposed, the badge itself apart."""
        frameworks = self.matcher.frameworks.opened
        weights = self.matcher.linker.weights
        parts = {
            "version": version("skillmatch"),
            "frameworks": [(one.db.info.id, one.db.info.digest) for one in frameworks],
            "others": [(one.info.id, one.info.digest) for one in self.others],
            "encoder": self.matcher.linker.proposer.encoder.fingerprint,
            "weights": weights.provenance,
            "threshold": self.matcher.linker.threshold,
            "rules": asdict(self.rules),
        }
        return _digest(parts)

    def _link(self, badges: Sequence[Badge]) -> None:
        """Link the statements of badges; badges of one provider repeat each other."""
        if len(self._links) > MAX_REMEMBERED:
            self._links.clear()
        texts = dict.fromkeys(one.text for badge in badges for one in badge.statements)
        new = [text for text in texts if text not in self._links]
        found = self.matcher.link(new, top=self.rules.top * LOOK_AT) if new else []
        self._links.update(zip(new, found, strict=True))

    def _align(self, badge: Badge, proposing: Proposing, checking: Checking) -> BadgeAlignment:
        proposals = (
            proposing.proposals(one, self._links[one.text], at=one.pointer, kind=one.kind.value)
            for one in badge.statements
        )
        return BadgeAlignment(
            id=badge.id,
            name=badge.name,
            file=badge.file,
            pointer=badge.pointer,
            format=badge.format,
            statements=badge.statements,
            proposals=tuple(one for found in proposals for one in found),
            findings=checking.check(badge.alignments, at=lambda one: one.pointer),
        )

    def _proposing(self) -> Proposing:
        frameworks = self.matcher.frameworks

        @cache
        def target(uri: ConceptUri) -> ConceptTarget:
            return target_of(frameworks.get_concept(uri), frameworks.framework_of(uri))

        return Proposing(rules=self.rules, target=target, akin=self.matcher.akin)

    def _checking(self) -> Checking:
        frameworks = self.matcher.frameworks
        return Checking(
            find=self._find,
            elsewhere=self._elsewhere,
            named=self._named,
            families=frozenset(family_of(one) for one in frameworks.ids),
        )

    def _find(self, uri: str) -> KnownConcept | None:
        frameworks = self.matcher.frameworks
        concept = frameworks.find_concept(ConceptUri(uri))
        if concept is None:
            return None
        return KnownConcept(concept=concept, framework_id=frameworks.framework_of(concept.uri))

    def _elsewhere(self, uri: str) -> KnownConcept | None:
        for db in self.others:
            concept = db.find_concept(uri)
            if concept is not None:
                return KnownConcept(concept=concept, framework_id=db.info.id)
        return None

    def _named(self, name: str) -> tuple[ConceptTarget, ...]:
        entries = self.matcher.frameworks.names(normal_form(name)) if name else ()
        uris = list(dict.fromkeys(entry.uri for entry in entries))[:NAMED]
        found = (self._find(uri) for uri in uris)
        return tuple(target_of(one.concept, one.framework_id) for one in found if one)


def open_others(places: Places, at_hand: Sequence[str]) -> tuple[FrameworkDb, ...]:
    """Open the installed releases that are not at hand; one that is damaged is passed over.

    Whoever opens them closes them.
    """
    return _open(places, [one for one in reversed(places.installed()) if one not in at_hand])


def open_installed(places: Places) -> tuple[FrameworkDb, ...]:
    """Open all installed releases, those first that a question would be answered with."""
    if not places.installed():
        return ()
    best = choose_frameworks(places)
    return (*_open(places, best), *open_others(places, best))


def _open(places: Places, framework_ids: Sequence[str]) -> tuple[FrameworkDb, ...]:
    opened = []
    for framework_id in framework_ids:
        try:
            opened.append(FrameworkDb.open(places.get_database(framework_id)))
        except (DataError, IndexMismatchError):
            continue
    return tuple(opened)


def concept_lookup(
    databases: Sequence[FrameworkDb],
) -> Callable[[str], ConceptTarget | None]:
    """Return a function that finds a concept by URI in the first release that has it."""

    @cache
    def find(uri: str) -> ConceptTarget | None:
        for db in databases:
            concept = db.find_concept(uri)
            if concept is not None:
                return target_of(concept, db.info.id)
        return None

    return find


def _groups(badges: Sequence[Badge]) -> Iterator[list[Badge]]:
    """Cut badges into groups whose statements are encoded together."""
    group: list[Badge] = []
    for badge in badges:
        group.append(badge)
        if sum(len(one.statements) for one in group) >= TEXTS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _badge_key(settings: str, badge: Badge) -> str:
    own = asdict(replace(badge, document={}))
    return _digest([settings, own])


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
