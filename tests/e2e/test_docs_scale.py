"""What docs/scale.md shows is true: its arithmetic, the table of the simulation, each statement and each setting."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot import expressions

from intercom_iac.writes import PARALLELISM

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scale.md").read_text("utf-8")


def tool(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


scale, warehouse = tool("scale"), tool("warehouse_sql")


@pytest.mark.parametrize(("parallelism", "answer"), [(5, 0.1), (16, 0.1), (40, 0.2)])
def test_paper_and_simulation_agree(parallelism: int, answer: float) -> None:
    calls = 20_000
    simulated = scale.simulate(calls, parallelism=parallelism, answer=answer)
    on_paper = scale.worked_out(calls, parallelism=parallelism, answer=answer)
    assert simulated.refused == 0
    assert simulated.seconds == pytest.approx(on_paper, rel=0.02)


def test_the_table_is_what_the_tool_prints() -> None:
    assert "\n".join(scale.HEAD) in PAGE
    assert scale.row(*scale.ROWS[1]) in PAGE
    for changes, parallelism, answer in scale.ROWS:
        calls = scale.calls_of(changes)
        seconds = scale.worked_out(calls, parallelism=parallelism, answer=answer)
        paper = scale.duration(seconds)
        assert (
            f"| {changes:,} | {calls:,} | {parallelism} | {answer * 1000:.0f} ms | {paper} | {paper} | 0 |"
            in PAGE
        )


def test_the_arithmetic_adds_up() -> None:
    people = 10_000_000
    assert scale.calls_of(people // 100) == 100_669
    assert round(100_669 / (scale.AMOUNT / scale.WINDOW)) == 604
    assert scale.calls_of(people // 10) == 1_006_669
    assert round(24 * 60 * 10_000 / 1e6, 1) == 14.4
    assert -(-people // scale.PAGE) == 66_667
    assert round(people / 10_000 / 60) == 17
    assert -(-people // 10 // scale.PAGE) == 6_667
    assert f"`--parallelism` is {PARALLELISM}" in PAGE
    assert round((60 * 10_000) / (1 + 1 / scale.PAGE), -3) == 596_000


@pytest.mark.parametrize("dialect", ["snowflake", "bigquery"])
def test_the_statements_are_those_of_the_program(dialect: str) -> None:
    statements = warehouse.statements(dialect)
    assert len(statements) == 5
    kinds: list[type[expressions.Expression]] = []
    for statement in statements.values():
        assert f"```sql\n{statement};\n```" in PAGE
        [parsed] = sqlglot.parse(statement, dialect=dialect)
        assert parsed is not None
        assert not isinstance(parsed, expressions.Command)
        kinds.append(type(parsed))
    assert kinds[:3] == [expressions.Create] * 3
    assert kinds[4] is expressions.Merge


def test_its_settings_are_taken(scratch) -> None:
    specs = "version: 1\nattributes: {contact: {plan_type: {type: string}}}\n"
    examples = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        scratch.write({"intercom-iac.yaml": example, "specs/a.yaml": specs})
        result = scratch.run("check")
        assert result.code == 0, result


def test_its_program_is_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.setattr("sys.argv", ["submit.py", "--version"])
    with pytest.raises(SystemExit) as ended:
        exec(compile(program, "submit.py", "exec"), {})
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip()
