"""Reading rules: what they name, whether they hold, and where they run in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from skillmatch.pathway.solver.problem import Problem, Rule


def named(rule: Rule) -> Iterator[int]:
    """Yield every option that a rule names, whether it needs it or could do without."""
    yield from rule.options
    for inner in rule.rules:
        yield from named(inner)


def holds(rule: Rule, there: Callable[[int], bool]) -> bool:
    """Tell whether a rule holds by the options that are there."""
    return (
        sum(there(option) for option in rule.options)
        + sum(holds(inner, there) for inner in rule.rules)
        >= rule.least
    )


def circles(problem: Problem) -> list[tuple[int, ...]]:
    """Return the sets of two or more options that name each other in turn, each ascending."""
    after = [sorted(set(named(option.rule))) for option in problem.options]
    order: list[int] = []
    seen: set[int] = set()
    for start in range(len(after)):
        _walk(start, after, seen, order)
    before: list[list[int]] = [[] for _ in after]
    for place, targets in enumerate(after):
        for target in targets:
            before[target].append(place)
    seen = set()
    found = []
    for start in reversed(order):
        group: list[int] = []
        _walk(start, before, seen, group)
        if len(group) > 1:
            found.append(tuple(sorted(group)))
    return sorted(found)


def _walk(start: int, targets: list[list[int]], seen: set[int], left: list[int]) -> None:
    """Append what can be reached and was not seen, each after all that it leads to."""
    if start in seen:
        return
    seen.add(start)
    stack = [(start, iter(targets[start]))]
    while stack:
        place, rest = stack[-1]
        target = next((one for one in rest if one not in seen), None)
        if target is None:
            left.append(place)
            stack.pop()
        else:
            seen.add(target)
            stack.append((target, iter(targets[target])))
