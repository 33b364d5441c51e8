"""What docs/generated-code.md shows of Python is true, against the embedded workspace."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.generating.python.identifiers import python_identifier
from intercom_iac.sandbox import Request, Sandbox, serving

WHOLE_PAGE = (Path(__file__).parents[2] / "docs" / "generated-code.md").read_text("utf-8")
SPECS = re.findall(r"```yaml\nversion: 1\n(.*?)```", WHOLE_PAGE, re.DOTALL)[0]
PAGE = WHOLE_PAGE[WHOLE_PAGE.index("\n## Python\n") :]
CONSOLE = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", PAGE, re.DOTALL)


@pytest.fixture
def package(scratch: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The project, with the package of its specs, which programs there can import."""
    scratch.spec(SPECS)
    for block in CONSOLE:
        for command, output in re.findall(r"^\$ intercom-iac (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            result = scratch.run(command)
            assert (result.code, result.out) == (0, output), result
    monkeypatch.syspath_prepend(scratch.root)
    yield scratch
    for name in ("intercom_data", "intercom_data.runtime"):
        sys.modules.pop(name, None)


def test_its_python_runs(
    package: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package.apply()
    monkeypatch.setenv("INTERCOM_TOKEN", "any")
    from intercom_data import runtime

    with (
        Sandbox(package.root / ".intercom-iac" / "sandbox.db") as sandbox,
        serving(sandbox) as url,
    ):
        # Whatever the region, it is served on this machine.
        monkeypatch.setattr(runtime, "_HOSTS", dict.fromkeys(runtime._HOSTS, url))
        names: dict[str, Any] = {}
        for block, printed in PYTHON:
            capsys.readouterr()
            opened = names.get("data")
            exec(compile(block, "docs/generated-code.md", "exec", dont_inherit=True), names)
            assert capsys.readouterr().out == printed
            if opened is not None and opened is not names["data"]:
                opened.close()
        contact = ask(sandbox, "/contacts/find_by_external_id/user-1")
        assert contact["name"] == "Ada Lovelace"
        assert contact["signed_up_at"] == 1769851800
        assert contact["custom_attributes"] == {"plan_type": "trial", "trial_end_date": 1801353600}
        assert contact["companies"]["total_count"] == 1
        (summary,) = ask(sandbox, "/events", type="user", user_id="user-1", summary="true")["events"]
        assert (summary["name"], summary["count"]) == ("plan_changed", 2)
        other = ask(sandbox, "/contacts/find_by_external_id/user-2")
        assert other["custom_attributes"] == {"plan_type": "pro"}


def ask(sandbox: Sandbox, path: str, **query: str) -> Any:
    answer = sandbox.handle(Request("GET", path, headers={"authorization": "Bearer any"}, query=query))
    assert answer.status == 200, answer
    return json.loads(answer.body)


def test_names_are_spelled_as_it_says() -> None:
    table = PAGE[PAGE.index("| in the specs | in Python |") : PAGE.index("Names that would be one")]
    rows = [row.strip("|").split("|") for row in table.splitlines()[2:] if row]
    assert len(rows) == 5
    for specs, python in rows:
        spelled = {python_identifier(name) for name in re.findall("`(.+?)`", specs)}
        assert spelled == set(re.findall("`(.+?)`", python.partition(":")[0]))


def test_its_errors_are_those_there_are() -> None:
    from intercom_iac.generating.python import runtime

    table = PAGE[PAGE.index("| error | when |") : PAGE.index("A call is tried")]
    named = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert {getattr(runtime, name) for name in named} == set(runtime.IntercomError.__subclasses__())
