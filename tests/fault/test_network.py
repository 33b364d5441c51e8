"""A network that loses requests and answers, on each single call and at 1% and 10%: nothing is made twice or lost."""

from __future__ import annotations

import random
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from intercom_iac.applying import Outcome, apply
from intercom_iac.diagnostics import WorkspaceError
from intercom_iac.planning import Plan, plan
from intercom_iac.project import find_project
from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.specs import digest, load_specs
from intercom_iac.workspace import Client, HttpWorkspace, Target
from support.silent_progress import SilentProgress

TARGET = Target("sandbox", base_url="http://127.0.0.1")


def reset(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("reset", request=request)


# What becomes of a call in trouble: whether the workspace takes it, and what comes back.
FAULTS: dict[str, tuple[bool, Callable[[httpx.Request], httpx.Response]]] = {
    "drop-before-accept": (False, reset),
    "drop-after-accept": (True, reset),
    "500-before": (False, lambda _: httpx.Response(500, json={"errors": [{"message": "oops"}]})),
    "500-after": (True, lambda _: httpx.Response(500, json={"errors": [{"message": "oops"}]})),
    "503-html": (False, lambda _: httpx.Response(503, html="<html>\nService Unavailable")),
    "429": (False, lambda _: httpx.Response(429, json={"errors": [{"message": "Exceeded"}]})),
    "truncated-json": (True, lambda _: httpx.Response(200, text='{"type": "li')),
    "wrong-content": (True, lambda _: httpx.Response(200, html="<html>hello")),
}


class Network(httpx.BaseTransport):
    """A workspace in memory; calls that `in_trouble` picks by their number meet the fault."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(None)
        weakref.finalize(self, self.sandbox.close)
        self.calls = 0
        self.fault = FAULTS["drop-after-accept"]
        self.in_trouble: Callable[[int], bool] = lambda _: False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        taken, answer = self.fault
        troubled = self.in_trouble(self.calls)
        if troubled and not taken:
            return answer(request)
        query = dict(request.url.params)
        headers = {name.lower(): value for name, value in request.headers.items()}
        path = request.url.raw_path.partition(b"?")[0].decode()
        got = self.sandbox.handle(Request(request.method, path, query, headers, request.read()))
        if troubled:
            return answer(request)
        return httpx.Response(got.status, headers=dict(got.headers), content=got.body)

    def workspace(self) -> HttpWorkspace:
        return HttpWorkspace(TARGET, Client(TARGET, transport=self, sleep=lambda _: None))

    def names(self) -> Counter[str]:
        client = Client(TARGET, transport=self)
        return Counter(
            f"{path} {each.get('external_id') or each['name']}"
            for path in ("/data_attributes", "/tags", "/audiences", "/contacts")
            for each in client.get(path)["data"]
            if each.get("custom", True)
        )


@pytest.fixture
def planned(sixty_changes: str, tmp_path: Path) -> Callable[[HttpWorkspace], Plan]:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "all.yaml").write_text(sixty_changes)
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    project = find_project(tmp_path)
    schema = load_specs(project).or_raise()
    return lambda live: plan(schema, live.snapshot(), workspace="live", specs_digest=digest(schema))


def applied(network: Network, planned: Callable[[HttpWorkspace], Plan], parallelism: int) -> Outcome | None:
    live = network.workspace()
    try:
        made = planned(live)
    except WorkspaceError:
        return None
    assert len(made.calls) <= 60
    return apply(made, live, SilentProgress(), parallelism=parallelism)


def settled(network: Network, planned: Callable[[HttpWorkspace], Plan]) -> None:
    """Nothing is there twice; the next apply, without trouble, makes what is left; then there is nothing to do."""
    network.in_trouble = lambda _: False
    assert max(network.names().values(), default=1) == 1
    again = applied(network, planned, 5)
    assert again is not None
    assert again.complete
    assert not planned(network.workspace()).changes
    names = network.names()
    assert max(names.values()) == 1
    assert "/contacts intercom-iac-registrar" in names


@pytest.mark.parametrize("fault", FAULTS)
def test_trouble_on_one_call_is_got_over(planned, fault: str, number: int) -> None:
    """Of the 68: reading which workspace it is and five lists, 60 changes, the registrar and its event again."""
    network = Network()
    network.fault = FAULTS[fault]
    network.in_trouble = lambda call: call == number
    outcome = applied(network, planned, 1)
    assert outcome is not None
    assert outcome.complete, outcome.failures
    assert network.calls >= number
    settled(network, planned)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5])
@pytest.mark.parametrize("fault", FAULTS)
def test_trouble_on_a_share_of_the_calls_loses_and_doubles_nothing(
    planned, fault: str, share: float, turn: int
) -> None:
    network = Network()
    network.fault = FAULTS[fault]
    chance = random.Random(turn)
    network.in_trouble = lambda _: chance.random() < share
    outcome = applied(network, planned, 5)
    if outcome is not None:
        network.in_trouble = lambda _: False
        names = network.names()
        # Whatever was said to be done is there.
        for change in outcome.done:
            kinds = {"data_attribute": "/data_attributes", "tag": "/tags", "audience": "/audiences"}
            if change.object in kinds:
                assert names[f"{kinds[change.object]} {change.name}"] == 1
        assert outcome.complete or outcome.failed is not None
    settled(network, planned)
