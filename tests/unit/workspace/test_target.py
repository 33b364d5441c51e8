"""A target: which of them must be named before anything is written, and what a token may look like."""

from __future__ import annotations

import pytest

from intercom_iac.workspace import REGIONS, Target, Token

SPELLINGS = [
    "https://API.intercom.io",
    "https://api.intercom.io:443",
    "https://api.intercom.io/",
    "https://api.intercom.io./",
    "HTTPS://Api.Eu.Intercom.IO:443/",
    "https://someone@api.intercom.io",
    "https://api.jp.intercom.io",
    "https://intercom.io",
    "https://api\u3002intercom.io",
    "https://[",
]


@pytest.mark.parametrize("base_url", [*REGIONS.values(), *SPELLINGS])
def test_intercoms_own_hosts_need_the_workspaces_id_however_they_are_spelled(base_url: str) -> None:
    assert Target("live", base_url=base_url).needs_app_id


@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:8080",
        "http://localhost",
        "https://notintercom.io",
        "https://intercom.io.example.com",
    ],
)
def test_other_hosts_do_not(base_url: str) -> None:
    assert not Target("mine", base_url=base_url).needs_app_id


def test_the_embedded_workspace_does_not() -> None:
    assert not Target("sandbox").needs_app_id


def test_a_token_of_visible_ascii_is_plausible() -> None:
    assert Token("dG9rOjEyMzQ1Njc4_-+/=.~").is_plausible
    assert not Token("dG9r\n").is_plausible
