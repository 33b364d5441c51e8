"""The calls of Intercom's API, by the names that its SDKs in all languages have for them."""

from __future__ import annotations

import re
from typing import Final, Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

ApiKind = Literal["contact", "legacy contact", "company", "event", "attribute", "search"]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """What a call of the API sends. `legacy contact` is a user or lead of API 1.x, of whose keys the custom
    attributes alone are what a contact's are."""

    kind: ApiKind


# Names of a client that is Intercom's where its record is: other products' are called by their product.
CLIENTS: Final = frozenset({"client", "api", "sdk", "ic", "this", "self"})
_RESOURCES: Final[dict[str, ApiKind]] = {
    "contact": "contact",
    "contacts": "contact",
    "visitors": "legacy contact",
    "user": "legacy contact",
    "users": "legacy contact",
    "lead": "legacy contact",
    "leads": "legacy contact",
    "company": "company",
    "companies": "company",
    "event": "event",
    "events": "event",
    "dataevents": "event",
    "dataattribute": "attribute",
    "dataattributes": "attribute",
}
_WRITES: Final = frozenset(
    {
        "create",
        "createuser",
        "createlead",
        "createcontact",
        "createcompany",
        "createevent",
        "createdataevent",
        "createdataattribute",
        "update",
        "updatecontact",
        "updateuser",
        "updatelead",
        "updatecompany",
        "createorupdate",
        "createorupdatecompany",
        "upsert",
        "save",
        "track",
        "submit",
        "post",
        "new",
    }
)
_URL: Final = lazy_pattern(
    r"(?:^|/)(contacts|companies|events|users|leads|data_attributes)(/search)?(?:/|\?|$)", re.IGNORECASE
)
_HOST: Final = lazy_pattern(r"\bapi(?:\.eu|\.au)?\.intercom\.io\b", re.IGNORECASE)


def sdk_call(resource: str, method: str) -> ApiCall | None:
    """The call behind `client.contacts.update`, `intercom.data_attributes.create`: its last two names, however they
    are spelled."""
    kind = _RESOURCES.get(_plain(resource))
    if kind is None:
        return None
    name = _plain(method)
    if kind == "contact" and name in ("search", "searchcontacts"):
        return ApiCall("search")
    return ApiCall(kind) if name in _WRITES else None


def url_call(url: str) -> ApiCall | None:
    """The call behind an address of Intercom's API; None for any other."""
    host = _HOST.search(url)
    if host is None:
        return None
    match = _URL.search(url, host.end())
    if match is None:
        return None
    kind = _RESOURCES[match[1].replace("_", "").lower()]
    return ApiCall("search" if match[2] and kind == "contact" else kind)


def _plain(name: str) -> str:
    return name.replace("_", "").removesuffix("()").lower()
