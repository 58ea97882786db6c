"""Which skills a job asks for, which you can already show, and what closes the rest."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillmatch.service.matcher import Matcher

__all__ = ["Matcher"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type depends on the name
    """Load the engine when it is first asked for: ``import skillmatch`` alone stays light."""
    if name == "Matcher":
        from skillmatch.service.matcher import Matcher

        return Matcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
