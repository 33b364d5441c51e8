"""Generated Python against a workspace that is broken on purpose, as `sandbox serve --fault` serves it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.generating.python import runtime
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.sandbox import KINDS, Faults, Gateway, RateLimit, Request, Sandbox, serving
from support.generated_python import imported_package, write_package

PLAN = Attribute("contact", "plan", DataType.OPTIONS, options=("free", "pro"))
SCHEMA = Schema(
    {
        ("contact", "plan"): PLAN,
        ("contact", "trial_ends"): Attribute("contact", "trial_ends", DataType.DATE),
        ("company", "seats"): Attribute("company", "seats", DataType.INTEGER),
    },
    {
        "upgraded": Event(
            "upgraded",
            metadata=(
                MetadataKey("plan", DataType.OPTIONS, required=True, options=("free", "pro")),
                MetadataKey("price", DataType.FLOAT),
            ),
        )
    },
)
PEOPLE = ("u/1", "ada@example.com")
OTHERS = ("東京", "..")
MOMENT = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = write_package(SCHEMA, tmp_path_factory.mktemp("code") / "data")
    with imported_package(folder, runtime=runtime) as module:
        yield module


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A workspace with the attributes of the schema; the pauses of retries are short."""
    monkeypatch.setattr(runtime, "_FIRST_PAUSE", 0.001)
    with Sandbox(None) as opened:
        for attribute in SCHEMA.attributes.values():
            body = {"name": attribute.name, "model": attribute.model, "data_type": attribute.type.value}
            if attribute.options:
                body["options"] = [{"value": option} for option in attribute.options]
            assert ask(opened, "POST", "/data_attributes", body)
        yield opened


def ask(sandbox: Sandbox, method: str, path: str, body: Any = None, **query: str) -> Any:
    request = Request(
        method,
        path,
        headers={"authorization": "Bearer any"},
        query=query,
        body=b"" if body is None else json.dumps(body).encode(),
    )
    answer = sandbox.handle(request)
    assert answer.status == 200, answer
    return json.loads(answer.body)


def tell(package: Any, url: str) -> None:
    """Each person pays, belongs to a company, and has upgraded; in one thread."""
    attributes = package.ContactAttributes
    with package.IntercomData("any", base_url=url) as data:
        for person in PEOPLE:
            data.contacts.update(attributes(plan="free", trial_ends=date(2026, 1, 31)), external_id=person)
            data.contacts.update(attributes(plan="pro", trial_ends=None, name="Ada"), external_id=person)
            data.companies.update(package.CompanyAttributes(name="Acme", seats=5), company_id="acme")
            data.companies.add_contact(company_id="acme", external_id=person)
            upgraded = package.upgraded(plan="pro", price=package.Money(amount=900, currency="eur"))
            data.events.send(upgraded, external_id=person, created_at=MOMENT)


async def tell_at_once(package: Any, url: str) -> None:
    """The same for other people, all at once."""
    attributes = package.ContactAttributes
    upgraded = package.upgraded(plan="pro", price=package.Money(amount=900, currency="eur"))
    async with package.AsyncIntercomData("any", base_url=url) as data:
        await data.companies.update(package.CompanyAttributes(name="Acme", seats=5), company_id="acme")
        calls = []
        for person in OTHERS:
            first, last = (
                attributes(plan="free", trial_ends=date(2026, 1, 31)),
                attributes(plan="pro", trial_ends=None, name="Ada"),
            )
            calls += [
                data.contacts.update(first, external_id=person),
                data.contacts.update(last, external_id=person),
                data.companies.add_contact(company_id="acme", external_id=person),
                data.events.send(upgraded, external_id=person, created_at=MOMENT),
            ]
        await asyncio.gather(*calls)


def check(sandbox: Sandbox, people: Sequence[str]) -> None:
    """The workspace has just what was sent, once."""
    contacts = ask(sandbox, "GET", "/contacts")["data"]
    assert sorted(contact["external_id"] for contact in contacts) == sorted(people)
    for contact in contacts:
        assert contact["custom_attributes"] == {"plan": "pro", "trial_ends": None}
        assert contact["name"] == "Ada"
        assert contact["companies"]["total_count"] == 1
        events = ask(sandbox, "GET", "/events", type="user", user_id=contact["external_id"])["events"]
        assert [(event["event_name"], event["created_at"], event["metadata"]) for event in events] == [
            (
                "upgraded",
                int(MOMENT.timestamp()),
                {"plan": "pro", "price": {"amount": 900, "currency": "eur"}},
            )
        ]
    (company,) = ask(sandbox, "POST", "/companies/list", {})["data"]
    assert (company["name"], company["custom_attributes"]["seats"]) == ("Acme", 5)


# Every second call of those that are made one after the other, and three, which no call can have all of its tries
# meet, of those that are made at once.
HIT = [*range(2, 22, 2), 36, 40, 45]


@pytest.mark.parametrize("kind", [*KINDS, "all of them"])
def test_what_is_sent_to_a_broken_workspace_arrives_once(package: Any, sandbox: Sandbox, kind: str) -> None:
    kinds = [*KINDS, *KINDS][: len(HIT)] if kind == "all of them" else [kind] * len(HIT)
    faults = [f"{each}=call:{call}" for each, call in zip(kinds, HIT, strict=True)]
    gateway = Gateway(sandbox, faults=Faults.parse(faults, seed=7), slow_seconds=0.01)
    with serving(gateway) as url:
        tell(package, url)
        assert gateway.calls < HIT[-3]
        check(sandbox, PEOPLE)
        asyncio.run(tell_at_once(package, url))
    assert sum(gateway.injected.values()) >= 8
    check(sandbox, (*PEOPLE, *OTHERS))


def test_the_limit_of_the_workspace_is_kept(package: Any, sandbox: Sandbox, tmp_path: Path) -> None:
    gateway = Gateway(sandbox, rate_limit=RateLimit(30, 1))
    for person in PEOPLE:
        ask(sandbox, "POST", "/contacts", {"external_id": person})
    refused: list[Any] = []
    with serving(gateway) as url, package.IntercomData("any", base_url=url) as data:

        def send(number: int) -> None:
            try:
                data.events.send(package.upgraded(plan="pro"), external_id=PEOPLE[number % 2])
            except package.IntercomError as error:
                refused.append(error)

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(send, range(45)))
    assert refused == []
    # Those that set out together before anything was known of the window.
    assert gateway.calls <= 45 + 8
