"""The rule of a command: its text, or the JSON document that it is in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from intercom_iac.application import Session, TypedRule

F = TypeVar("F", bound=Callable[..., Any])


def rule_form_option(command: F) -> F:
    """`--from`, given to the command as `form`."""
    return click.option(
        "--from",
        "form",
        type=click.Choice(("text", "json")),
        default="text",
        show_default=True,
        help="What TEXT is: a rule, or the file of what `--to tree` prints.",
    )(command)


def read_rule_argument(session: Session, text: str, form: str) -> TypedRule:
    """The rule. Raises `InvalidSpecs` with every mistake in it, and `Misuse` for a file that cannot be read."""
    from intercom_iac import application
    from intercom_iac.application.rules.reading import MOST_BYTES

    if form == "text":
        return application.read_rule(session, text)
    if text == "-":
        # Python has none where the program was started with the stream closed.
        stream: TextIO | None = sys.stdin
        content = b"" if stream is None else stream.buffer.read(MOST_BYTES + 1)
        return application.read_rule_document(session, content, "<stdin>")
    return application.read_rule_file(session, Path(text))
