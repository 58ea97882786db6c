"""From the options of ``roadmap init`` to what a roadmap begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from skillmatch.cli.asked import edited_checklist, posting_at, stop_if_nothing_is_asked
from skillmatch.errors import DataError, UsageError

if TYPE_CHECKING:
    from skillmatch.model.plan import Plan, PlanRequest
    from skillmatch.model.requirement import Checklist
    from skillmatch.model.roadmap import EvidenceSources, Roadmap
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.places import Progress
    from skillmatch.service.planning import PlanGoal
    from skillmatch.service.verifying import Verifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the head of the file.

    Attributes:
        at: Day on which it is begun.
        frameworks: As ``--framework`` names them; none are the default ones.
    """

    at: date
    title: str = ""
    frameworks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What a person named.

    Attributes:
        plan: File of a plan to follow instead of making one.
        weights: One a goal, or none.
    """

    postings: tuple[str, ...] = ()
    plan: Path | None = None
    occupations: tuple[str, ...] = ()
    requirements: tuple[Path, ...] = ()
    weights: tuple[float, ...] = ()
    catalogues: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        postings: Sequence[str] | None,
        occupations: Sequence[str] | None,
        requirements: Sequence[Path] | None,
        weights: Sequence[float] | None,
        catalogues: Sequence[str] | None,
        *,
        plan: Path | None,
    ) -> Self:
        """Return the aims that options name, after a look at whether they make sense.

        Raises:
            UsageError: There is no goal and no plan, or both, or another number of weights.
        """
        aims = cls(
            postings=tuple(postings or ()),
            plan=plan,
            occupations=tuple(occupations or ()),
            requirements=tuple(requirements or ()),
            weights=tuple(weights or ()),
            catalogues=tuple(catalogues or ()),
        )
        aims.check()
        return aims

    def check(self) -> None:
        """Refuse what contradicts itself, before anything that takes long.

        Raises:
            UsageError: There is no goal and no plan, or both, or another number of weights.
        """
        goals = len(self.postings) + len(self.occupations) + len(self.requirements)
        if self.plan and goals:
            raise UsageError("--plan brings its own goals; give it or postings, not both")
        if not (self.plan or goals):
            raise UsageError(
                "name a posting, --occupation, --requirements or --plan; see "
                "`skillmatch roadmap init -h`"
            )
        if self.weights and len(self.weights) != goals:
            raise UsageError(
                f"--goal-weight is given {len(self.weights)} times for {goals} goals; give it for "
                "each, in their order: postings, occupations, requirements"
            )

    def begin(
        self,
        matcher: Matcher,
        request: PlanRequest,
        sources: EvidenceSources,
        heading: Heading,
        *,
        folder: Path,
        verifier: Verifier,
        progress: Progress,
    ) -> Roadmap:
        """Return the roadmap with its first plan."""
        from skillmatch.service.roadmaps import Beginning, begin, begin_with

        goals = [] if self.plan else self._goals(matcher)
        beginning = Beginning(
            goals=tuple(goal for goal, _ in goals),
            digests=tuple(digest for _, digest in goals),
            request=request,
            evidence=sources,
            catalogues=self._catalogues(folder),
            at=heading.at,
            title=heading.title,
            frameworks=heading.frameworks,
        )
        if self.plan:
            made = plan_at(self.plan)
            return begin_with(matcher, made, beginning, folder, verifier=verifier)
        return begin(matcher, beginning, folder, verifier=verifier, progress=progress)

    def _goals(self, matcher: Matcher) -> list[tuple[PlanGoal, str]]:
        """Return the goals in the order of their weights, each with the sha256 of its file."""
        from skillmatch.service.roadmap_standing import digest

        found: list[tuple[Checklist, str, str]] = []
        for named in self.postings:
            sha256 = "" if named == "-" else digest(Path(named))
            found.append((matcher.requirements(posting_at(named)), named, sha256))
        found += [(matcher.occupation(one), one, "") for one in self.occupations]
        found += [
            (edited_checklist(matcher, one), str(one), digest(one)) for one in self.requirements
        ]
        return list(map(_goal, found, self.weights or [1.0] * len(found)))

    def _catalogues(self, folder: Path) -> tuple[str, ...]:
        import os

        from skillmatch.service.catalogue_names import CataloguePlaces
        from skillmatch.service.roadmaps import catalogue_name
        from skillmatch.settings import Settings

        if not self.catalogues and not self.plan:
            return CataloguePlaces.of(Settings.from_environ(os.environ)).names()
        return tuple(catalogue_name(one, folder) for one in self.catalogues)


def _goal(found: tuple[Checklist, str, str], weight: float) -> tuple[PlanGoal, str]:
    from skillmatch.service.planning import PlanGoal

    checklist, named, sha256 = found
    stop_if_nothing_is_asked(checklist, named)
    return PlanGoal(checklist=checklist, weight=weight), sha256


def plan_at(path: Path) -> Plan:
    """Return the plan that ``plan --json`` wrote.

    Raises:
        NotFoundError: There is no such file.
        DataError: It holds no plan.
    """
    from pydantic import ValidationError

    from skillmatch.report.plan import read_plan
    from skillmatch.service.named_files import check_file

    check_file(path)
    try:
        return read_plan(path.read_text(encoding="utf-8-sig"))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "/".join(str(one) for one in first["loc"]) or "its beginning"
        raise DataError(
            f"is no plan as `skillmatch plan --json` writes it: at {where}: {first['msg']}",
            path=path,
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", path=path) from error


def sources_of(
    folder: Path,
    have: Sequence[str] | None,
    evidence: Sequence[Path] | None,
    issuers: Path | None,
    documents: Path | None,
    recipient: Sequence[str] | None,
) -> EvidenceSources:
    """Return where evidence lies, by paths from the roadmap's folder.

    Raises:
        NotFoundError: A file is not there.
    """
    from skillmatch.errors import NotFoundError
    from skillmatch.model.roadmap import EvidenceSources
    from skillmatch.service.roadmap_files import relative

    claims, files = have or (), evidence or ()
    lists = [Path(one[1:]) for one in claims if one.startswith("@")]
    named = [*files, *lists, *(one for one in (issuers, documents) if one)]
    missing = [str(one) for one in named if not one.exists()]
    if missing:
        raise NotFoundError(f"there is no file {', '.join(missing)}; check the name and the folder")
    return EvidenceSources(
        have=tuple(
            "@" + relative(Path(one[1:]), folder) if one.startswith("@") else one for one in claims
        ),
        files=tuple(relative(one, folder) for one in files),
        issuers=(relative(issuers, folder),) if issuers else (),
        documents=relative(documents, folder) if documents else "",
        recipient=tuple(recipient or ()),
    )
