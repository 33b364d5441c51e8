"""The embedded workspace: as a transport for calls of its API, and for what a person does in Intercom's own screens.

No other file of the project knows the sandbox.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import httpx

from intercom_iac.diagnostics import IntercomIacError, Misuse, Unreachable, WorkspaceError, require_extra
from intercom_iac.model import Predicate, Schema, walk
from intercom_iac.model.predicate import SomeCompany, Tagged
from intercom_iac.sandbox import (
    DEFAULT_TIMEZONE,
    SEEDED_DAYS,
    Behaviour,
    Declared,
    DeclaredEvent,
    DeclaredKey,
    Dropped,
    Gateway,
    Request,
    Response,
    Sandbox,
    SandboxBusyError,
    SandboxDiskError,
    SandboxFileError,
    Seeded,
    SegmentExistsError,
    SegmentNameError,
    SegmentQueryError,
    SettingError,
    Switches,
    add_segment,
    end_scroll,
    listen,
    reset,
    seed,
    serve,
)

from .client.answers import Answer

_BUSY, _DISK = 503, 507


def open_embedded(path: Path) -> Embedded:
    """The embedded workspace of a file, made where there is none. Raises `IntercomIacError` where it cannot be."""
    try:
        return Embedded(Sandbox(path), path)
    except SandboxFileError as error:
        raise _unusable_file(error, "name another file in the project file") from error


class Embedded(httpx.BaseTransport):
    """Hands each request to a workspace in this process, as the network would; closing it closes the workspace.

    `path` names the workspace in errors.
    """

    def __init__(self, workspace: Sandbox | Gateway, path: Path) -> None:
        self._workspace = workspace
        self._path = path

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises `Unreachable` while another process is writing to the file: it has been waited for already; and a
        `WorkspaceError` where its disk is full or broken, which undoes the call.

        A dropped connection is what it is to httpx over the network, `RemoteProtocolError`.
        """
        try:
            answer = self._workspace.handle(
                Request(
                    method=request.method,
                    path=request.url.raw_path.partition(b"?")[0].decode("ascii"),
                    query=dict(request.url.params),
                    headers={name.lower(): value for name, value in request.headers.items()},
                    body=request.read(),
                )
            )
        except Dropped as error:
            raise httpx.RemoteProtocolError(str(error), request=request) from error
        _raise_failure(answer, self._path)
        headers = dict(answer.headers)
        if isinstance(self._workspace, Sandbox):
            # It tells Intercom's limit and never refuses: a client in the same process has nothing to wait for.
            headers = {name: value for name, value in headers.items() if not name.startswith("x-ratelimit-")}
        return httpx.Response(answer.status, headers=headers, content=answer.body)

    def close(self) -> None:
        self._workspace.close()


def _raise_failure(answer: Response, path: Path) -> None:
    """Raises what keeps the file of the workspace from being read or written."""
    # A proxy's page of the same status is one of the faults.
    if answer.status == _BUSY and answer.headers["content-type"].startswith("application/json"):
        raise _busy_error(path)
    if answer.status == _DISK:
        message: str = json.loads(answer.body)["errors"][0]["message"]
        raise WorkspaceError(_not_stored_message(path, message.rpartition(": ")[2]), hint=_MAKE_ROOM)


def _busy_error(path: Path) -> Unreachable:
    return Unreachable(
        f"the embedded workspace `{path}` is busy: another process is writing to it",
        hint="try again once that process has ended",
    )


_MAKE_ROOM = "make room for it, or move it to a disk that can be written; what was not stored is undone"


def _not_stored_message(path: Path, reason: str) -> str:
    return f"the embedded workspace `{path}` cannot be stored: {reason}"


def _unusable_file(error: SandboxFileError, hint: str) -> IntercomIacError:
    if isinstance(error, SandboxBusyError):
        return _busy_error(error.path)
    if isinstance(error, SandboxDiskError):
        return IntercomIacError(_not_stored_message(error.path, error.reason), hint=_MAKE_ROOM)
    return IntercomIacError(
        f"the embedded workspace `{error.path}` cannot be opened: {error.reason}", hint=hint
    )


# Acts of a person in Intercom's own screens, and the workspace as a server.


@contextmanager
def _open_sandbox(path: Path, switches: Switches = Switches()) -> Generator[Sandbox]:  # noqa: B008 (frozen)
    """The workspace of a file. Raises `IntercomIacError` where the file cannot be opened or written to."""
    try:
        with Sandbox(path, switches=switches) as sandbox:
            yield sandbox
    except SandboxFileError as error:
        raise _unusable_file(error, "pass another file as `--db`") from error


class Get(Protocol):
    """A GET of a path with its query: the JSON object that it answers with."""

    def __call__(self, path: str, /, **query: str) -> dict[str, Any]: ...


@contextmanager
def exporting_reads(path: Path) -> Generator[Get]:
    """Reads for an export by calls of the API. Ends a scroll that an interrupted export has left open.

    They are handed to the workspace as they are: of the many calls of an export, more than half of the time would go
    into making requests of a network that there is none of.
    """
    headers = {"authorization": "Bearer embedded"}
    with _open_sandbox(path) as sandbox:
        end_scroll(sandbox)

        def get(called: str, /, **query: str) -> dict[str, Any]:
            answer = sandbox.handle(Request("GET", called, query, headers))
            _raise_failure(answer, path)
            return Answer("GET", called, answer.status, answer.headers, answer.body).json()

        yield get


def embedded_timezone(path: Path) -> str:
    """The workspace's time zone; that of a new one where there is no file, which is not made."""
    if not path.exists():
        return DEFAULT_TIMEZONE
    with _open_sandbox(path) as sandbox:
        return sandbox.timezone


def seed_embedded(
    path: Path, *, people: int, number: int, today: date, schema: Schema | None = None
) -> Seeded:
    """Fills the workspace with believable people, companies and events; says how many of each.

    The same `number` makes the same people. `schema` is what the events, metadata and tags are of, None for those of
    the project's guide. Raises `Misuse` where the calendar ends too near `today`.
    """
    first, last = SEEDED_DAYS
    if not first <= today <= last:
        raise Misuse(
            f"people cannot be made around {today}: their dates would leave the calendar",
            hint=f"pass `--today` with a day from {first} to {last}",
        )
    with _open_sandbox(path) as sandbox:
        declared = Declared() if schema is None else _declarations(schema)
        return seed(sandbox, people=people, seed=number, today=today, declared=declared)


def _declarations(schema: Schema) -> Declared:
    """What of the specs is filled: nothing archived; of tags, those that a rule asks for and apply does not make."""
    made = {segment.name for segment in schema.segments.values() if segment.has_tag}
    live = [segment for segment in schema.segments.values() if segment.status != "archived"]
    rules = [segment.predicate for segment in live if segment.predicate is not None]
    nodes = [node for rule in rules for node in walk(rule)]
    inside = [part for node in nodes if isinstance(node, SomeCompany) for part in walk(node.rule)]
    of_companies = {id(part) for part in inside}
    return Declared(
        events=tuple(
            DeclaredEvent(
                event.name,
                tuple(DeclaredKey(key.name, key.type, key.required, key.options) for key in event.metadata),
            )
            for event in schema.events.values()
            if event.status != "archived"
        ),
        contact_tags=_tags((node for node in nodes if id(node) not in of_companies), made),
        company_tags=_tags(inside, made),
        attributes=tuple(
            (attribute.model, attribute.name)
            for attribute in schema.attributes.values()
            if attribute.status != "archived"
        ),
    )


def _tags(nodes: Iterable[Predicate], made: set[str]) -> tuple[str, ...]:
    return tuple(sorted({node.tag for node in nodes if isinstance(node, Tagged)} - made))


def add_embedded_segment(path: Path, name: str, *, query: object = None) -> str:
    """Builds a segment, as a person would in Intercom, and returns its name without the spaces around it.

    `query`, that of a contact search, selects the members; None leaves the segment without any. Raises `Misuse` for
    a name no one could see and a query no search takes, `IntercomIacError` when the name is taken.
    """
    with _open_sandbox(path) as sandbox:
        try:
            return add_segment(sandbox, name, query=query)["name"]
        except SegmentQueryError as error:
            hint = "pass what `rule compile --to search` prints, with attributes that the workspace has"
            raise Misuse(str(error), hint=hint) from error
        except SegmentNameError as error:
            hint = 'pass a name people can read, such as "At-risk enterprise"'
            raise Misuse(str(error), hint=hint) from error
        except SegmentExistsError as error:
            raise IntercomIacError(
                f"the workspace has a segment `{error.name}` already", hint="pass another name"
            ) from error


def reset_embedded(path: Path) -> None:
    """Empties the workspace; it stays the same workspace."""
    with _open_sandbox(path) as sandbox:
        reset(sandbox)


_OPTIONS = {"faults": "fault", "switches": "switch"}


def serve_embedded(
    path: Path,
    *,
    port: int,
    on_ready: Callable[[str], None],
    faults: Sequence[str] = (),
    rate_limit: str | None = None,
    latency: str = "0s",
    slow_body: str = "5s",
    search_lag: str | None = None,
    switches: Sequence[str] = (),
    seed: int = 1,
    allow_host: Sequence[str] = (),
    allow_origin: Sequence[str] = (),
) -> Mapping[str, int]:
    """Serves the workspace on loopback until it is interrupted; `on_ready` is told the address.

    `allow_host`: names, without a port, by which requests may call this machine besides its own.
    `allow_origin`: origins of pages that may call the Messenger's paths, as browsers send them. The settings
    are texts as `sandbox serve` takes them. Returns how often each fault was injected. Raises `MissingExtra`
    where the server is not installed, `Misuse` for a setting that is none, `IntercomIacError` where the port is
    not to be had, before the file is made.
    """
    require_extra("sandbox", "serving the embedded workspace")
    try:
        behaviour = Behaviour.parse(
            faults=faults,
            rate_limit=rate_limit,
            latency=latency,
            slow_body=slow_body,
            search_lag=search_lag,
            switches=switches,
            seed=seed,
        )
    except SettingError as error:
        option = _OPTIONS.get(error.option, error.option.replace("_", "-"))
        raise Misuse(
            f"invalid value for `--{option}`: {error}", hint="intercom-iac sandbox serve --help"
        ) from error
    try:
        listener = listen(port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        what = "is in use" if taken else f"cannot be listened on: {(error.strerror or str(error)).lower()}"
        raise IntercomIacError(
            f"port `{port}` {what}", hint="pass another `--port`, or 0 for a free one"
        ) from error
    with listener, _open_sandbox(path, behaviour.switches) as sandbox:
        gateway = behaviour.gateway(sandbox)
        names = [name.lower() for name in allow_host]
        serve(gateway, listener, names=names, origins=allow_origin, on_ready=on_ready)
    return gateway.injected
