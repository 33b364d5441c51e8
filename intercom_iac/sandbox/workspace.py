"""The embedded workspace: one request in, one response out."""

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from .calls.body import read_body
from .calls.call import Call
from .rate_limit import RateLimit
from .resources.activities import log_timezone_change
from .resources.segments import insert_predefined_segments
from .router import find_route
from .settings.switches import Switches
from .storage.errors import (
    SandboxBusyError,
    SandboxDiskError,
    is_busy_error,
    is_disk_error,
)
from .storage.opening import open_stores
from .storage.search_lag import keep_versions
from .storage.store import Store
from .storage.timezone import find_timezone
from .versions import answered_version, check_version
from .wire.authorization import has_token
from .wire.errors import ApiError, error_response
from .wire.messages import Request, Response, new_uuid

LOG = logging.getLogger(__name__)

DEFAULT_TIMEZONE = "America/New_York"
"""Of a new workspace: unlike UTC it has summer time, so that a mistake about days shows."""


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
        find_timezone(timezone)
        self.path = path
        self.switches = switches
        self.clock = clock
        # Every answer reports Intercom's own limit; only a `Gateway` refuses calls for exceeding one.
        self._rate_limit = RateLimit.intercom_default()
        created_at = int(clock())

        def initialize(store: Store) -> None:
            store.set_meta("app_id", f"sandbox_{os.urandom(4).hex()}" if app_id is None else app_id)
            store.set_meta("name", name)
            store.set_meta("timezone", timezone)
            store.set_meta("created_at", str(created_at))
            insert_predefined_segments(store, created_at)

        self._writer, self._reader = open_stores(path, initialize)
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

        Where another process keeps the file locked the answer is a 503 (assumption: Intercom uses the status), where
        the disk is full or broken a 507, which Intercom does not use, so that it is never mistaken for another error.
        """
        if not has_token(request):
            return self._answer_or_error(request)
        status = self._rate_limit.count_call(self.clock())
        return status.add_headers(add_identity_headers(request, self._answer_or_error(request)))

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
            # The details are for whoever runs the workspace, not for clients.
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
        find_timezone(name)
        with self.store(writes=True) as store:
            before = store.meta("timezone") or "UTC"
            if name != before:
                log_timezone_change(store, before, name, int(self.clock()))
                store.set_meta("timezone", name)

    @contextmanager
    def store(self, *, writes: bool) -> Generator[Store]:
        """The tables, in one transaction, for administration and seeding.

        Raises `SandboxBusyError` where another process goes on writing for longer than this one waits,
        `SandboxDiskError` where the disk is full or broken.
        """
        store = self._writer if writes else self._reader
        try:
            with store.transaction(writes=writes):
                yield store
        except sqlite3.Error as error:
            if self.path is not None and is_busy_error(error):
                raise SandboxBusyError(self.path) from error
            if self.path is not None and is_disk_error(error):
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
        # Some clients send a body with every method; with these two it means nothing.
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


def add_identity_headers(request: Request, response: Response) -> Response:
    """The response with the id of the request and the version it was answered at.

    Every answer to a call with a token has both; one without a token is returned as it is.
    """
    if not has_token(request):
        return response
    version = answered_version(request.headers)
    headers = {"x-request-id": new_uuid(), **response.headers, "intercom-version": version}
    return Response(response.status, headers, response.body)
