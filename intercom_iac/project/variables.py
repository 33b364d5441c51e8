"""Variables: what the project file declares, and the value each has for a workspace.

A value is data: text on one line that is put into a text of the specs when the YAML around it has been read. It
shows in Intercom, in plans and in messages, so nothing that may be a secret is taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import workspaces as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.names import corrected_name
from intercom_iac.text import SourceFile, Span, did_you_mean
from intercom_iac.text.unseen import unseen
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.decoding import control_characters
from intercom_iac.yaml.nodes import Document, Path

from .secrets import looks_like_a_secret, speaks_of_a_secret
from .settings import DEFAULT_TOKEN_ENV, VARIABLE, ProjectSettings

MAX_VALUE = 1_000
_LINE_BREAKS = frozenset("\n\r\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared variable with its value for a workspace, and where that stands in the project file."""

    name: str
    value: str
    origin: Literal["workspace", "environment", "default"]
    span: Span


def variable_values(
    document: Document, settings: ProjectSettings, workspace: str, environment: Mapping[str, str]
) -> tuple[dict[str, Variable], list[Diagnostic]]:
    """The value of every declared variable for a workspace: its own, else the environment's, else the default.

    `document` is the project file. Only declared names are looked up in the environment, where an empty value is
    none.
    """
    if not settings.variables:
        return {}, []
    own = settings.workspaces[workspace].variables
    values: dict[str, Variable] = {}
    diagnostics: list[Diagnostic] = []
    for name, declared in settings.variables.items():
        path: Path = ("variables", name)
        if name in own:
            of_workspace = document.key_span(("workspaces", workspace, "variables", name))
            values[name] = Variable(name, own[name], "workspace", of_workspace)
            continue
        span = document.key_span(path)
        given = environment.get(name, "")
        wrong = list(_check_environment(name, given, span))
        diagnostics += wrong
        # One that is not taken is not used either: what is made of a value may be shown.
        values[name] = (
            Variable(name, given, "environment", span)
            if given and not wrong
            else Variable(name, declared.default, "default", span)
        )
    return values, diagnostics


def varying_variables(settings: ProjectSettings) -> frozenset[str]:
    """The variables that some workspace has a value of its own for."""
    return frozenset(name for workspace in settings.workspaces.values() for name in workspace.variables)


def unused_variables(
    document: Document, settings: ProjectSettings, named: Iterable[str]
) -> Iterator[Diagnostic]:
    """A warning for each variable of the project file that is not among those that the specs name."""
    for name in sorted(set(settings.variables).difference(named)):
        yield codes.UNUSED_VARIABLE.at(
            document.key_span(("variables", name)),
            f"no spec names the variable `{name}`",
            hint=f"write `${{{name}}}` where its value is to stand, or remove it",
        )


# --- the project file ---------------------------------------------------------------------------------------


def check_variables(document: Document, settings: ProjectSettings) -> Iterator[Diagnostic]:
    """What is wrong with the variables of a project file."""
    token_variables = {workspace.token_env: name for name, workspace in settings.workspaces.items()}
    for name, declared in settings.variables.items():
        path: Path = ("variables", name)
        yield from _check_name(name, document.key_span(path), token_variables)
        yield from _check_value(name, declared.default, document.span((*path, "default")))
    for workspace_name, workspace in settings.workspaces.items():
        for name, value in workspace.variables.items():
            path = ("workspaces", workspace_name, "variables", name)
            if name not in settings.variables:
                hint = did_you_mean(name, settings.variables)
                yield codes.UNKNOWN_VARIABLE.at(
                    document.key_span(path),
                    f"`{workspace_name}` has a value for the variable `{name}`, which is not declared",
                    hint=hint or f"declare it at the top level: `variables: {{{name}: {{default: ...}}}}`",
                    fix=near_word(document.key_span(path), name, settings.variables),
                )
            yield from _check_value(name, value, document.span(path))


def _check_name(name: str, span: Span, token_variables: Mapping[str, str]) -> Iterator[Diagnostic]:
    if not VARIABLE.fullmatch(name):
        corrected = corrected_name("variable", name)
        fix = f"call it `{corrected}`" if VARIABLE.fullmatch(corrected) else "as in SUPPORT_TEAM"
        yield codes.BAD_VARIABLE.at(
            span, f"`{name}` is no name of a variable", hint=f"use letters, digits and `_`: {fix}"
        )
    elif name in token_variables or name == DEFAULT_TOKEN_ENV:
        whose = f"of `{token_variables[name]}` " if name in token_variables else ""
        yield codes.SECRET_VARIABLE.at(
            span,
            f"`{name}` is where the access token {whose}is, and the value of a variable shows in plans",
            hint="give the variable another name",
        )
    elif speaks_of_a_secret(name):
        yield codes.SECRET_VARIABLE.at(
            span,
            f"the name `{name}` speaks of a secret, and the value of a variable shows in plans",
            hint="give the variable another name, and no secret for a value",
        )


def _check_value(name: str, value: str, span: Span) -> Iterator[Diagnostic]:
    wrong = _multiline_reason(value)
    if wrong:
        yield codes.BAD_VARIABLE.at(
            span, f"the value of `{name}` holds {wrong}", hint="write it as text on one line"
        )


def _check_environment(name: str, value: str, span: Span) -> Iterator[Diagnostic]:
    """What is wrong with a value of the environment, which is not shown."""
    wrong = _multiline_reason(value)
    if wrong:
        yield codes.BAD_VARIABLE.at(
            span,
            f"the environment's value of `{name}` holds {wrong}",
            hint=f"set {name} to text on one line, or to nothing for the default",
        )
    elif looks_like_a_secret(value):
        yield codes.SECRET_VARIABLE.at(
            span,
            f"the environment's value of `{name}` looks like an access token",
            hint=f"set {name} to something else, or give the variable another name",
        )


def _multiline_reason(value: str) -> str | None:
    """What keeps a value from being text on one line, in words; None for nothing."""
    if len(value) > MAX_VALUE:
        return f"more than {MAX_VALUE:,} characters"
    if not _LINE_BREAKS.isdisjoint(value):
        return "a line break"
    if control_characters(SourceFile("", value)):
        return "a control character" if value.isascii() or _encodes(value) else "bytes that are not UTF-8"
    return "a character that nobody sees" if unseen(value) else None


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
