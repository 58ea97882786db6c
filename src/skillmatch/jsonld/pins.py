"""Which JSON-LD contexts are known, under which names, and the hash of each.

A context decides what a signature covers, so it is never fetched: it comes from a package and is
compared with the hashes here before it is used. One that openbadgeslib ships is read from there, as
a file; the others are built from the term tables in ``terms``. Tests compare each with the
published document, by its definitions and by what it expands to.
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
        sha256: Every digest that the file may have; they differ in white space only. For a term
            table it is the digest of the built document, see ``contexts.built_digest``.
        group: Where the file is a term table: the group that is the context.
        edition: The context that the group changes, if it does not stand alone.
    """

    package: str
    path: str
    sha256: tuple[str, ...]
    group: str = ""
    edition: Pin | None = None


def _ours(file: str, group: str, sha256: str, *, edition: Pin | None = None) -> Pin:
    path = f"jsonld/terms/{file}.toml"
    return Pin(package=OURS, path=path, sha256=(sha256,), group=group, edition=edition)


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
    "open_badges_3",
    "open-badges-v3-early",
    "2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b",
    edition=_BADGES_301,
)
_RECORDS_EARLY = _ours(
    "learner_records",
    "clr-v2-early",
    "a2dd0c0c07434663b7b54a51dd8a3363f6d5c420efa87e3d97b4ef8661596d44",
    edition=_RECORDS_201,
)

# What stood under an address without a version has changed, so that a signature may have been
# made over any of its editions; the one that stands there today comes first.
PINS: dict[str, tuple[Pin, ...]] = {
    "https://www.w3.org/2018/credentials/v1": (
        _ours(
            "credentials",
            "credentials-v1",
            "b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247",
        ),
    ),
    "https://www.w3.org/ns/credentials/v2": (_CREDENTIALS_2,),
    "https://www.w3.org/ns/credentials/examples/v2": (
        _ours(
            "examples",
            "examples-v2",
            "8a675bead391be98e6054c4e07c41f73337508d398e07047344c5d349aa2dc58",
        ),
    ),
    "https://www.w3.org/ns/credentials/status/v1": (
        _ours(
            "status",
            "bitstring-status-v1",
            "b2fcebfbaf4e6beae2be370fda8a5f9f99c28540c798a75a8cdccc0fb1a12492",
        ),
    ),
    "https://w3id.org/vc/status-list/2021/v1": (
        _ours(
            "status",
            "status-list-2021-v1",
            "9768f9aa81ab6c3e2ad96b2d669eaba67afe13fff0140a853f1e3d313fab13b6",
        ),
    ),
    "https://www.w3.org/ns/did/v1": (
        _ours(
            "security", "did-v1", "a7e146c40fcec005d3f0f14ae745665f446da58d7914a9d8f733746686fad82b"
        ),
    ),
    "https://w3id.org/security/data-integrity/v1": (
        _ours(
            "security",
            "data-integrity-v1",
            "9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f",
        ),
    ),
    "https://w3id.org/security/data-integrity/v2": (_INTEGRITY_2,),
    "https://w3id.org/security/multikey/v1": (_MULTIKEY,),
    "https://w3id.org/security/suites/ed25519-2020/v1": (
        _ours(
            "security",
            "ed25519-2020-v1",
            "fb517f09d990829aed734c9bad8cbbb2ac3d5063b865c7e3d81f246074bf5691",
        ),
    ),
    "https://w3id.org/openbadges/v2": (
        _ours(
            "open_badges_2",
            "open-badges-v2",
            "a5739ffb10608c89b657e3356ec5de367824d83fc034946f643161da9e22f329",
        ),
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
