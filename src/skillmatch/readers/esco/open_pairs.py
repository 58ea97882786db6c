"""Which essential skill bears which label, where a source lists both but not side by side.

Each occupation gives the URIs of its essential skills and, in another order, their labels. A
skill and its label occur in exactly the same occupations, so both fall into one group by the
set of occupations they occur in. Within a group the label is certain when the running text
of the concept starts with it and with no other label of the group, or when one of each is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from skillmatch.model.concept import ConceptUri
from skillmatch.readers.esco.open_sources import OpenOccupation

Places = frozenset[int]


def pair_labels(
    occupations: Iterable[OpenOccupation],
    known: Mapping[ConceptUri, str],
    texts: Mapping[ConceptUri, str],
) -> dict[ConceptUri, str]:
    """Return certain preferred labels of essential skills beyond those ``known``.

    Args:
        occupations: Where the skills and labels occur.
        known: Preferred labels that need no proof; they leave the groups first.
        texts: Running texts that begin with the preferred label.
    """
    groups = _groups(occupations)
    found: dict[ConceptUri, str] = {}
    for uris, labels in groups:
        open_uris = {uri for uri in uris if known.get(uri) not in labels}
        open_labels = labels - {known[uri] for uri in uris - open_uris}
        found.update(_by_text(open_uris, open_labels, texts))
        left = open_uris - found.keys()
        left_labels = open_labels - set(found.values())
        if len(left) == len(left_labels) == 1:
            found[left.pop()] = left_labels.pop()
    return found


def _groups(occupations: Iterable[OpenOccupation]) -> list[tuple[set[ConceptUri], set[str]]]:
    """Return URIs and labels that share their occupations, where there are as many of each."""
    uri_places: dict[ConceptUri, set[int]] = defaultdict(set)
    label_places: dict[str, set[int]] = defaultdict(set)
    for number, occupation in enumerate(occupations):
        for uri in occupation.skills:
            uri_places[uri].add(number)
        for label in occupation.skill_labels:
            label_places[label].add(number)
    groups: dict[Places, tuple[set[ConceptUri], set[str]]] = defaultdict(lambda: (set(), set()))
    for uri, places in uri_places.items():
        groups[frozenset(places)][0].add(uri)
    for label, places in label_places.items():
        groups[frozenset(places)][1].add(label)
    return [group for group in groups.values() if len(group[0]) == len(group[1])]


def _by_text(
    uris: set[ConceptUri], labels: set[str], texts: Mapping[ConceptUri, str]
) -> dict[ConceptUri, str]:
    fitting = {
        uri: [label for label in labels if f"{texts.get(uri, '')} ".startswith(f"{label} ")]
        for uri in uris
    }
    return {uri: fits[0] for uri, fits in fitting.items() if len(fits) == 1}
