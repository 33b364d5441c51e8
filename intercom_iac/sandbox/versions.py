"""The `Intercom-Version` header: which versions answer, and what an older one does not have yet.

Whatever version is asked for, the answer is that of 2.16; only what a version has or lacks is told apart. So a
client that asks for `Preview`, or for 2.17, is answered as well, without what came after 2.16: there a search on
Intercom's own timestamps goes by the second, here by the day.
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

# Later than what is simulated: `Unstable` is what `Preview` was called before.
NEWER_VERSIONS = frozenset(("2.17", "Preview", "Unstable"))

# The first version of a path and all below it, where the official changelogs tell it (and it is later than 2.0).
FIRST_VERSIONS = {
    "/contacts/find_by_external_id": (2, 13),
    "/audiences": CURRENT_VERSION,
    "/conversations/attributes": CURRENT_VERSION,
    "/admins/activity_logs/search": CURRENT_VERSION,
    "/admins/activity_log_event_types": CURRENT_VERSION,
}

# Of the Preview only, so missing at 2.16 (API descriptions of both).
PREVIEW_CALLS = frozenset(
    (
        ("POST", "/companies/search"),
        ("POST", "/contacts/bulk"),
        ("POST", "/contacts/bulk/delete"),
        ("GET", "/contacts/bulk/{id}"),
    )
)


def check_version(headers: Mapping[str, str], method: str, path: str, switches: Switches) -> None:
    """Lets a call pass at the version its header asks for, 2.16 where there is none.

    Raises 400 `intercom_version_invalid` where that version does not have the path, and for a version that is not
    known. The first text is observed, the second an assumption.
    """
    asked = headers.get("intercom-version", "").strip()
    if asked and asked not in KNOWN_VERSIONS | NEWER_VERSIONS and not switches.unknown_versions_accepted:
        raise ApiError(400, "intercom_version_invalid", f"The version '{asked}' is not known")
    version = _parse_version(asked) if asked in KNOWN_VERSIONS else CURRENT_VERSION
    path = re.sub("//+", "/", path).rstrip("/")
    if _is_preview_call(method, path) or any(
        version < first and (path == start or path.startswith(f"{start}/"))
        for start, first in FIRST_VERSIONS.items()
    ):
        raise ApiError(
            400, "intercom_version_invalid", "Requested resource is not available in current API version"
        )


def _parse_version(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return int(major), int(minor)


def _is_preview_call(method: str, path: str) -> bool:
    parent = path.rpartition("/")[0]
    return (method, path) in PREVIEW_CALLS or (method, f"{parent}/{{id}}") in PREVIEW_CALLS
