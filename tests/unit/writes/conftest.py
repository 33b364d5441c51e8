"""A workspace in memory with an attribute of contacts and one of companies, and deliveries to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intercom_iac.workspace import Client, HttpWorkspace, Records
from support.deliveries import TARGET, Delivering, Observed, open_client


@pytest.fixture
def sandbox() -> Iterator[Observed]:
    with Observed() as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Observed) -> Client:
    client = open_client(sandbox)
    for model in ("contact", "company"):
        name = "plan" if model == "contact" else "tier"
        client.post("/data_attributes", {"name": name, "model": model, "data_type": "string"})
    sandbox.asked.clear()
    return client


@pytest.fixture
def records(client: Client) -> Records:
    return HttpWorkspace(TARGET, client).records()


@pytest.fixture
def delivered(tmp_path: Path, records: Records) -> Delivering:
    return Delivering(tmp_path, records)
