"""`generate`: what it writes, what `--check` says, and what it leaves alone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true}
    score: {type: float}
events:
  signed_up: {metadata: {source: {type: string}}}
segments:
  payers: {rule: plan_type = pro}
"""
LANGUAGES = ("typescript", "python")
ENTRY = {"typescript": "index.ts", "python": "__init__.py"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_writes_the_code_and_is_then_up_to_date(scratch, language: str) -> None:
    scratch.spec(SPECS)
    written = scratch.run(f"generate {language}")
    assert written.code == 0
    assert f"wrote generated/{language}/{ENTRY[language]}\n" in written.out
    texts = files_of(scratch.root / "generated")
    for command in (f"generate {language}", f"generate {language} --check"):
        again = scratch.run(command)
        assert (again.code, again.out, again.err) == (0, "", "the generated code is up to date\n")
    assert files_of(scratch.root / "generated") == texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_fails_with_a_diff_that_makes_it_right(scratch, language: str) -> None:
    scratch.spec(SPECS)
    scratch.run(f"generate {language} --out code")
    scratch.spec(SPECS.replace("[free, pro]", "[free, pro, team]"))
    before = files_of(scratch.root / "code")
    checked = scratch.run(f"generate {language} --out code --check")
    assert checked.code == 1
    assert f"code/{ENTRY[language]} is out of date\n" in checked.out
    assert f"--- a/code/{ENTRY[language]}\n+++ b/code/{ENTRY[language]}\n" in checked.err
    assert files_of(scratch.root / "code") == before
    (scratch.root / "code.diff").write_text(checked.err)
    subprocess.run(["git", "apply", "code.diff"], cwd=scratch.root, check=True)
    assert scratch.run(f"generate {language} --out code --check").code == 0


def test_check_fails_where_there_is_nothing(scratch) -> None:
    scratch.spec(SPECS)
    checked = scratch.run("generate typescript --check")
    assert checked.code == 1
    assert "generated/typescript/index.ts is out of date\n" in checked.out
    assert not (scratch.root / "generated").exists()


def test_a_rule_or_a_comment_that_moves_nothing_leaves_the_code_as_it_is(scratch) -> None:
    scratch.spec(SPECS)
    scratch.run("generate typescript")
    scratch.spec(SPECS.replace("plan_type = pro}", "plan_type = free}") + "# a comment\n")
    assert scratch.run("generate typescript --check").code == 0


def test_lines_of_places_that_move_are_not_out_of_date_and_are_written(scratch) -> None:
    scratch.spec(SPECS)
    scratch.run("generate typescript")
    file = scratch.root / "generated" / "typescript" / "index.ts"
    before = file.read_text()
    scratch.spec("# a comment\n" + SPECS)
    assert scratch.run("generate typescript --check").code == 0
    assert file.read_text() == before
    assert scratch.run("generate typescript").out == "wrote generated/typescript/index.ts\n"
    assert file.read_text() != before
    file.write_text(before.replace("signed_up source", "signed_up sources"))
    assert scratch.run("generate typescript --check").code == 1


def test_line_ends_of_another_system_are_no_change(scratch) -> None:
    scratch.spec(SPECS)
    scratch.run("generate typescript")
    file = scratch.root / "generated" / "typescript" / "index.ts"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert scratch.run("generate typescript --check").code == 0


def test_an_edit_by_hand_is_undone(scratch) -> None:
    scratch.spec(SPECS)
    scratch.run("generate typescript")
    file = scratch.root / "generated" / "typescript" / "index.ts"
    text = file.read_text()
    file.write_text(text.replace("const BUDGET = 20;", "const BUDGET = 200;"))
    assert scratch.run("generate typescript --check").code == 1
    assert scratch.run("generate typescript").out == "wrote generated/typescript/index.ts\n"
    assert file.read_text() == text


def test_nothing_is_written_over_a_file_that_was_not_generated(scratch) -> None:
    scratch.spec(SPECS).write({"web/package.json": '{"name": "mine"}', "web/own.ts": "export {};\n"})
    before = files_of(scratch.root / "web")
    for command in ("generate typescript --out web", "generate typescript --out web --check"):
        refused = scratch.run(command)
        assert refused.code == 3
        assert "`web/package.json` is there already, and was not generated in TypeScript" in refused.err
    assert files_of(scratch.root / "web") == before


def test_files_that_are_no_longer_generated_are_removed_and_others_stay(scratch) -> None:
    scratch.spec(SPECS).write({"code/own.ts": "export {};\n"})
    scratch.run("generate typescript --react --out code")
    scratch.run("generate python --out code")
    checked = scratch.run("generate typescript --out code --check")
    assert checked.code == 1
    assert checked.out == "code/react.ts is no longer generated\n"
    assert scratch.run("generate typescript --out code").out == "removed code/react.ts\n"
    left = files_of(scratch.root / "code")
    assert {"own.ts", "index.ts", "__init__.py"} <= left.keys()
    assert "react.ts" not in left


def test_the_options_of_typescript_are_its_own(scratch) -> None:
    scratch.spec(SPECS)
    for option in ("--react", "--messenger-sdk", "--module cjs"):
        refused = scratch.run(f"generate python {option}")
        assert refused.code == 3
        assert f"{option.split()[0]} goes with typescript" in refused.err
        assert scratch.run(f"generate typescript {option} --out {option.split()[0][2:]}").code == 0
    assert '"type": "commonjs"' in (scratch.root / "module" / "package.json").read_text()
    assert '"@intercom/messenger-js-sdk"' in (scratch.root / "messenger-sdk" / "index.ts").read_text()


def test_the_header_has_the_digest_of_what_is_generated(scratch) -> None:
    scratch.spec(SPECS)
    scratch.run("generate typescript")
    first, second = (scratch.root / "generated/typescript/index.ts").read_text().splitlines()[:2]
    assert first.startswith("// Generated by `intercom-iac generate typescript`. Do not edit")
    assert second.startswith("// Specs: sha256:")
    assert len(second) == len("// Specs: sha256:") + 64


def test_names_that_are_one_in_camel_case_are_an_error_that_names_both(scratch) -> None:
    scratch.spec(
        "attributes:\n  contact:\n    plan_type: {type: string}\n    planType: {type: string}\n"
        "    user id: {type: string, messenger_writable: true}\n"
        "events:\n  e:\n    metadata:\n      on_date: {type: date}\n      on-date: {type: date}\n"
    )
    assert scratch.run("generate typescript").code == 0
    refused = scratch.run("generate typescript --case camel --out camel")
    assert refused.code == 3
    for message in (
        "the contact attribute `plan_type` and the contact attribute `planType` are both `planType`",
        "the contact attribute `user id` and the Messenger's own `user_id` are both `userId`",
        "the metadata key `on-date` of the event `e` and the metadata key `on_date` of the event `e` are both",
    ):
        assert message in refused.err
    assert not (scratch.root / "camel").exists()


def test_a_name_of_the_messenger_itself_is_an_error_where_it_would_be_sent(scratch) -> None:
    scratch.spec("attributes: {contact: {z_index: {type: integer, messenger_writable: true}}}\n")
    refused = scratch.run("generate typescript")
    assert refused.code == 3
    assert (
        "the contact attribute `z_index` and the Messenger's own `z_index` are both `z_index`" in refused.err
    )


def test_specs_with_an_error_generate_nothing(scratch) -> None:
    scratch.spec("attributes: {contact: {plan_type: {type: nonsense}}}\n")
    assert scratch.run("generate typescript").code == 3
    assert not (scratch.root / "generated").exists()


def test_specs_without_anything_generate_code(scratch) -> None:
    scratch.spec("")
    assert scratch.run("generate typescript").code == 0
    assert "export type EventName = never;" in (scratch.root / "generated/typescript/index.ts").read_text()


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_keys_are_in_camel_case_where_that_is_asked_for(scratch) -> None:
    scratch.spec(SPECS)
    for language, entry, key in (
        ("typescript", "index.ts", "planType?"),
        ("python", "__init__.py", "planType: "),
    ):
        scratch.run(f"generate {language} --case camel")
        text = (scratch.root / "generated" / language / entry).read_text()
        assert key in text
        assert "plan_type" in text
        assert scratch.run(f"generate {language} --case camel --check").code == 0
        assert scratch.run(f"generate {language} --check").code == 1
