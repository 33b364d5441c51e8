"""A target: which of them must be named before anything is written, and what a token may look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.model import REGIONS
from intercom_iac.workspace import Target, Token

ELSEWHERE = [
    "https://API.intercom.io",
    "https://api.intercom.io./",
    "HTTPS://Api.Eu.Intercom.IO:443/",
    "https://someone@api.intercom.io",
    "https://api\u3002intercom.io",
    "https://proxy.example.com",
    "https://localhost.example.com",
    "https://127.0.0.1@example.com",
    "http://10.0.0.1",
    "https://[",
    "nonsense",
]


@pytest.mark.parametrize("base_url", [*REGIONS.values(), *ELSEWHERE])
def test_every_host_but_this_machine_needs_the_workspaces_id(base_url: str) -> None:
    assert Target("live", base_url=base_url).needs_app_id


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:8080/"])
def test_this_machine_does_not(base_url: str) -> None:
    assert not Target("mine", base_url=base_url).needs_app_id


def test_the_embedded_workspace_does_not() -> None:
    assert not Target("sandbox", sandbox=Path("sandbox.db")).needs_app_id


def test_a_token_of_visible_ascii_is_plausible() -> None:
    assert Token("dG9rOjEyMzQ1Njc4_-+/=.~").is_plausible
    assert not Token("dG9r\n").is_plausible
