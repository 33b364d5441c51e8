"""`format_files`: each file as a value, written where that is asked for."""

from __future__ import annotations

from intercom_iac.application import NamedFile, format_files, project_files

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
