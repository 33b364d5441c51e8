"""The embedded workspace: one request in, one response out."""

import logging
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from .access import has_token
from .activities import log_timezone
from .call import Call, read_body
from .errors import ApiError, SandboxBusyError, SandboxDiskError, error_response
from .lag import keep_versions
from .messages import JsonObject, Request, Response, new_uuid
from .router import find_route
from .segments import PREDEFINED, checked_query, render
from .store import Store, add_segments, is_busy, is_disk, open_stores, zone
from .switches import Switches
from .traffic import RateLimit
from .values import is_printable
from .versions import CURRENT, KNOWN, check_version

LOG = logging.getLogger(__name__)

DEFAULT_TIMEZONE = "America/New_York"
"""Of a new workspace: unlike UTC it has summer time, so that a mistake about days shows."""

LINKS = (
    "deletions",
    "notes",
    "merges",
    "event_summaries",
    "events",
    "event_names",
    "contact_tags",
    "company_tags",
    "memberships",
)
RESOURCES = (
    *("contacts", "companies", "tags", "audiences", "segments", "attributes"),
    *("conversation_attributes", "activities"),
)


class Sandbox:
    """An Intercom workspace, API version 2.16, in one SQLite file.

    `path`: the file, created with its folder where missing; None keeps the workspace in memory. Several processes
    may have the file open at once. `clock` gives the time in unix seconds. `app_id`, `name` and `timezone` (IANA
    name) are of a workspace being created; an existing one keeps its own.

    Raises `SandboxFileError` where the file is something else, ValueError for an unknown time zone.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        switches: Switches = Switches(),  # noqa: B008 (frozen)
        clock: Callable[[], float] = time.time,
        app_id: str | None = None,
        name: str = "Sandbox",
        timezone: str = DEFAULT_TIMEZONE,
    ) -> None:
        zone(timezone)
        identity = {"name": name, "timezone": timezone} | ({} if app_id is None else {"app_id": app_id})
        self.path = path
        self.switches = switches
        self.clock = clock
        # Intercom's own limit is told with every answer; refusing for it is for a `Gateway`.
        self._usual = RateLimit.usual()
        self._writer, self._reader = open_stores(
            path, created_at=int(clock()), identity=identity, predefined=PREDEFINED
        )
        if switches.search_lag > 0:
            with self.store(writes=True) as store:
                keep_versions(store, switches.search_lag)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; a workspace in memory is gone."""
        self._reader.close()
        self._writer.close()

    def handle(self, request: Request) -> Response:
        """Answers one request, from any thread, all or nothing; never raises.

        Where another process keeps the file locked it is a 503 (assumption: Intercom knows the code), where the
        disk is full or broken a 507, which Intercom has not: it is told apart from a mistake in here.
        """
        place = self._usual.enter(self.clock()) if has_token(request) else None
        response = identified(request, self._answer_or_error(request))
        return response if place is None else place.on(response)

    def _answer_or_error(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except ApiError as error:
            return error_response(error)
        except UnicodeEncodeError:
            return error_response(
                ApiError(400, "bad_request", "The request holds text that is not valid Unicode")
            )
        except SandboxBusyError:
            message = "Another process is writing to the workspace; try again later"
            return error_response(ApiError(503, "service_unavailable", message))
        except SandboxDiskError as error:
            return error_response(
                ApiError(507, "server_error", f"The workspace cannot be stored: {error.reason}")
            )
        except Exception:
            # What went wrong inside is no client's business, but it is that of whoever runs the workspace.
            LOG.exception("%s %s failed inside the embedded workspace", request.method, request.path)
            return error_response(ApiError(500, "server_error", "An internal error occurred"))

    @property
    def app_id(self) -> str:
        """The workspace's id, `app.id_code` of GET /me."""
        return self._meta("app_id")

    @property
    def timezone(self) -> str:
        """The workspace's time zone, an IANA name."""
        return self._meta("timezone")

    @timezone.setter
    def timezone(self, name: str) -> None:
        zone(name)
        with self.store(writes=True) as store:
            before = store.meta("timezone") or "UTC"
            if name != before:
                log_timezone(store, before, name, int(self.clock()))
                store.set_meta("timezone", name)

    @contextmanager
    def store(self, *, writes: bool) -> Generator[Store]:
        """The tables, in one transaction: for what stands in for Intercom's own screens and for seeding.

        Raises `SandboxBusyError` where another process is writing and does not come to an end, `SandboxDiskError`
        where the disk is full or broken.
        """
        store = self._writer if writes else self._reader
        try:
            with store.transaction(writes=writes):
                yield store
        except sqlite3.Error as error:
            if self.path is not None and is_busy(error):
                raise SandboxBusyError(self.path) from error
            if self.path is not None and is_disk(error):
                raise SandboxDiskError(self.path, str(error).lower()) from error
            raise

    def _meta(self, key: str) -> str:
        with self.store(writes=False) as store:
            return store.meta(key) or ""

    def _answer(self, request: Request) -> Response:
        if not has_token(request):
            raise ApiError(401, "unauthorized", "Access Token Invalid")
        check_version(request.headers, request.method, request.path, self.switches)
        route, parameters = find_route(request.method, request.path)
        # Some clients send a body with every method; these two have none that means anything.
        body = {} if request.method in ("GET", "DELETE") else read_body(request.body)
        host = request.headers.get("host", "")
        with self.store(writes=route.writes) as store:
            call = Call(
                store=store,
                switches=self.switches,
                now=int(self.clock()),
                parameters=parameters,
                query=request.query,
                body=body,
                host=f"http://{host}" if host else "",
            )
            return route.answer(call)


class SegmentNameError(Exception):
    """A segment cannot have that name; `reason` says why: the name ..."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"a segment's name {reason}")
        self.reason = reason


class SegmentExistsError(Exception):
    """The workspace already has a segment of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a segment named `{name}` exists already")
        self.name = name


class SegmentQueryError(Exception):
    """A segment cannot have that query; `reason` is what a search for it would be refused with."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"a segment's query is no contact search: {reason}")
        self.reason = reason


def add_segment(
    sandbox: Sandbox, name: str, person_type: str = "user", *, query: object = None
) -> JsonObject:
    """Stands for a person building a segment on Intercom's screens; returns it as GET /segments/{id} would.

    `person_type` is `user` or `contact`. `query` is the `query` of a POST /contacts/search and selects the
    members; without it there are none. Spaces around the name go. Raises `SegmentExistsError`, `SegmentQueryError`,
    and `SegmentNameError` for a name no one could see; that names are unique is an assumption.
    """
    if person_type not in ("user", "contact"):
        raise ValueError("person_type must be user or contact")
    name = name.strip()
    if not name:
        raise SegmentNameError("is empty")
    if not is_printable(name):
        raise SegmentNameError("holds control characters")
    with sandbox.store(writes=True) as store:
        if store.one("select id from segments where name = ?", name) is not None:
            raise SegmentExistsError(name)
        now = int(sandbox.clock())
        try:
            rule = None if query is None else checked_query(store, query, now, sandbox.switches)
        except ApiError as error:
            raise SegmentQueryError(error.message) from error
        except UnicodeEncodeError as error:
            raise SegmentQueryError("it holds text that is not valid Unicode") from error
        add_segments(store, {name: person_type}, now, query=rule)
        row = store.one("select * from segments where name = ?", name)
        assert row is not None
        return render(row)


def end_scroll(sandbox: Sandbox) -> None:
    """Ends a scroll over companies that was left open, as a minute's rest would."""
    with sandbox.store(writes=True) as store:
        store.run("delete from meta where key = 'scroll'")


def reset(sandbox: Sandbox) -> None:
    """Empties the workspace: as new, but for its id, name, time zone and age; ids are given out anew."""
    with sandbox.store(writes=True) as store:
        for table in (*LINKS, *RESOURCES, "counters"):
            store.run(f"delete from {table}")  # noqa: S608
        store.run("delete from meta where key = 'scroll'")
        add_segments(store, PREDEFINED, int(sandbox.clock()))


def identified(request: Request, response: Response) -> Response:
    """The answer with the headers that every one to a call with a token has: its id, and the version asked for."""
    if not has_token(request):
        return response
    asked = request.headers.get("intercom-version", "").strip()
    version = asked if asked in KNOWN else ".".join(map(str, CURRENT))
    headers = {"x-request-id": new_uuid(), **response.headers, "intercom-version": version}
    return Response(response.status, headers, response.body)
