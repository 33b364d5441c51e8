"""The parser's complaints in words that help, at the place that helps."""

from __future__ import annotations

import re
from typing import Any

from intercom_iac.diagnostics import Diagnostic, Edit, Fix, safe_fix
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span

from .commas import torn_apart
from .pyyaml import yaml
from .scalar_edits import quoted_text

# The parser's problem -> what to say, what to do, and whether to point at where the construct began.
_KNOWN: tuple[tuple[str, str, str, bool], ...] = (
    (
        r"mapping values are not allowed",
        "a `:` stands where no key can",
        "put text that holds `: ` in quotes, or check the indentation of this line and the one before",
        False,
    ),
    (
        r"could not find expected ':'",
        "this reads as a key, but no `:` follows",
        "write `key: value`; text over several lines is indented further than its key",
        True,
    ),
    (
        r"quoted scalar.*unexpected end|quoted scalar.*document indicator",
        "a quote is opened here and never closed",
        "close it, or remove it",
        True,
    ),
    (
        r"did not find expected key",
        "this does not fit the mapping it stands in",
        "line it up with the keys above, or check that the quotes before it are closed",
        False,
    ),
    (
        r"did not find expected '-' indicator",
        "this does not fit the list it stands in",
        "every item starts with `- ` at the same indentation",
        False,
    ),
    (
        r"did not find expected ',' or '\]'",
        "the list that starts here is not closed, or a comma is missing",
        "separate the items with `,` and end the list with `]`",
        True,
    ),
    (
        r"did not find expected ',' or '\}'",
        "the mapping that starts here is not closed, or a comma is missing",
        "separate the entries with `,` and end the mapping with `}`",
        True,
    ),
    (
        r"unknown escape character|hexdecimal number|hexadecimal number",
        "this backslash starts no escape that YAML knows",
        "use single quotes, where a backslash is just a backslash, or write it twice",
        False,
    ),
    (
        r"did not find expected node content",
        "a value is expected here",
        "close what was opened before, or put the text in quotes",
        False,
    ),
    (
        r"incompatible YAML document|YAML directive",
        "this line is not understood",
        "remove it: a spec file needs no directives",
        False,
    ),
    (
        r"document start",
        "this does not belong to what stands above it",
        "line it up with the keys above; lines of `...` or `%YAML` are not needed",
        False,
    ),
    (
        r"unknown directive name|directive name|comment or line break.*directive|scanning a directive",
        "this line is not understood",
        "remove it: a spec file needs no directives",
        False,
    ),
    (
        r"tag",
        "this `!` starts a YAML tag that cannot be read",
        "put text that begins with `!` in quotes",
        False,
    ),
    (
        r"scanning an anchor|scanning an alias",
        "an anchor or an alias has no name here",
        "put text that begins with `&` or `*` in quotes",
        False,
    ),
    (
        r"scanning a block scalar",
        "what stands behind `|` or `>` is not understood",
        "begin the text on the next line, indented further than its key",
        False,
    ),
    (
        r"Unicode character escape",
        "this escape stands for no character",
        "write the character itself, or another escape",
        False,
    ),
    (
        r"mapping keys are not allowed",
        "a `?` stands where no key can",
        "put text that begins with `? ` in quotes",
        False,
    ),
    (
        r"unexpected ':'",
        "a `:` stands inside text without quotes",
        "put the text in quotes",
        False,
    ),
    (
        r"block sequence entries are not allowed|block sequence.*not allowed",
        "a list cannot start here",
        "put the `-` on a line of its own, below its key",
        False,
    ),
)


def syntax_error(file: SourceFile, error: yaml.YAMLError) -> Diagnostic:
    """The diagnostic for what the parser raised."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return codes.SYNTAX.at(Span(file, 0, 0), "this is not YAML", hint="save the file as UTF-8 text")
    problem = " ".join(part for part in (error.context, error.problem) if part)
    mark: Any = error.problem_mark or error.context_mark
    at = _place(file, mark.index if mark is not None else 0)
    character = file.text[at : at + 1]
    if "tab character" in problem or ("cannot start any token" in problem and character == "\t"):
        return codes.TAB.at(
            Span(file, at, at + 1),
            "a tab stands where indentation is expected",
            hint="YAML is indented with spaces: two a level",
        )
    if "cannot start any token" in problem:
        return codes.SYNTAX.at(
            Span(file, at, at + 1),
            f"text cannot begin with `{character}`",
            hint="put the text in quotes",
            fix=_rest_in_quotes(file, at),
        )
    if "did not find expected key" in problem and character == ":":
        return codes.SYNTAX.at(
            Span(file, at, at + 1), "a key is missing before this `:`", hint="write its name before the `:`"
        )
    if "did not find expected ','" in problem and file.text[at - 1 : at + 1] == "${":
        return codes.SYNTAX.at(
            Span(file, at - 1, at + 1),
            "`${` stands without quotes between brackets, where `{` begins a mapping",
            hint='put the text in quotes, as in "${NAME}"',
        )
    if "did not find expected ','" in problem and character == ")" and (torn := torn_apart(file, at)):
        return torn
    for pattern, message, hint, at_start in _KNOWN:
        if re.search(pattern, problem):
            if at_start and error.context_mark is not None:
                begin: Any = error.context_mark
                at = _place(file, begin.index)
            return codes.SYNTAX.at(_to_line_end(file, at), message, hint=hint)
    return codes.SYNTAX.at(
        _to_line_end(file, at),
        "this is not YAML",
        hint="check the quotes, brackets and indentation here and on the line before",
    )


# What stands before the only text of a line: `key: `, `- ` or `- key: `, and no bracket.
_ALONE = lazy_pattern(r"(?P<indent>[ ]*)(?:-[ ]+)*(?:[\w-]+:[ ]+)?")
_COMMENT = lazy_pattern(r"[ \t]+#")


def _rest_in_quotes(file: SourceFile, at: int) -> Fix | None:
    """The rest of the line as one text in quotes; None where it may go on below, or something else stands there."""
    number, column = file.position(at)
    line = file.line(number)
    before = _ALONE.fullmatch(line[: column - 1])
    if before is None or len(before[0]) == len(before["indent"]):
        return None
    below = file.text[at:].split("\n")[1:2]
    if (
        below
        and below[0].strip()
        and not below[0].startswith("#")
        and _indentation(below[0]) > len(before["indent"])
    ):
        return None
    comment = _COMMENT.search(line, column - 1)
    text = line[column - 1 : comment.start() if comment else None].rstrip()
    return safe_fix(Edit(Span(file, at, at + len(text)), quoted_text(text)))


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _place(file: SourceFile, index: int) -> int:
    """The place of a mark; at the end of the file, that of the last thing written."""
    return index if file.text[index:].strip() else len(file.text.rstrip())


def _to_line_end(file: SourceFile, at: int) -> Span:
    number, column = file.position(at)
    line = file.line(number)[column - 1 :].rstrip()
    return Span(file, at, at + max(1, len(line)) if line else at)
