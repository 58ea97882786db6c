"""Which JSON-LD contexts are known, under which names, and the hash of each.

A context decides what a signature covers, so it is never fetched: its bytes lie in a package and
are compared with the hashes here before they are used. One that openbadgeslib ships is read from
there, as a file; the others stand in ``data``: the terms that W3C and 1EdTech have published, in
alphabetical order. Tests compare each with the published document, also by what it expands to.
"""

from __future__ import annotations

from dataclasses import dataclass

OURS = "skillmatch"
THEIRS = "openbadgeslib"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One context document.

    Attributes:
        package: Distribution that holds it.
        path: Of the file inside the package.
        sha256: Every digest that the file may have; they differ in white space only.
    """

    package: str
    path: str
    sha256: tuple[str, ...]


def _ours(name: str, sha256: str) -> Pin:
    return Pin(package=OURS, path=f"jsonld/data/{name}.json", sha256=(sha256,))


def _theirs(name: str, *sha256: str) -> Pin:
    return Pin(package=THEIRS, path=f"ob3/contexts/{name}.json", sha256=sha256)


_CREDENTIALS_2 = _theirs(
    "credentials-v2", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
)
_BADGES_301 = _theirs(
    "ob-v3p0-context-3.0.1",
    "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    "cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c",
)
_BADGES_302 = _theirs(
    "ob-v3p0-context-3.0.2",
    "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    "bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296",
)
_BADGES_303 = _theirs(
    "ob-v3p0-context-3.0.3", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"
)
_BADGES_EXTENSIONS = _theirs(
    "ob-v3p0-extensions",
    "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
)
_RECORDS_201 = _theirs(
    "clr_context_2.0.1", "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"
)
_INTEGRITY_2 = _theirs(
    "security-data-integrity-v2",
    "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
)
_MULTIKEY = _theirs(
    "security-multikey-v1", "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"
)
_BADGES_EARLY = _ours(
    "open-badges-v3-early", "c2aa97ff14b890f70aa57bdf5c77618380af6f9950a42776915db52c76b2fd5a"
)
_RECORDS_EARLY = _ours(
    "clr-v2-early", "6408c5ac0d2aa63f474884bafaa2076353c816c7e5c3d89f7c501a65803bf736"
)
_DID = _ours("did-v1", "5540c0376beeb002da4f0eb053bfa8ad1ae3719ab8af77a5904f5fb765259eba")

# What stood under an address without a version has changed, so that a signature may have been
# made over any of its editions; the one that stands there today comes first.
PINS: dict[str, tuple[Pin, ...]] = {
    "https://www.w3.org/2018/credentials/v1": (
        _ours("credentials-v1", "6029f519b3a6de5548e9fad692016e9281c64f1bb0f39ae1a9306277fdcdd628"),
    ),
    "https://www.w3.org/ns/credentials/v2": (_CREDENTIALS_2,),
    "https://www.w3.org/ns/credentials/examples/v2": (
        _ours("examples-v2", "8b899e658f4c09f005d6f43003473e48f7389b895fd02aebeb0af5d8ba26bc81"),
    ),
    "https://www.w3.org/ns/credentials/undefined-terms/v2": (
        _ours(
            "undefined-terms-v2",
            "650854b7cb03f91f50661603a8a8aa8781732869d5b18abb88b4123abc7651af",
        ),
    ),
    "https://www.w3.org/ns/credentials/status/v1": (
        _ours(
            "bitstring-status-v1",
            "5c36df351d61eda02a1bcb7bf9944632c50c2ec8107c67ab95ec65ee2d93834b",
        ),
    ),
    "https://w3id.org/vc/status-list/2021/v1": (
        _ours(
            "status-list-2021-v1",
            "b9bc39229f82659df538b640573e59dfb688b6886871c2521145a000396964d2",
        ),
    ),
    "https://www.w3.org/ns/did/v1": (_DID,),
    "https://w3id.org/did/v1": (_DID,),
    "https://w3id.org/security/data-integrity/v1": (
        _ours(
            "data-integrity-v1",
            "7c4ae2cb0c7cfca70a40dd4e918ba9ed5756f0e40f7ced138567a79a50c6b949",
        ),
    ),
    "https://w3id.org/security/data-integrity/v2": (_INTEGRITY_2,),
    "https://w3id.org/security/multikey/v1": (_MULTIKEY,),
    "https://w3id.org/security/suites/ed25519-2020/v1": (
        _ours(
            "ed25519-2020-v1", "9e10ac7e5366b28b14b613dc3724621386a701bba76614fe69f5d3f570829e6a"
        ),
    ),
    "https://w3id.org/openbadges/v2": (
        _ours("open-badges-v2", "2abc67c995da7a6e0265850e161f11eed00b0a27f7388d2ce27838efbf24e180"),
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": (_BADGES_EARLY, _BADGES_303),
    "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld": (
        _BADGES_EARLY,
        _BADGES_303,
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (_BADGES_301,),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (_BADGES_302,),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (_BADGES_303,),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (_BADGES_EXTENSIONS,),
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json": (_RECORDS_EARLY, _RECORDS_201),
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": (_RECORDS_201,),
}
