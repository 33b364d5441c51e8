"""`only` and `except`: which entries are for a workspace.

What is not for it is left out before anything else is asked of the entries, so that one name may be declared for
one workspace in this way and for another in that.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as spec_codes
from intercom_iac.diagnostics.codes import workspaces as codes
from intercom_iac.model import Elsewhere
from intercom_iac.text import did_you_mean
from intercom_iac.yaml.nodes import Path
from intercom_iac.yaml.validation import listed

from .declarations import Declaration, Declarations


@dataclass(slots=True)
class Membership:
    """The entries that are for a workspace. `limited`: some entry is not for all of them.

    `elsewhere` are the others, by address. `wrong` are those with a mistake, which are in neither.
    """

    declared: Declarations
    elsewhere: dict[str, Elsewhere] = field(default_factory=dict[str, Elsewhere])
    wrong: list[Declaration[Any]] = field(default_factory=list[Declaration[Any]])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    limited: bool = False


def members(
    declared: Declarations,
    workspace: str,
    workspaces: Iterable[str],
    mistaken: Container[tuple[str, Path]] = (),
) -> Membership:
    """The entries that are for one of the project's workspaces.

    `mistaken` are entries, by file, with a mistake that is told already.
    """
    names = tuple(workspaces)
    found = Membership(Declarations([], [], []))
    kept = found.declared
    for mine, all_of_them in (
        (kept.attributes, declared.attributes),
        (kept.events, declared.events),
        (kept.segments, declared.segments),
    ):
        mine.extend(_kept(all_of_them, workspace, names, mistaken, found))
    return found


def _kept(
    declarations: Iterable[Declaration[Any]],
    workspace: str,
    names: tuple[str, ...],
    mistaken: Container[tuple[str, Path]],
    found: Membership,
) -> Iterator[Declaration[Any]]:
    for declaration in declarations:
        if (declaration.document.file.path, declaration.path) in mistaken:
            found.wrong.append(declaration)
            continue
        if declaration.entry.only is None and declaration.entry.except_ is None:
            yield declaration
            continue
        found.limited = True
        mistakes = list(_mistakes(declaration, names))
        if mistakes:
            found.diagnostics += mistakes
            found.wrong.append(declaration)
            continue
        of = _workspaces(declaration, names)
        if workspace in of:
            yield declaration
        else:
            known = found.elsewhere.get(declaration.address)
            if known is None:
                without = tuple(name for name in names if name in (declaration.entry.except_ or ()))
                found.elsewhere[declaration.address] = Elsewhere(of, declaration.span, without)
            else:
                both = tuple(name for name in names if name in of or name in known.workspaces)
                found.elsewhere[declaration.address] = Elsewhere(both, known.span)


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
                    hint=did_you_mean(name, names) or f"declared in the project file: {listed(names)}",
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
