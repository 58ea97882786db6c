"""Exit codes are an interface."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from skillmatch import errors
from skillmatch.cli import main
from skillmatch.cli.exits import exit_code


def every_error() -> list[type[errors.SkillmatchError]]:
    """Return all error classes, the root left out."""
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.SkillmatchError)
        and kind is not errors.SkillmatchError
    ]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError("no"), 2),
        (errors.DataError("no"), 4),
        (errors.ChecksumError(path=Path("a.zip"), expected="0", actual="1"), 4),
        (errors.UnreadableError("no"), 3),
        (errors.NotFoundError("no"), 5),
        (errors.IndexMismatchError("no", field="digest"), 5),
        (errors.FetchError("no"), 5),
        (errors.BusyError("no"), 5),
        (errors.StorageError("no"), 5),
    ],
)
def test_each_error_has_its_exit_code(error: errors.SkillmatchError, code: int) -> None:
    """Scripts branch on these numbers."""
    assert exit_code(error) == code


def test_no_error_class_falls_through_to_the_default() -> None:
    """A new class must say what a shell should see."""
    from skillmatch.cli.exits import _CODES

    known = tuple(kind for kind, _ in _CODES)

    assert [kind for kind in every_error() if not issubclass(kind, known)] == []


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (errors.NotFoundError("esco-9.9 is not installed"), 5),
        (KeyboardInterrupt(), 130),
        (SystemExit(130), 130),
    ],
)
def test_an_error_is_one_line_and_a_code(
    raised: BaseException,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nobody should have to read a traceback to learn that a framework is missing."""

    def fail(*, prog_name: str) -> None:
        assert prog_name == "skillmatch"
        raise raised

    monkeypatch.setattr(main, "app", fail)

    with pytest.raises(SystemExit) as left:
        main.run()

    assert left.value.code == code
    assert capsys.readouterr().err.startswith("skillmatch: ")


@pytest.mark.parametrize(("given", "used"), [(None, "1"), ("4", "4")])
def test_products_are_worked_out_by_one_thread_unless_told(
    monkeypatch: pytest.MonkeyPatch, given: str | None, used: str
) -> None:
    """Threads that wait for each other by spinning take time from whatever else is asked."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if given is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
    seen: list[str | None] = []
    monkeypatch.setattr(
        main, "app", lambda **_: seen.append(os.environ.get("OPENBLAS_NUM_THREADS"))
    )

    main.run()

    assert seen == [used]
