"""`only` and `except`: which entries are for a workspace.

The others are left out before the entries are checked, so that one name may be declared in different ways for
different workspaces.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import field
from typing import Any, Generic

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as spec_codes
from intercom_iac.diagnostics.codes import workspaces as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import OtherWorkspaces
from intercom_iac.text import did_you_mean
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Path
from intercom_iac.yaml.validation import bounded_names

from .declarations import Declaration, Declarations, E


@dataclass(frozen=True, slots=True)
class Membership:
    """The entries that are for a workspace. `limited`: some entry is not for all of them.

    `other_workspaces` are the others, by address. `wrong` are those with a mistake, which are in neither.
    """

    declared: Declarations
    other_workspaces: dict[str, OtherWorkspaces]
    wrong: tuple[Declaration[Any], ...]
    limited: bool


def choose_members(
    declared: Declarations,
    workspace: str,
    workspaces: Iterable[str],
    mistaken: Container[tuple[str, Path]] = (),
) -> tuple[Membership, list[Diagnostic]]:
    """The entries that are for one of the project's workspaces, and what is wrong with their `only` and `except`.

    `mistaken` are entries, by file, with a mistake that is told already.
    """
    names = tuple(workspaces)
    attributes = _choose(declared.attributes, workspace, names, mistaken)
    events = _choose(declared.events, workspace, names, mistaken)
    segments = _choose(declared.segments, workspace, names, mistaken)
    assertions = _choose(declared.assertions, workspace, names, mistaken)
    sections = (attributes, events, segments, assertions)
    membership = Membership(
        declared=Declarations(
            attributes.members, events.members, segments.members, assertions.members, declared.priorities
        ),
        other_workspaces=attributes.other_workspaces | events.other_workspaces | segments.other_workspaces,
        wrong=tuple(declaration for section in sections for declaration in section.wrong),
        limited=any(section.limited for section in sections),
    )
    return membership, [diagnostic for section in sections for diagnostic in section.diagnostics]


@dataclass(slots=True)
class _Section(Generic[E]):
    """The entries of one section, sorted out for a workspace."""

    members: list[Declaration[E]] = field(default_factory=list[Declaration[E]])
    other_workspaces: dict[str, OtherWorkspaces] = field(default_factory=dict[str, OtherWorkspaces])
    wrong: list[Declaration[E]] = field(default_factory=list[Declaration[E]])
    limited: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])


def _choose(
    declarations: Iterable[Declaration[E]],
    workspace: str,
    names: tuple[str, ...],
    mistaken: Container[tuple[str, Path]],
) -> _Section[E]:
    section = _Section[E]()
    for declaration in declarations:
        if (declaration.document.file.path, declaration.path) in mistaken:
            section.wrong.append(declaration)
            continue
        if declaration.entry.only is None and declaration.entry.except_ is None:
            section.members.append(declaration)
            continue
        section.limited = True
        if mistakes := list(_mistakes(declaration, names)):
            section.diagnostics += mistakes
            section.wrong.append(declaration)
            continue
        workspaces = _workspaces(declaration, names)
        if workspace in workspaces:
            section.members.append(declaration)
            continue
        known = section.other_workspaces.get(declaration.address)
        if known is None:
            without = tuple(name for name in names if name in (declaration.entry.except_ or ()))
            section.other_workspaces[declaration.address] = OtherWorkspaces(
                workspaces, declaration.span, without
            )
        else:
            both = tuple(name for name in names if name in workspaces or name in known.workspaces)
            section.other_workspaces[declaration.address] = OtherWorkspaces(both, known.span)
    return section


def _workspaces(declaration: Declaration[Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """The workspaces that an entry is for, in the order of the project file."""
    only: list[str] | None = declaration.entry.only
    without: list[str] = declaration.entry.except_ or []
    return tuple(name for name in names if (only is None or name in only) and name not in without)


def _mistakes(declaration: Declaration[Any], names: tuple[str, ...]) -> Iterator[Diagnostic]:
    given: dict[str, list[str] | None] = {
        "only": declaration.entry.only,
        "except": declaration.entry.except_,
    }
    wrong = False
    for key, listed_names in given.items():
        for index, name in enumerate(listed_names or ()):
            place = declaration.value(key, index)
            if name not in names:
                wrong = True
                yield spec_codes.UNKNOWN_WORKSPACE.at(
                    place,
                    f"the workspace `{name}` is not declared",
                    hint=did_you_mean(name, names) or f"declared in the project file: {bounded_names(names)}",
                    fix=near_word(place, name, names),
                )
            elif name in (listed_names or ())[:index]:
                wrong = True
                yield spec_codes.BAD_VALUE.at(place, f"`{name}` stands twice in `{key}`", hint="remove one")
    if given["only"] is not None and given["except"] is not None:
        yield codes.ONLY_AND_EXCEPT.at(
            declaration.at("except"),
            f"`{declaration.name}` has both `only` and `except`",
            hint="keep `only` with the workspaces it is for",
        )
    elif given["except"] == []:
        yield spec_codes.BAD_VALUE.at(
            declaration.at("except"),
            "`except` names no workspace",
            hint="remove it: without it the entry is for every workspace",
        )
    elif not wrong and not _workspaces(declaration, names):
        key = "only" if given["only"] is not None else "except"
        what = "`only` names none" if key == "only" else "`except` names them all"
        yield codes.NO_WORKSPACE.at(
            declaration.at(key),
            f"`{declaration.name}` is for no workspace: {what}",
            hint="name those it is for, or remove the entry; what is to leave Intercom gets `status: archived`",
        )
