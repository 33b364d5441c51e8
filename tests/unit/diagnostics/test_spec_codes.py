"""The codes that `check` tells: each has an example that shows it, and one that shows it gone."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Code, Diagnostic, Example, InvalidSpecs, all_codes
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs

CODES = [code for code in all_codes().values() if code.wrong.run.endswith("check") and not code.wrong.before]


def diagnostics(folder: Path, example: Example) -> list[Diagnostic]:
    for name, text in example.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    words = shlex.split(example.run)
    assert words[-1] == "check"
    explicit = folder / words[words.index("--project") + 1] if "--project" in words else None
    if explicit is None and not (folder / "intercom-iac.yaml").exists():
        (folder / "intercom-iac.yaml").write_text("version: 1\n")
    try:
        return list(load_specs(find_project(folder, explicit)).diagnostics)
    except InvalidSpecs as error:
        return error.diagnostics


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_the_wrong_example_shows_the_code_and_the_right_one_does_not(code: Code, tmp_path: Path) -> None:
    wrong = diagnostics(tmp_path / "wrong", code.wrong)
    assert [each.code for each in wrong] == [code.id]
    assert wrong[0].severity == code.severity
    right = diagnostics(tmp_path / "right", code.right)
    assert code.id not in [each.code for each in right]
    assert not [each for each in right if each.is_error]


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_titles_are_lines_and_explanations_are_sentences(code: Code) -> None:
    assert code.title[0].islower() or code.title.startswith(("YAML", "Intercom", "`"))
    assert not code.title.endswith(".")
    assert code.about.endswith(".")


def test_every_diagnostic_of_an_example_says_what_to_do(tmp_path: Path) -> None:
    silent: set[str] = set()
    for code in CODES:
        for each in diagnostics(tmp_path / code.id, code.wrong):
            assert each.message[0].islower() or each.message.startswith(("`", "Intercom", "251", "121"))
            assert not each.message.endswith(".")
            if each.hint is None:
                silent.add(each.code)
    assert not [each for each in silent if each.startswith("SPEC")]
