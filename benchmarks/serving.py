"""`sandbox serve` with 100,000 contacts beside the same with 1,000: what one answer costs the server.

    python benchmarks/serving.py [--contacts N] [--rounds N]

Processor time of the server alone, each kind of call at both sizes in turn: twice the cost is half of the rate. What
goes through everybody is held to a straight line.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from measuring import SCRIPT, installed_environment, peak, peak_of, ratios, report, run_in_turn

FEW, PER_ROUND = 1_000, 60
SEED = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from intercom_iac.sandbox import Request, Sandbox, seed
with Sandbox(Path(sys.argv[1])) as sandbox:
    for name, kind in (("plan", "string"), ("seats", "integer"), ("score", "float"), ("renews", "date")):
        body = {"name": name, "model": "contact", "data_type": kind}
        if name == "plan":
            body["options"] = [{"value": value} for value in ("free", "pro", "team")]
        headers = {"authorization": "Bearer any"}
        request = Request("POST", "/data_attributes", headers=headers, body=json.dumps(body).encode())
        assert sandbox.handle(request).status == 200
    seed(sandbox, today=datetime.now(UTC).date(), people=int(sys.argv[2]), seed=7)
"""
USERS = {"field": "role", "operator": "=", "value": "user"}
ON_PRO = {"field": "custom_attributes.plan", "operator": "=", "value": "pro"}
SEATS = "custom_attributes.seats"
NAMED = {"field": "name", "operator": "~", "value": "a"}


class Server:
    """A served workspace, and a connection to it that is kept."""

    def __init__(self, pid: int, url: str) -> None:
        self._pid = pid
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc)
        self._numbers = itertools.count()
        self.someone = self.ask("GET", "/contacts?per_page=1")["data"][0]["id"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        content = None if body is None else json.dumps(body)
        self._connection.request(method, path, content, {"Authorization": "Bearer any"})
        answer = self._connection.getresponse()
        found = json.loads(answer.read())
        assert answer.status == 200, found
        return found

    def cost(self, call: Callable[[Server], object], times: int) -> float:
        """Milliseconds of the server's processor for each of some calls."""
        self._connection.close()  # the server gives up one that is idle for long
        before = self._processor_ticks()
        for _ in range(times):
            call(self)
        spent = self._processor_ticks() - before
        return 1000 * spent / os.sysconf("SC_CLK_TCK") / times

    def _processor_ticks(self) -> int:
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def memory(self) -> float:
        """The most memory so far, in MB."""
        return peak_of(self._pid)

    def write(self) -> None:
        self.ask("PUT", f"/contacts/{self.someone}", {"name": f"Ada {next(self._numbers)}"})

    def create(self) -> None:
        self.ask("POST", "/contacts", {"external_id": f"new-{next(self._numbers)}"})

    def search(self, query: Any, sort: str | None = None, cursor: str | None = None, size: int = 50) -> Any:
        body: dict[str, Any] = {"query": query, "pagination": {"per_page": size}}
        if sort:
            body["sort"] = {"field": sort, "order": "ascending"}
        if cursor:
            body["pagination"]["starting_after"] = cursor
        return self.ask("POST", "/contacts/search", body)


def listed_pages(server: Server) -> None:
    first = server.ask("GET", "/contacts?per_page=50")
    server.ask("GET", f"/contacts?per_page=50&starting_after={first['pages']['next']['starting_after']}")


def every_page(server: Server, query: Any, sort: str) -> int:
    """Goes through all pages; returns how many they are."""
    cursor = None
    for number in itertools.count(1):
        page = server.search(query, sort, cursor, 150)
        following = page["pages"].get("next")
        if following is None:
            return number
        cursor = following["starting_after"]
    raise AssertionError("a count has no end")


CALLS: dict[str, Callable[[Server], object]] = {
    "listed pages": listed_pages,
    "searched page": lambda server: server.search(USERS),
    "sorted page": lambda server: server.search(USERS, SEATS),
    "search by attribute": lambda server: server.search(ON_PRO, "name"),
    "search by part": lambda server: server.search(NAMED, "email"),
    "search after a write": lambda server: (server.write(), server.search(ON_PRO, "name")),
    "creating": Server.create,
    "companies": lambda server: (
        server.write(),
        server.ask("POST", "/companies/list?per_page=50", {}),
    ),
    "counted segments": lambda server: server.ask("GET", "/segments?include_count=true"),
}


@contextmanager
def served(path: Path) -> Iterator[Server]:
    command = [SCRIPT, "sandbox", "serve", "--port", "0", "--db", str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=installed_environment()
    ) as process:
        assert process.stdout is not None
        try:
            yield Server(process.pid, process.stdout.readline().split(" at ")[1].split(";")[0])
        finally:
            process.terminate()


def compare_servers(files: dict[int, Path], many: int, rounds: int) -> None:
    with served(files[FEW]) as small, served(files[many]) as large:
        for name, call in CALLS.items():
            for server in (small, large):
                call(server)  # the first one reads what it keeps
            costs = [(small.cost(call, PER_ROUND), large.cost(call, PER_ROUND)) for _ in range(rounds)]
            report(name, ratios=[high / low for low, high in costs], seconds=costs[-1][1] / 1000)
        for server in (small, large):
            server.cost(lambda server: server.search(USERS), 1)
        pages = {server: every_page(server, USERS, SEATS) for server in (small, large)}

        def page_cost(server: Server) -> float:
            times = -(-PER_ROUND // pages[server])
            walk = server.cost(lambda server: every_page(server, USERS, SEATS), times)
            return walk / pages[server]

        report(
            "every page",
            ratios=[page_cost(large) / page_cost(small) for _ in range(rounds)],
            memory=large.memory(),
            figures=f"{pages[large]} pages",
        )


def compare_exports(files: dict[int, Path], many: int, folder: Path, rounds: int) -> None:
    tenth = many // 10
    commands = {
        str(size): [SCRIPT, "sandbox", "export", "--db", str(files[size]), "--into", str(folder / f"{size}")]
        for size in (tenth, many)
    }
    runs = run_in_turn(commands, rounds, environment=installed_environment())
    report(
        "export",
        ratios=[ratio / 10 for ratio in ratios(runs[str(many)], runs[str(tenth)])],
        memory=peak(runs[str(many)]),
        seconds=runs[str(many)][0].processor,
    )


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--contacts", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    print(f"sandbox serve with {options.contacts:,} contacts, processor time of the server")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {size: folder / f"{size}.db" for size in (FEW, options.contacts // 10, options.contacts)}
        for size, path in files.items():
            subprocess.run([sys.executable, "-c", SEED, str(path), str(size)], check=True)
        compare_exports(files, options.contacts, folder, 1)
        compare_servers(files, options.contacts, options.rounds)


if __name__ == "__main__":
    main()
