"""What goes into an index: the recipes of ``indexes/*.toml``."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from skillmatch.errors import DataError, NotFoundError
from skillmatch.model.concept import ConceptKind, LabelKind
from skillmatch.text.bounded_toml import parse_toml

METRIC = "cosine"
Member = TypeVar("Member", ConceptKind, LabelKind)


class Structure(StrEnum):
    """How neighbours are found: by looking at every row, or along a graph that may miss some."""

    FLAT = "flat"
    HNSW = "hnsw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One index recipe.

    Attributes:
        id: Name of the file without ``.toml``.
        encoder: Name or folder of the encoder (see ``embedding.open_encoder``).
        concepts: Kinds of concepts that take part; ``labels`` the kinds of their texts.
        languages: BCP 47 tags; empty means every language of the framework.
        links: HNSW: neighbours of a node.
        build_effort: HNSW: candidates looked at while building; more is slower and better.
        search_effort: HNSW: candidates looked at while searching.
    """

    id: str
    description: str = ""
    encoder: str
    concepts: tuple[ConceptKind, ...]
    labels: tuple[LabelKind, ...]
    languages: tuple[str, ...] = ()
    structure: Structure = Structure.FLAT
    links: int = 32
    build_effort: int = 100
    search_effort: int = 256

    @property
    def digest(self) -> str:
        """sha256 of all that decides rows and structure; the encoder has its own fingerprint."""
        decides: dict[str, object] = {
            "concepts": sorted(self.concepts),
            "labels": sorted(self.labels),
            "languages": sorted(self.languages),
            "metric": METRIC,
            "structure": self.structure,
        }
        if self.structure is Structure.HNSW:
            decides |= {"links": self.links, "build_effort": self.build_effort}
            decides["search_effort"] = self.search_effort
        canonical = json.dumps(decides, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def list_recipes(folder: Path) -> tuple[str, ...]:
    """Return the ids of all recipes in a folder, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def read_recipe(recipe: str, *, folder: Path) -> Recipe:
    """Read a recipe by id, or by the path of a ``.toml`` file of one's own.

    Raises:
        NotFoundError: There is no such recipe.
        DataError: The file is no recipe; all faults are named.
    """
    path = Path(recipe).expanduser() if recipe.endswith(".toml") else folder / f"{recipe}.toml"
    if not path.is_file():
        known = ", ".join(list_recipes(folder))
        raise NotFoundError(f"there is no index recipe {recipe!r}; known are: {known}")
    try:
        raw = parse_toml(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"is no TOML ({error})", path=path) from error
    return _recipe(path, raw)


@dataclass(slots=True)
class _Table:
    """A table of the file, read key by key; faults are gathered, not raised."""

    raw: dict[str, Any]
    faults: list[str] = field(default_factory=list)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.raw.pop(key, default)
        if not isinstance(value, str) or (default is None and not value):
            self.faults.append(f"{key}: expected a text, found {value!r}")
            return ""
        return value

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        value = self.raw.pop(key, default)
        good = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if not good or (default is None and not value):
            self.faults.append(f"{key}: expected a list of texts, found {value!r}")
            return ()
        return tuple(value)

    def number(self, key: str, default: int) -> int:
        value = self.raw.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.faults.append(f"{key}: expected a whole number of at least 1, found {value!r}")
            return default
        return value

    def members(self, key: str, kind: type[Member]) -> tuple[Member, ...]:
        known = {member.value: member for member in kind}
        values = self.texts(key)
        unknown = [value for value in values if value not in known]
        if unknown:
            self.faults.append(f"{key}: {unknown[0]!r} is none of {', '.join(known)}")
        return tuple(known[value] for value in dict.fromkeys(values) if value in known)


def _recipe(path: Path, raw: Mapping[str, Any]) -> Recipe:
    table = _Table(dict(raw))
    metric = table.text("metric", METRIC)
    if metric != METRIC:
        table.faults.append(f"metric: only {METRIC!r} is known, found {metric!r}")
    structure = table.text("structure", Structure.FLAT.value)
    if structure not in set(Structure):
        table.faults.append(f"structure: {structure!r} is none of {', '.join(Structure)}")
    recipe = Recipe(
        id=path.stem,
        description=table.text("description", ""),
        encoder=table.text("encoder"),
        concepts=table.members("concepts", ConceptKind),
        labels=table.members("labels", LabelKind),
        languages=table.texts("languages", []),
        structure=Structure(structure) if structure in set(Structure) else Structure.FLAT,
        links=table.number("links", 32),
        build_effort=table.number("build_effort", 100),
        search_effort=table.number("search_effort", 256),
    )
    faults = table.faults + [f"{key}: no such key" for key in table.raw]
    if faults:
        raise DataError("; ".join(faults), path=path)
    return recipe
