"""What generated TypeScript does in a page: compiled, and run by Node before a stand-in for the Messenger."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.typescript import run_scenarios, write_typescript

SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true}
    seats: {type: integer, messenger_writable: true}
    trial_ends: {type: date, messenger_writable: true}
    nickname: {type: string, messenger_writable: true}
    score: {type: float}
    __proto__: {type: string, messenger_writable: true}
    constructor: {type: string, messenger_writable: true}
  company:
    renewal: {type: date, messenger_writable: true}
events:
  signed_up: {}
  plan_changed:
    metadata:
      to: {type: options, options: [pro, team], required: true}
      on_date: {type: date}
      note: {type: string}
      amount: {type: float}
      utm_2: {type: string}
      odd key: {type: integer}
"""
SCENARIOS = re.findall(
    r'^  async "(.+)"\(',
    (Path(run_scenarios.__code__.co_filename).parent / "scenarios.mjs").read_text(),
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    outputs: list[Path] = []
    for name, options in (("plain", {}), ("camel", {"camel": True}), ("sdk", {"messenger_sdk": True})):
        written = write_typescript(tmp_path_factory.mktemp(name), SPECS, **options)
        assert written.complaints() == []
        outputs.append(written.folder / "out" / "app" / "index.js")
    return run_scenarios(*outputs)


def test_every_scenario_is_run(results: dict[str, str | None]) -> None:
    assert list(results) == SCENARIOS
    assert len(SCENARIOS) > 30


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(results: dict[str, str | None], scenario: str) -> None:
    assert results[scenario] is None, results[scenario]
