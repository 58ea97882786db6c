"""What the URL of an alignment means: a concept, a page about one, or no single item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

ESCO_CONCEPTS = "http://data.europa.eu/esco/"
ONET_ELEMENTS = "https://www.onetonline.org/find/descriptor/result/"
ONET_OCCUPATIONS = "https://www.onetonline.org/link/summary/"
_ESCO_HOSTS = frozenset({"data.europa.eu", "esco.ec.europa.eu", "ec.europa.eu"})
_ONET_HOSTS = frozenset({"onetonline.org", "onetcenter.org", "services.onetcenter.org"})
_ESCO_ITEM = re.compile(r"/esco/(?:skill|occupation|isced-f|isco|Occupation|member)/?[^/]+")
_ELEMENT = re.compile(r"/([1-9](?:\.[A-Z0-9a-z]+)+)(?:/|$)")
_SOC = re.compile(r"/(\d{2}-\d{4}\.\d{2})(?:/|$)")
_PORTAL_SKILL = re.compile(
    r"/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:/|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetUrl:
    """A URL as it is to be looked up.

    Attributes:
        uri: The concept's own URI as far as the URL tells it, else the URL as written.
        absolute: Whether it has a scheme and names something.
        item: Whether it can mean one node; False for a framework's home page.
        family: ``esco`` or ``onet`` where the address is theirs, else empty.
    """

    uri: str
    absolute: bool
    item: bool
    family: str = ""


def read_target_url(url: str) -> TargetUrl:
    """Return what a URL means, without asking anybody.

    ESCO's URIs begin with ``http://``, and a portal page names one in ``uri=``; pages of O*NET
    hold the code of an element or occupation.
    """
    written = url.strip()
    try:
        parts = urlsplit(written)
    except ValueError:
        return TargetUrl(uri=written, absolute=False, item=False)
    if not parts.scheme or not (parts.netloc or parts.path):
        return TargetUrl(uri=written, absolute=False, item=False)
    host = (parts.hostname or "").removeprefix("www.")
    if host in _ESCO_HOSTS and ("esco" in written.lower()):
        return _esco(written, parts)
    if host in _ONET_HOSTS:
        return _onet(written, parts)
    item = not parts.netloc or bool(parts.path.strip("/") or parts.query or parts.fragment)
    return TargetUrl(uri=written, absolute=True, item=item)


def _esco(written: str, parts: SplitResult) -> TargetUrl:
    named = parse_qs(parts.query).get("uri", [""])[0]
    if named.startswith(("http://data.europa.eu/esco/", "https://data.europa.eu/esco/")):
        return _esco(named, urlsplit(named))
    if parts.hostname == "data.europa.eu":
        uri = ESCO_CONCEPTS + parts.path.removeprefix("/esco/").rstrip("/")
        item = bool(_ESCO_ITEM.match(parts.path))
        return TargetUrl(uri=uri if item else written, absolute=True, item=item, family="esco")
    kind = "occupation" if "/occupation" in parts.path else "skill"
    if found := _PORTAL_SKILL.search(parts.path):
        uri = f"{ESCO_CONCEPTS}{kind}/{found[1]}"
        return TargetUrl(uri=uri, absolute=True, item=True, family="esco")
    return TargetUrl(uri=written, absolute=True, item=False, family="esco")


def _onet(written: str, parts: SplitResult) -> TargetUrl:
    if found := _SOC.search(parts.path):
        uri = ONET_OCCUPATIONS + found[1]
    elif found := _ELEMENT.search(parts.path):
        uri = ONET_ELEMENTS + found[1]
    else:
        return TargetUrl(uri=written, absolute=True, item=False, family="onet")
    return TargetUrl(uri=uri, absolute=True, item=True, family="onet")
