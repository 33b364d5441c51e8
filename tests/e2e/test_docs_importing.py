"""What docs/importing.md shows is true: each source gives the specs below it, and leaves out what is listed there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from intercom_iac.adopting.sources import FORMATS
from intercom_iac.diagnostics import Family, codes_of
from intercom_iac.project import find_project
from intercom_iac.project.policy.settings import NamingSettings
from intercom_iac.specs import load_specs
from intercom_iac.specs.author.files import new_spec_file
from intercom_iac.yaml.shape_reading import read_shape
from support.tracking_plans import entries, left_out, propose, write

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
BLOCK = re.compile(r"```(\w+) (source|specs|not mapped) ?(\S*)\n(.*?)```", re.DOTALL)
EXAMPLES = re.findall(
    r"```\w+ source (\S+)\n(.*?)```\s+(?:[^`]+\s)?```yaml specs ?(\S*)\n(.*?)```(?:\s+```text not mapped\n(.*?)```)?",
    PAGE,
    re.DOTALL,
)


def test_every_block_is_part_of_an_example() -> None:
    assert len(EXAMPLES) == 4
    assert len(BLOCK.findall(PAGE)) == sum(3 if listed else 2 for *_, listed in EXAMPLES)


@pytest.mark.parametrize(("name", "source", "style", "specs", "listed"), EXAMPLES)
def test_a_source_gives_the_specs_below_it(
    tmp_path: Path, name: str, source: str, style: str, specs: str, listed: str
) -> None:
    naming = read_shape(NamingSettings, dict.fromkeys(("attributes", "events", "metadata"), style or None))
    proposal = propose(tmp_path, {name: source}, naming.events)
    if listed:
        assert left_out(proposal) == listed.splitlines()
    comments = [f"# {proposed.comment}" for proposed in proposal.entries if proposed.comment]
    assert re.findall(r"# .+", specs) == comments
    text = new_spec_file([proposed.entry for proposed in proposal.entries])
    assert yaml.safe_load(text) == yaml.safe_load(specs)
    write(tmp_path, {"intercom-iac.yaml": "version: 1\n", "specs/example.yaml": text})
    assert load_specs(find_project(tmp_path, None)).schema


def test_the_selection_leaves_out_what_it_says(tmp_path: Path) -> None:
    ((name, source, *_),) = [example for example in EXAMPLES if example[0] == "events.csv"]
    assert list(entries(propose(tmp_path, {name: source}, min_volume=100))) == ["event.Order Paid"]


def test_it_has_every_format_and_every_code() -> None:
    assert re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE, re.MULTILINE)[: len(FORMATS)] == list(FORMATS)
    assert re.findall(r"^\| `(FIT\d+)`", PAGE, re.MULTILINE) == sorted(codes_of(Family.FIT))


def test_its_commands_run(scratch) -> None:
    """With the plan and the table of the page, in their order: what one writes the next finds."""
    sources = {name: source for name, source, *_ in reversed(EXAMPLES)}
    scratch.write({name: sources[name] for name in ("plan.json", "events.csv")})
    (console,) = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    commands = re.findall(r"^\$ intercom-iac (.+?)(?:\s+#.*)?$", console, re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        result = scratch.run(command)
        assert result.code == 0, (command, result)
    assert result.json["written"] == []
