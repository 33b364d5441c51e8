"""What docs/dbt.md shows is true: its command writes these files, and they hold what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

PAGE = (Path(__file__).parents[2] / "docs" / "dbt.md").read_text("utf-8")


def test_its_command_writes_what_it_shows(scratch) -> None:
    (specs,) = (text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "segments:" in text)
    scratch.spec(specs)
    ((command, shown),) = re.findall(r"^\$ intercom-iac (.+)\n((?:.+\n)*?)```", PAGE, re.MULTILINE)
    ran = scratch.run(command)
    assert (ran.code, ran.out) == (0, shown)
    (named,) = re.findall(r"`(segment compile \w+ --to dbt --out [^`]+)`", PAGE)
    assert scratch.run(named).code == 0
    model = (scratch.root / "models/intercom/trial_ending_soon.sql").read_text()
    (sql,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert sql in model
    for written in ("{{ source('intercom', 'contacts') }}", "current_date", "intercom_today"):
        assert written in PAGE
        assert written in model


def test_its_tests_sources_and_exposures_are_there(scratch) -> None:
    (specs,) = (text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "segments:" in text)
    scratch.spec(specs)
    scratch.run("segment compile --to dbt --out models")
    text = (scratch.root / "models" / "schema.yml").read_text()
    content = yaml.safe_load(text)
    (source,) = content["sources"]
    assert "intercom_schema" in source["schema"]
    tables = {table["name"]: table for table in source["tables"]}
    (listed,) = re.findall(r"Its tables are those of .*?: (.*?)\.", PAGE, re.DOTALL)
    assert [*tables] == re.findall("`(\\w+)`", listed)
    columns = {column["name"]: column for column in tables["contacts"]["columns"]}
    assert columns["plan_type"]["data_tests"] == [
        {"accepted_values": {"arguments": {"values": ["free", "trial", "pro"]}}}
    ]
    assert [*columns] == ["id", "plan_type", "trial_end_date"]
    assert [kind for test in tables["events"]["data_tests"] for kind in test] == [
        "not_null",
        "accepted_values",
    ]
    (exposure,) = content["exposures"]
    assert exposure["name"] == "intercom_trial_ending_soon"
    assert exposure["owner"] == {"name": "growth"}
    assert exposure["depends_on"] == ["ref('trial_ending_soon')"]
    for word in re.findall(r"`(accepted_values|not_null|unique|relationships|intercom_segment)`", PAGE):
        assert word in text
