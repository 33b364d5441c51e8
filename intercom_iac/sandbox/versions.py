"""The `Intercom-Version` header: which versions answer, and what an older one does not have yet.

Whatever version is asked for, the answer is that of 2.16; only what a version has or lacks is told apart. So a
client that asks for `Preview`, or for 2.17, is answered as well, without what came after 2.16: there a search on
Intercom's own timestamps goes by the second, here by the day.
"""

import re
from collections.abc import Mapping

from .errors import ApiError
from .switches import Switches

CURRENT = (2, 16)

# The `intercom_version` of the API 2.16 description.
KNOWN = frozenset(
    [f"1.{minor}" for minor in range(5)] + [f"2.{minor}" for minor in range(CURRENT[1] + 1)],
)

# Later than what is simulated: `Unstable` is what `Preview` was called before.
NEWER = frozenset(("2.17", "Preview", "Unstable"))

# The first version of a path and all below it, where the official changelogs tell it (and it is later than 2.0).
SINCE = {
    "/contacts/find_by_external_id": (2, 13),
    "/audiences": CURRENT,
    "/conversations/attributes": CURRENT,
    "/admins/activity_logs/search": CURRENT,
    "/admins/activity_log_event_types": CURRENT,
}

# Of the Preview only, so missing at 2.16 (API descriptions of both).
LATER = frozenset(
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
    if asked and asked not in KNOWN | NEWER and not switches.unknown_versions_accepted:
        raise ApiError(400, "intercom_version_invalid", f"The version '{asked}' is not known")
    version = _numbers(asked) if asked in KNOWN else CURRENT
    path = re.sub("//+", "/", path).rstrip("/")
    if _is_later(method, path) or any(
        version < first and (path == start or path.startswith(f"{start}/")) for start, first in SINCE.items()
    ):
        raise ApiError(
            400, "intercom_version_invalid", "Requested resource is not available in current API version"
        )


def _numbers(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return int(major), int(minor)


def _is_later(method: str, path: str) -> bool:
    parent = path.rpartition("/")[0]
    return (method, path) in LATER or (method, f"{parent}/{{id}}") in LATER
