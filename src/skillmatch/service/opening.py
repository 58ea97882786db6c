"""Open what linking and comparing need, and refuse what does not belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillmatch.embedding.opening import open_encoder
from skillmatch.embedding.port import Encoder
from skillmatch.linking.facts import KnownFacts
from skillmatch.linking.linker import Linker
from skillmatch.linking.proposals import Proposer
from skillmatch.linking.surroundings import Ambiguity
from skillmatch.linking.weights import no_opinion, read_link_weights, read_skill_bearing
from skillmatch.retrieval.dense_index import DenseIndex
from skillmatch.retrieval.index_info import Expected
from skillmatch.retrieval.lexical import LexicalIndex
from skillmatch.retrieval.recipe import Recipe, read_recipe
from skillmatch.service.choice import choose_frameworks
from skillmatch.service.frameworks_at_hand import FrameworksAtHand, Opened
from skillmatch.service.places import Places
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb

DEFAULT_RECIPE = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Frameworks with their indexes, and the encoder that these were built with."""

    frameworks: FrameworksAtHand
    encoder: Encoder


def open_engine(frameworks: Sequence[str] = (), *, settings: Settings, recipe: str = "") -> Engine:
    """Open frameworks, indexes and encoder.

    Raises:
        NotFoundError: Something is not installed or built; the message says what to run.
        IndexMismatchError: An index was built from other data or another encoder.
    """
    places = Places.of(settings)
    chosen = choose_frameworks(places, frameworks)
    plan = read_recipe(recipe or DEFAULT_RECIPE, folder=settings.recipes)
    encoder = open_encoder(
        plan.encoder, models=settings.data_dir / "models", threads=settings.threads
    )
    opened = [_open(places, name, plan, encoder) for name in chosen]
    return Engine(frameworks=FrameworksAtHand(opened), encoder=encoder)


def open_linker(engine: Engine) -> Linker:
    """Return the linker over an engine, with the fitted weights."""
    weights = read_link_weights()
    bearing = read_skill_bearing()
    fits = bearing.fits(engine.encoder.fingerprint)
    dense, lexical = engine.frameworks.union()
    return Linker(
        proposer=Proposer(
            encoder=engine.encoder,
            dense=dense,
            lexical=lexical,
            ambiguous=Ambiguity(ordinary=weights.ordinary, skill_type=engine.frameworks.skill_type),
            bearing=bearing.log_odds if fits else no_opinion,
            facts=KnownFacts(engine.frameworks.skill_facts()),
        ),
        weights=weights,
        pref_label=engine.frameworks.pref_label,
    )


def _open(places: Places, framework_id: str, recipe: Recipe, encoder: Encoder) -> Opened:
    db = FrameworkDb.open(places.get_database(framework_id))
    try:
        directory = places.data_dir / "indexes" / framework_id / recipe.id
        expected = Expected(
            framework_digest=db.info.digest,
            encoder_fingerprint=encoder.fingerprint,
            recipe_digest=recipe.digest,
        )
        dense = DenseIndex.open(directory, expect=expected)
        return Opened(db=db, dense=dense, lexical=LexicalIndex.open(directory))
    except BaseException:
        db.close()
        raise
