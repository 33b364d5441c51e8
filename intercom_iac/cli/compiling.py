"""One rule of the command line, and a rule in one of its target forms: for `rule` and `segment compile`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from .console import json_text, print_diagnostics

if TYPE_CHECKING:
    from intercom_iac.diagnostics import Diagnostic
    from intercom_iac.model import Predicate
    from intercom_iac.project import Project

F = TypeVar("F", bound=Callable[..., Any])

TARGETS = ("search", "audience", "sql", "english", "tree")
# Those that hold the bounds of days; the others say days in words, or leave them to Intercom.
COUNTS_DAYS = ("search", "sql")
DIALECTS = ("duckdb", "postgres", "snowflake", "bigquery", "spark")


def target_options(command: F) -> F:
    """`--to` and `--dialect`."""
    command = click.option(
        "--dialect",
        type=click.Choice(DIALECTS),
        default=DIALECTS[0],
        show_default=True,
        help="Of SQL; the tables it reads are those of docs/rules.md.",
    )(command)
    return click.option(
        "--to",
        "target",
        type=click.Choice(TARGETS),
        default=TARGETS[0],
        show_default=True,
        help="What to make.",
    )(command)


@dataclass(frozen=True, slots=True)
class Compiled:
    """`data` for machines, `text` for people, and what could not be compiled."""

    data: Any
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False


def compiled(predicate: Predicate, target: str, *, dialect: str, today: date, zone: ZoneInfo) -> Compiled:
    """The rule compiled to one of `TARGETS`; SQL in one of `DIALECTS`."""
    if target == "search":
        return _search(predicate, today, zone)
    if target == "audience":
        return _audience(predicate)
    if target == "sql":
        from intercom_iac.compilers import sql

        text = sql.members(predicate, sql.DIALECTS[dialect], today=today, zone=zone)
        return Compiled({"dialect": dialect, "sql": text}, text)
    from intercom_iac.compilers import to_english
    from intercom_iac.rules import tree

    if target == "english":
        sentence = to_english(predicate)
        return Compiled({"english": sentence}, sentence)
    return _as_json(tree(predicate))


def _search(predicate: Predicate, today: date, zone: ZoneInfo) -> Compiled:
    from intercom_iac.compilers import to_search
    from intercom_iac.rules import format_rule

    made = to_search(predicate, today=today, zone=zone)
    data = {
        "query": made.query,
        "exact": made.exact,
        "residual": None if made.residual is None else format_rule(made.residual),
        "requires": list(made.requires),
    }
    return _as_json(data, made.diagnostics)


def _audience(predicate: Predicate) -> Compiled:
    from intercom_iac.compilers import to_audience

    made = to_audience(predicate)
    if made.filters is None:
        # In a plan it is a remark, for the audience is built by hand; who asks for one here does not get it.
        return Compiled(
            None,
            "",
            tuple(replace(diagnostic, severity="error") for diagnostic in made.diagnostics),
            failed=True,
        )
    data = {
        "predicates": [each.as_json() for each in made.filters.predicates],
        "role_predicates": [role_predicate.as_json() for role_predicate in made.filters.role_predicates],
    }
    return _as_json(data, made.diagnostics)


def _as_json(data: Any, diagnostics: tuple[Diagnostic, ...] = ()) -> Compiled:
    return Compiled(data, json_text(data), diagnostics)


def predicate_of(text: str, project: Project, workspace: str | None) -> Predicate:
    """The typed rule. Raises `InvalidSpecs` with every mistake; warnings are printed."""
    from intercom_iac.diagnostics import InvalidSpecs, Misuse
    from intercom_iac.rules import compile_rule
    from intercom_iac.text import Excerpt

    from .loading import schema_of

    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Misuse("the rule is no UTF-8 text") from error
    schema = schema_of(project, workspace)
    predicate, diagnostics = compile_rule(Excerpt.whole(text, "<rule>"), schema)
    if predicate is None:
        raise InvalidSpecs(diagnostics)
    print_diagnostics([diagnostic for diagnostic in diagnostics if not diagnostic.is_error])
    return predicate
