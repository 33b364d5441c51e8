"""Where a token may be sent: to Intercom, to this machine, and to a host that the project file allows by name."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from intercom_iac.lazy_pattern import lazy_pattern

REGIONS = {
    "us": "https://api.intercom.io",
    "eu": "https://api.eu.intercom.io",
    "au": "https://api.au.intercom.io",
}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_INTERCOM = frozenset(region.removeprefix("https://") for region in REGIONS.values())
_LABEL = lazy_pattern(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def usable_address(base_url: str) -> bool:
    """Whether an access token may be sent there at all: https, or plain http to this machine.

    A host, and a port and a path where needed. No user, query or fragment: requests would not carry them as
    they were meant, and a password does not belong in a file. A host outside ASCII is written in Punycode.
    """
    if any(
        character in "?#@\\" or character.isspace() or not character.isprintable() for character in base_url
    ):
        return False
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or not _is_host(host) or port == 0 or parts.netloc.endswith(":"):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)


def host_of(base_url: str) -> str | None:
    """The host of an address, in small letters; None where it has none."""
    try:
        return urlsplit(base_url).hostname
    except ValueError:
        return None


def trusted_host(base_url: str, allowed: str | None) -> bool:
    """Whether the host of an address is Intercom's, this machine, or `allowed`, in any case of letters."""
    host = host_of(base_url)
    return host in _INTERCOM or host in LOOPBACK or (allowed is not None and host == allowed.lower())


def _is_host(host: str) -> bool:
    """An IP address, or the labels of a host name (RFC 1123). A number as the last label is an address."""
    labels = host.split(".")
    if ":" in host or labels[-1].isdecimal():
        try:
            ip_address(host)
        except ValueError:
            return False
        return True
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
