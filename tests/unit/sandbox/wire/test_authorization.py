"""Which credentials open the workspace."""

import base64

import pytest

from intercom_iac.sandbox import Request


def credentials(text):
    return f"Basic {base64.b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (credentials("token:"), 200),
        (credentials("app:key"), 200),
        (credentials("token:").replace("Basic", "BASIC"), 200),
        ("Bearer token", 200),
        (credentials(":token"), 401),
        (credentials("token"), 401),
        (credentials(" :"), 401),
        ("Basic é", 401),
        ("Basic", 401),
        ("Basic token", 401),
        ("Bearer", 401),
        ("Digest token", 401),
        ("token", 401),
    ],
)
def test_who_is_let_in(sandbox, header, status):
    assert sandbox.handle(Request("GET", "/me", headers={"authorization": header})).status == status
