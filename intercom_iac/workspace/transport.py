"""The way to a workspace: the network, or the embedded one in this process.

No other file of the project knows the sandbox.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.sandbox import (
    Request,
    Sandbox,
    SandboxFileError,
    SegmentExistsError,
    add_segment,
    reset,
    seed,
    serve,
)

from .target import LOOPBACK, Target

TIMEOUT = httpx.Timeout(30.0, connect=10.0)


def open_transport(target: Target) -> httpx.BaseTransport | None:
    """The transport for a target; None leaves the network to httpx, which then heeds the proxies of the environment.

    Raises `IntercomIacError` when the embedded workspace's file is unusable.
    """
    if target.sandbox is not None:
        return _Embedded(_open(target.sandbox))
    # Plain http is for this machine only: through a proxy the token would leave it unencrypted.
    return httpx.HTTPTransport() if httpx.URL(target.base_url).host in LOOPBACK else None


class _Embedded(httpx.BaseTransport):
    """Hands each request to a sandbox in this process, as the network would."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._sandbox.handle(
            Request(
                method=request.method,
                path=request.url.raw_path.partition(b"?")[0].decode("ascii"),
                query=dict(request.url.params),
                headers={name.lower(): value for name, value in request.headers.items()},
                body=request.read(),
            )
        )
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body)

    def close(self) -> None:
        self._sandbox.close()


def _open(path: Path) -> Sandbox:
    try:
        return Sandbox(path)
    except SandboxFileError as error:
        raise IntercomIacError(
            f"the embedded workspace `{error.path}` cannot be opened: {error.reason}",
            hint="name another file in the project file, or remove this one",
        ) from error


# What follows stands for acts of a person in Intercom's own screens, or for running the workspace as a server.


def seed_embedded(path: Path, *, people: int, number: int, today: date) -> dict[str, int]:
    """Fills the workspace with believable people, companies and events; says how many of each.

    The same `number` makes the same people.
    """
    with closing(_open(path)) as sandbox:
        made = seed(sandbox, people=people, seed=number, today=today)
    return {"people": made.people, "companies": made.companies, "events": made.events}


def add_embedded_segment(path: Path, name: str) -> None:
    """Builds a segment, as a person would in Intercom. Raises `IntercomIacError` when the name is taken."""
    with closing(_open(path)) as sandbox:
        try:
            add_segment(sandbox, name)
        except SegmentExistsError as error:
            raise IntercomIacError(f"the workspace has a segment `{name}` already") from error


def reset_embedded(path: Path) -> None:
    """Empties the workspace; it stays the same workspace."""
    with closing(_open(path)) as sandbox:
        reset(sandbox)


def serve_embedded(path: Path, *, port: int, on_ready: Callable[[str], None]) -> None:
    """Serves the workspace on loopback until it is interrupted; `on_ready` is told the address."""
    with closing(_open(path)) as sandbox:
        serve(sandbox, port=port, on_ready=on_ready)
