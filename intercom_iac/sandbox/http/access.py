"""Which requests are answered: those sent to this machine by its own name, and not by a page of another site.

A page on the web may point a name of its own at 127.0.0.1 and then read what is served there (DNS rebinding), or send
requests there without reading the answers. The first shows in the `Host` header, the second in `Origin` and
`Sec-Fetch-Site`; a server that checks all three answers only programs of this machine, and pages that are named.
"""

import re
from collections.abc import Collection
from ipaddress import ip_address

from ..wire.errors import ApiError
from .pages import SCRIPT_PATH, find_page

LARGEST_HEAD = 64 * 1024
"""Bytes a request's line and headers may have."""

LARGEST_BODY = 4 * 1024 * 1024
"""Bytes a request's body may have. Intercom's own limit is not established; no described request comes near this."""

# A name, an IPv4 address or an IPv6 one in brackets, and perhaps a port; no user as in a URL.
_AUTHORITY = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::[0-9]{1,5})?")
_TARGET = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#]*)", re.IGNORECASE)


def check_sender(
    target: str, headers: list[tuple[str, str]], names: Collection[str], origins: Collection[str] = ()
) -> None:
    """Checks that a request is for this machine and not sent by a page of another site.

    `target` is that of the request line, `headers` have lowercase names, `names` are further hosts that are served.
    Pages of `origins` may call the Messenger's paths. Where there are any, every page may load the script, since a
    browser does not tell for which page it loads one; the script holds nothing of the workspace.
    Raises `ApiError`: 421 for another host (RFC 9110, 15.5.20) and 403 for another site.
    """
    hosts = [value for name, value in headers if name == "host"]
    if absolute := _TARGET.match(target):
        hosts.append(absolute[1])
    if not hosts:
        raise ApiError(421, "misdirected_request", "The request names no host; send a Host header")
    for host in hosts:
        if not _is_served_host(host, names):
            shown = _printable_text(host)
            message = f"This server does not answer for the host '{shown}'; ask for 127.0.0.1 or localhost"
            raise ApiError(421, "misdirected_request", message)
    path = path_of_target(target)
    if find_page(path, headers, origins) is not None:
        return
    is_script = bool(origins) and path == SCRIPT_PATH
    for name, value in headers:
        if name == "origin" and not _is_served_host(_TARGET.sub(r"\1", value, count=1), names):
            raise ApiError(
                403, "forbidden", f"A page of '{_printable_text(value)}' may not send requests to this server"
            )
        if name == "sec-fetch-site" and value.strip().lower() == "cross-site" and not is_script:
            raise ApiError(403, "forbidden", "A page of another site may not send requests to this server")


def path_of_target(target: str) -> str:
    """The path of a request's target, which may be the whole URL, as of a request sent through a proxy."""
    absolute = _TARGET.match(target)
    return target[absolute.end() :] if absolute else target


def check_framing(target: str, headers: list[tuple[str, str]]) -> None:
    """Checks that a request's head and declared body are not too long, and that its body has one length.

    Raises `ApiError`: 431 and 413 for what is too long, 400 where the body has two lengths, which two servers in a
    row might read as different requests.
    """
    if len(target) + sum(len(name) + len(value) + 4 for name, value in headers) > LARGEST_HEAD:
        message = f"A request's line and headers may have at most {LARGEST_HEAD:,} bytes"
        raise ApiError(431, "request_header_fields_too_large", message)
    lengths = [value for name, value in headers if name == "content-length"]
    if lengths and any(name == "transfer-encoding" for name, _ in headers):
        message = "The request has both a Content-Length and a Transfer-Encoding; send one of them"
        raise ApiError(400, "bad_request", message)
    if any(not (length.isascii() and length.isdecimal()) for length in lengths):
        raise ApiError(400, "bad_request", "The request's Content-Length is no number")
    if any(int(length[:20]) > LARGEST_BODY for length in lengths):
        raise body_too_large_error()


def body_too_large_error() -> ApiError:
    """413 of a body longer than `LARGEST_BODY` (code and text: ours)."""
    return ApiError(
        413, "request_entity_too_large", f"A request's body may have at most {LARGEST_BODY:,} bytes"
    )


def is_loopback(host: str) -> bool:
    """Whether a name or address, without a port, is this machine's own."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_served_host(authority: str, names: Collection[str]) -> bool:
    match = _AUTHORITY.fullmatch(authority.strip())
    if match is None:
        return False
    host = match[1] or match[2]
    return is_loopback(host) or host.lower() in names


def _printable_text(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text[:100])
