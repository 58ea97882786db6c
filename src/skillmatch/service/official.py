"""What the official files would add to a framework that stands in for them, and how."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.readers.manifest import Manifest, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFiles:
    """What the release that a framework stands in for would add.

    Attributes:
        adds: One sentence each; empty where the framework stands in for none.
        how: How to add it, one sentence each.
    """

    adds: tuple[str, ...] = ()
    how: tuple[str, ...] = ()


def official_files(framework_id: str, manifests: tuple[Manifest, ...]) -> OfficialFiles:
    """Return what the release that ``framework_id`` stands in for would add, and how."""
    better = next((one for one in manifests if one.stand_in == framework_id), None)
    if better is None:
        return OfficialFiles()
    command = f"skillmatch frameworks install {better.id.replace('-', '@', 1)}"
    urls = [
        url for source in better.sources_of(Tier.URL) for file in source.files for url in file.urls
    ]
    how = [f"download the official files from {better.homepage}, then `{command} --from FOLDER`"]
    if urls:
        how.append(f"or let it fetch {' and '.join(urls)}: `{command} --online`")
    return OfficialFiles(adds=better.adds, how=tuple(how))
