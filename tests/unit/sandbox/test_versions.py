"""The `Intercom-Version` header: which versions answer, and what they do not have."""

import json

import pytest

from intercom_iac.sandbox import Request, Sandbox, Switches

MISSING = "Requested resource is not available in current API version"


def send_request(sandbox, version, method, path):
    headers = {"authorization": "Bearer x"} | ({} if version is None else {"intercom-version": version})
    response = sandbox.handle(Request(method, path, headers=headers))
    body = json.loads(response.body)
    if response.status < 400:
        return response.status
    (error,) = body["errors"]
    return response.status, error["code"], error["message"]


@pytest.mark.parametrize("version", [None, "", "2.16", " 2.16 "])
@pytest.mark.parametrize("path", ["/audiences", "/conversations/attributes", "/data_attributes"])
def test_the_current_version_has_everything(sandbox, version, path):
    assert send_request(sandbox, version, "GET", path) == 200


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/audiences", "2.16"),
        ("/audiences/", "2.16"),
        ("/audiences/1", "2.16"),
        ("/conversations/attributes", "2.16"),
        ("/conversations/attributes/1", "2.16"),
        ("/admins/activity_log_event_types", "2.16"),
        ("/contacts/find_by_external_id/1", "2.13"),
    ],
)
def test_an_older_version_lacks_what_came_later(sandbox, path, first):
    before = f"2.{int(first.partition('.')[2]) - 1}"
    error = (400, "intercom_version_invalid", MISSING)
    assert send_request(sandbox, before, "GET", path) == error
    assert send_request(sandbox, "1.4", "GET", path) == error
    assert send_request(sandbox, first, "GET", path) != error


@pytest.mark.parametrize("version", ["2.0", "2.9", "2.14"])
def test_an_older_version_has_the_rest(sandbox, version):
    assert send_request(sandbox, version, "GET", "/contacts") == 200
    assert send_request(sandbox, version, "GET", "/admins/activity_logs") != (
        400,
        "intercom_version_invalid",
        MISSING,
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/companies/search"),
        ("POST", "/contacts/bulk"),
        ("POST", "/contacts/bulk/delete"),
        ("GET", "/contacts/bulk/5"),
    ],
)
def test_what_only_the_preview_has(sandbox, method, path):
    assert send_request(sandbox, None, method, path) == (400, "intercom_version_invalid", MISSING)


@pytest.mark.parametrize("version", ["2.17", "Preview", "Unstable"])
def test_a_newer_version_is_answered_by_this_one(sandbox, version):
    for path in ("/contacts", "/audiences", "/conversations/attributes"):
        assert send_request(sandbox, version, "GET", path) == 200
    assert send_request(sandbox, version, "POST", "/companies/search") == (
        400,
        "intercom_version_invalid",
        MISSING,
    )


@pytest.mark.parametrize("version", ["2.18", "3", "preview", "nope", "2.016"])
def test_a_version_that_is_not_known(sandbox, version):
    assert send_request(sandbox, version, "GET", "/tags") == (
        400,
        "intercom_version_invalid",
        f"The version '{version}' is not known",
    )
    with Sandbox(None, switches=Switches(unknown_versions_accepted=True)) as tolerant:
        assert send_request(tolerant, version, "GET", "/audiences") == 200


def test_who_may_call_is_asked_first(sandbox):
    response = sandbox.handle(Request("GET", "/tags", headers={"intercom-version": "nope"}))
    assert response.status == 401
