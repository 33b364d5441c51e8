"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intercom_iac.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from intercom_iac.application import Session

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class ProjectOptions:
    """What `--project`, `-w` and `--today` name.

    None is the project found upwards, its default workspace, the present day.
    """

    path: str | None
    workspace: str | None = None
    today: date | None = None

    @cached_property
    def session(self) -> Session:
        """The session of a use-case. Raises `InvalidSpecs` for everything that is wrong with the project file."""
        from intercom_iac.application import open_session

        return open_session(Path.cwd(), project=self.file, workspace=self.workspace, today=self.today)

    @cached_property
    def session_if_any(self) -> Session | None:
        """The same, None where there is no project and none is named."""
        from intercom_iac.application import session_if_any

        return session_if_any(Path.cwd(), project=self.file, workspace=self.workspace)

    @property
    def file(self) -> Path | None:
        """The project file or folder that is named."""
        return None if self.path is None else Path(self.path)


def _project(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    """`--project` may stand before the command or after it."""
    return ctx.find_root().obj if value is None else value


def project_option(command: F) -> F:
    """`--project`, given to the command as `project: ProjectOptions`, together with `-w` and `--today` where it has
    those."""

    @wraps(command)
    def with_project(
        *, project: str | None, workspace: str | None = None, today: date | None = None, **options: Any
    ) -> Any:
        return command(project=ProjectOptions(project, workspace, today), **options)

    decorated: Any = click.option(
        "--project",
        metavar="PATH",
        callback=_project,
        help="Project folder or file (default: found upwards).",
    )(with_project)
    return decorated


def workspace_option(command: F) -> F:
    return click.option(
        "-w", "--workspace", metavar="NAME", help="Workspace of the project file (default: its default)."
    )(command)


class WholeNumber(click.IntRange):
    """click's own range with a message in our words; without bounds it shows none."""

    def _describe_range(self) -> str:
        return "" if self.min is None and self.max is None else super()._describe_range()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            bounds = "" if self.max is None else f" from {self.min} to {self.max}"
            raise click.BadParameter(f"`{value}` is no whole number{bounds}", ctx, param) from error


_AGE = lazy_pattern(r"([1-9][0-9]{0,4})([mhd])")
_AGE_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _age(ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    if value is None:
        return None
    found = _AGE.fullmatch(value)
    if found is None:
        raise click.BadParameter(f"`{value}` is no age; ages are like 90m, 24h or 7d", ctx, param)
    return int(found[1]) * _AGE_UNITS[found[2]]


def max_age_option(command: F) -> F:
    return click.option(
        "--max-age",
        metavar="AGE",
        callback=_age,
        help="Refuse a saved plan that is older than this: 90m, 24h, 7d.",
    )(command)


def parallelism_option(command: F) -> F:
    return click.option(
        "--parallelism",
        metavar="N",
        type=WholeNumber(1, 64),
        default=5,
        show_default=True,
        help="How many calls of the API may be under way at once.",
    )(command)


def writes_parallelism_option(command: F) -> F:
    """For commands that write a record a call: so many calls that take 100 ms each use up Intercom's rate limit."""
    return click.option(
        "--parallelism",
        metavar="N",
        type=WholeNumber(1, 64),
        default=16,
        show_default=True,
        help="How many calls of the API may be under way at once.",
    )(command)


def all_option(command: F) -> F:
    return click.option(
        "--all",
        "all_workspaces",
        is_flag=True,
        help="Plan every workspace of the project, and show them side by side.",
    )(command)


def detailed_exitcode_option(command: F) -> F:
    return click.option(
        "--detailed-exitcode", is_flag=True, help="Exit 2 when there are changes, 0 when there are none."
    )(command)


def plan_file_option(command: F) -> F:
    """`--out FILE` of `plan`. Raises `Misuse` for `-`, which is no file."""
    return _saved_plan_option(command, "Save the plan for `apply`.")


def publish_plan_option(command: F) -> F:
    """The same of `segment publish`."""
    return _saved_plan_option(command, "Save the plan for --plan.")


def _saved_plan_option(command: F, help_text: str) -> F:
    @wraps(command)
    def with_plan_file(*, out: Path | None, **options: Any) -> Any:
        if out is not None and str(out) == "-":
            from intercom_iac.diagnostics import Misuse

            raise Misuse("a plan is saved to a file", hint="`--format json` prints it on standard output")
        return command(out=out, **options)

    decorated: Any = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help=help_text)(
        with_plan_file
    )
    return decorated


def target_option(command: F) -> F:
    return click.option(
        "--target",
        "targets",
        metavar="ADDRESS",
        multiple=True,
        help="Only this address, or a kind or owner such as attribute.company; repeatable.",
    )(command)


def only_option(command: F) -> F:
    return click.option(
        "--only",
        metavar="PATTERN",
        multiple=True,
        help="Only addresses or names that match, such as attribute.contact.plan_*, or a kind; repeatable.",
    )(command)


def people_options(form: str) -> Callable[[F], F]:
    """`--contacts`, `--companies` and `--events`, files of this form, and `--tags`, given to the command as
    `people: Files`; or `--witness`, a file of witnesses, given as `people: Path`."""

    def decorate(command: F) -> F:
        @wraps(command)
        def with_files(
            *,
            contacts: Path | None,
            companies: Path | None,
            events: Path | None,
            tags: Path | None,
            witness: Path | None,
            **options: Any,
        ) -> Any:
            from intercom_iac.preview import Files

            if contacts is None and witness is None:
                raise click.UsageError("Missing option '--contacts' or '--witness'.")
            if witness is not None and (contacts or companies or events or tags):
                raise click.UsageError("--witness has a person with companies, events and tags of its own")
            people = witness if contacts is None else Files(contacts, companies, events, tags)
            return command(people=people, **options)

        decorated: Any = click.option(
            "--tags",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="The answer of GET /tags, for rules over tags: contacts list theirs by id alone.",
        )(with_files)
        for name in ("events", "companies", "contacts"):
            decorated = click.option(
                f"--{name}",
                metavar="FILE",
                type=click.Path(path_type=Path),
                help=f"{name.capitalize()}: {form}.",
            )(decorated)
        return click.option(
            "--witness",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Instead of contacts: witnesses, as `rule relate --format json` prints them; - for standard input.",
        )(decorated)

    return decorate


def full_option(command: F) -> F:
    return click.option(
        "--full", is_flag=True, help="As text, tell everything of each change, with the steps by hand."
    )(command)


def prepare_output(_: click.Context, __: click.Parameter, value: str) -> str:
    """The format as it is, with standard output ready for it: all but text is for machines."""
    if value != "text":
        from .standard_streams import use_utf_8_for_machines

        use_utf_8_for_machines()
    return value


def format_option(*formats: str) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        return click.option(
            "--format",
            "output",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            callback=prepare_output,
            help="How to print it; everything but text leaves standard output to machines.",
        )(command)

    return decorate


def examples(*lines: str) -> str:
    """The epilog of a command's help: examples, one a line."""
    return "\b\nExamples:\n" + "\n".join(f"  intercom-iac {line}" for line in lines)
