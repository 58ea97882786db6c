"""From a reviewed file to badges, endorsements or mappings on disk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

from skillmatch.atomic import write_text
from skillmatch.errors import DataError, NotFoundError, StorageError
from skillmatch.issuing.write_back import Lookup, Planner, WritePlan
from skillmatch.issuing.write_back_badges import (
    EDITABLE,
    OLD,
    achievement_draft,
    badge_class_draft,
    edited_badge,
    left_behind,
)
from skillmatch.issuing.write_back_endorsement import LACKING, endorsement_body
from skillmatch.issuing.write_back_sssom import UNSPECIFIED_LICENSE, SetMetadata, sssom_text
from skillmatch.model.alignment import Badge, Review, ReviewBadge
from skillmatch.readers.alignments import read_review
from skillmatch.report.plain import plural
from skillmatch.service.named_files import check_file
from skillmatch.service.places import Progress, silent
from skillmatch.service.provider_badges import SHEET, read_provider_badges

SSSOM_FILE = "alignments.sssom.tsv"
NOTES_FILE = "NOTES.md"


class WriteAs(StrEnum):
    """What a review is written as."""

    BADGE = "badge"
    OB3 = "ob3"
    OB2 = "ob2"
    ENDORSEMENT = "endorsement"
    SSSOM = "sssom"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """How a review is written.

    Attributes:
        proposed: Whether proposals that nobody decided on are written, too, marked as such.
        license: URL of the licence of SSSOM mappings.
        set_id: URI of the SSSOM mapping set; by default made from its rows.
    """

    form: WriteAs = WriteAs.BADGE
    proposed: bool = False
    license: str = UNSPECIFIED_LICENSE
    set_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """One file that was written, and what a person has to know of it."""

    file: str
    badge: str
    added: tuple[str, ...] = ()
    removed: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBack:
    """All files of one writing, and what was not written."""

    folder: str
    files: tuple[WrittenFile, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What reviewed badges become.

    Attributes:
        files: What there is to say of each file.
        texts: Its content, in the same order.
        notes: What was not written and why, one sentence each.
    """

    files: tuple[WrittenFile, ...]
    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()


def write_back(
    review_path: Path,
    folder: Path,
    *,
    lookup: Lookup,
    options: WriteOptions,
    progress: Progress = silent,
) -> WrittenBack:
    """Write what a review accepts into a folder, with ``NOTES.md`` that says what to do next.

    The badges themselves are read again and left as they are.

    Raises:
        DataError: The review file is at fault.
        NotFoundError: There is no review file.
        StorageError: The folder cannot be written.
    """
    check_file(review_path, "`skillmatch badge align --review` writes one")
    review = read_review(review_path)
    badges, notes = _badges_of(review, review_path.parent)
    made = written(badges, lookup=lookup, options=options, progress=progress)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot write {folder}: {error.strerror or error}") from error
    for file, text in zip(made.files, made.texts, strict=True):
        write_text(folder / file.file, text)
    result = WrittenBack(folder=str(folder), files=made.files, notes=(*notes, *made.notes))
    if result.files:
        write_text(folder / NOTES_FILE, notes_text(result))
    return result


def written(
    badges: Sequence[tuple[Badge, ReviewBadge]],
    *,
    lookup: Lookup,
    options: WriteOptions,
    progress: Progress = silent,
) -> Written:
    """Return the files that reviewed badges become, without writing any."""
    planner = Planner(lookup=lookup, proposed=options.proposed)
    plans: list[WritePlan] = []
    notes: list[str] = []
    for place, (badge, reviewed) in enumerate(badges):
        plan = planner.plan(badge, reviewed)
        notes += [f"{badge.name or badge.id}: {note}" for note in plan.notes]
        plans.append(plan)
        progress("deciding", place + 1, len(badges))
    made = tuple(_write(plans, options, notes))
    return Written(
        files=tuple(file for file, _ in made),
        texts=tuple(text for _, text in made),
        notes=tuple(notes),
    )


def _badges_of(review: Review, home: Path) -> tuple[list[tuple[Badge, ReviewBadge]], list[str]]:
    """Read the files that a review names again, each once, and pair badges with decisions."""
    found: dict[str, Badge] = {}
    notes: list[str] = []
    files = dict.fromkeys(badge.file.partition("!")[0] for badge in review.badges)
    for file in files:
        try:
            read = read_provider_badges(home / file, relative_to=home)
        except (DataError, NotFoundError) as error:
            notes.append(f"{file} cannot be read, so nothing was written for it: {error}")
            continue
        for badge in read.badges:
            found.setdefault(badge.id, badge)
    lost = [one for one in review.badges if one.id not in found]
    notes += [
        f"{one.file} holds no badge {one.id} any more"
        for one in lost
        if not any(one.file.partition("!")[0] in note for note in notes)
    ]
    return [(found[one.id], one) for one in review.badges if one.id in found], notes


def _write(
    plans: Sequence[WritePlan], options: WriteOptions, notes: list[str]
) -> Iterator[tuple[WrittenFile, str]]:
    if options.form is WriteAs.SSSOM:
        chosen = [plan for plan in plans if plan.rows]
        if chosen:
            meta = SetMetadata(
                version=version("skillmatch"), set_id=options.set_id, license=options.license
            )
            yield _sssom_file(chosen, options), sssom_text(chosen, meta)
        return
    taken: set[str] = set()
    for plan in plans:
        made = _document(plan, options.form, notes)
        if made is None:
            continue
        kind, document = made
        file = WrittenFile(
            file=_file_name(plan.badge, kind, taken),
            badge=plan.badge.id,
            added=tuple(one.target.label for one in _shown(plan, options.form)),
            removed=len(plan.removed),
            notes=tuple(_what_to_do(plan, kind)),
        )
        yield file, json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _shown(plan: WritePlan, form: WriteAs) -> Sequence[Any]:
    return plan.targets if form is WriteAs.ENDORSEMENT else plan.added


def _document(
    plan: WritePlan, form: WriteAs, notes: list[str]
) -> tuple[str, dict[str, Any]] | None:
    """Return the kind of a badge's file and what it holds; None where there is nothing to write."""
    if form is WriteAs.ENDORSEMENT:
        return ("endorsement", endorsement_body(plan)) if plan.targets else None
    if not plan.changes:
        return None
    badge = plan.badge
    if badge.format not in EDITABLE:
        notes.append(
            f"{badge.file} is no Open Badge ({badge.format}), so its alignments can be written as "
            "an endorsement or as SSSOM only"
        )
        return None
    old = badge.format in OLD
    makers: dict[WriteAs, Callable[[WritePlan], dict[str, Any]]] = {
        WriteAs.BADGE: edited_badge,
        WriteAs.OB3: achievement_draft,
        WriteAs.OB2: badge_class_draft,
    }
    as_class = old if form is WriteAs.BADGE else form is WriteAs.OB2
    return "badgeclass" if as_class else "achievement", makers[form](plan)


def _what_to_do(plan: WritePlan, kind: str) -> Iterator[str]:
    """Yield what a person has to know of a file, one sentence each."""
    badge = plan.badge
    if kind == "endorsement":
        yield f"A body without {' and '.join(LACKING)}: whoever vouches for it adds these and signs"
        return
    if badge.format == SHEET:
        yield (
            "A draft made from a sheet: check id, description and criteria, add the image and the "
            "creator, then issue it"
        )
        return
    if kind == "badgeclass":
        yield (
            "Put it where the badge class is published. Badges that were awarded before point at "
            "it and get the alignments, too; a signed copy of the old one no longer matches. To "
            "issue it as Open Badges 3.0, write it once more with --as ob3"
        )
    elif badge.pointer:
        yield (
            "A draft of the achievement alone: the proof of the credential that it comes from does "
            "not cover the new alignments, so there is none. Issue credentials anew from this draft"
        )
    else:
        yield (
            "A draft without proof: credentials that were issued before do not say this yet. Issue "
            "them anew with `skillmatch badge issue`"
        )
    if (kind == "badgeclass") != (badge.format in OLD) and (lost := left_behind(badge)):
        yield f"Fields that the other version has no place for were left out: {', '.join(lost)}"


def _sssom_file(plans: Sequence[WritePlan], options: WriteOptions) -> WrittenFile:
    unlicensed = options.license == UNSPECIFIED_LICENSE
    return WrittenFile(
        file=SSSOM_FILE,
        badge=plural(len(plans), "badge"),
        added=tuple(one.target.label for plan in plans for one in plan.rows),
        notes=("No licence was chosen: give one with --license before sharing",)
        if unlicensed
        else (),
    )


def _file_name(badge: Badge, kind: str, taken: set[str]) -> str:
    """Return a name that is free: that of the file, of a sheet or archive that of the badge."""
    many = badge.format == SHEET or "!" in badge.file
    stem = badge.name if many and badge.name else Path(badge.file).name.split(".")[0]
    plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "badge"
    name, number = f"{plain}.{kind}.json", 2
    while name in taken:
        name, number = f"{plain}-{number}.{kind}.json", number + 1
    taken.add(name)
    return name


def notes_text(result: WrittenBack) -> str:
    """Return what a person has to know of each file, as Markdown."""
    lines = ["# What skillmatch wrote here", ""]
    for file in result.files:
        lines += [f"## {file.file}", "", f"Badge: {file.badge}", ""]
        if file.added:
            lines += ["Alignments written:", "", *(f"- {one}" for one in file.added), ""]
        if file.removed:
            lines += [f"Alignments removed: {file.removed}", ""]
        lines += [f"{note}." for note in file.notes]
        lines.append("")
    if result.notes:
        lines += ["## Not written", "", *(f"- {note}" for note in result.notes), ""]
    return "\n".join(lines).rstrip("\n") + "\n"
