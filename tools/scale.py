"""How long writes take under Intercom's rate limit: our gate against the embedded workspace's limit, on one clock.

Nothing waits: the clock jumps from one call or answer to the next. Prints the table of docs/scale.md.

    python tools/scale.py
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

from intercom_iac.sandbox.rate_limit import RateLimit
from intercom_iac.workspace.client.rate import RateGate

AMOUNT, WINDOW = 1_667, 10
"""Intercom's limit: 10,000 calls a minute, counted in windows of 10 seconds."""
PAGE = 150
"""Contacts that a search finds by their keys."""
_START = 1_800_000_000.0


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a run of calls took: `seconds` from the first call to the last answer, and how many were refused."""

    seconds: float
    refused: int


def simulate(calls: int, *, parallelism: int, answer: float) -> Simulated:
    """Makes calls, `parallelism` at once, each answered after `answer` seconds. One that is refused is made again."""
    limit = RateLimit(AMOUNT, WINDOW)
    now = _START
    under_way: list[tuple[float, int, dict[str, str]]] = []

    def advance(until: float) -> None:
        """Takes in the answers until then."""
        nonlocal now
        while under_way and under_way[0][0] <= until:
            now, _, headers = heapq.heappop(under_way)
            gate.leave(headers)
        now = max(now, until)

    gate = RateGate(clock=lambda: now, today=lambda: now, sleep=lambda pause: advance(now + pause))
    made = refused = number = 0
    while made < calls:
        if len(under_way) >= parallelism:
            advance(under_way[0][0])
        gate.enter()
        status = limit.count_call(now)
        made += not status.refused
        refused += status.refused
        number += 1
        headers = {
            "x-ratelimit-limit": str(status.limit),
            "x-ratelimit-remaining": str(status.remaining),
            "x-ratelimit-reset": str(status.reset),
        }
        heapq.heappush(under_way, (now + answer, number, headers))
    advance(max(at for at, _, _ in under_way))
    return Simulated(now - _START, refused)


def calls_of(changes: int) -> int:
    """The calls of a day on which so many people change: each is searched for with others, and written on its own; a
    page of those that are taken to be unchanged is verified, and everybody is counted once."""
    return changes + math.ceil(changes / PAGE) + 2


def worked_out(calls: int, *, parallelism: int, answer: float) -> float:
    """The seconds that so many calls take on paper: as many as the limit lets, or as are answered."""
    of_answers = calls * answer / parallelism
    windows, rest = divmod(calls, AMOUNT)
    of_limit = windows * WINDOW + min(rest * answer / parallelism + answer, WINDOW) if calls > AMOUNT else 0.0
    return max(of_limit, of_answers)


ROWS = ((100_000, 5, 0.1), (100_000, 16, 0.1), (100_000, 20, 0.1), (100_000, 64, 0.3), (1_000_000, 20, 0.1))


def duration(seconds: float) -> str:
    """Hours and minutes, to the minute."""
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def row(changes: int, parallelism: int, answer: float) -> str:
    """A row of the table."""
    calls = calls_of(changes)
    simulated = simulate(calls, parallelism=parallelism, answer=answer)
    on_paper = worked_out(calls, parallelism=parallelism, answer=answer)
    cells = (
        f"{changes:,}",
        f"{calls:,}",
        str(parallelism),
        f"{answer * 1000:.0f} ms",
        duration(on_paper),
        duration(simulated.seconds),
        str(simulated.refused),
    )
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| changes | calls | `--parallelism` | an answer takes | on paper | simulated | refused |",
    "|---|---|---|---|---|---|---|",
)


def main() -> None:
    print("\n".join([*HEAD, *(row(*case) for case in ROWS)]))


if __name__ == "__main__":
    main()
