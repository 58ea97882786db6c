"""Writes the types of the Python client from the golden OpenAPI document.

Answers become frozen dataclasses and requests typed dictionaries, unless the library has a class
for them; then that one is used. ``SKILLMATCH_REWRITE_GOLDEN=1`` writes the files.
"""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import skillmatch
from tests.docs.doc_pages import ROOT

Json = dict[str, Any]

FOLDER = ROOT / "api" / "skillmatch_api" / "client"
GOLDEN = ROOT / "tests" / "golden" / "openapi.json"
TOLD = {
    "told_people.py": ("/v1/candidates/search", "/v1/candidates/import", "/v1/candidates/export"),
    "told_person.py": ("/v1/candidates",),
    "told_work.py": ("/v1/jobs", "/v1/alignments", "/v1/keys", "/v1/audit", "/v1/session"),
    "told.py": ("/",),
}
"""Module of answers, and the beginnings of the paths that give them; the first one counts."""

ASKED = {
    "asked.py": ("/v1/link", "/v1/gap", "/v1/requirements", "/v1/plans", "/v1/postings"),
    "asked_people.py": ("/v1/candidates",),
    "asked_work.py": ("/",),
}
"""The same of requests."""

RENAMED = {"skillmatch_api__routes__candidate_import__ImportReport": "PeopleImported"}
INSTEAD = {"ChecklistIn": "Checklist | ChecklistIn"}
"""What a request may have as well, since an answer gave it."""


@cache
def document() -> Json:
    """Return the golden document."""
    found: Json = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


def found(schema: Json) -> Json:
    """Return what a reference of the document refers to."""
    while "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = document()["components"][kind][name]
    return schema


def operations() -> Iterator[tuple[str, str, Json]]:
    """Yield method, path and description of each operation."""
    for path, several in document()["paths"].items():
        for method, data in several.items():
            yield method.upper(), path, data


@cache
def library() -> Mapping[str, list[type]]:
    """Return the dataclasses and enums of the library by name."""
    classes: dict[str, list[type]] = {}
    for module in pkgutil.walk_packages(skillmatch.__path__, "skillmatch."):
        if not module.name.startswith(("skillmatch.model", "skillmatch.report", "skillmatch.qual")):
            continue
        for name, one in vars(importlib.import_module(module.name)).items():
            own = inspect.isclass(one) and one.__module__ == module.name
            if own and (dataclasses.is_dataclass(one) or issubclass(one, enum.Enum)):
                classes.setdefault(name, []).append(one)
    return classes


def of_library(name: str) -> type | None:
    """Return the class that a schema was made from, if the library has it."""
    schema = document()["components"]["schemas"][name]
    short = re.sub(r"-(In|Out)put$", "", name.rsplit("__", 1)[-1])
    for one in library().get(short, []):
        if issubclass(one, enum.Enum):
            same = [member.value for member in one] == schema.get("enum")
        else:
            names = set(inspect.signature(one).parameters)
            same = names == set(schema.get("properties", ()))
        if same:
            return one
    return None


def name_of(schema_name: str) -> str:
    """Return the name of its class."""
    return RENAMED.get(schema_name) or re.sub(r"-(In|Out)put$", "", schema_name.rsplit("__", 1)[-1])


@dataclass
class Module:
    """A module that is being written.

    Attributes:
        asked: Whether it holds requests, and not answers.
        elsewhere: By schema, the module in which it was written already.
    """

    asked: bool
    elsewhere: Mapping[str, str]
    classes: dict[str, str] = field(default_factory=dict)
    imports: set[tuple[str, str]] = field(default_factory=set)

    def type_of(self, schema: Json) -> str:
        """Return the annotation of a schema, and write what it refers to."""
        if "$ref" in schema:
            return self._reference(schema["$ref"].rsplit("/", 1)[-1])
        for several in ("anyOf", "oneOf"):
            if several in schema:
                kinds = [self.type_of(one) for one in schema[several]]
                return " | ".join(dict.fromkeys(" | ".join(kinds).split(" | ")))
        if "enum" in schema or "const" in schema:
            self.imports.add(("typing", "Literal"))
            values = schema.get("enum", [schema.get("const")])
            return f"Literal[{', '.join(map(json.dumps, values))}]"
        return self._plain(schema)

    def _plain(self, schema: Json) -> str:
        kind = schema.get("type")
        if kind == "array":
            if self.asked:
                self.imports.add(("collections.abc", "Sequence"))
            inner = self.type_of(schema.get("items", {}))
            return f"Sequence[{inner}]" if self.asked else f"tuple[{inner}, ...]"
        if kind == "object":
            self.imports.add(("collections.abc", "Mapping"))
            more = schema.get("additionalProperties")
            inner = self.type_of(more) if isinstance(more, dict) else "object"
            return f"Mapping[str, {inner}]"
        if kind == "string" and schema.get("format") in {"date", "date-time"}:
            moment = "date" if schema["format"] == "date" else "datetime"
            self.imports.add(("datetime", moment))
            return moment
        plain = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
        return {**plain, "null": "None"}.get(str(kind), "object")

    def _reference(self, schema_name: str) -> str:
        schema = document()["components"]["schemas"][schema_name]
        if "enum" in schema and (self.asked or of_library(schema_name) is None):
            return self.type_of(schema)
        own = of_library(schema_name)
        if own is not None:
            self.imports.add((own.__module__, own.__name__))
            return own.__name__
        if schema_name in self.elsewhere:
            self.imports.add((self.elsewhere[schema_name], name_of(schema_name)))
        elif schema_name not in self.classes:
            self.classes[schema_name] = ""
            self.classes[schema_name] = self._class(schema_name, schema)
        if self.asked and schema_name in INSTEAD:
            self.imports.add(("skillmatch.model.requirement", "Checklist"))
            return INSTEAD[schema_name]
        return name_of(schema_name)

    def _class(self, schema_name: str, schema: Json) -> str:
        lines, described = [], []
        for name, one in schema["properties"].items():
            required = name in schema.get("required", ())
            lines.append("    " + self._field(name, one, required=required))
            if "description" in one:
                described.append(f"{name}: {one['description']}")
        text = [*_docstring(schema.get("description", name_of(schema_name)), described), *lines]
        if self.asked:
            self.imports.add(("typing", "TypedDict"))
            head = [f"class {name_of(schema_name)}(TypedDict, total=False):"]
        else:
            self.imports.add(("dataclasses", "dataclass"))
            head = ["@dataclass(frozen=True, slots=True, kw_only=True)"]
            head.append(f"class {name_of(schema_name)}:")
        return "\n".join([*head, *text])

    def _field(self, name: str, schema: Json, *, required: bool) -> str:
        kind = self.type_of(schema)
        if not self.asked:
            default = f" = {json.dumps(schema['const'])}" if "const" in schema else ""
            return f"{name}: {kind}{default}"
        if required:
            self.imports.add(("typing", "Required"))
            return f"{name}: Required[{kind}]"
        return f"{name}: {kind}"

    def keep_used(self) -> None:
        """Import what a class names, and not what an operation gives without one of ours."""
        words = set(re.findall(r"\w+", "\n".join(self.classes.values())))
        self.imports = {(module, name) for module, name in self.imports if name in words}

    def text(self, says: str) -> str:
        """Return the module as ruff formats it."""
        lines = [f"from {module} import {name}" for module, name in sorted(self.imports)]
        head = [f'"""{says}"""', "from __future__ import annotations", *lines]
        return _formatted("\n\n".join([*head[:2], "\n".join(lines), *self.classes.values()]))


def _docstring(says: str, described: list[str]) -> list[str]:
    def wrapped(text: str, indent: str, more: str) -> list[str]:
        return textwrap.wrap(
            text, 96, initial_indent=indent, subsequent_indent=more, break_on_hyphens=False
        )

    first, *others = [" ".join(one.split()) for one in re.split(r"\n\s*\n", says.strip())]
    lines = wrapped('"""' + first, "    ", "    ")
    for one in others:
        lines += ["", *wrapped(one, "    ", "    ")]
    if described:
        lines += ["", "    Attributes:"]
        for one in described:
            lines += wrapped(" ".join(one.split()), "        ", "            ")
    return [*lines, '    """'] if len(lines) > 1 else [lines[0] + '"""']


def _formatted(text: str) -> str:
    return _ruff("format", _ruff("check", text, "--select", "I", "--fix"))


def _ruff(does: str, text: str, *options: str) -> str:
    ruff = [sys.executable, "-m", "ruff", does, "-q", *options]
    name = ["--stdin-filename", str(FOLDER / "told.py"), "-"]
    ended = subprocess.run(
        [*ruff, *name], check=True, capture_output=True, cwd=ROOT, input=text, text=True
    )
    return ended.stdout


def modules() -> dict[Path, str]:
    """Return the text of every module of types by its path."""
    return {**_modules(TOLD, "answers", asked=False), **_modules(ASKED, "is asked", asked=True)}


def _modules(groups: Mapping[str, tuple[str, ...]], does: str, *, asked: bool) -> dict[Path, str]:
    elsewhere: dict[str, str] = {}
    written: set[str] = set()
    made: dict[Path, str] = {}
    for name, beginnings in groups.items():
        module = Module(asked=asked, elsewhere=dict(elsewhere))
        for method, path, data in operations():
            if path.startswith(beginnings) and f"{method} {path}" not in written:
                written.add(f"{method} {path}")
                _write(module, data)
        module.keep_used()
        where = f"skillmatch_api.client.{name.removesuffix('.py')}"
        elsewhere |= dict.fromkeys(module.classes, where)
        made[FOLDER / name] = module.text(
            f"What the service {does}, from its OpenAPI document (``tests/api/client_types.py``)."
        )
    return made


def _write(module: Module, data: Json) -> None:
    answers = {"2": data.get("requestBody", {})} if module.asked else data["responses"]
    for status, one in answers.items():
        content = found(one).get("content", {}).get("application/json")
        if status.startswith("2") and content:
            module.type_of(content["schema"])
