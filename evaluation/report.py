"""Results as one Markdown page; nothing else makes tables of quality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.bootstrap import Interval
from evaluation.calibration import Sample, cross_fitted, expected_calibration_error, logistic
from evaluation.comparing import LINKS, VALIDATION_TASKS, difference, interval, mean_over
from evaluation.measures import RANKING
from evaluation.result_files import Result, read_results
from evaluation.speed import speed_lines
from evaluation.systems import ALL, BASELINES
from evaluation.tasks import SOURCES
from skillmatch.atomic import write_text
from skillmatch.errors import NotFoundError

PAGE = "README.md"
COMPARED = ("RP@5", "MRR")
Tasks = Mapping[str, Mapping[str, Result]]
INTRODUCTION = """\
# Measured quality

Written by `python -m evaluation report`; every number comes from a file beside this page, which
says on which data, with which encoder and at which commit it was measured. What the measures mean,
and how to score a file of your own, is told in [docs/evaluation.md](../../docs/evaluation.md).

RP, recall and nDCG in percent. Brackets hold 95 % intervals, by paired bootstrap over queries where
two systems are compared; a difference is in bold where 0 lies outside of its interval. All
differences are against `{baseline}`."""


def write_report(out: Path, baseline: str) -> Path:
    """Write the page beside the results.

    Raises:
        NotFoundError: There is no result.
        DataError: A result is damaged.
    """
    results = read_results(out)
    if not results:
        raise NotFoundError(f"there is no result below {out}; run `python -m evaluation run` first")
    path = out / PAGE
    write_text(path, "\n".join(page(results, out, baseline)) + "\n")
    return path


def page(results: Sequence[Result], out: Path, baseline: str) -> Iterator[str]:
    """Yield the lines of the page."""
    tasks = _by_task(results)
    yield INTRODUCTION.format(baseline=baseline)
    yield from _overview(tasks)
    for name, systems in tasks.items():
        yield from ("", f"## {name}", "", *_about(next(iter(systems.values()))))
        if any("ranking" in result for result in systems.values()):
            yield from _rankings(systems, baseline)
        if any("links" in result for result in systems.values()):
            yield from _links(systems)
    yield from _together(tasks, baseline)
    yield from _calibration(tasks)
    yield from speed_lines(out)
    yield from _provenance(tasks)


def _by_task(results: Sequence[Result]) -> Tasks:
    """Group results, tasks in the order of the catalogue and systems in theirs."""
    kinds = [source.name for source in SOURCES]

    def rank(result: Result) -> tuple[int, str, int]:
        task, system = result["task"]["name"], result["system"]["name"]
        kind = next((place for place, one in enumerate(kinds) if task.startswith(one)), len(kinds))
        return kind, task, ALL.index(system) if system in ALL else len(ALL)

    found: dict[str, dict[str, Result]] = {}
    for result in sorted(results, key=rank):
        found.setdefault(result["task"]["name"], {})[result["system"]["name"]] = result
    return found


def _overview(tasks: Tasks) -> Iterator[str]:
    """One line a task: the measure that most of its readers ask for first."""
    ranked = {
        name: systems
        for name, systems in tasks.items()
        if all("ranking" in result for result in systems.values())
    }
    if not ranked:
        return
    shown = [name for name in ALL if any(name in systems for systems in ranked.values())]
    yield from ("", "## Overview", "", "RP@5, and MRR after the stroke.", "")
    yield _row("task", *shown)
    yield _rule(1, len(shown))
    for name, systems in ranked.items():
        yield _row(name, *(_both(systems.get(system)) for system in shown))


def _both(result: Result | None) -> str:
    if result is None:
        return ""
    values = result["ranking"]
    return f"{_shown('RP@5', values['RP@5'])} / {_shown('MRR', values['MRR'])}"


def _about(result: Result) -> Iterator[str]:
    task = result["task"]
    silent = f", {task['without_gold']:,} without" if task["without_gold"] else ""
    yield (
        f"{task['with_gold']:,} queries with gold{silent}; {task['gold']:,} gold labels among "
        f"{task['labels']:,} of {result['framework']['id']}."
    )
    if task["left_out"]:
        listed = "; ".join(f"{why}: {count:,}" for why, count in task["left_out"].items())
        yield f"Left out: {listed}."
    yield ""


def _rankings(systems: Mapping[str, Result], baseline: str) -> Iterator[str]:
    names = [measure.name for measure in RANKING]
    compared = [f"{name} − {baseline}" for name in COMPARED]
    yield _row("system", *names, *compared)
    yield _rule(1, len(names) + len(compared))
    for system in _listed(systems):
        result = systems.get(system)
        if result is None:
            yield _row(system, "not run", *[""] * (len(names) + len(compared) - 1))
            continue
        values = [_shown(name, result["ranking"][name]) for name in names]
        yield _row(system, *values, *_differences(result, systems.get(baseline)))
    yield ""


def _listed(systems: Mapping[str, Result]) -> list[str]:
    """Return what stands in a table: every baseline, and whatever else was run."""
    return [*BASELINES, *(name for name in systems if name not in BASELINES)]


def _differences(result: Result, other: Result | None) -> list[str]:
    if other is None or other is result or other["task"]["digest"] != result["task"]["digest"]:
        return [""] * len(COMPARED)
    return [shown_difference(difference([result], [other], name), name) for name in COMPARED]


def shown_difference(found: Interval, measure: str) -> str:
    """Return a difference and its interval, in bold where it is clear."""
    value, low, high = (_signed(measure, one) for one in (found.value, found.low, found.high))
    text = f"{value} [{low}, {high}]"
    return f"**{text}**" if found.clear else text


def _shown(measure: str, value: float) -> str:
    return f"{value:.3f}" if measure == "MRR" else f"{100 * value:.1f}"


def _signed(measure: str, value: float) -> str:
    return f"{value:+.3f}" if measure == "MRR" else f"{100 * value:+.1f}"


def _links(systems: Mapping[str, Result]) -> Iterator[str]:
    yield "Accepted links at the shipped threshold, in percent (micro):"
    yield ""
    yield _row("system", "accepted", "precision", "recall", "F1", "precision, all", "F1, all")
    yield _rule(1, 6)
    for system, result in systems.items():
        if "links" not in result:
            continue
        judged, whole = result["links"]["with gold"], result["links"]["all"]
        found = interval(result, LINKS)
        yield _row(
            system,
            f"{judged['accepted']:,} of {whole['accepted']:,}",
            *(f"{100 * judged[name]:.1f}" for name in ("precision", "recall", "f1")),
            f"{100 * whole['precision']:.1f}",
            f"{100 * whole['f1']:.1f} [{100 * found.low:.1f}, {100 * found.high:.1f}]",
        )
    yield from ("", "“All” counts the queries without gold, where every link is wrong.", "")


def _together(tasks: Tasks, baseline: str) -> Iterator[str]:
    """Compare over all sets on which something may be chosen, if they were all run."""
    chosen = [tasks[name] for name in VALIDATION_TASKS if name in tasks]
    common = [name for name in ALL if chosen and all(name in systems for systems in chosen)]
    if len(chosen) < len(VALIDATION_TASKS) or not common:
        return
    names = [measure.name for measure in RANKING]
    yield from (
        "",
        "## Validation together",
        "",
        "Means over: " + ", ".join(VALIDATION_TASKS) + ".",
        "",
    )
    yield _row("system", *names, *(f"{name} − {baseline}" for name in COMPARED))
    yield _rule(1, len(names) + len(COMPARED))
    for system in common:
        ours = [systems[system] for systems in chosen]
        values = [_shown(name, mean_over(ours, name)) for name in names]
        differences = [""] * len(COMPARED)
        if baseline in common and system != baseline:
            theirs = [systems[baseline] for systems in chosen]
            differences = [
                shown_difference(difference(ours, theirs, name), name) for name in COMPARED
            ]
        yield _row(system, *values, *differences)


def _calibration(tasks: Tasks) -> Iterator[str]:
    """Report confidence: what was said and what was true."""
    found = {
        (task, system): result["calibration"]
        for task, systems in tasks.items()
        for system, result in systems.items()
        if "calibration" in result and task.startswith(UNITS)
    }
    if not found:
        return
    fitted = _cross_fitted({key: one for key, one in found.items() if key[0] in VALIDATION_TASKS})
    yield from ("", "## Calibration", "", CALIBRATION, "")
    yield _row("task", "system", "candidates", "ECE", "ECE, cross-fitted", "≥ 0.8", "right of them")
    yield _rule(2, 5)
    for (task, system), one in found.items():
        sure = one["at_0.8"]
        right = "" if sure["precision"] is None else f"{100 * sure['precision']:.1f} %"
        error = f"{one['expected_calibration_error']:.3f}"
        again = fitted.get((task, system))
        again_shown = "" if again is None else f"{again:.3f}"
        yield _row(
            task, system, f"{one['candidates']:,}", error, again_shown, sure["accepted"], right
        )
    for (task, system), one in found.items():
        yield from _curves(f"{task}, {system}", one)


UNITS = ("skill-linking", "extraction")
"""Tasks whose queries are units of postings: what a confidence speaks of."""
CALIBRATION = """\
The best five candidates of every unit, units without gold included, in 15 bins of equal mass. ECE
is the mean distance of what was said and what was true, with the confidences as they are shipped;
“cross-fitted” after a logistic curve fitted on the other sets. Recall is that of these five."""


def _cross_fitted(found: Mapping[tuple[str, str], Result]) -> dict[tuple[str, str], float]:
    """Return the error of each set after a curve that was fitted on the others of its system."""
    errors: dict[tuple[str, str], float] = {}
    for system in {system for _, system in found}:
        samples = {
            task: Sample.of(list(zip(one["confidences"], one["right"], strict=True)))
            for (task, other), one in found.items()
            if other == system
        }
        if len(samples) > 1 and all(len(set(one.right.tolist())) > 1 for one in samples.values()):
            for task, sample in cross_fitted(samples, logistic).items():
                errors[task, system] = expected_calibration_error(sample)
    return errors


def _curves(title: str, one: Result) -> Iterator[str]:
    yield from ("", f"<details><summary>{title}</summary>", "")
    yield _row("said", "true", "candidates", "from", "to")
    yield _rule(0, 5)
    for part in one["reliability"]:
        shares = (f"{100 * part[name]:.1f}" for name in ("confidence", "precision"))
        yield _row(*shares, part["count"], f"{part['low']:.3f}", f"{part['high']:.3f}")
    yield from ("", _row("accepted from", "links", "precision", "recall"), _rule(0, 4))
    for point in one["coverage"]:
        precision = "" if point["precision"] is None else f"{100 * point['precision']:.1f}"
        recall = f"{100 * point['recall']:.1f}"
        yield _row(f"{point['threshold']:.2f}", point["accepted"], precision, recall)
    yield from ("", "</details>")


def _provenance(tasks: Tasks) -> Iterator[str]:
    yield from ("", "## Where the numbers come from", "")
    yield _row("task", "data", "framework", "system", "encoder", "commit")
    yield _rule(6, 0)
    for task, systems in tasks.items():
        for system, result in systems.items():
            yield _row(
                task,
                f"`{result['task']['digest'][:12]}`",
                f"{result['framework']['id']} `{result['framework']['digest'][:12]}`",
                system,
                _short(result["system"]["encoder"]),
                _commit(result["about"]["commit"]),
            )


def _commit(commit: str) -> str:
    """Shorten a commit, and keep the mark of files that differed from it."""
    return f"`{commit[:10]}{'+' if commit.endswith('+') else ''}`"


def _short(encoder: str) -> str:
    name, _, rest = encoder.partition(":")
    return f"{name} `{rest[:12]}`" if rest else name


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _rule(left: int, right: int) -> str:
    return "|" + "---|" * left + "---:|" * right
