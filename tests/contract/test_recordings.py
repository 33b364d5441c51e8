"""What the real API was recorded to answer (2.3, in 2021), asked again of the sandbox: all 525 exchanges."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.recorded_exceptions import EXCEPTIONS
from contract.recording import Clock, Exchange, Replay, differences
from intercom_iac.sandbox import Gateway, Request, Response, Sandbox

RECORDINGS = Path(__file__).parents[2].parent / "shared" / "corpus" / "intercom-2.3"

EXCHANGES = {
    "destination-mapping-options.json": 4,
    "export-record-archive.json": 53,
    "export-record-delete.json": 48,
    "export-record-lead.json": 88,
    "export-record-lifecycle.json": 64,
    "export-record-no-create.json": 76,
    "export-record-no-delete.json": 38,
    "export-record-user.json": 108,
    "lead-quirks.json": 46,
}

where_recorded = pytest.mark.skipif(
    not RECORDINGS.is_dir(), reason="the recordings of the real API are not on this machine"
)


def read(name: str) -> list[Exchange]:
    return json.loads((RECORDINGS / name).read_bytes())


def replayed(
    exchanges: list[Exchange], change: Any = None
) -> Iterator[tuple[int, Exchange, list[Any], bool]]:
    """Each exchange with its differences, and whether it is a search that is behind; `change` spoils our answers."""
    clock = Clock()
    with Sandbox(None, clock=clock) as sandbox:
        gateway = Gateway(sandbox)

        def handle(request: Request) -> Response:
            response = gateway.handle(request)
            return response if change is None else change(request, response)

        replay = Replay(exchanges, handle, clock)
        for index, exchange, found in replay.run():
            yield index, exchange, found, replay.stale(exchange)


def judged(name: str, exchanges: list[Exchange], change: Any = None) -> tuple[Counter[str], list[str]]:
    """How many exchanges came out as recorded or with which exceptions, and what no exception names."""
    counts: Counter[str] = Counter()
    unnamed: list[str] = []
    for index, _, found, stale in replayed(exchanges, change):
        names: set[str] = set()
        for difference in found:
            named = next(
                (line for line in EXCEPTIONS if line.covers((name, index), difference, stale=stale)), None
            )
            if named is None:
                unnamed.append(f"{name} {index}: {difference}")
            else:
                names.add(named.name)
        counts["exchanges"] += 1
        counts["the same"] += not found
        counts.update(names)
    return counts, unnamed


@where_recorded
def test_every_exchange_is_answered_as_recorded_or_differs_by_name():
    """None is left out, every exception is met, and how many there are of each is known."""
    counts: Counter[str] = Counter()
    unnamed: list[str] = []
    assert {path.name for path in RECORDINGS.glob("*.json")} == set(EXCHANGES)
    for name, number in EXCHANGES.items():
        exchanges = read(name)
        assert len(exchanges) == number
        found, others = judged(name, exchanges)
        counts += found
        unnamed += others
    assert not unnamed, "\n".join(unnamed[:50])
    assert set(counts) - {"exchanges", "the same"} == {line.name for line in EXCEPTIONS}
    assert dict(counts) == {
        "exchanges": 525,
        "the same": 112,
        "fields that contacts have by now": 220,
        "references say their type": 45,
        "when a tag was put on, and by whom": 81,
        "messenger_writable": 65,
        "descriptions of attributes": 65,
        "who made an attribute": 65,
        "an address that was taken away, in lists": 5,
        "a search that is behind": 21,
        "a list that is behind": 1,
        "a tag within the second of another change": 3,
        "a 500 for a contact deleted seconds ago": 2,
    }


def spoil(
    path: str, status: int | None = None, drop: str = "", header: dict[str, str] | None = None, **values: Any
) -> Any:
    """An answer to calls whose path begins so, with other values at its top."""

    def change(request: Request, response: Response) -> Response:
        if not request.path.startswith(path) or request.method == "PUT":
            return response
        headers = {name: value for name, value in response.headers.items() if name != drop} | (header or {})
        body = json.dumps(json.loads(response.body) | values).encode()
        return Response(status or response.status, headers, body)

    return change


@where_recorded
@pytest.mark.parametrize(
    ("change", "place"),
    [
        (spoil("/tags", data=[]), "$.data.length"),
        (spoil("/contacts/search", total_count=9), "$.total_count"),
        (spoil("/contacts/search", total_count="0"), "$.total_count"),
        (spoil("/contacts/search", pages={}), "$.pages.page"),
        (spoil("/contacts/search", more=1), "$.more"),
        (spoil("/tags", drop="x-ratelimit-limit"), "header X-RateLimit-Limit"),
        (spoil("/tags", header={"content-type": "application/json"}), "header Content-Type"),
        (spoil("/tags", header={"x-ratelimit-reset": "soon"}), "header X-RateLimit-Reset"),
        (spoil("/contacts/search", 201), "status"),
    ],
)
def test_the_replay_notices(change: Any, place: str):
    """One thing that is wrong with our answers is told as that, at its place."""
    _, unnamed = judged("export-record-archive.json", read("export-record-archive.json")[:8], change)
    assert any(f": {place}: " in told for told in unnamed), unnamed


@where_recorded
def test_the_replay_notices_a_change_that_is_none():
    """A contact that moves on at every call is told where the recorded one stands still."""
    moments = itertools.count(1_700_000_000)

    def change(request: Request, response: Response) -> Response:
        content = json.loads(response.body)
        if content.get("type") == "contact" and "updated_at" in content:
            content["updated_at"] = next(moments)
        return Response(response.status, response.headers, json.dumps(content).encode())

    _, unnamed = judged("export-record-user.json", read("export-record-user.json")[:30], change)
    assert any(": updated_at went on: recorded 0, " in told for told in unnamed), unnamed


def test_what_is_a_difference():
    """Values by type as well; what the server gives out by its kind; a contact's tags in any order."""

    def places(recorded: Any, ours: Any) -> list[str]:
        return sorted(place for place, _, _ in differences(recorded, ours))

    assert places({"a": 1, "b": [1, 2]}, {"b": [1, 2], "a": 1}) == []
    assert places({"a": 1}, {"a": True}) == places({"a": 1}, {"a": 1.0}) == ["$.a"]
    assert places({"a": [1, 2]}, {"a": [2, 1]}) == ["$.a[0]", "$.a[1]"]
    assert places({"a": [1]}, {"a": []}) == ["$.a.length"]
    assert places({"created_at": 5}, {"created_at": 1_700_000_000}) == []
    assert places({"created_at": 5}, {"created_at": "1700000000"}) == ["$.created_at"]
    assert places({"x": {"created_at": 5}}, {"x": {"created_at": 6}}) == ["$.x.created_at"]
    tags = [{"id": "1"}, {"id": "2"}]
    assert places({"tags": {"data": tags}}, {"tags": {"data": tags[::-1]}}) == []
    assert places({"data": tags}, {"data": tags[::-1]}) == ["$.data[0].id", "$.data[1].id"]
