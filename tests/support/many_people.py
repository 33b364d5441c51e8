"""Many people: the same in a sandbox and in a table, and some of them changed; and a gateway that counts calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from intercom_iac.engines import open_duckdb
from intercom_iac.sandbox import Gateway, RateLimit, Request, Sandbox
from intercom_iac.sandbox.network.gateway import Answer
from intercom_iac.sandbox.storage.columns import dump_json
from intercom_iac.sandbox.storage.identifiers import object_id

PLANS = ("free", "trial", "pro")
SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro, enterprise]}
    seats: {type: integer}
    active: {type: boolean}
events:
  upgraded: {metadata: {to: {type: string}}}
"""


def add_people(sandbox: Sandbox, count: int) -> None:
    """Writes people `u0`, `u1`, ... to a workspace that has the attributes of `SPECS` and nobody else.

    Straight into its tables: 100,000 take some seconds.
    """
    now = int(sandbox.clock()) - 400 * 86_400
    with sandbox.store(writes=True) as store:
        first = store.reserve("contacts", count)
        store.run_many(
            "insert into contacts values (?, ?, 'user', ?, ?, 0, ?, ?, ?)",
            [
                (
                    seq,
                    object_id("contact", seq),
                    f"u{number}",
                    f"u{number}@x.example",
                    now + number,
                    now + number,
                    dump_json(
                        {
                            "name": f"Person {number}",
                            "custom_attributes.plan_type": PLANS[number % 3],
                            "custom_attributes.seats": number % 1000,
                            "custom_attributes.active": number % 2 == 0,
                        }
                    ),
                )
                for number, seq in enumerate(range(first, first + count))
            ],
        )


def write_people(path: Path, count: int, *, upgraded: int = 0, every: int = 100) -> None:
    """Writes the table of those people as Parquet; of every `every`-th, `upgraded` have another number of seats in
    all, and these are enterprise."""
    with open_duckdb() as engine:
        engine.execute(
            "copy (select 'u' || n as external_id, "
            f"case when n % {every} = 0 and {upgraded} > 0 then 'enterprise' "
            "else ['free', 'trial', 'pro'][n % 3 + 1] end as plan_type, "
            f"case when n % {every} = 0 and {upgraded} > 0 then {upgraded} else n % 1000 end as seats, "
            f"n % 2 = 0 as active from range({count}) people(n)) to '{path}'"
        )


def write_upgrades(path: Path, count: int, *, every: int = 100) -> None:
    """Writes the table of events of the people whom `write_people` upgrades, one each."""
    with open_duckdb() as engine:
        engine.execute(
            "copy (select 'u' || n as external_id, 'upgraded' as event_name, "
            "timestamptz '2026-03-01 12:00:00+00' as created_at, 'enterprise' as \"to\" "
            f"from range(0, {count}, {every}) people(n)) to '{path}'"
        )


class CountingGateway(Gateway):
    """`writes` has each call that changes somebody, in order: method, path and body; `reads` how many others came.

    `on_write` is called with the number of writes so far, before each is answered. The limit that is reported lets
    any number of calls through.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox, rate_limit=RateLimit(1_000_000, 1))
        self.writes: list[tuple[str, str, Any]] = []
        self.reads = 0
        self.on_write: Callable[[int], object] = lambda _: None
        self._counting = Lock()

    def answer(self, request: Request) -> Answer:
        """Answers it, counted before."""
        is_write = request.method != "GET" and not request.path.endswith(("/search", "/list"))
        with self._counting:
            self.reads += not is_write
            if is_write:
                self.writes.append((request.method, request.path, json.loads(request.body or b"null")))
                self.on_write(len(self.writes))
        return super().answer(request)

    def clear(self) -> None:
        """Forgets what came so far."""
        self.writes.clear()
        self.reads = 0
        self.on_write = lambda _: None
