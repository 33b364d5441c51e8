"""The embedded workspace over HTTP: requests a second, beside a bare uvicorn application that answers a constant."""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
from measuring import peak_of, report

REQUESTS, WORKERS, ROUNDS = 1_000, 4, 3
PROGRAM = str(Path(sys.executable).with_name("intercom-iac"))
BARE = """
import socket, uvicorn
async def app(scope, receive, send):
    while (await receive()).get("more_body"): pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": b'{"type": "constant"}'})
listener = socket.create_server(("127.0.0.1", 0))
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(f"serving constant at http://127.0.0.1:{listener.getsockname()[1]};", flush=True)
uvicorn.Server(uvicorn.Config(app, log_config=None, http="h11", lifespan="off")).run([listener])
"""


@contextmanager
def served(command: list[str]) -> Iterator[tuple[str, int]]:
    """The address that the process says it serves at, and its number."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split(" at ")[1].split(";")[0], process.pid
        finally:
            process.terminate()


def rate(url: str, ask: Callable[[httpx.Client, int], httpx.Response]) -> float:
    """Requests a second of a few workers, each with a connection that it keeps."""
    numbers = itertools.count()

    def work(share: int) -> None:
        with httpx.Client(base_url=url, headers={"authorization": "Bearer any"}) as client:
            for _ in range(share):
                assert ask(client, next(numbers)).status_code == 200

    begin = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, [REQUESTS // WORKERS] * WORKERS))
    return REQUESTS / (time.perf_counter() - begin)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        served([sys.executable, "-c", BARE]) as (constant, _),
        served([PROGRAM, "sandbox", "serve", "--port", "0", "--db", f"{folder}/a.db"]) as (sandbox, server),
    ):
        query = {"query": {"field": "role", "operator": "=", "value": "user"}}
        run = iter(range(1_000_000))
        asked: dict[str, tuple[str, Callable[[httpx.Client, int], httpx.Response]]] = {
            "bare uvicorn": (constant, lambda client, _: client.get("/me")),
            "GET /me": (sandbox, lambda client, _: client.get("/me")),
            "POST /contacts": (
                sandbox,
                lambda client, _: client.post("/contacts", json={"external_id": f"u{next(run)}"}),
            ),
            "POST /contacts/search": (sandbox, lambda client, _: client.post("/contacts/search", json=query)),
        }
        rates: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(ROUNDS):
            for name, (url, ask) in asked.items():
                rates[name].append(rate(url, ask))
        memory = peak_of(server)
    floor = median(rates["bare uvicorn"])
    print(f"{REQUESTS:,} requests of {WORKERS} workers, median of {ROUNDS}")
    for name, taken in rates.items():
        print(
            f"  {name:<22} {median(taken):6,.0f} a second  {median(taken) / floor:5.2f}x of the bare server's"
        )
        if name != "bare uvicorn":
            pairs = zip(rates["bare uvicorn"], taken, strict=True)
            report(
                name,
                ratios=[one / other for one, other in pairs],
                memory=memory,
                figures=f"{median(taken):,.0f} a second",
            )


if __name__ == "__main__":
    main()
