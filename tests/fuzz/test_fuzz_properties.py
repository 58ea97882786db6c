"""Hypothesis draws JSON with the field names of all formats; every reader of JSON bears it.

It needs no wheel that a system may lack, and shortens what it finds by itself.
"""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.catalogue import find_targets
from tests.fuzz.json_trees import CONTEXTS, KEYS, ODD, TYPES
from tests.fuzz.judging import judge

# To draw one takes longer than to read it.
FEWER = settings().max_examples // 2
LEAVES = st.sampled_from(ODD) | st.sampled_from(TYPES) | st.sampled_from(CONTEXTS) | st.text()
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)
DOCUMENTS = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES), max_size=3)},
    optional={key: TREES for key in KEYS if key not in {"type", "@type"}},
)
NAMES = ("credentials-json", "show", "jsonld", "lint", "rdf-jsonld", "posting-jsonld")
READERS = [one for name in NAMES for one in find_targets(name) if one.name == name]


@settings(max_examples=FEWER, suppress_health_check=list(HealthCheck))
@given(document=DOCUMENTS)
def test_any_tree_of_known_names_is_read_or_refused_clearly(document: object) -> None:
    """Wrong types everywhere, in every place where a right one is expected."""
    data = json.dumps(document).encode()

    faults = {one.name: fault for one in READERS if (fault := judge(one.read, data).fault)}

    assert faults == {}


@settings(max_examples=FEWER, suppress_health_check=list(HealthCheck))
@given(credential=DOCUMENTS, remote=st.lists(TREES, max_size=3))
def test_any_tree_can_be_verified_or_is_refused_clearly(
    credential: object, remote: list[object]
) -> None:
    """With documents of any shape at addresses that credentials name."""
    (target,) = find_targets("verify")
    addresses = ("https://example.org/a", "https://badges.example/status/1", "https://x.example/")
    case = {"credential": credential, "documents": dict(zip(addresses, remote, strict=False))}

    fault = judge(target.read, json.dumps(case).encode()).fault

    assert fault is None, fault
