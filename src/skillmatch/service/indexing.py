"""Build, list and verify indexes of installed frameworks.

::

    <data>/indexes/<framework>/<recipe>/        one index: vectors, labels, lexical table
    <data>/indexes/<framework>/.<recipe>.lock   held while it is built
    <data>/vectors/                             vectors by encoder and text, for the next build
    <data>/models/<name>/                       encoders
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from skillmatch.embedding import Encoder, open_encoder
from skillmatch.embedding.cache import Progress, VectorCache
from skillmatch.errors import (
    BusyError,
    DataError,
    IndexMismatchError,
    NotFoundError,
    SkillmatchError,
)
from skillmatch.model.concept import LabelRow
from skillmatch.retrieval.dense_build import ExtraBuilder, Target, build_dense_index
from skillmatch.retrieval.index_info import (
    INDEX_TOML,
    Expected,
    IndexInfo,
    check_expected,
    check_sizes,
    read_index_info,
    verify_index,
)
from skillmatch.retrieval.lexical import FILE_NAME, build_lexical
from skillmatch.retrieval.recipe import Recipe, read_recipe
from skillmatch.service.places import Places, writes_reported
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIndex:
    """An index that is ready to use.

    Attributes:
        built: False where the index that was there already fits.
        seconds: Wall time that it took.
    """

    info: IndexInfo
    directory: Path
    built: bool
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    """One index folder and whether it can be used.

    Attributes:
        info: None where ``index.toml`` cannot be read.
        bytes: Size of all its files.
        problem: Why it cannot be used and what mends it; ``""`` where all is well.
    """

    framework: str
    recipe: str
    directory: Path
    info: IndexInfo | None
    bytes: int
    problem: str = ""
    error: SkillmatchError | None = None


def write_lexical(folder: Path, rows: Sequence[LabelRow]) -> None:
    """Write the table of normal forms beside the vectors of the same labels."""
    build_lexical(rows, folder / FILE_NAME)


def indexes_dir(data_dir: Path) -> Path:
    """Return the folder with one folder per framework."""
    return data_dir / "indexes"


def index_dir(data_dir: Path, framework_id: str, recipe_id: str) -> Path:
    """Return the folder of an index, built or not."""
    return indexes_dir(data_dir) / framework_id / recipe_id


def models_dir(data_dir: Path) -> Path:
    """Return the folder of installed encoders."""
    return data_dir / "models"


def expected_of(*, framework_digest: str, encoder: Encoder, recipe: Recipe) -> Expected:
    """Return what an index must have been built from to be used with these."""
    return Expected(
        framework_digest=framework_digest,
        encoder_fingerprint=encoder.fingerprint,
        recipe_digest=recipe.digest,
    )


def build_index(
    framework_id: str,
    recipe: str = "default",
    *,
    settings: Settings,
    encoder: str = "",
    force: bool = False,
    extra_builders: tuple[ExtraBuilder, ...] = (write_lexical,),
    progress: Progress | None = None,
) -> BuiltIndex:
    """Build the index of an installed framework, unless the one that is there fits.

    An interrupted build keeps the vectors it has, and the next one goes on from there.

    Args:
        framework_id: As in ``esco-1.1.1``.
        recipe: Id of a recipe, or the path of a ``.toml`` file.
        settings: Where things lie.
        encoder: Name or folder of an encoder; ``""`` means the recipe's.
        force: Build even where the index fits (vectors still come from the cache).
        extra_builders: Write more files into the index folder, from the same labels.
        progress: Called with (done, total) characters that are encoded.

    Raises:
        NotFoundError: Framework, recipe or encoder is not there.
        BusyError: Another process is building this index.
        StorageError: The data folder cannot be written; an older index is untouched.
    """
    started = time.monotonic()
    chosen = read_recipe(recipe, folder=settings.recipes)
    places = Places.of(settings)
    directory = index_dir(settings.data_dir, framework_id, chosen.id)
    with FrameworkDb.open(places.get_database(framework_id)) as db:
        model = open_encoder(
            encoder or chosen.encoder,
            models=models_dir(settings.data_dir),
            threads=settings.threads,
        )
        expect = expected_of(framework_digest=db.info.digest, encoder=model, recipe=chosen)
        with _building(directory):
            info = None if force else _fitting(directory, expect)
            built = info is None
            if info is None:
                info = build_dense_index(
                    _label_rows(db, chosen),
                    encoder=model,
                    recipe=chosen,
                    target=Target(
                        framework_id=framework_id,
                        framework_digest=db.info.digest,
                        directory=directory,
                        extra_builders=extra_builders,
                    ),
                    cache=VectorCache(settings.data_dir / "vectors", model),
                    progress=progress,
                )
    seconds = round(time.monotonic() - started, 3)
    return BuiltIndex(info=info, directory=directory, built=built, seconds=seconds)


def list_indexes(settings: Settings) -> tuple[IndexStatus, ...]:
    """Return every index by framework and recipe, and whether it still fits its framework."""
    return tuple(_status(directory, settings, verify=False) for directory in _folders(settings))


def verify_indexes(settings: Settings, framework_id: str = "") -> tuple[IndexStatus, ...]:
    """Hash the files of every index (of one framework) again.

    Raises:
        NotFoundError: There is no index to verify.
    """
    folders = [folder for folder in _folders(settings) if framework_id in {"", folder.parent.name}]
    if not folders:
        name = framework_id or "ID"
        raise NotFoundError(
            f"there is no index{f' of {framework_id}' if framework_id else ''} yet; "
            f"`skillmatch index build {name}` makes one"
        )
    return tuple(_status(directory, settings, verify=True) for directory in folders)


def _label_rows(db: FrameworkDb, recipe: Recipe) -> Iterator[LabelRow]:
    for language in recipe.languages or (None,):
        yield from db.label_rows(
            kinds=recipe.concepts, label_kinds=recipe.labels, language=language
        )


def _fitting(directory: Path, expect: Expected) -> IndexInfo | None:
    """Return what the index at ``directory`` says if it can be used as it is."""
    try:
        info = read_index_info(directory)
        check_expected(info, expect)
        check_sizes(directory, info)
    except (NotFoundError, IndexMismatchError, DataError):
        return None
    return info


@contextmanager
def _building(directory: Path) -> Iterator[None]:
    """Hold the lock of one index, and remove what a killed build left."""
    from filelock import FileLock, Timeout

    path = directory.with_name(f".{directory.name}.lock")
    with writes_reported(directory.parent):
        directory.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise BusyError(
                f"another process is building {directory} (it holds {path}); wait for it to end"
            ) from error
    try:
        with writes_reported(directory.parent):
            for left in directory.parent.glob(f".{directory.name}-*"):
                shutil.rmtree(left)
        yield
    finally:
        lock.release()


def _folders(settings: Settings) -> list[Path]:
    found = indexes_dir(settings.data_dir).glob(f"[!.]*/[!.]*/{INDEX_TOML}")
    return sorted(path.parent for path in found)


def _status(directory: Path, settings: Settings, *, verify: bool) -> IndexStatus:
    info: IndexInfo | None = None
    fault: SkillmatchError | None = None
    try:
        info = read_index_info(directory)
        check_sizes(directory, info)
        if verify:
            verify_index(directory)
        _check_current(info, settings)
    except SkillmatchError as error:
        fault = error
    return IndexStatus(
        framework=directory.parent.name,
        recipe=directory.name,
        directory=directory,
        info=info,
        bytes=sum(path.stat().st_size for path in directory.iterdir()),
        problem="" if fault is None else str(fault),
        error=fault,
    )


def _check_current(info: IndexInfo, settings: Settings) -> None:
    """Compare with the framework and recipe of today; the encoder is compared when it is used."""
    places = Places.of(settings)
    with FrameworkDb.open(places.get_database(info.framework)) as db:
        digest = db.info.digest
    try:
        recipe_digest = read_recipe(info.recipe, folder=settings.recipes).digest
    except NotFoundError:
        # Built from a recipe of one's own, whose file is not known here.
        recipe_digest = info.recipe_digest
    check_expected(
        info,
        Expected(
            framework_digest=digest,
            encoder_fingerprint=info.encoder,
            recipe_digest=recipe_digest,
        ),
    )
