"""Recorded exchanges with the real API, replayed against the embedded workspace and compared.

A recording is a list of exchanges: `method`, `path`, `query`, `request`, `status`, `headers`, `response`. What the
workspace held before the first of them is read off its answers. What the server gives out is told apart by what it
is: an id seen in the recording stands for the one that the replay got in the same place, and from then on both must
go the same way; times are compared by kind. All else is to be equal.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intercom_iac.sandbox import Request, Response

Exchange = Mapping[str, Any]
Handle = Callable[[Request], Response]

ABSENT = "(absent)"
FIRST_SECOND = 1_600_000_000
CONTACT_ID = re.compile(r"\b[0-9a-f]{24}\b")
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
TIMES = re.compile(r"\$(\.data\[\d+\])?\.(created_at|updated_at)$")
REQUEST_ID = re.compile(r"\$\.request_id$")
SETS = re.compile(r"\.tags\.data$")
"""Lists without an order of their own: a contact's tags stand now in the order of names, now in none."""


@dataclass(frozen=True)
class Difference:
    """One place where the sandbox answered otherwise; `path` is JSONPath from `$`, or `status` or `header NAME`."""

    method: str
    path: str
    place: str
    recorded: Any
    ours: Any

    @property
    def kind(self) -> str:
        """The place without what differs from one exchange to another."""
        return re.sub(r"\[\d+\]", "[]", self.place)

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.place}: recorded {self.recorded!r}, ours {self.ours!r}"


@dataclass
class Clock:
    """Each exchange in a second of its own, so that what was made later is later."""

    now: int = FIRST_SECOND

    def __call__(self) -> float:
        return self.now


@dataclass
class Replay:
    """One recording against one new workspace, behind `handle`, whose time is `clock`."""

    exchanges: list[Exchange]
    handle: Handle
    clock: Clock
    ids: dict[str, str] = field(default_factory=dict[str, str])
    moments: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])

    def run(self) -> Iterator[tuple[int, Exchange, list[Difference]]]:
        """Prepares the workspace, then gives each exchange with its differences."""
        self._prepare()
        for index, exchange in enumerate(self.exchanges):
            yield index, exchange, self._compare(exchange)

    def stale(self, exchange: Exchange) -> bool:
        """Whether a search answered with a contact as it was before a change that was recorded already."""
        if exchange["path"] != "/contacts/search":
            return False
        return any(
            shown["updated_at"] < self.moments[shown["id"]][0]
            for shown in exchange["response"]["data"]
            if shown["id"] in self.moments
        )

    def _prepare(self) -> None:
        for attribute in self._attributes():
            body = {key: attribute[key] for key in ("name", "data_type", "model")}
            if attribute.get("description"):
                body["description"] = attribute["description"]
            if attribute.get("options"):
                body |= {
                    "data_type": "options",
                    "options": [{"value": text} for text in attribute["options"]],
                }
            made = self._make("POST", "/data_attributes", body)
            if "id" in attribute:
                self.ids[str(attribute["id"])] = str(made["id"])
        for tag_id, name in sorted(self._tags().items(), key=lambda tag: int(tag[0])):
            self.ids[tag_id] = self._make("POST", "/tags", {"name": name})["id"]
        for contact in sorted(self._earlier_contacts(), key=lambda contact: contact["created_at"]):
            self._make_contact(contact)

    def _attributes(self) -> list[Any]:
        """The custom attributes listed; where none are, those that contacts have, as texts."""
        listed = self._first("/data_attributes", "custom")
        names = {
            name: None
            for exchange in self.exchanges
            for contact in contacts_in(exchange["response"])
            for name in contact["custom_attributes"]
        }
        return listed or [{"name": name, "data_type": "string", "model": "contact"} for name in names]

    def _tags(self) -> dict[str, str]:
        """The tags listed, and those that contacts have beside them, which no answer names."""
        listed = {tag["id"]: tag["name"] for tag in self._first("/tags", "name")}
        worn = {
            tag["id"]: f"tag {tag['id']}"
            for exchange in self.exchanges
            for contact in contacts_in(exchange["response"])
            for tag in contact["tags"]["data"]
        }
        return worn | listed

    def _first(self, path: str, key: str) -> list[Any]:
        """What the first list at `path` holds and has `key`."""
        lists = (exchange["response"]["data"] for exchange in self.exchanges if exchange["path"] == path)
        return [item for item in next(lists, ()) if item.get(key)]

    def _earlier_contacts(self) -> Iterable[Any]:
        """The contacts that no exchange made, each as it was first seen."""
        made = {
            exchange["response"]["id"]
            for exchange in self.exchanges
            if (exchange["method"], exchange["path"], exchange["status"]) == ("POST", "/contacts", 200)
        }
        known: dict[str, Any] = {}
        for exchange in self.exchanges:
            for contact in contacts_in(exchange["response"]):
                if contact["id"] not in made:
                    known.setdefault(contact["id"], contact)
        return known.values()

    def _make_contact(self, contact: Any) -> None:
        custom = contact["custom_attributes"]
        body = {key: contact[key] for key in ("role", "external_id", "email", "name", "phone")}
        # Null says that there was a value once.
        blanks = {name: value for name, value in self._samples().items() if custom.get(name, value) is None}
        body["custom_attributes"] = custom | blanks
        ours = self._make("POST", "/contacts", body)
        self._learn(contact, ours)
        path = f"/contacts/{ours['id']}"
        if blanks:
            self._make("PUT", path, {"custom_attributes": dict.fromkeys(blanks)})
        for tag in contact["tags"]["data"]:
            self._make("POST", f"{path}/tags", {"id": self.ids[tag["id"]]})

    def _samples(self) -> dict[str, Any]:
        """A value for each custom attribute."""
        values = {"string": "x", "integer": 1, "float": 1.5, "boolean": True, "date": FIRST_SECOND}
        return {attribute["name"]: values[attribute["data_type"]] for attribute in self._attributes()}

    def _make(self, method: str, path: str, body: Any) -> Any:
        response = self._send(method, path, {}, body)
        content = json.loads(response.body)
        assert response.status == 200, f"the beginning cannot be made: {method} {path} {body}: {content}"
        return content

    def _send(self, method: str, path: str, query: Mapping[str, str], body: Any) -> Response:
        self.clock.now += 1
        raw = b"" if body is None else json.dumps(body).encode()
        return self.handle(Request(method, path, query, {"authorization": "Bearer any"}, raw))

    def _compare(self, exchange: Exchange) -> list[Difference]:
        method, path = exchange["method"], exchange["path"]
        response = self._send(
            method, self._ours(path), exchange.get("query") or {}, self._ours(exchange.get("request"))
        )
        content = json.loads(response.body) if response.body else None
        places: list[tuple[str, Any, Any]] = []
        if response.status != exchange["status"]:
            places.append(("status", exchange["status"], response.status))
        places += _headers(exchange["headers"], response.headers)
        recorded = exchange["response"]
        if (method, path, response.status, exchange["status"]) == ("POST", "/contacts", 200, 200):
            self._learn(recorded, content)
        for contact, ours in zip(contacts_in(recorded), contacts_in(content), strict=False):
            self._learn_workspace(contact, ours)
        places += differences(self._ours(recorded), content)
        places += self._standing_still(exchange, content)
        return [Difference(method, path, *place) for place in places]

    def _learn(self, recorded: Any, ours: Any) -> None:
        self.ids[recorded["id"]] = ours["id"]
        # A lead's external id is the server's; ours is to be of the same form, and no other lead's.
        if recorded["role"] == "lead" and UUID.match(str(ours["external_id"])):
            assert ours["external_id"] not in self.ids.values()
            self.ids[recorded["external_id"]] = ours["external_id"]
        self._learn_workspace(recorded, ours)

    def _learn_workspace(self, recorded: Any, ours: Any) -> None:
        self.ids.setdefault(recorded["workspace_id"], ours["workspace_id"])

    def _standing_still(self, exchange: Exchange, content: Any) -> Iterator[tuple[str, Any, Any]]:
        """The contacts whose `updated_at` went on in the recording and not here, or here only."""
        if exchange["path"] == "/contacts/search" or exchange["status"] != 200:
            return
        for recorded, ours in zip(contacts_in(exchange["response"]), contacts_in(content), strict=False):
            before = self.moments.get(recorded["id"])
            after = (recorded["updated_at"], ours["updated_at"])
            if before is not None and (after[0] > before[0]) != (after[1] > before[1]):
                yield "updated_at went on", after[0] - before[0], after[1] - before[1]
            self.moments[recorded["id"]] = after

    def _ours(self, value: Any) -> Any:
        """A recorded value with our ids in place of the recorded ones."""
        if isinstance(value, list):
            return [self._ours(item) for item in value]
        if isinstance(value, dict):
            return {
                key: int(self.ids.get(str(item), item))
                if key == "id" and isinstance(item, int)
                else self._ours(item)
                for key, item in value.items()
            }
        if not isinstance(value, str):
            return value
        whole = self.ids.get(value)
        if whole is not None:
            return whole
        text = CONTACT_ID.sub(lambda found: self.ids.get(found[0], found[0]), value)
        return re.sub(r"(?<=/tags/)\d+\b", lambda found: self.ids.get(found[0], found[0]), text)


def contacts_in(answer: Any) -> Iterator[Any]:
    """The whole contacts of an answer."""
    items = answer.get("data", ()) if isinstance(answer, dict) else ()
    for item in itertools.chain([answer], items):
        if isinstance(item, dict) and item.get("type") == "contact" and "workspace_id" in item:
            yield item


def differences(recorded: Any, ours: Any, place: str = "$") -> Iterator[tuple[str, Any, Any]]:
    """Where two JSON values differ. Order counts in lists, not in objects; what the server gives out goes by kind."""
    if isinstance(recorded, dict) and isinstance(ours, dict):
        for key in recorded.keys() | ours.keys():
            if key in recorded and key in ours:
                yield from differences(recorded[key], ours[key], f"{place}.{key}")
            else:
                yield f"{place}.{key}", recorded.get(key, ABSENT), ours.get(key, ABSENT)
    elif isinstance(recorded, list) and isinstance(ours, list):
        if len(recorded) != len(ours):
            yield f"{place}.length", len(recorded), len(ours)
        if SETS.search(place):
            recorded, ours = (sorted(items, key=lambda item: item["id"]) for items in (recorded, ours))
        for index, (theirs, own) in enumerate(zip(recorded, ours, strict=False)):
            yield from differences(theirs, own, f"{place}[{index}]")
    elif not _same(recorded, ours, place):
        yield place, recorded, ours


def _headers(recorded: Mapping[str, str], ours: Mapping[str, str]) -> Iterator[tuple[str, Any, Any]]:
    """Where headers differ: one that tells of a number or a version is to tell of one, any other the same."""
    for name, value in recorded.items():
        own = ours.get(name.lower(), ABSENT)
        kind = re.compile("[0-9.]+") if re.fullmatch("[0-9.]+", value) else re.compile(re.escape(value))
        # `Status` repeats the status line, as one kind of web server did then.
        if name != "Status" and not kind.fullmatch(own):
            yield f"header {name}", value, own


def _same(recorded: Any, ours: Any, place: str) -> bool:
    if TIMES.match(place):
        return type(recorded) is type(ours) is int and ours >= FIRST_SECOND
    if REQUEST_ID.match(place):
        return isinstance(ours, str) and bool(ours)
    return type(recorded) is type(ours) and recorded == ours
