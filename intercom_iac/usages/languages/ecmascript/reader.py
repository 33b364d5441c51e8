"""All mentions of a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...code_file import CodeFile
from ...mentions import Reading
from ...syntax_tree import parse, syntax_errors
from .api import api_mentions
from .attributes import attribute_mentions
from .messenger import messenger_mentions
from .script import Script
from .values import ValueReader

if TYPE_CHECKING:
    from tree_sitter import Language, Range


def read_script(file: CodeFile, language: Language, ranges: Sequence[Range] | None = None) -> Reading:
    """What a script mentions; `ranges` are the parts of a file of another language that are one."""
    root = parse(language, file, ranges).root_node
    reader = ValueReader(Script(file, language, root))
    mentions = (*messenger_mentions(reader), *api_mentions(reader), *attribute_mentions(reader))
    return Reading(mentions=mentions, unread=syntax_errors(file, root))
