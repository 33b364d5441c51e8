"""`generate`: the options of TypeScript, and what changed in the folder of the code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intercom_iac.lazy_dataclass import dataclass

from .console import echo
from .fix_output import unified_diff

if TYPE_CHECKING:
    from intercom_iac.application import GeneratedChange
    from intercom_iac.generating import GenerateOptions, Language
    from intercom_iac.generating.options import Module

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeScriptOptions:
    """The options of which TypeScript alone has all but `camel`; None and False are what was not given."""

    module: Module | None
    camel: bool
    messenger_sdk: bool
    react: bool

    def for_language(self, language: Language) -> GenerateOptions:
        """The same for the room that generates. Refuses those that a language does not have."""
        from intercom_iac.generating import GenerateOptions

        given = {
            "--module": self.module is not None,
            "--messenger-sdk": self.messenger_sdk,
            "--react": self.react,
        }
        if language != "typescript":
            for option in (option for option, is_given in given.items() if is_given):
                raise click.UsageError(f"{option} goes with typescript")
        return GenerateOptions(
            specs_digest="",
            module=self.module or "esm",
            camel=self.camel,
            messenger_sdk=self.messenger_sdk,
            react=self.react,
        )


def typescript_options(command: F) -> F:
    """`--module`, `--case`, `--messenger-sdk` and `--react`, given to the command as `options: TypeScriptOptions`."""

    @wraps(command)
    def with_options(
        *, module: Module | None, case: str | None, messenger_sdk: bool, react: bool, **others: Any
    ) -> Any:
        options = TypeScriptOptions(
            module=module, camel=case == "camel", messenger_sdk=messenger_sdk, react=react
        )
        return command(options=options, **others)

    decorated: Any = with_options
    for option in (
        click.option("--react", is_flag=True, help="TypeScript: add a React hook, `react.ts`."),
        click.option(
            "--messenger-sdk",
            is_flag=True,
            help="TypeScript: call `@intercom/messenger-js-sdk`, not a script.",
        ),
        click.option("--case", type=click.Choice(("camel",)), help="Keys in camel case, sent as declared."),
        click.option(
            "--module",
            type=click.Choice(("esm", "cjs")),
            help="TypeScript: the kind of module that the code is compiled to (default: esm).",
        ),
    ):
        decorated = option(decorated)
    return decorated


def relative_to_here(folder: Path) -> Path:
    """A folder as seen from the current one, where it is below that."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def print_changes(folder: Path, changes: Sequence[GeneratedChange], *, check_only: bool) -> None:
    """The files that were written or removed; with `check_only` those that would be, and a diff on standard error."""
    from intercom_iac.text import printable

    if not changes:
        echo("the generated code is up to date", err=True)
    for change in changes:
        name = printable((folder / change.path).as_posix())
        if check_only:
            echo(f"{name} is out of date" if change.after is not None else f"{name} is no longer generated")
            before, after = change.before or "", change.after or ""
            echo(
                unified_diff((folder / change.path).as_posix(), before, after), err=True, nl=False, exact=True
            )
        else:
            echo(f"wrote {name}" if change.after is not None else f"removed {name}")
