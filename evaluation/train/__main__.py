"""Train the encoder that the package ships.

    python -m evaluation.train --base MODEL --benchmarks FOLDER --framework DATABASE --out FOLDER

Runs the stages of ``recipe`` one after the other. Each stops after ``--minutes`` at the latest
and goes on where it stopped when the same command is run again. The result, ``OUT/<stage>/model``,
is a folder that ``python -m evaluation.ship`` turns into the shipped encoder.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation.train.concepts import read_concepts
from evaluation.train.recipe import STAGES, StageRecipe, examples_of
from skillmatch.cli.exits import exit_code
from skillmatch.errors import SkillmatchError
from skillmatch.store import FrameworkDb

DONE = "done.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages that are not done yet; 3 means that time was over before the end.

    Errors end with the exit codes of ``skillmatch``.
    """
    try:
        return _stages(parser().parse_args(arguments))
    except SkillmatchError as error:
        print(f"error: {error}", file=sys.stderr)
        return int(exit_code(error))


def _stages(options: argparse.Namespace) -> int:
    base = options.base
    for stage in STAGES:
        folder = options.out / stage.name
        if not (folder / DONE).is_file() and not _train(stage, base, folder, options):
            print(f"stage {stage.name}: time is over; run the same command to go on")
            return 3
        base = folder / "model"
        if stage.name == options.until:
            break
    return 0


def _train(stage: StageRecipe, base: Path, folder: Path, options: argparse.Namespace) -> bool:
    from evaluation.train.encoder import TrainedEncoder
    from evaluation.train.loop import Stage, mean_loss

    folder.mkdir(parents=True, exist_ok=True)
    with FrameworkDb.open(options.framework) as db:
        concepts = read_concepts(db)
    examples = examples_of(stage, concepts, options.benchmarks)
    print(f"stage {stage.name}: {len(examples)} examples", flush=True)
    encoder = TrainedEncoder(base, options.device)
    if not Stage(encoder, concepts, examples, stage.plan, folder).run(options.minutes):
        return False
    encoder.save(folder / "model")
    (folder / DONE).write_text(json.dumps({"examples": len(examples)}), encoding="utf-8")
    print(f"stage {stage.name}: done, loss {mean_loss(folder, 100):.3f} over the last 100 steps")
    return True


def parser() -> argparse.ArgumentParser:
    """Return the options of the command."""
    made = argparse.ArgumentParser(
        prog="python -m evaluation.train", description=(__doc__ or "").splitlines()[0]
    )
    made.add_argument("--base", type=Path, required=True, help="folder of the untrained model")
    made.add_argument("--benchmarks", type=Path, required=True)
    made.add_argument("--framework", type=Path, required=True, help="database of ESCO")
    made.add_argument("--out", type=Path, required=True)
    made.add_argument("--minutes", type=float, default=100.0, help="most time for a stage")
    made.add_argument("--device", default="cpu", help="as PyTorch names it: cpu, cuda, cuda:1")
    made.add_argument("--until", default="", help="stop after this stage")
    return made


if __name__ == "__main__":
    raise SystemExit(main())
