"""The engine as one object: open it once, ask it often.

from skillmatch import Matcher

with Matcher.open() as matcher:
    result = matcher.gap("posting.txt", have=["Python", "SQL"], evidence=["cv.pdf"])
    for gap in result.gaps:
        print(gap.state, gap.requirement.label, gap.priority)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from skillmatch.errors import UsageError
from skillmatch.gap import compare
from skillmatch.linking.evidence import Claim, EvidenceReader
from skillmatch.linking.linker import Linker
from skillmatch.linking.requirements import RequirementReader
from skillmatch.linking.selection import Policy
from skillmatch.model.concept import ConceptUri
from skillmatch.model.credential import Wallet
from skillmatch.model.evidence import Evidence
from skillmatch.model.gap import GapResult
from skillmatch.model.link import Link
from skillmatch.model.posting import Posting, SectionKind, Span, Unit
from skillmatch.model.requirement import Checklist
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch.service.occupations import occupation_requirements
from skillmatch.service.opening import Engine, open_engine, open_linker
from skillmatch.service.shown import Shown
from skillmatch.settings import Settings
from skillmatch.text.normal import normal_form

if TYPE_CHECKING:
    from skillmatch.service.verifying import Verifier

PathLike = str | os.PathLike[str]
Document = Posting | Wallet | PathLike
"""What a person shows: a CV or wallet that was read, or the path of one."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """Links text to skills and sets postings beside evidence; safe to share between threads.

    Attributes:
        frameworks: What is at hand, the framework that requirements are expressed in first.
    """

    frameworks: FrameworksAtHand
    linker: Linker
    _led: dict[str, Matcher] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(
        cls,
        frameworks: Sequence[str] = (),
        *,
        settings: Settings | None = None,
        recipe: str = "",
        min_confidence: float | None = None,
    ) -> Self:
        """Open installed frameworks, their indexes and the encoder.

        Args:
            frameworks: Ids or bare names, as in ``["esco", "onet"]``; none means the best ESCO
                and the best O*NET that are installed.
            settings: Where things lie; by default read from the environment.
            recipe: Name of an index recipe, or the path of one; it names the encoder, too.
            min_confidence: Accept links from this probability on, in [0, 1], instead of the
                fitted one: of links accepted at 0.8 four in five are right.

        Raises:
            UsageError: ``min_confidence`` is no probability.
            NotFoundError: A framework, index or encoder is not installed; says what to run.
            IndexMismatchError: An index belongs to other data or another encoder.
        """
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise UsageError(f"--min-confidence {min_confidence} is no probability from 0 to 1")
        chosen = settings or Settings.from_environ(os.environ)
        engine = open_engine(frameworks, settings=chosen, recipe=recipe)
        return cls(engine.frameworks, replace(open_linker(engine), threshold=min_confidence))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self.frameworks.close()

    def link(self, texts: Sequence[str], *, top: int = 10) -> list[tuple[Link, ...]]:
        """Link each text as one unit: never segmented, never dropped.

        Returns:
            For each text at most ``top`` links to distinct concepts, by confidence, then URI;
            those below the threshold have ``accepted`` False.
        """
        units = [
            Unit(
                text=text,
                span=Span(start=0, end=len(text)),
                section=SectionKind.REQUIREMENTS,
                position=place,
            )
            for place, text in enumerate(texts)
        ]
        return self.linker.link(units, top=top)

    def requirements(self, posting: Posting | PathLike) -> Checklist:
        """Read what a posting asks for.

        Raises:
            UnreadableError: The document holds no readable text.
            NotFoundError: It is written in a language that no framework at hand has labels in.
        """
        from skillmatch.readers.documents import read_posting

        value = posting if isinstance(posting, Posting) else read_posting(Path(posting))
        self.frameworks.check_language(value)
        reader = RequirementReader(
            linker=self.linker,
            policy=self.policy,
            concept=self.frameworks.get_concept,
            framework_of=self.frameworks.framework_of,
            frameworks=self.frameworks.ids,
            encoder=self.linker.proposer.encoder.fingerprint,
            same_skill=self.same_skill,
        )
        return reader.read(value)

    def occupation(self, asked: str) -> Checklist:
        """Return what an occupation asks for, by the framework's own relations or ratings.

        Args:
            asked: URI or code. A title is never taken: the error lists what it may mean.

        Raises:
            UsageError: ``asked`` is a title.
            NotFoundError: There is no such occupation, or the release says nothing of skills.
        """
        return occupation_requirements(self.frameworks, asked)

    def evidence(
        self,
        documents: Sequence[Document] = (),
        *,
        have: Sequence[str | Claim] = (),
        verifier: Verifier | None = None,
    ) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
        """Read what a person can show.

        Args:
            documents: CVs, badges, and folders or archives of badges.
            have: Skills as names or URIs.
            verifier: Checks the badges; by default today, offline, and knowing no issuer.

        Returns:
            The evidence, and the names in ``have`` that no concept was found for.

        Raises:
            UnreadableError: A document holds no readable text, a badge file or folder no
                credential.
        """
        shown = self.shown(documents, have=have, verifier=verifier)
        return shown.evidence, shown.unread

    def shown(
        self,
        documents: Sequence[Document],
        *,
        have: Sequence[str | Claim],
        verifier: Verifier | None,
        at: date | None = None,
    ) -> Shown:
        """Read what a person can show, with a note on whatever shows nothing.

        What checks badges is only loaded where there is one.
        """
        from skillmatch.service.named_files import read_shown

        policy = replace(self.policy, min_alone=EVIDENCE, min_mass=EVIDENCE)
        reader = EvidenceReader(
            linker=self.linker,
            policy=policy,
            concept=self.frameworks.find_concept,
            names=self.frameworks.names,
        )
        claims = [one if isinstance(one, Claim) else Claim(text=one) for one in have]
        found, unread = reader.claims(claims)
        wallets = []
        for document in documents:
            value = read_shown(document)
            if isinstance(value, Wallet):
                wallets.append(value)
                continue
            self.frameworks.check_language(value)
            found = (*found, *reader.document(value))
        if not wallets:
            return Shown(evidence=found, unread=unread)
        from skillmatch.service.wallets import badge_evidence

        checks = verifier or _verifier(at)
        badges = badge_evidence(self.frameworks, self.linker, policy, wallets, checks)
        return Shown(evidence=(*found, *badges.evidence), unread=unread, notes=badges.notes)

    def resolve(self, name: str) -> ConceptUri | None:
        """Return the concept of a URI or of a label, or None where there is none."""
        concept = self.frameworks.find_concept(ConceptUri(name))
        if concept is not None:
            return concept.uri
        entries = self.frameworks.names(normal_form(name))
        return entries[0].uri if entries else None

    def gap(
        self,
        posting: Posting | PathLike | Checklist,
        *,
        have: Sequence[str | Claim] = (),
        evidence: Sequence[Document] = (),
        at: date | None = None,
        verifier: Verifier | None = None,
    ) -> GapResult:
        """Set what is asked for beside what can be shown.

        Args:
            posting: A posting, the path of one, or a checklist that was read or edited before.
            have: Skills as names or URIs.
            evidence: Documents such as a CV, badges, and folders or archives of badges.
            at: Day that the comparison holds for; today by default.
            verifier: Checks the badges; by default at the end of ``at``, offline, and knowing no
                issuer, so that no badge proves anything.
        """
        asked = posting if isinstance(posting, Checklist) else self.requirements(posting)
        led = self.led_by(asked.frameworks)
        shown = led.shown(evidence, have=have, verifier=verifier, at=at)
        result = compare(
            self.with_twins(asked),
            shown.evidence,
            hierarchy=self.frameworks,
            nearness=self.frameworks,
            at=at or datetime.now().astimezone().date(),
        )
        return replace(
            result,
            unread=shown.unread,
            notes=(*result.notes, *asked.notes, *shown.notes, *self.frameworks.notes),
            attribution=self.frameworks.attribution,
        )

    def led_by(self, frameworks: Sequence[str]) -> Self:
        """Return the matcher that expresses skills in the first of these that is at hand.

        What an O*NET occupation asks for is compared with evidence in O*NET's own skills. What
        such a matcher has looked up is at hand for the next one.
        """
        lead = next((one for one in frameworks if one in self.frameworks.ids), None)
        if lead is None or lead == self.frameworks.ids[0]:
            return self
        led = self._led.get(lead) or self._led.setdefault(lead, self._opened_by(lead))
        return type(self)(led.frameworks, replace(led.linker, threshold=self.linker.threshold))

    def _opened_by(self, lead: str) -> Matcher:
        """Return a matcher over the same files with another framework first."""
        ordered = sorted(self.frameworks.opened, key=lambda one: one.db.info.id != lead)
        engine = Engine(frameworks=FrameworksAtHand(ordered), encoder=self.linker.proposer.encoder)
        return Matcher(engine.frameworks, open_linker(engine))

    def with_twins(self, asked: Checklist) -> Checklist:
        """Let a skill count under its name in any framework at hand.

        A posting's "Python" may be linked to one framework and a CV's to the other; without
        this, a person would be told to learn what they know.
        """
        return replace(
            asked,
            requirements=tuple(
                replace(one, folded=tuple(sorted({*one.folded, *self.frameworks.twins(one.uri)})))
                for one in asked.requirements
            ),
        )

    @property
    def policy(self) -> Policy:
        """When the words of a posting or a CV are accepted as naming a skill.

        Near-synonyms add up to the fitted threshold; a confidence that the caller asked for is
        what every single link must have.
        """
        weights, asked = self.linker.weights, self.linker.threshold
        if asked is not None:
            return Policy(min_alone=asked, min_mass=asked, min_confidence=asked, akin=self.akin)
        return Policy(
            min_alone=weights.threshold,
            min_mass=weights.min_mass,
            min_confidence=weights.min_confidence,
            akin=self.akin,
        )

    def akin(self, left: ConceptUri, right: ConceptUri) -> bool:
        """Tell whether two concepts are near-synonyms, so that they share one confidence."""
        return self.frameworks.similarity(left, right) >= AKIN

    def same_skill(self, left: ConceptUri, right: ConceptUri) -> bool:
        """Tell whether two concepts are one skill under two names.

        They are where they share a label in normal form, or where their preferred labels mean
        the same to the encoder.
        """
        return self.frameworks.share_name(left, right) or (
            self.frameworks.similarity(left, right) >= SAME_SKILL
        )


def _verifier(at: date | None) -> Verifier:
    from skillmatch.service.verifying import Verifier
    from skillmatch.service.wallets import end_of_day

    return Verifier(at=end_of_day(at))


EVIDENCE = 0.3
"""Confidence that words of a CV need: to call a skill held that is not does more harm than to
overlook one, which its owner will notice."""
AKIN = 0.84
"""Cosine of preferred labels from which two concepts are near-synonyms of each other: one pair of
skills in five hundred, by ``skillmatch-minilm-1``."""
SAME_SKILL = 0.99
"""Cosine of preferred labels from which two concepts are shown as one requirement."""
