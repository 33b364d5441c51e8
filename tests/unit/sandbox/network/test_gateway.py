"""Each fault as a client meets it, in process and over real HTTP, and what became of the workspace."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from intercom_iac.sandbox import Dropped, Faults, Gateway, Latency, RateLimit, Request, Sandbox, serving
from intercom_iac.workspace.embedded import Embedded

TOKEN = {"Authorization": "Bearer x"}
SLOW = 0.4

Open = Callable[..., tuple[httpx.Client, Gateway]]


@pytest.fixture(params=["in process", "over http"])
def connect(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens a client of a new workspace behind a gateway with these faults."""
    with ExitStack() as stack:

        def open_it(*faults: str, **settings) -> tuple[httpx.Client, Gateway]:
            sandbox = stack.enter_context(Sandbox(None))
            gateway = Gateway(sandbox, faults=Faults.parse(faults, seed=7), slow_seconds=SLOW, **settings)
            if request.param == "in process":
                client = httpx.Client(
                    transport=Embedded(gateway, Path("memory")), base_url="http://sandbox", headers=TOKEN
                )
            else:
                client = httpx.Client(base_url=stack.enter_context(serving(gateway)), headers=TOKEN)
            return stack.enter_context(client), gateway

        yield open_it


def count_tags(gateway: Gateway) -> int:
    with gateway.sandbox.store(writes=False) as store:
        return store.number("select count(*) from tags")


@pytest.mark.parametrize(
    ("kind", "made"), [("drop-before-accept", 0), ("drop-after-accept", 1), ("drop-during-answer", 1)]
)
def test_a_dropped_connection(connect: Open, kind: str, made: int) -> None:
    client, gateway = connect(f"{kind}=call:1")
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/tags", json={"name": "vip"})
    assert count_tags(gateway) == made
    assert client.post("/tags", json={"name": "vip"}).status_code == 200
    assert (gateway.injected, gateway.calls) == ({kind: 1}, 2)


def test_many_drops_in_a_row(connect: Open) -> None:
    client, gateway = connect("drop-after-accept=every:2")
    for number in range(20):
        try:
            client.post("/tags", json={"name": f"tag {number}"})
        except httpx.RemoteProtocolError:
            assert number % 2
    assert (count_tags(gateway), gateway.injected) == (20, {"drop-after-accept": 10})


@pytest.mark.parametrize(("kind", "made"), [("500", 0), ("500-after-accept", 1)])
def test_an_error_of_the_server(connect: Open, kind: str, made: int) -> None:
    client, gateway = connect(f"{kind}=call:1")
    answer = client.post("/tags", json={"name": "vip"})
    assert answer.status_code == 500
    assert answer.json()["errors"][0]["code"] == "server_error"
    assert count_tags(gateway) == made
    assert gateway.injected == {kind: 1}


def test_a_page_of_a_proxy(connect: Open) -> None:
    client, gateway = connect("503-html=call:1")
    answer = client.post("/tags", json={"name": "vip"})
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert answer.text.startswith("<html>")
    assert count_tags(gateway) == 0
    assert gateway.injected == {"503-html": 1}


def test_truncated_json(connect: Open) -> None:
    client, gateway = connect("truncated-json=call:1")
    answer = client.post("/tags", json={"name": "vip"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert answer.text.startswith('{"type":"tag"')
    with pytest.raises(ValueError, match="line 1"):
        answer.json()
    assert count_tags(gateway) == 1


def test_a_wrong_content_type(connect: Open) -> None:
    client, gateway = connect("wrong-content-type=call:1")
    answer = client.post("/tags", json={"name": "vip"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.json()["name"] == "vip"
    assert gateway.injected == {"wrong-content-type": 1}


def test_a_slow_body(connect: Open) -> None:
    client, _ = connect("slow-body=call:1")
    started = time.monotonic()
    assert client.post("/tags", json={"name": "vip"}).json()["name"] == "vip"
    assert time.monotonic() - started > SLOW * 0.9  # a loop may wake a tick early


def test_an_answer_without_a_body_has_nothing_to_spoil(connect: Open) -> None:
    kinds = ("drop-during-answer", "truncated-json", "slow-body", "wrong-content-type")
    client, gateway = connect(*(f"{kind}=call:{n}@DELETE" for n, kind in enumerate(kinds, 1)))
    for _ in kinds:
        audience = client.post("/audiences", json={"name": "a"}).json()
        assert client.delete(f"/audiences/{audience['id']}").status_code == 204
    assert gateway.injected == {}


def test_the_counts_are_told_and_meet_nothing(connect: Open) -> None:
    client, _ = connect("500=1", rate_limit=RateLimit(1, 3600), latency=Latency(0, 0))
    assert [client.get("/me").status_code for _ in range(2)] == [500, 429]
    assert client.get("/sandbox/counts").json() == {"calls": 2, "injected": {"500": 1, "429": 1}}


ANSWERS = [
    ("GET", "/tags", None, 200),
    ("GET", "/tags/99", None, 404),
    ("DELETE", "/tags/1", None, 200),
    ("POST", "/contacts", {}, 400),
    ("GET", "/nowhere", None, 404),
    ("GET", "/companies", None, 500),
    ("GET", "/admins", None, 500),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), ANSWERS)
def test_every_answer_to_a_call_with_a_token_says_what_it_answers_to(
    connect: Open, method: str, path: str, body: object, status: int
) -> None:
    """Answers, errors, bodies that are empty and faults: the limit, the version, and an id of its own."""
    client, _ = connect("500=1@/companies", "500-after-accept=1@/admins")
    client.post("/tags", json={"name": "vip"})
    answer = client.request(method, path, json=body, headers={"intercom-version": "2.11"})
    assert answer.status_code == status
    assert answer.headers["x-ratelimit-limit"] == "1667"
    assert int(answer.headers["x-ratelimit-remaining"]) in (1666, 1665)
    assert int(answer.headers["x-ratelimit-reset"]) % 10 == 0
    assert answer.headers["intercom-version"] == "2.11"
    request_id = answer.headers["x-request-id"]
    assert uuid.UUID(request_id).version == 4
    if status >= 400:
        assert answer.json()["request_id"] == request_id
    again = client.get("/tags")
    assert again.headers["intercom-version"] == "2.16"
    assert again.headers["x-request-id"] != request_id


def test_a_call_without_a_token_is_told_of_no_limit(connect: Open) -> None:
    client, _ = connect()
    answer = client.get("/tags", headers={"authorization": ""})
    assert answer.status_code == 401
    assert not any(name.startswith(("x-ratelimit", "intercom-version")) for name in answer.headers)


def test_a_limit_that_is_told_only_refuses_nothing() -> None:
    limit = RateLimit(2, 10, enforced=False)
    statuses = [limit.count_call(5) for _ in range(4)]
    assert [(place.remaining, place.refused) for place in statuses] == [(1, False), (0, False)] + [
        (0, False)
    ] * 2


def test_the_rate_limit_is_told(connect: Open) -> None:
    client, _ = connect(rate_limit=RateLimit(5, 3600))
    answer = client.get("/me")
    assert [answer.headers[f"X-RateLimit-{name}"] for name in ("Limit", "Remaining")] == ["5", "4"]


def test_latency_is_felt(connect: Open) -> None:
    client, _ = connect(latency=Latency.parse("100ms"))
    started = time.monotonic()
    client.get("/me")
    assert time.monotonic() - started > 0.09  # a loop may wake a tick early


def test_the_same_seed_meets_the_same_faults(connect: Open) -> None:
    def met() -> list[str]:
        client, _ = connect("500=0.2", "drop-after-accept=0.2")
        outcomes: list[str] = []
        for _ in range(30):
            try:
                outcomes.append(str(client.get("/me").status_code))
            except httpx.RemoteProtocolError:
                outcomes.append("dropped")
        return outcomes

    first = met()
    assert first == met()
    assert set(first) == {"200", "500", "dropped"}


def test_a_drop_in_process_says_what_it_was() -> None:
    with Sandbox(None) as sandbox:
        gateway = Gateway(sandbox, faults=Faults.parse(["drop-before-accept=call:1", "drop-after-accept=1"]))
        for kind, accepted in (("drop-before-accept", False), ("drop-after-accept", True)):
            with pytest.raises(Dropped, match=kind) as raised:
                gateway.handle(Request("GET", "/me"))
            assert (raised.value.kind, raised.value.accepted) == (kind, accepted)


def test_a_body_trickles_in_pieces() -> None:
    with Sandbox(None) as sandbox:
        gateway = Gateway(sandbox, faults=Faults.parse(["slow-body=1"]), slow_seconds=SLOW)
        with serving(gateway) as url, httpx.stream("GET", f"{url}/tags", headers=TOKEN) as answer:
            assert len(list(answer.iter_raw())) > 5


def test_a_drop_leaves_other_connections_alone() -> None:
    faults = Faults.parse(["slow-body=call:1@/tags", "drop-before-accept=1@/me"])
    with (
        Sandbox(None) as sandbox,
        serving(Gateway(sandbox, faults=faults, slow_seconds=SLOW)) as url,
        httpx.Client(headers=TOKEN) as client,
        client.stream("GET", f"{url}/tags") as slow,
    ):
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(f"{url}/me")
        assert slow.read().endswith(b"}")
