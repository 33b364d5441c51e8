"""Finding and reading the project file: what is meant where nothing is said, and every mistake at once."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import usable_address
from intercom_iac.project import find_project
from intercom_iac.reporting import diagnostics_text

Tell = Callable[..., list[str]]
TOKEN = "dG9rOjEyMzQ1Njc4XzlhYmNfZGVm="


def mistakes(folder: Path, text: str | bytes) -> InvalidSpecs:
    (folder / "intercom-iac.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InvalidSpecs) as caught:
        find_project(folder)
    return caught.value


def test_the_plainest_project_has_an_embedded_workspace(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    project = find_project(tmp_path)
    assert project.root == tmp_path
    assert project.settings.specs == "specs"
    assert project.settings.default_workspace == "sandbox"
    assert project.settings.workspaces["sandbox"].sandbox == ".intercom-iac/sandbox.db"
    assert project.settings.safety.max_archive_percent == 30
    assert project.settings.naming.attributes is None
    assert project.source.path == "intercom-iac.yaml"


def test_it_is_found_from_any_folder_below(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_project(below).root == tmp_path


def test_it_can_be_named_as_file_or_folder(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "intercom-iac.yaml").write_text("version: 1\n")
    (other / "staging.yaml").write_text("version: 1\nspecs: elsewhere\n")
    assert find_project(tmp_path, other).root == other
    assert find_project(tmp_path, other / "intercom-iac.yaml").root == other
    assert find_project(tmp_path, other / "staging.yaml").settings.specs == "elsewhere"


def test_without_one_the_way_to_make_one_is_told(tmp_path: Path) -> None:
    for explicit in (None, tmp_path / "nowhere", tmp_path):
        with pytest.raises(InvalidSpecs) as caught:
            find_project(tmp_path, explicit)
        [none] = caught.value.diagnostics
        assert none.code == "SPEC101"
        assert none.hint
        assert "intercom-iac init" in none.hint


def test_one_workspace_is_the_default_and_of_two_none_is(tmp_path: Path) -> None:
    file = tmp_path / "intercom-iac.yaml"
    file.write_text("version: 1\nworkspaces: {live: {region: eu, app_id: abc}}\n")
    assert find_project(tmp_path).settings.default_workspace == "live"
    file.write_text("version: 1\nworkspaces: {live: {region: eu}, test: {sandbox: t.db}}\n")
    assert find_project(tmp_path).settings.default_workspace is None


def test_every_mistake_is_told_at_its_place(tmp_path: Path, told: Tell) -> None:
    found = mistakes(
        tmp_path,
        "version: one\n"
        "spec: specs\n"
        "default_workspace: prod\n"
        "workspaces:\n"
        "  production: {region: uk, app_id: 12}\n"
        "  nowhere: {protected: yes}\n"
        "  both: {region: us, base_url: 'https://api.intercom.io'}\n"
        "  plain: {base_url: http://api.intercom.io}\n"
        "  local: {base_url: 'http://127.0.0.1:8080', token_env: $TOKEN}\n"
        "safety: {max_archive_percent: 130}\n"
        "naming: {events: Snake}\n",
    )
    assert told(found.diagnostics) == [
        "intercom-iac.yaml:1:10 SPEC120 one",
        "intercom-iac.yaml:2:1 SPEC121 spec",
        "intercom-iac.yaml:3:20 SPEC128 prod",
        "intercom-iac.yaml:5:24 SPEC123 uk",
        "intercom-iac.yaml:5:36 SPEC120 12",
        "intercom-iac.yaml:6:3 SPEC127 nowhere",
        "intercom-iac.yaml:6:24 SPEC120 yes",
        "intercom-iac.yaml:7:3 SPEC127 both",
        "intercom-iac.yaml:8:21 SPEC125 http://api.intercom.io",
        "intercom-iac.yaml:9:57 SPEC125 $TOKEN",
        "intercom-iac.yaml:10:31 SPEC125 130",
        "intercom-iac.yaml:11:18 SPEC123 Snake",
    ]
    assert found.exit_code == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "SPEC122"),
        ("# nothing\n", "SPEC122"),
        ("- a\n", "SPEC120"),
        ("just text\n", "SPEC120"),
        ("specs: specs\n", "SPEC122"),
        ("version: 2\n", "SPEC124"),
        ("version: true\n", "SPEC120"),
        ("version: 1\nspecs: /tmp\n", "SPEC125"),
        ("version: 1\nspecs: ''\n", "SPEC125"),
        ("version: 1\nsafety: {max_archive_percent: -1}\n", "SPEC125"),
        ("version: 1\nsafety: {max_archive_percent: .nan}\n", "SPEC125"),
        ("version: 1\nworkspaces: {a: }\n", "SPEC120"),
        ("version: 1\nworkspaces: {a: {sandbox: ''}}\n", "SPEC125"),
        ('version: 1\nworkspaces: {a: {sandbox: "a\\0b"}}\n', "SPEC125"),
        ('version: 1\nworkspaces: {a: {sandbox: "a\\nb"}}\n', "SPEC125"),
        ('version: 1\nspecs: "a\\0b"\n', "SPEC125"),
        ('version: 1\nworkspaces: {a: {region: us, token_env: "a b"}}\n', "SPEC126"),
        ('version: 1\nworkspaces: {p: {"region": "us","token":"sekret123"}}\n', "SPEC126"),
        ("version: 1\nworkspaces: {p: {region: uk}}\n", "SPEC123"),
        ("version: 1\nworkspaces: {a: {base_url: 'https://['}}\n", "SPEC125"),
        ("version: [1\n", "SPEC110"),
        (b"version: 1 # \xff\n", "SPEC106"),
        (b"version: 1 # \x00\n", "SPEC107"),
    ],
)
def test_one_mistake_is_one_diagnostic(tmp_path: Path, text: str | bytes, code: str) -> None:
    [wrong] = mistakes(tmp_path, text).diagnostics
    assert wrong.code == code
    assert wrong.hint
    assert "typing" not in wrong.message


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "workspaces: {p: {region: uk}}",
            "`region` is the text `uk`, which is not one of `us`, `eu`, `au`",
            "write one of `us`, `eu`, `au`",
        ),
        (
            "naming: {attributes: snake}",
            "`attributes` is the text `snake`, which is not one of "
            "`snake_case`, `kebab-case`, `camelCase`, `PascalCase`",
            "write one of `snake_case`, `kebab-case`, `camelCase`, `PascalCase`",
        ),
        (
            "safety: {max_archive_percent: .nan}",
            "`max_archive_percent`: not a finite number",
            "write it in digits",
        ),
        ("safety: {max_archive_percent: 130}", "`max_archive_percent`: more than 100", "write 100 or less"),
    ],
)
def test_what_would_work_is_told(tmp_path: Path, text: str, message: str, hint: str) -> None:
    [wrong] = mistakes(tmp_path, f"version: 1\n{text}\n").diagnostics
    assert (wrong.message, wrong.hint) == (message, hint)


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").symlink_to("nowhere.yaml")
    for explicit in (None, tmp_path):
        with pytest.raises(InvalidSpecs) as caught:
            find_project(tmp_path, explicit)
        assert [each.message for each in caught.value.diagnostics] == [
            "the file is a link that leads nowhere"
        ]


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").mkdir()
    with pytest.raises(InvalidSpecs) as caught:
        find_project(tmp_path)
    assert [each.code for each in caught.value.diagnostics] == ["SPEC102"]


def test_a_path_that_cannot_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidSpecs) as caught:
        find_project(tmp_path, tmp_path / ("x" * 5_000))
    assert [each.code for each in caught.value.diagnostics] == ["SPEC102"]


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidSpecs) as caught:
        find_project(tmp_path)
    [refused] = caught.value.diagnostics
    assert (refused.code, refused.message) == ("SPEC102", "the file cannot be read: permission denied")


@pytest.mark.parametrize(
    "line",
    [
        f"token: {TOKEN}",
        "token: s3cret-of-mine",
        'access_token: "s3cret-of-mine"',
        "'api_key': s3cret-of-mine",
        "password: s3cret-of-mine  # the old one",
        f"token_env: {TOKEN}",
        "token_env: s3cret-of-mine",
        f"app_id: {TOKEN}",
        f"app_id: abc # {TOKEN}",
        "token: |\n      s3cret-of-mine\n      s3cret-of-mine",
        "app_id: aB3" + "xY9" * 13,
        "app_id: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c3cretofmine",
        f"token: [{TOKEN}",
        f"token: {TOKEN}: {TOKEN}",
        "token:\n      s3cret-of-mine",
        "token: # here\n      s3cret-of-mine",
        "access_token_value: s3cret-of-mine",
        'header: "Bearer s3cret-of-mine"',
        "header: Bearer s3cret-of-mine",
        "region: us # Bearer s3cret1",
        'extra: {"region": "us","token":"s3cret-of-mine"}',
        'extra: {"region": "us","token":"s3cret-of-mine"',
        "token: [a, s3cret-of-mine]",
        "token: 's3cret\n      s3cret'",
        "a: &a s3cret\n    token: *a",
    ],
)
def test_a_token_is_refused_and_never_shown(tmp_path: Path, line: str) -> None:
    found = mistakes(tmp_path, f"version: 1\nworkspaces:\n  live:\n    region: us\n    {line}\n")
    assert "SPEC126" in [each.code for each in found.diagnostics]
    assert len({each.span for each in found.diagnostics}) == len(found.diagnostics)
    shown = diagnostics_text(found.diagnostics) + repr([each.as_json() for each in found.diagnostics])
    for secret in (TOKEN, TOKEN[5:], "s3cret", "xY9xY9", "c3cret", "eyJ"):
        assert secret not in shown


def test_a_token_beside_a_bad_byte_is_not_shown_either(tmp_path: Path) -> None:
    found = mistakes(tmp_path, b"version: 1\ntoken: s3cret-of-mine \xff\n")
    assert "s3cret" not in diagnostics_text(found.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nworkspaces: {a: {region: us, token_env: MY_INTERCOM_ACCESS_TOKEN_FOR_PRODUCTION_2026}}\n",
        "version: 1\n# token: see the vault\n",
        "version: 1\nworkspaces: {a: {sandbox: Users/Me/Projects1/some/long/path/to/a/Sandbox2/of/mine.db}}\n",
        "version: 1\nworkspaces: {token: {region: us}}\n",
        "version: 1\nworkspaces:\n  token:\n    region: us\n",
    ],
)
def test_what_is_no_token_is_let_pass(tmp_path: Path, text: str) -> None:
    (tmp_path / "intercom-iac.yaml").write_text(text)
    assert find_project(tmp_path).settings.workspaces


@pytest.mark.parametrize(
    "address",
    [
        "https://api.intercom.io",
        "https://api.intercom.io/",
        "HTTPS://API.intercom.io:8443/base/path",
        "https://xn--bcher-kva.example",
        "https://10.0.0.1",
        "https://[2001:db8::1]:8443",
        "http://localhost:8080",
        "http://127.0.0.1:1",
        "http://[::1]:8080",
    ],
)
def test_addresses_a_token_may_be_sent_to(address: str) -> None:
    assert usable_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://",
        "https:///path",
        "api.intercom.io",
        "ftp://api.intercom.io",
        "http://api.intercom.io",
        "http://localhost.example",
        "https://user@host.example",
        "https://user:pw@host.example",
        "https://@host.example",
        "https://a..example",
        "https://.example",
        "https://host.example.",
        "https://-a.example",
        "https://a-.example",
        "https://a_b.example",
        "https://a b.example",
        "https://a%20b.example",
        "https://bücher.example",
        "https://*",
        f"https://{'a' * 64}.example",
        "https://" + ".".join(["a" * 60] * 5),
        "https://999.1.1.1",
        "https://10.0.0",
        "https://[::1",
        "https://[nothing]",
        "https://host.example:",
        "https://host.example:port",
        "https://host.example:0",
        "https://host.example:65536",
        "https://host.example:-1",
        "https://host.example?",
        "https://host.example/?a=b",
        "https://host.example#part",
        "https://host.example\\@other.example",
        " https://host.example",
        "https://host.example\n",
        "https://ho\tst.example",
    ],
)
def test_addresses_a_token_may_not_be_sent_to(tmp_path: Path, address: str) -> None:
    assert not usable_address(address)
    text = json.dumps({"version": 1, "workspaces": {"live": {"base_url": address}}})
    assert {each.code for each in mistakes(tmp_path, text).diagnostics} <= {"SPEC125", "SPEC126"}


@pytest.mark.parametrize(
    "line",
    [
        "base_url: https://u:s3cret@host.example",
        "base_url: 'https://u:s3cret@host.example/path'",
        "base_url: https://s3cret@host.example",
        "base_url: u:s3cret@host.example",
        "base_url: https://u:s3/cr?s3cret#s3cret@host.example",
        "base_url: https://u:s3cret,s3cret}@host.example",
        'base_url: "https:\\/\\/u:s3cret@host.example"',
        "base_url:\n      https://u:s3cret@host.example",
        "base_url: >-\n      https://u:s3cret@host.example",
        "base_url: dG9rOabcdefghij:s3cret@host.example",
        "region: us # was ftp://u:s3cret@host.example",
        "base_url: [https://u:s3cret@host.example",
    ],
)
def test_a_password_in_an_address_is_refused_and_never_shown(tmp_path: Path, line: str) -> None:
    found = mistakes(tmp_path, f"version: 1\nworkspaces:\n  live:\n    {line}\n")
    assert "SPEC126" in [each.code for each in found.diagnostics]
    assert "s3cret" not in diagnostics_text(found.diagnostics) + repr(
        [each.as_json() for each in found.diagnostics]
    )


def test_a_password_in_an_address_is_told_once(tmp_path: Path, told: Tell) -> None:
    text = "version: 1\nworkspaces: {live: {base_url: 'https://u:s3cret@host.example', app_id: abc}}\n"
    [only] = mistakes(tmp_path, text).diagnostics
    assert told([only]) == [f"intercom-iac.yaml:2:31 SPEC126 {'x' * 31}"]


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\n# see https://host.example/@growth and ssh://git@host.example:org/repo\n",
        "version: 1\nworkspaces:\n  a: {base_url: https://host.example:8443, allow_host: host.example}\n"
        "  b: {sandbox: me@host.db}\n",
    ],
)
def test_an_address_without_a_user_is_no_password(tmp_path: Path, text: str) -> None:
    (tmp_path / "intercom-iac.yaml").write_text(text)
    assert find_project(tmp_path).settings.workspaces
