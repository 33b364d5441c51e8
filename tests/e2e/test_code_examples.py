"""Every diagnostic code has a wrong example that shows it and a right one that does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from intercom_iac.diagnostics import Code, Example, all_codes
from support.git_repositories import commit
from support.http_servers import QuietHandler, serving_requests

# A code may come before the command that shows it.
CODES = all_codes()


def test_codes_are_many_and_of_their_stage() -> None:
    assert len(CODES) > 40
    stages = {each[:-2] for each in all_codes()}
    assert stages == {
        "SPEC1",
        "PARSE2",
        "TYPE3",
        "REF4",
        "LINT5",
        "PLAN6",
        "BACK7",
        "API8",
        "AUDIT1",
        "FIT1",
        "GEN1",
        "PAYL9",
        "PROOF10",
        "SYNC1",
        "USE1",
    }


@pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
def test_the_wrong_example_shows_the_code(code: Code, scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    code_of_exit, printed = outcome(code.wrong, scratch, monkeypatch)
    assert f"[{code.id}]" in printed
    assert (code_of_exit != 0) == (code.severity == "error")


@pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
def test_the_right_example_does_not(code: Code, scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    code_of_exit, printed = outcome(code.right, scratch, monkeypatch)
    assert f"[{code.id}]" not in printed
    assert code_of_exit == 0, printed


@pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
def test_explain_prints_it(code: Code, scratch) -> None:
    result = scratch.run(f"explain {code.id}")
    assert result.code == 0
    assert code.title in result.out
    assert code.about[-1] == "."
    assert "Wrong" in result.out
    assert "Right" in result.out


def outcome(example: Example, scratch, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    for name, value in example.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with answering(example.answers, example.forbidden) as url:
        files = example.files or {"specs/example.yaml": "version: 1\n"}
        scratch.write({name: text.replace("{url}", url) for name, text in files.items()})
        if example.committed:
            commit(scratch.root, *example.committed)
        for command in example.before:
            before = scratch.run(command)
            assert before.code == 0, before
        result = scratch.run(example.run)
    return result.code, result.out + result.err


@contextmanager
def answering(answer: tuple[int, str] | None, forbidden: tuple[str, ...] = ()) -> Iterator[str]:
    """A server on loopback that gives every request this status and body, but for paths that are forbidden."""
    if answer is None:
        yield ""
        return
    status, body = answer

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(403 if self.path.startswith(forbidden) else status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET

    with serving_requests(Handler) as url:
        yield url
