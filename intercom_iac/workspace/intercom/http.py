"""A workspace over Intercom's API; the embedded one is reached by the same calls."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from intercom_iac.diagnostics import Conflict, NotFound, Unauthorized, WrongWorkspace
from intercom_iac.model import (
    CAPABILITIES,
    Identity,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    ModelName,
    Sample,
    SampleRequest,
    Snapshot,
    Survey,
    UnreadList,
)
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID

from ..client.client import TRIES, Client
from ..client.creating import create_once
from ..target import Target
from . import wire
from .belongings import Belongings
from .paging import read_pages
from .reading import start_read
from .records import HttpRecords, count_found
from .sampling import read_sample

_AUDIENCE_PAGE = 50  # the largest that GET /audiences gives (API 2.16 description)


class HttpWorkspace:
    """The `Workspace` of a `Target`, for any number of threads. A create whose answer is lost is not made twice."""

    def __init__(self, target: Target, client: Client, *, clock: Callable[[], float] = time.time) -> None:
        self._target = target
        self._client = client
        self._clock = clock
        self._identity: Identity | None = None
        self._identifying = threading.Lock()
        self._audience_ids: set[str] | None = None
        self._registrar = threading.Lock()
        self._registrar_made = False
        self._registrar_refused: Conflict | None = None

    @property
    def calls(self) -> int:
        return self._client.calls

    def close(self) -> None:
        self._client.close()

    def identity(self) -> Identity:
        with self._identifying:
            if self._identity is None:
                self._identity = self._identify()
            return self._identity

    def _identify(self) -> Identity:
        found = wire.identity(self._client.get("/me"))
        wanted = self._target.app_id
        if wanted is not None and found.app_id != wanted:
            raise WrongWorkspace(
                f"the token of `{self._target.name}` opens the workspace `{found.app_id}` ({found.name}), and "
                f"the project names `{wanted}`",
                hint="nothing was written; check `token_env` and `app_id` in the project file",
            )
        return found

    def allow_writes(self) -> None:
        found = self.identity()
        if self._target.app_id is None and self._target.needs_app_id:
            raise WrongWorkspace(
                f"the project does not say which workspace `{self._target.name}` is",
                hint=f"the token opens `{found.app_id}` ({found.name}): if that is the one, add "
                f"`app_id: {found.app_id}` to the project file",
            )

    def snapshot(self) -> Snapshot:
        identity = self.identity()
        attributes = start_read(self._attributes)
        events = start_read(self._registered_events)
        segments = start_read(self._segments)
        audiences = start_read(self._audiences)
        tags = start_read(self._tags)
        sent = events.result()
        found = Snapshot(
            identity,
            attributes.result(),
            sent or (),
            segments.result(),
            audiences.result(),
            tags.result(),
            has_registrar=sent is not None,
        )
        self._audience_ids = {audience.id for audience in found.audiences}
        return found

    def survey(self, *, counts: bool = False) -> Survey:
        """The snapshot as far as the token may read it. With `counts` the segments have the number of their people.

        Raises `Unauthorized` where not even `GET /me` may be read, and any other `WorkspaceError`.
        """
        self._refuse_another()
        identity = start_read(self.identity)
        reads: dict[str, tuple[str, Callable[[], Any], Any]] = {
            "attributes": ("GET /data_attributes", self._attributes, ()),
            "events": ("GET /events", self._registered_events, None),
            "segments": ("GET /segments", partial(self._segments, counts=counts), ()),
            "audiences": ("GET /audiences", self._audiences, ()),
            "tags": ("GET /tags", self._tags, {}),
        }
        started = {what: start_read(read) for what, (_, read, _) in reads.items()}
        whose = identity.result()
        found: dict[str, Any] = {}
        unread: list[UnreadList] = []
        for what, (call, _, nothing) in reads.items():
            try:
                found[what] = started[what].result()
            except Unauthorized as error:
                if error.status != HTTPStatus.FORBIDDEN:
                    raise
                found[what] = nothing
                unread.append(UnreadList(what, call, error.message))
        sent = found.pop("events")
        snapshot = Snapshot(whose, events=sent or (), has_registrar=sent is not None, **found)
        return Survey(snapshot, tuple(unread))

    def sample(self, request: SampleRequest, on_call: Callable[[], object] = lambda: None) -> Sample:
        """Some of the people and of what they did, as `read_sample` has it."""
        self._refuse_another()
        return read_sample(self._client, request, on_call)

    def start_sample(
        self, request: SampleRequest, on_call: Callable[[], object] = lambda: None
    ) -> Future[Sample]:
        """The same, beside what is read meanwhile."""
        return start_read(lambda: self.sample(request, on_call))

    def _refuse_another(self) -> None:
        """Where the target names its workspace, nothing of another one is read."""
        if self._target.app_id is not None:
            self.identity()

    def count_contacts(self, query: Mapping[str, Any]) -> int:
        """How many contacts a search finds, in one call. Search lags writes by minutes (API 2.16 description)."""
        return count_found(self._client, query)

    def records(self) -> HttpRecords:
        """Its contacts, companies and events. Raises `WrongWorkspace` where it is not the one that is meant."""
        self._refuse_another()
        return HttpRecords(self._client)

    def belongings(self) -> Belongings:
        """What belongs to its contacts."""
        self._refuse_another()
        return Belongings(self._client)

    def attributes(self) -> tuple[LiveAttribute, ...]:
        """Those of contacts and companies, archived ones as well."""
        return self._attributes()

    def _attributes(self, **only: str) -> tuple[LiveAttribute, ...]:
        return wire.attributes(
            {"data": self._read_list("/data_attributes", "data", include_archived="true", **only)}
        )

    def _read_list(self, path: str, key: str, **query: str) -> list[Mapping[str, Any]]:
        return read_pages(self._client.get, path, key, pause=self._client.back_off, **query)

    def attribute(self, model: ModelName, attribute_id: int) -> LiveAttribute | None:
        return next(
            (attribute for attribute in self._attributes(model=model) if attribute.id == attribute_id), None
        )

    def audience(self, audience_id: str) -> LiveAudience | None:
        path = f"/audiences/{quote(audience_id, safe='')}"
        try:
            return wire.audience(self._client.get(path), "GET /audiences/{id}")
        except NotFound:
            return None

    def tag(self, tag_id: str) -> str | None:
        try:
            return wire.tag(self._client.get(f"/tags/{quote(tag_id, safe='')}"), "GET /tags/{id}")[0]
        except NotFound:
            return None

    def _segments(self, *, counts: bool = False) -> tuple[LiveSegment, ...]:
        query = {"include_count": "true"} if counts else {}
        return tuple(map(wire.segment, self._read_list("/segments", "segments", **query)))

    def _tags(self) -> dict[str, str]:
        return dict(map(wire.tag, self._read_list("/tags", "data")))

    def _registered_events(self) -> tuple[str, ...] | None:
        """The names in the registrar's event summary; None while there is no registrar."""
        asked = {"type": "user", "user_id": REGISTRAR_EXTERNAL_ID, "summary": "true"}
        try:
            return tuple(map(wire.event_name, self._read_list("/events", "events", **asked)))
        except NotFound:
            return None

    def _audiences(self) -> tuple[LiveAudience, ...]:
        return tuple(
            map(wire.audience, self._read_list("/audiences", "data", page="1", per_page=str(_AUDIENCE_PAGE)))
        )

    def create_attribute(self, model: ModelName, name: str, fields: Mapping[str, Any]) -> None:
        body = {"name": name, "model": model, "data_type": fields["type"], **_updatable(fields)}
        create_once(
            lambda: self._client.post("/data_attributes", body),
            lambda: any(
                (attribute.model, attribute.name) == (model, name) for attribute in self._attributes()
            ),
            self._client.back_off,
        )

    def update_attribute(self, attribute_id: int, fields: Mapping[str, Any]) -> None:
        self._client.put(f"/data_attributes/{attribute_id}", _updatable(fields))

    def register_event(self, name: str, metadata: Mapping[str, Any]) -> None:
        body = {
            "event_name": name,
            "created_at": int(self._clock()),
            "user_id": REGISTRAR_EXTERNAL_ID,
            **({"metadata": dict(metadata)} if metadata else {}),
        }
        # Intercom takes a second event of the same person, name and second for the first (API 2.16 description).
        send = partial(self._client.post, "/events", body, repeatable=True)
        try:
            send()
        except NotFound:
            with self._registrar:
                if not self._registrar_made:
                    self._registrar_refused = self._make_registrar()
                    self._registrar_made = True
            self._send_to_registrar(send)

    def _send_to_registrar(self, send: Callable[[], object]) -> None:
        """Sends an event for the contact that was just made, by us or by another apply: it may take a moment until
        events find it."""
        for attempt in range(1, TRIES):
            try:
                send()
            except NotFound:
                self._client.back_off(attempt)
            else:
                return
        try:
            send()
        except NotFound:
            # A contact that exists and yet takes no events is an archived one; only a person may restore it.
            if self._registrar_refused is not None:
                raise self._registrar_refused from None
            raise

    def _make_registrar(self) -> Conflict | None:
        """What to say if the contact that is there already, by Intercom's word, takes no events."""
        contact = {
            "role": "user",
            "external_id": REGISTRAR_EXTERNAL_ID,
            "name": "intercom-iac registrar",
            "unsubscribed_from_emails": True,
        }
        try:
            create_once(
                lambda: self._client.post("/contacts", contact), self._has_registrar, self._client.back_off
            )
        except Conflict as error:
            if error.status != HTTPStatus.CONFLICT:
                raise
            return Conflict(
                f"the registrar contact cannot be made: {error.message}",
                hint=f"restore the contact with the user id `{REGISTRAR_EXTERNAL_ID}` in Intercom",
                request_id=error.request_id,
                status=error.status,
            )
        return None

    def _has_registrar(self) -> bool:
        try:
            self._client.get(f"/contacts/find_by_external_id/{REGISTRAR_EXTERNAL_ID}")
        except NotFound:
            return False
        return True

    def create_tag(self, name: str) -> None:
        create_once(
            lambda: self._client.post("/tags", {"name": name}),
            lambda: name in self._tags(),
            self._client.back_off,
        )

    def rename_tag(self, tag_id: str, name: str) -> None:
        self._client.post("/tags", {"id": tag_id, "name": name}, repeatable=True)

    def create_audience(
        self, name: str, predicates: Sequence[Mapping[str, str]], roles: Sequence[Mapping[str, str]]
    ) -> None:
        body = {
            "name": name,
            "predicates": list(map(dict, predicates)),
            "role_predicates": list(map(dict, roles)),
        }
        # Names do not tell audiences apart, so which were there before is needed.
        before = self._audience_ids
        if before is None:
            before = {audience.id for audience in self._audiences()}

        def is_there() -> bool:
            return any(
                audience.id not in before and _definition(audience) == body for audience in self._audiences()
            )

        create_once(
            lambda: self._client.post("/audiences", body), is_there, self._client.back_off, unique=False
        )

    def update_audience(self, audience_id: str, fields: Mapping[str, Any]) -> None:
        self._client.put(f"/audiences/{quote(audience_id, safe='')}", fields)

    def delete_audience(self, audience_id: str) -> None:
        self._client.delete(f"/audiences/{quote(audience_id, safe='')}")


def _definition(audience: LiveAudience) -> dict[str, Any]:
    """The body that would create such an audience."""
    return {
        "name": audience.name,
        "predicates": [predicate.as_json() for predicate in audience.predicates],
        "role_predicates": [role_predicate.as_json() for role_predicate in audience.role_predicates],
    }


def _updatable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that PUT takes, in its form: options as `[{"value": ...}]` (API 2.16 description)."""
    keys = CAPABILITIES["data_attribute"].change - {"options"}
    body = {key: value for key, value in fields.items() if key in keys}
    if fields.get("options"):
        body["options"] = [{"value": option} for option in fields["options"]]
    return body
