"""All mentions of a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...code_file import CodeFile
from ...mentions import Mention, Reading
from ...syntax_tree import parse, syntax_errors
from .api import api_call_mentions
from .attributes import attribute_mentions
from .messenger import messenger_call_mentions, settings_mentions
from .own_functions import call_mentions
from .script import Script
from .values import ValueReader

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Range


def read_script(file: CodeFile, language: Language, ranges: Sequence[Range] | None = None) -> Reading:
    """What a script mentions; `ranges` are the parts of a file of another language that are one."""
    root = parse(language, file, ranges).root_node
    reader = ValueReader(Script(file, language, root))
    mentions = (
        *call_mentions(reader, _mentions_of_call),
        *settings_mentions(reader),
        *attribute_mentions(reader),
    )
    return Reading(mentions=mentions, unread=syntax_errors(file, root))


def _mentions_of_call(reader: ValueReader, call: Node) -> Iterator[Mention]:
    if call.type == "call_expression":
        yield from messenger_call_mentions(reader, call)
    yield from api_call_mentions(reader, call)
