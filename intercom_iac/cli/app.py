"""The program: which commands there are, and how anything that goes wrong ends."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from .empty_arguments import refuse_empty
from .lazy_commands import LazyCommands
from .program_help import COMMANDS, PROGRAM, help_text


class Program(click.Group):
    """The program itself: its help is told without importing a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_help(self, ctx: click.Context) -> str:
        return help_text()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not ctx.resilient_parsing and not args[0].startswith("-") and args[0] not in COMMANDS:
            from intercom_iac.text import did_you_mean

            hint = did_you_mean(args[0], COMMANDS) or f"{PROGRAM} --help lists them"
            raise click.UsageError(f"no command `{args[0]}`; {hint}", ctx)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from intercom_iac import __version__

        click.echo(f"{PROGRAM} {__version__}")
        ctx.exit()


@click.command(
    cls=Program,
    commands=LazyCommands(f"{__package__}.commands", COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--project", "project", metavar="PATH")
@click.option("-V", "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version)
@click.pass_context
def program(ctx: click.Context, project: str | None) -> None:
    ctx.obj = project


refuse_empty(program)


def run(arguments: Sequence[str]) -> int:
    """Runs the program and returns its exit code; what goes wrong for a user is printed, not raised."""
    from intercom_iac.text import bounded_suggestions

    from .standard_streams import escape_unencodable

    escape_unencodable()
    streams = sys.stdout, sys.stderr
    try:
        _refuse_undecodable(arguments)
        with bounded_suggestions():
            result: Any = program.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except SystemExit:
        # click's own end where whoever read the output has gone; what it put in the streams' place minds closed ones.
        sys.stdout, sys.stderr = streams
        return report_end(BrokenPipeError())
    except (Exception, KeyboardInterrupt) as error:
        return report_end(error)
    return result if isinstance(result, int) else 0


def _refuse_undecodable(arguments: Sequence[str]) -> None:
    """Bytes that are not UTF-8 would be names that no file and no answer can hold; a path of such may be meant."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            # Here, since most arguments are text.
            from intercom_iac.diagnostics import Misuse
            from intercom_iac.text import printable

            if not os.path.lexists(argument):
                raise Misuse(
                    f"the argument `{printable(argument)}` is not UTF-8 text",
                    hint="set the terminal to UTF-8 and type it anew; a file that is there may have such a name",
                ) from error


def report_end(error: Exception | KeyboardInterrupt) -> int:
    """Prints what ended the program, and gives its exit code. Raises again what is a mistake in here."""
    from .console import drop_unwritable_output

    code = _exit_code(error)
    # Where standard error takes nothing either, the code alone has to say it.
    with suppress(OSError):
        _print_end(error)
    drop_unwritable_output()
    return code


def _exit_code(error: Exception | KeyboardInterrupt) -> int:
    if isinstance(error, click.ClickException):
        return 3
    if isinstance(error, (click.Abort, KeyboardInterrupt, OSError)):
        return 1
    from intercom_iac.diagnostics import IntercomIacError

    if isinstance(error, IntercomIacError):
        return error.exit_code
    raise error


def _print_end(error: Exception | KeyboardInterrupt) -> None:
    match error:
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
        case click.ClickException():
            _print_usage_error(error)
        case click.Abort() | KeyboardInterrupt():
            click.echo("interrupted", err=True)
        case BrokenPipeError():
            pass  # whoever read the output has gone
        case _:
            _print_failure(error)


def _print_usage_error(error: click.ClickException) -> None:
    # In the style of our own messages: lowercase, no final period, names in backticks.
    from .console import echo

    message = re.sub(r"'([^'\n]*)'", r"`\1`", error.format_message()).removesuffix(".")
    message = re.sub(r"(?<=: )(?:File|Directory|Path)(?= `)", lambda found: found[0].lower(), message)
    echo(f"error: {message[:1].lower()}{message[1:]}", err=True)
    context = getattr(error, "ctx", None)
    if context is not None:
        click.echo(f"  help: {context.command_path} --help", err=True)


def _print_failure(error: Exception) -> None:
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.text import printable

    from .console import echo, print_error

    if isinstance(error, IntercomIacError):
        print_error(error)
    elif isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        text = f"{reason}: `{error.filename}`" if error.filename else f"cannot read or write: {reason}"
        echo(f"error: {printable(text)}", err=True)
