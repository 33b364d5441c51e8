"""What Intercom's API (2.16) lets a program do to each kind of object, as data.

What is missing here is done by a person: the planner makes it a change of kind `manual`, with steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass

from .attribute import DataType

TypeChange = Literal["none", "api", "by hand"]
Kind = Literal["data_attribute", "event", "segment", "audience", "tag"]


@dataclass(frozen=True, slots=True)
class Capability:
    """What the API offers.

    `create` names the fields that an object can be made with, none where no call makes one; `change` those that can
    be changed; `retire` is how an object goes away.
    """

    create: frozenset[str]
    change: frozenset[str]
    retire: Literal["archive", "delete", "by hand"]


CAPABILITIES: Mapping[Kind, Capability] = MappingProxyType(
    {
        "data_attribute": Capability(
            create=frozenset({"type", "options", "description", "messenger_writable"}),
            change=frozenset({"description", "options", "messenger_writable", "archived"}),
            retire="archive",
        ),
        # Sending an event once registers its name; nothing lists, describes or archives names.
        "event": Capability(create=frozenset({"metadata"}), change=frozenset(), retire="by hand"),
        # Read as name, count and times; the rule is never returned and there is no write call.
        "segment": Capability(create=frozenset(), change=frozenset(), retire="by hand"),
        "audience": Capability(
            create=frozenset({"name", "predicates", "role_predicates"}),
            change=frozenset({"name", "predicates", "role_predicates"}),
            retire="delete",
        ),
        "tag": Capability(create=frozenset({"name"}), change=frozenset({"name"}), retire="delete"),
    }
)


def type_change(was: DataType, now: DataType) -> TypeChange:
    """How an attribute comes to another type: with a call, or only by a person on Intercom's screen.

    The API changes no types; a text takes options, which makes it a list (API 2.16 description, example of
    PUT /data_attributes). A list does not lose them.
    """
    if was == now:
        return "none"
    return "api" if (was, now) == (DataType.STRING, DataType.OPTIONS) else "by hand"
