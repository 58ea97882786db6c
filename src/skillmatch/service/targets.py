"""What a user means by ``esco``, ``esco@1.1.0`` or ``esco-1.1.1-open``."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.readers.manifest import ID, Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A framework that is wanted.

    Attributes:
        release: ``""`` where the user left it open.
        manifest: What the program knows of it; None for a private framework or an unknown
            release. With an open release, the family's default.
    """

    family: str
    release: str
    manifest: Manifest | None

    @property
    def id(self) -> str:
        """Return ``<family>-<release>``, or the family alone where the release is open."""
        return f"{self.family}-{self.release}" if self.release else self.family


def read_target(text: str, manifests: tuple[Manifest, ...]) -> Target:
    """Return what ``text`` names: a family, ``family@release`` or an id.

    Raises:
        UsageError: It is none of these.
    """
    wanted = text.strip().lower()
    if default := next((one for one in manifests if one.family == wanted and one.default), None):
        return Target(family=wanted, release="", manifest=default)
    framework_id = wanted.replace("@", "-", 1)
    if not ID.fullmatch(framework_id):
        known = ", ".join(sorted({one.family for one in manifests}))
        raise UsageError(
            f"{text!r} names no framework; say a family ({known}), a release of it (esco@1.1.0), "
            "or a name and release of your own with --from FILE (mine@1)"
        )
    manifest = find_manifest(framework_id, manifests)
    family = manifest.family if manifest else framework_id.partition("-")[0]
    return Target(family=family, release=framework_id.removeprefix(f"{family}-"), manifest=manifest)


def find_manifest(framework_id: str, manifests: tuple[Manifest, ...]) -> Manifest | None:
    """Return the manifest of a release, or None."""
    return next((one for one in manifests if one.id == framework_id), None)


def get_manifest(target: Target, manifests: tuple[Manifest, ...]) -> Manifest:
    """Return the manifest of a target that no file was given for.

    Raises:
        NotFoundError: The program knows no source of it.
    """
    if target.manifest is None:
        known = ", ".join(one.id for one in manifests)
        raise NotFoundError(
            f"no source of {target.id} is known (known: {known}); give its files with --from PATH"
        )
    return target.manifest
