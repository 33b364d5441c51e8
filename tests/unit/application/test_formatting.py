"""`format_files`: each file as a value, written where that is asked for."""

from __future__ import annotations

import pytest

from intercom_iac.application import NamedFile, format_files, project_files, project_words

ROUGH = "attributes:\n   contact:\n      plan:   {type: string}\n"


def test_the_files_of_a_project_are_named_from_its_root(session) -> None:
    files, diagnostics = project_files(session)
    assert [file.name for file in files] == ["specs/example.yaml"]
    assert not diagnostics


def test_a_folder_that_is_not_there_is_an_error(session) -> None:
    (session.project.root / "specs").rename(session.project.root / "elsewhere")
    files, diagnostics = project_files(session)
    assert not files
    assert [diagnostic.code for diagnostic in diagnostics] == ["SPEC103"]


def test_what_would_change_is_written_only_where_asked_for(write) -> None:
    session = write(ROUGH)
    path = session.project.root / "specs" / "example.yaml"
    before = path.read_text()
    files, _ = project_files(session)
    assert [file.changed for file in format_files(files, write=False)] == [True]
    assert path.read_text() == before
    assert [file.changed for file in format_files(files, write=True)] == [True]
    assert path.read_text() != before
    assert [file.changed for file in format_files(files, write=True)] == [False]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(write) -> None:
    session = write(ROUGH)
    broken = session.project.root / "broken.yaml"
    broken.write_text("a: [")
    files, _ = project_files(session)
    formatted = list(format_files([NamedFile(broken, "broken.yaml"), *files], write=True))
    assert [(bool(file.diagnostics), file.changed) for file in formatted] == [(True, False), (False, True)]
    assert broken.read_text() == "a: ["


RULES = """version: 1
segments:
  a: {name: A, rule: plan is None or note is empty}
  b: {name: B, rule: seen < TODAY or seen between Yesterday and tomorrow}
  c: {name: C, rule: "plan is not none or note is not set  # why"}
"""


@pytest.mark.parametrize(
    ("plan", "written"),
    [
        # Nothing is called like a word of a rule.
        (
            "{type: options, options: [free, pro]}",
            [
                "plan is unknown or note is unknown",
                "seen before today or seen between yesterday and tomorrow",
                "'plan has any value or note is unknown  # why'",
            ],
        ),
        # An option is, and an attribute.
        (
            "{type: options, options: [none, free]}\n    Today: {type: date}",
            [
                "plan is None or note is unknown",
                "seen < TODAY or seen between yesterday and tomorrow",
                "'plan is not none or note is unknown  # why'",
            ],
        ),
        # Any word may be an option.
        (
            "{type: options, options: ['${first}', free]}",
            [
                "plan is None or note is empty",
                "seen < TODAY or seen between Yesterday and tomorrow",
                "'plan is not none or note is not set  # why'",
            ],
        ),
    ],
)
def test_a_word_that_the_specs_declare_stays_in_a_rule(write, plan: str, written: list[str]) -> None:
    session = write(f"attributes:\n  contact:\n    plan: {plan}\n    note: {{type: string}}\n")
    path = session.project.root / "specs" / "rules.yaml"
    path.write_text(RULES)
    files = [NamedFile(path, "rules.yaml")]
    assert list(format_files(files, write=True, words=project_words(lambda: session)))
    rules = path.read_text().split("rule: ")[1:]
    assert [rule.partition("}\n")[0] for rule in rules] == written


def test_without_a_project_words_stay() -> None:
    assert project_words(lambda: None)() is None
