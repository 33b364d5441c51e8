"""The `Intercom-Version` header: which versions answer, and what an older one does not have yet.

Whatever version a request names, the answer is that of 2.16; a version decides only which paths exist. So a client
that asks for `Preview` or 2.17 is answered too, without what came after 2.16: there a search on Intercom's own
timestamps compares seconds, here days.
"""

import re
from collections.abc import Mapping

from .settings.switches import Switches
from .wire.errors import ApiError

CURRENT_VERSION = (2, 16)

# The `intercom_version` of the API 2.16 description.
KNOWN_VERSIONS = frozenset(
    [f"1.{minor}" for minor in range(5)] + [f"2.{minor}" for minor in range(CURRENT_VERSION[1] + 1)],
)

# Later than what is simulated. `Unstable` is the former name of `Preview`.
NEWER_VERSIONS = frozenset(("2.17", "Preview", "Unstable"))

# The first version of a path and all below it, where the official changelogs name it (and it is later than 2.0).
FIRST_VERSIONS = {
    "/contacts/find_by_external_id": (2, 13),
    "/audiences": CURRENT_VERSION,
    "/conversations/attributes": CURRENT_VERSION,
    "/admins/activity_logs/search": CURRENT_VERSION,
    "/admins/activity_log_event_types": CURRENT_VERSION,
}

# Calls of `Preview` only, so missing at 2.16 (API descriptions of both).
PREVIEW_CALLS = frozenset(
    (
        ("POST", "/companies/search"),
        ("POST", "/contacts/bulk"),
        ("POST", "/contacts/bulk/delete"),
        ("GET", "/contacts/bulk/{id}"),
    )
)


def check_version(headers: Mapping[str, str], method: str, path: str, switches: Switches) -> None:
    """Checks that the version of a request, 2.16 where its header names none, is known and has the call.

    Raises `ApiError` 400 `intercom_version_invalid` where it does not have the path (text: observed) and where it is
    not known (text: assumption).
    """
    requested = _requested_version(headers)
    if (
        requested
        and requested not in KNOWN_VERSIONS | NEWER_VERSIONS
        and not switches.unknown_versions_accepted
    ):
        raise ApiError(400, "intercom_version_invalid", f"The version '{requested}' is not known")
    version = _parse_version(requested) if requested in KNOWN_VERSIONS else CURRENT_VERSION
    path = re.sub("//+", "/", path).rstrip("/")
    if _is_preview_call(method, path) or any(
        version < first and (path == start or path.startswith(f"{start}/"))
        for start, first in FIRST_VERSIONS.items()
    ):
        raise ApiError(
            400, "intercom_version_invalid", "Requested resource is not available in current API version"
        )


def answered_version(headers: Mapping[str, str]) -> str:
    """The version that an answer names: the one requested where it is known, else 2.16."""
    requested = _requested_version(headers)
    return requested if requested in KNOWN_VERSIONS else ".".join(map(str, CURRENT_VERSION))


def _requested_version(headers: Mapping[str, str]) -> str:
    return headers.get("intercom-version", "").strip()


def _parse_version(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return int(major), int(minor)


def _is_preview_call(method: str, path: str) -> bool:
    parent = path.rpartition("/")[0]
    return (method, path) in PREVIEW_CALLS or (method, f"{parent}/{{id}}") in PREVIEW_CALLS
