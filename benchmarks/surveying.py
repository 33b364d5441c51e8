"""`audit` and `import` of 250 attributes with a sample of 1,000 people, against the same calls by hand.

    python benchmarks/surveying.py [--latency SECONDS] [--rounds N]

The server is a loopback process that answers each call after the latency, and any number of them at once, as
Intercom's limit of 10,000 calls a minute allows. What the latency allows are the calls that wait for each other, as
`by hand` makes them: the pages of people, each with the cursor of the one before, then everybody's events at once,
and all else beside them. It reads the JSON, and makes nothing of it. Goals: 30 calls; 1.05 of by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from measuring import own_peak, report

from intercom_iac.application import open_session
from intercom_iac.application.auditing import audit
from intercom_iac.application.importing import ImportRequest, import_workspace
from intercom_iac.application.surveying import BUDGET, read_survey, sample_request

ATTRIBUTES, PEOPLE, PAGE, COMPANIES = 250, 1_000, 150, 60
CUSTOM = {f"field_{n}": (n if n % 3 else f"value {n}") for n in range(60)}


def lists() -> dict[str, Any]:
    attributes = [
        {
            "id": n,
            "model": "contact" if n % 5 else "company",
            "name": f"field_{n}",
            "full_name": f"custom_attributes.field_{n}",
            "data_type": "integer" if n % 3 else "string",
            "custom": True,
            "archived": False,
            "description": f"What field {n} says",
            "created_at": 1_700_000_000 + 86_400 * n,
        }
        for n in range(ATTRIBUTES)
    ]
    return {
        "/me": {"type": "admin", "app": {"id_code": "abc12345", "name": "Bench", "timezone": "UTC"}},
        "/data_attributes": {"type": "list", "data": attributes},
        "/segments": {"segments": [{"id": f"s{n}", "name": f"Segment {n}", "count": n} for n in range(20)]},
        "/tags": {"data": [{"id": f"t{n}", "name": f"tag {n}"} for n in range(50)]},
        "/audiences": {"data": [], "total_pages": 1},
    }


def answer(path: str, query: httpx.QueryParams, body: Any) -> Any:
    if path == "/contacts/search":
        begin = int(body["pagination"].get("starting_after", 0))
        end = min(begin + body["pagination"]["per_page"], 50_000)
        people = [
            {"id": f"p{n}", "role": "user", "external_id": f"u{n}", "custom_attributes": CUSTOM}
            for n in range(begin, end)
        ]
        pages = {"next": {"starting_after": str(end)}}
        return {"data": people, "pages": pages, "total_count": 50_000}
    if path == "/companies/list":
        begin = (int(query["page"]) - 1) * COMPANIES
        companies = [{"id": f"c{n}", "custom_attributes": CUSTOM} for n in range(begin, begin + COMPANIES)]
        return {"data": companies, "pages": {"total_pages": 100}, "total_count": 6_000}
    if path == "/events":
        summary = {"name": "paid", "count": 3, "last": "2026-01-31T10:00:00Z"}
        occurrence = {"event_name": "paid", "created_at": 1_700_000_000, "metadata": {"total": 3}}
        return {"events": [summary if query.get("summary") == "true" else occurrence] * 5}
    return LISTS[path]


LISTS = lists()


class Late(asyncio.Protocol):
    """One connection: any request is answered after the latency."""

    latency = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._waiting = b""

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        head, end, rest = self._waiting.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        if not end or len(rest) < int(fields.get(b"content-length", b"0")):
            return
        self._waiting = b""
        url = httpx.URL(head.split(b" ", 2)[1].decode())
        found = json.dumps(answer(url.path, url.params, json.loads(rest or b"null"))).encode()
        told = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(found), found)
        asyncio.get_running_loop().call_later(self.latency, self._transport.write, told)


async def serve(latency: float) -> None:
    Late.latency = latency
    server = await asyncio.get_running_loop().create_server(Late, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def by_hand(url: str) -> int:
    """The calls of an audit, each as early as it may be made; how many they were."""
    calls = 0
    with httpx.Client(base_url=url) as client, ThreadPoolExecutor(16) as pool:

        def ask(method: str, path: str, body: Any = None) -> Any:
            nonlocal calls
            calls += 1
            return client.request(method, path, json=body).json()

        def companies() -> None:
            for page in range(1, 6):
                ask("POST", f"/companies/list?page={page}&per_page={COMPANIES}", {})

        def audiences() -> None:
            ask("GET", "/audiences")
            ask("GET", "/audiences")

        others = ["/me", "/data_attributes", "/segments", "/tags", "/events?summary=true"]
        beside = [pool.submit(companies), pool.submit(audiences)]
        beside += [pool.submit(ask, "GET", path) for path in others]
        cursor = None
        for begin in range(0, PEOPLE, PAGE):
            pagination = {"per_page": min(PAGE, PEOPLE - begin)}
            page = ask(
                "POST",
                "/contacts/search",
                {"pagination": pagination | ({"starting_after": cursor} if cursor else {})},
            )
            cursor = page["pages"]["next"]["starting_after"]
        beside += [pool.submit(ask, "GET", "/events?summary=true") for _ in range(10)]
        for call in beside:
            call.result()
    return calls


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--latency", type=float, default=0.25)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--serve", action="store_true")
    options = arguments.parse_args()
    if options.serve:
        asyncio.run(serve(options.latency))
        return
    command = [sys.executable, __file__, "--serve", "--latency", str(options.latency)]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        project = f"version: 1\nworkspaces:\n  live: {{base_url: '{url}', token_env: TOKEN}}\n"
        Path(folder, "intercom-iac.yaml").write_text(project)
        Path(folder, "specs").mkdir()

        def session() -> Any:
            return open_session(Path(folder), environment={"TOKEN": "any"})

        def imported() -> int:
            import_workspace(session(), ImportRequest(), people=PEOPLE)
            return 0

        work: dict[str, Callable[[], int]] = {
            "the calls by hand": lambda: by_hand(url),
            "read for audit": lambda: read_survey(session(), sample_request(PEOPLE), counts=True).calls,
            "read for import": lambda: read_survey(session(), sample_request(PEOPLE, occurrences=True)).calls,
            "audit": lambda: audit(session(), PEOPLE).calls,
            "import": imported,
        }
        taken: dict[str, list[float]] = {name: [] for name in work}
        calls: dict[str, int] = {}
        try:
            for _ in range(options.rounds):
                for name, do in work.items():
                    begin = time.perf_counter()
                    calls[name] = do()
                    taken[name].append(time.perf_counter() - begin)
        finally:
            server.terminate()
    floor = median(taken["the calls by hand"])
    print(
        f"{ATTRIBUTES} attributes and {PEOPLE:,} people at {1000 * options.latency:.0f} ms a call, "
        f"median of {options.rounds}; at most {BUDGET} calls"
    )
    for name, seconds in taken.items():
        told = f"{calls[name]} calls" if calls[name] else ""
        print(f"  {name:<20} {median(seconds):6.2f} s  {median(seconds) / floor:5.3f}x  {told}")
    for name in ("audit", "import"):
        pairs = zip(taken[name], taken["the calls by hand"], strict=True)
        report(
            name,
            ratios=[one / other for one, other in pairs],
            memory=own_peak(),
            figures=f"{calls[name]} calls" if calls[name] else "",
        )


if __name__ == "__main__":
    main()
