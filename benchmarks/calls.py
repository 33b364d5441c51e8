"""1,000 creates against a limit of 300 calls in 3 seconds, and what the journal of an apply costs.

The server is a loopback process of its own that keeps the limit as Intercom does: windows, `X-RateLimit-*`, 429.
The bound is what the windows allow: 9 seconds from the start of one.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path
from statistics import median

import httpx
from httpx_retries import Retry, RetryTransport
from measuring import own_peak, report

from intercom_iac.applying import Journal, apply
from intercom_iac.planning import Change, FieldChange, Plan, PlannedWorkspace
from intercom_iac.planning.operations import CreateAttribute
from intercom_iac.workspace import Target, Token, open_workspace

CREATES, LIMIT, WINDOW, WORKERS = 1_000, 300, 3, 16
BOUND = (CREATES - 1) // LIMIT * WINDOW
ROUNDS = 9


class Limited(asyncio.Protocol):
    """One connection: any request is answered by an empty object while the window has room, else by 429."""

    window, used, refused, created = 0, 0, 0, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._waiting = b""

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        head, end, rest = self._waiting.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        size = int(fields.get(b"content-length", b"0"))
        if end and len(rest) >= size:
            self._waiting = rest[size:]
            self._transport.write(Limited.answer(head.startswith(b"GET")))

    @classmethod
    def answer(cls, told: bool) -> bytes:
        """A GET asks how many were created and refused since the last; it is not counted."""
        now = time.time()
        if told:
            body = json.dumps([cls.created, cls.refused]).encode()
            cls.created = cls.refused = 0
            return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
        if cls.window != int(now) // WINDOW:
            cls.window, cls.used = int(now) // WINDOW, 0
        status = b"429 Too Many Requests" if cls.used >= LIMIT else b"200 OK"
        cls.refused += cls.used >= LIMIT
        cls.created += cls.used < LIMIT
        cls.used = min(cls.used + 1, LIMIT)
        headers = {
            "Date": formatdate(now, usegmt=True),
            "X-RateLimit-Limit": LIMIT,
            "X-RateLimit-Remaining": LIMIT - cls.used,
            "X-RateLimit-Reset": (cls.window + 1) * WINDOW,
            "Content-Length": 2,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return b"HTTP/1.1 " + status + b"\r\n" + lines.encode() + b"\r\n{}"


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Limited, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def at_once(call: Callable[[int], object]) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        for _ in pool.map(call, range(CREATES)):
            pass


def ours(url: str) -> None:
    workspace = open_workspace(Target("bench", base_url=url, token=Token("any")), parallelism=WORKERS)
    at_once(lambda n: workspace.create_attribute("contact", f"field_{n}", {"type": "string"}))
    workspace.close()


def with_library(url: str) -> None:
    retry = Retry(
        total=30,
        backoff_factor=0.25,
        max_backoff_wait=WINDOW,
        allowed_methods=["POST"],
        status_forcelist=[429],
    )
    with httpx.Client(base_url=url, transport=RetryTransport(retry=retry)) as client:
        at_once(lambda n: client.post("/data_attributes", json={"name": f"field_{n}"}).raise_for_status())


def by_hand(url: str) -> None:
    with httpx.Client(base_url=url) as client:

        def create(n: int) -> None:
            pause = 0.25
            while client.post("/data_attributes", json={"name": f"field_{n}"}).status_code == 429:
                time.sleep(pause)
                pause = min(2 * pause, WINDOW)

        at_once(create)


def rate() -> None:
    print(f"{CREATES} creates at {LIMIT} in {WINDOW} s, {WORKERS} at once: the windows allow {BOUND} s")
    with subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        try:
            for name, client, row in (
                ("this client", ours, "creates"),
                ("httpx with httpx-retries", with_library, "creates by a library"),
                ("httpx, retry by hand", by_hand, None),
            ):
                time.sleep(WINDOW - time.time() % WINDOW)
                begin = time.perf_counter()
                client(url)
                took = time.perf_counter() - begin
                created, refused = httpx.get(url).json()
                assert created == CREATES
                print(
                    f"  {name:<26} {took:6.2f} s, {took / BOUND:5.3f} of the bound, {refused:4} refused (429)"
                )
                if row is not None:
                    report(
                        row,
                        ratios=(took / BOUND,),
                        memory=own_peak(),
                        figures=f"{refused or 'none'} refused",
                    )
        finally:
            server.terminate()


class Nowhere:
    """A workspace whose calls cost nothing, and whoever watches them."""

    def create_attribute(self, *_: object) -> None: ...

    def change_started(self, *_: object) -> None: ...

    change_done = change_failed = change_started


def journal() -> None:
    field = FieldChange("type", None, "string")
    changes = tuple(
        Change(
            address=f"attribute.contact.a{n}",
            operation=CreateAttribute(owner="contact", name=f"a{n}", fields=(field,)),
            risk="safe",
            reason="",
        )
        for n in range(CREATES)
    )
    plan = Plan(PlannedWorkspace("bench", "abc12345", "UTC"), "", "", changes)

    def applied(path: Path | None, parallelism: int) -> float:
        begin = time.perf_counter()
        if path is None:
            apply(plan, Nowhere(), Nowhere(), parallelism=parallelism)  # type: ignore[arg-type]
        else:
            with Journal(path, plan) as notes:
                apply(plan, Nowhere(), Nowhere(), journal=notes, parallelism=parallelism)  # type: ignore[arg-type]
        return 1000 * (time.perf_counter() - begin) / CREATES

    def floor(path: Path) -> float:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        begin = time.perf_counter()
        for _ in range(CREATES):
            os.write(file, b"x" * 150 + b"\n")
            os.fdatasync(file)
        took = time.perf_counter() - begin
        os.close(file)
        return 1000 * took / CREATES

    kinds: dict[str, Callable[[Path], float]] = {
        "append": floor,
        "1 without": lambda _: applied(None, 1),
        "1 with": lambda path: applied(path, 1),
        "5 without": lambda _: applied(None, 5),
        "5 with": lambda path: applied(path, 5),
    }
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for _ in range(ROUNDS):  # in turn: a disk that others use is not the same from one second to the next
            for kind, measure in kinds.items():
                took[kind].append(measure(Path(folder) / "journal.jsonl"))
    print(f"the journal of {CREATES} changes whose calls cost nothing, ms each, median of {ROUNDS}")
    print(f"  an append and fdatasync, the floor  {median(took['append']):6.3f}")
    for at_once in (1, 5):
        extra = [a - b for a, b in zip(took[f"{at_once} with"], took[f"{at_once} without"], strict=True)]
        ratios = [one / other for one, other in zip(extra, took["append"], strict=True)]
        print(
            f"  what it adds to an apply, {at_once} at once {median(extra):6.3f}   {median(ratios):4.2f}x the floor"
        )
        if at_once == 1:
            report("journal", ratios=ratios, seconds=median(extra) / 1000, memory=own_peak())


if __name__ == "__main__":
    if "--serve" in sys.argv:
        asyncio.run(serve())
    else:
        rate()
        journal()
