"""One authorized request, taken apart for the resource that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..settings.switches import Switches
from ..storage.store import Store
from ..wire.json_values import JsonObject


@dataclass(frozen=True, slots=True)
class Call:
    """What a resource needs to answer: the workspace, the time and the request taken apart.

    `now` is in unix seconds. `parameters` are those of the path, decoded. `host` begins links in answers
    (`http://127.0.0.1:8080`); it is empty where the request names none.
    """

    store: Store
    switches: Switches
    now: int
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: JsonObject
    host: str
