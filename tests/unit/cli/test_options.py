"""Options that several commands have, given to a command as one value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from intercom_iac.cli import options
from intercom_iac.cli.compile_options import target_options
from intercom_iac.cli.day_options import day_options
from intercom_iac.cli.options import ProjectOptions
from intercom_iac.cli.revision_options import revision_options
from intercom_iac.cli.sandbox_options import SandboxOptions, sandbox_options
from intercom_iac.diagnostics import Misuse
from intercom_iac.preview import Files
from intercom_iac.project import BaseReference


def given(*decorators: Callable[[Any], Any], arguments: str = "") -> dict[str, Any]:
    """What a command with these options is given for these arguments."""
    found: dict[str, Any] = {}

    def note(**options: Any) -> None:
        found.update(options)

    for decorate in reversed(decorators):
        note = decorate(note)
    click.command()(note).main(arguments.split(), standalone_mode=False)
    return found


PROJECT = (options.workspace_option, options.project_option)


def test_project_workspace_and_day_are_one_value() -> None:
    assert given(*PROJECT)["project"] == ProjectOptions(None, None)
    asked = given(day_options, *PROJECT, arguments="--project crm -w own --today 2026-01-31 --timezone UTC")
    assert asked["project"] == ProjectOptions("crm", "own", date(2026, 1, 31))
    assert {*asked} == {"project", "zone"}


@pytest.mark.parametrize(
    ("arguments", "against"),
    [
        ("", None),
        ("--against main", BaseReference("main")),
        ("--against ./main", BaseReference("./main", is_folder=True)),
        ("--against-folder main", BaseReference("main", is_folder=True)),
    ],
)
def test_a_revision_and_a_folder_are_one_value(arguments: str, against: BaseReference | None) -> None:
    assert given(revision_options(), arguments=arguments) == {"against": against, "today": None}


@pytest.mark.parametrize(
    ("required", "arguments"),
    [(False, "--against a --against-folder b"), (True, ""), (False, "--today 2026-01-31")],
)
def test_what_cannot_be_compared_is_misuse(required: bool, arguments: str) -> None:
    with pytest.raises(Misuse):
        given(revision_options(required=required), arguments=arguments)


def test_a_day_may_stand_alone_where_something_asks_for_it() -> None:
    asked = given(revision_options(day_of="of proofs"), arguments="--today 2026-01-31")
    assert asked == {"against": None, "today": date(2026, 1, 31)}


def test_people_are_files() -> None:
    files = given(options.people_options("objects"), arguments="--contacts a --tags b")["people"]
    assert isinstance(files, Files)
    assert (str(files.contacts), files.companies, files.events, str(files.tags)) == ("a", None, None, "b")
    assert given(options.people_options("objects"), arguments="--witness a")["people"] == Path("a")


def test_the_embedded_workspace_is_a_file_or_of_a_project() -> None:
    asked = given(sandbox_options, arguments="--db a.db -w own")["sandbox"]
    assert asked == SandboxOptions("a.db", ProjectOptions(None, "own"))
    assert str(asked.file()) == "a.db"


@pytest.mark.parametrize(("text", "age"), [("90m", timedelta(minutes=90)), ("7d", timedelta(days=7))])
def test_an_age_has_a_unit(text: str, age: timedelta) -> None:
    assert given(options.max_age_option, arguments=f"--max-age {text}") == {"max_age": age}
    with pytest.raises(click.BadParameter, match="is no age"):
        given(options.max_age_option, arguments=f"--max-age {text[:-1]}")


def test_a_plan_is_not_saved_to_standard_output() -> None:
    with pytest.raises(Misuse, match="a plan is saved to a file"):
        given(options.plan_file_option, arguments="--out -")


def test_the_targets_are_those_of_the_use_case() -> None:
    assert given(target_options) == {"target": "search", "dialect": "duckdb", "live": False}
