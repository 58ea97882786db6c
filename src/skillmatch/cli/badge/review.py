"""The command ``badge review``: one statement after the other, one key a decision."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.errors import DataError

if TYPE_CHECKING:
    from skillmatch.linking.alignment.deciding import Place, Said
    from skillmatch.model.alignment import ConceptTarget, Review, ReviewEntry, ReviewStatement
    from skillmatch.readers.alignments.yaml_text import Rendered

KEYS = (
    "a [N …]  accept the first open concept, or these    r [N …]  reject all open ones, or these\n"
    "e [N] WORDS  another concept is right: search it    c [N] TEXT  comment\n"
    "s  skip this statement    q  save and quit"
)
HITS = 8


def review(
    file: Annotated[
        Path, typer.Argument(metavar="REVIEW", help="Review file of `badge align --review`.")
    ],
    reviewer: Annotated[str, typer.Option(help="Your name, kept beside each decision.")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="Also show statements that need no decision.")
    ] = False,
    framework: Annotated[
        list[str] | None, typer.Option(help="Search this framework only; may be repeated.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of the decisions; today by default.")
    ] = None,
) -> None:
    """Decide on proposals one statement at a time; every decision is saved at once.

    Answers are read from standard input, a line each, so they can be piped.
    """
    from skillmatch.linking.alignment.deciding import Said
    from skillmatch.readers.alignments import read_review
    from skillmatch.report.review_summary import review_summary
    from skillmatch.service.named_files import check_file

    check_file(file, "`skillmatch badge align --review` writes one")
    said = Said(reviewer=reviewer, date=_day(at))
    walk = Walk(file, read_review(file), said, tuple(framework or ()), seen=file.read_bytes())
    typer.echo(KEYS)
    walk.go(every=every)
    typer.echo(review_summary(walk.review, str(file)))


def _day(at: str | None) -> str:
    from datetime import date, datetime

    if at is None:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(at).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{at!r} is no date like 2026-11-30", param_hint="--at") from error


@dataclass(slots=True)
class Walk:
    """A reviewer's way through a review file.

    Attributes:
        seen: Bytes of the file as this program knows them; others are never overwritten.
    """

    path: Path
    review: Review
    said: Said
    frameworks: tuple[str, ...]
    seen: bytes
    ended: bool = False
    shown_badge: int = -1
    rendered: Rendered = field(default_factory=dict)

    def go(self, *, every: bool) -> None:
        """Show each statement that needs a decision until none is left or the reviewer quits."""
        from skillmatch.linking.alignment.deciding import open_places

        places = tuple(open_places(self.review, every=every))
        for number, place in enumerate(places):
            self._show(place, f"{number + 1} of {len(places)}")
            while not self.ended and not self._answer(place):
                pass
            if self.ended:
                return

    def _answer(self, place: Place) -> bool:
        """Take one answer; true where the statement is done with."""
        from skillmatch.linking.alignment.deciding import pending, statement_at

        line = self._line("> ")
        if line is None:
            return True
        key, rest = line[:1].lower(), line[1:].strip()
        if key == "q":
            self.ended = True
        actions = {"a": self._accept, "r": self._reject, "e": self._edit, "c": self._comment}
        if key in actions and (len(line) == 1 or not line[1].isalpha()):
            actions[key](place, rest)
            left = pending(statement_at(self.review, place))
            if left and key != "c" and not self.ended:
                self._show_entries(place)
            return not left and key != "c"
        if key not in {"s", "q"}:
            typer.echo(KEYS)
        return key in {"s", "q"}

    def _accept(self, place: Place, rest: str) -> None:
        from skillmatch.model.alignment import Decision

        self._decide(place, rest, Decision.ACCEPT)

    def _reject(self, place: Place, rest: str) -> None:
        from skillmatch.model.alignment import Decision

        self._decide(place, rest, Decision.REJECT)

    def _decide(self, place: Place, rest: str, decision: object) -> None:
        from skillmatch.linking.alignment.deciding import decide, pending, statement_at
        from skillmatch.model.alignment import Decision

        statement = statement_at(self.review, place)
        chosen = self._numbers(rest, statement)
        if chosen is None:
            return
        left = pending(statement)
        if not chosen:
            chosen = left[:1] if decision is Decision.ACCEPT else left
        if not chosen:
            typer.echo("Nothing is open here; name a number.")
            return
        self._save(decide(self.review, place, chosen, Decision(str(decision)), self.said))

    def _edit(self, place: Place, rest: str) -> None:
        from skillmatch.linking.alignment.deciding import add, edit, pending, statement_at
        from skillmatch.model.alignment import ALIGNMENT_KIND

        statement = statement_at(self.review, place)
        entry, words = _first_number(rest, len(statement.entries))
        if not words and statement.kind == ALIGNMENT_KIND:
            words = self._line("search (nothing: the same concept, written anew): ") or ""
            words = words or next((one.uri for one in statement.entries if one.uri), "")
        target = self._search(words)
        if target is None:
            return
        left = pending(statement)
        entry = entry if entry is not None else next(iter(left), None)
        if entry is None:
            self._save(add(self.review, place, target, self.said))
        else:
            self._save(edit(self.review, place, entry, target, self.said))

    def _comment(self, place: Place, rest: str) -> None:
        from skillmatch.linking.alignment.deciding import comment, statement_at

        statement = statement_at(self.review, place)
        if not statement.entries:
            typer.echo("There is no concept here that a comment could stand beside.")
            return
        entry, text = _first_number(rest, len(statement.entries))
        text = text or self._line("comment: ") or ""
        if text:
            self._save(comment(self.review, place, entry or 0, text, self.said))

    def _search(self, words: str) -> ConceptTarget | None:
        """Let the reviewer choose a concept by words of its label, or by its URI."""
        while words := words or self._line("search: ") or "":
            found = _find(words, self.frameworks)
            for number, target in enumerate(found, start=1):
                typer.echo(f"  {number}  {target.label}  [{target.framework_and_release}]")
            if not found:
                typer.echo("No concept has a label with these words. Try fewer or other words.")
            answer = self._line("number, other words, or nothing to go back: ") or ""
            if answer == "q":
                self.ended = True
                return None
            if answer.isdecimal() and 0 < int(answer) <= len(found):
                return found[int(answer) - 1]
            if not answer:
                return None
            words = answer
        return None

    def _numbers(self, rest: str, statement: ReviewStatement) -> tuple[int, ...] | None:
        """Return the places that numbers name; None, with a message, where one names none."""
        words = re.split(r"[\s,]+", rest) if rest else []
        if all(one.isdecimal() and 0 < int(one) <= len(statement.entries) for one in words):
            return tuple(int(one) - 1 for one in words)
        typer.echo(f"{rest!r} is no number from 1 to {len(statement.entries)}.")
        return None

    def _line(self, prompt: str) -> str | None:
        """Return the next line without blanks around it; None, and the end, where there is none."""
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            typer.echo(line.strip())
        if not line:
            self.ended = True
            return None
        return line.strip()

    def _save(self, review: Review) -> None:
        """Write the review, unless somebody else has changed the file meanwhile.

        Raises:
            DataError: The file is not what was read; nothing is overwritten.
        """
        from skillmatch.readers.alignments import write_review

        if self.path.read_bytes() != self.seen:
            raise DataError(
                "was changed by somebody else while you reviewed; your last answer was not saved, "
                "all before it were. Start again",
                path=self.path,
            )
        write_review(review, self.path, self.rendered)
        self.review, self.seen = review, self.path.read_bytes()

    def _show(self, place: Place, count: str) -> None:
        from skillmatch.linking.alignment.deciding import statement_at
        from skillmatch.model.alignment import ALIGNMENT_KIND

        badge = self.review.badges[place.badge]
        if place.badge != self.shown_badge:
            typer.echo(f"\n== {badge.name or badge.id}  [{badge.file}]")
            self.shown_badge = place.badge
        statement = statement_at(self.review, place)
        typer.echo(f"\n({count}) {statement.kind}: {' '.join(statement.text.split())}")
        if statement.kind == ALIGNMENT_KIND:
            typer.echo("  The badge has this already: a keeps it, e mends it, r removes it.")
        self._show_entries(place)

    def _show_entries(self, place: Place) -> None:
        from skillmatch.linking.alignment.deciding import statement_at

        for number, entry in enumerate(statement_at(self.review, place).entries, start=1):
            for line in _entry_lines(number, entry):
                typer.echo(line)


def _entry_lines(number: int, entry: ReviewEntry) -> Iterator[str]:
    sure = "    " if entry.confidence is None else f"{entry.confidence:.2f}"
    state = "" if entry.decision.value == "pending" else f"  -> {entry.decision.value}"
    edited = f": {entry.edited_label or entry.edited}" if entry.edited else ""
    stale = "" if entry.standing.value == "proposed" else f"  ({entry.standing.value})"
    where = f"  [{entry.framework}]" if entry.framework else ""
    yield f"  {number}  {sure}  {entry.label or entry.uri}{where}{stale}{state}{edited}"
    words = f'from "{entry.words}": ' if entry.words else ""
    if entry.how:
        yield f"           {words}{entry.how}"
    if entry.earlier:
        yield f"           before: {entry.earlier}"
    if entry.comment:
        yield f"           comment: {entry.comment}"


def _first_number(rest: str, count: int) -> tuple[int | None, str]:
    """Split a number of an entry from the words after it; other numbers are words."""
    first, _, after = rest.partition(" ")
    if first.isdecimal() and 0 < int(first) <= count:
        return int(first) - 1, after.strip()
    return None, rest


def _find(words: str, frameworks: tuple[str, ...]) -> list[ConceptTarget]:
    from skillmatch.model.concept import ConceptKind
    from skillmatch.service.aligning import concept_lookup, open_installed
    from skillmatch.service.places import Places
    from skillmatch.service.searching import search_concepts
    from skillmatch.settings import Settings

    settings = Settings.from_environ(os.environ)
    databases = open_installed(Places.of(settings))
    try:
        lookup = concept_lookup(databases)
        named = lookup(words)
        if named is not None:
            return [named]
        hits = search_concepts(
            words, ConceptKind.SKILL, settings=settings, frameworks=frameworks, limit=HITS
        )
        return [one for _, hit in hits if (one := lookup(hit.uri)) is not None]
    finally:
        for database in databases:
            database.close()
