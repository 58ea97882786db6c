"""Write the JSON Schemas that describe the program's output: ``python -m evaluation.schemas``."""

from __future__ import annotations

from pathlib import Path

from skillmatch.report.json_report import SCHEMAS, schema_text

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"


def main() -> None:
    """Write every schema into ``docs/schema``; a test compares them with the model."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / name).write_text(schema_text(name), encoding="utf-8")
        print(FOLDER / name)


if __name__ == "__main__":
    main()
