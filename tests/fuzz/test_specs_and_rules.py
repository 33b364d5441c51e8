"""Any bytes in a spec file, a project file or a rule are specs or diagnostics at a place of theirs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from fuzz.mutated import counted, mutated
from intercom_iac.cli.diagnostic_formats import FINDING_FORMATS
from intercom_iac.compilers import to_english
from intercom_iac.diagnostics import Diagnostic, InvalidSpecs
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.project import find_project
from intercom_iac.reporting import Examined, diagnostics_text, findings, findings_json
from intercom_iac.rules import compile_rule
from intercom_iac.specs import load_specs
from intercom_iac.text import Excerpt, is_visible
from support.generators import examples

ROOT = Path(__file__).parents[2]
SPECS = [each.read_bytes() for each in sorted((ROOT / "specs").glob("*.yaml"))]
PROJECT = (
    b"version: 1\nspecs: specs\ndefault_workspace: live\nworkspaces:\n"
    b"  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
    b"  live:\n    base_url: https://proxy.example.com\n    allow_host: proxy.example.com\n    token_env: TOKEN\n"
    b"safety: {max_archive_percent: 30}\nnaming: {attributes: snake_case}\n"
)
RULES = [
    b"plan = trial and ends within next 3 days",
    b"company(size > 100 and not industry = Education) or email is unknown",
    b"event opened where (k = v and n > 3) count >= 3 within last 30 days",
]
SCHEMA = Schema(
    {
        ("contact", name): Attribute("contact", name, DataType(kind))
        for name, kind in (("plan", "string"), ("ends", "date"))
    }
)


def shown(diagnostics: list[Diagnostic]) -> None:
    for each in diagnostics:
        assert each.span is None or 0 <= each.span.start <= each.span.end <= len(each.span.file.text)
    assert all(map(is_visible, diagnostics_text(diagnostics).replace("\n", "")))
    findings_json(diagnostics)
    for output in FINDING_FORMATS:
        text = findings(diagnostics, output, Examined())
        assert all(map(is_visible, text.replace("\n", "")))


def loaded(project: bytes, spec: bytes) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "specs").mkdir()
        (root / "intercom-iac.yaml").write_bytes(project)
        (root / "specs" / "a.yaml").write_bytes(spec)
        try:
            found = list(load_specs(find_project(root)).diagnostics)
        except InvalidSpecs as error:
            found = list(error.diagnostics)
        shown(found)
        counted(refused=any(each.is_error for each in found))
        assert sorted(each.name for each in root.iterdir()) == ["intercom-iac.yaml", "specs"]


@examples(150)
@given(mutated(*SPECS) | st.binary())
def test_any_spec_file(spec: bytes) -> None:
    loaded(b"version: 1\n", spec)


@examples(150)
@given(mutated(PROJECT) | st.binary())
def test_any_project_file(project: bytes) -> None:
    loaded(project, b"version: 1\n")


@examples(300)
@given(mutated(*RULES) | st.binary())
def test_any_rule(content: bytes) -> None:
    text = content.decode(errors="replace")
    predicate, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert (predicate is None) == any(each.is_error for each in diagnostics)
    counted(refused=predicate is None)
    shown(diagnostics)
    if predicate is not None:
        to_english(predicate).encode()
