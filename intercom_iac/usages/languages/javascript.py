"""JavaScript, JSX in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..code_file import CodeFile
from ..mentions import Reading
from ..syntax_tree import grammar
from .ecmascript.reader import read_script
from .tsx import read as read_tsx

if TYPE_CHECKING:
    from tree_sitter import Range


def read(file: CodeFile, ranges: Sequence[Range] | None = None) -> Reading:
    """The mentions of a file, or of the scripts in it. A file with types in it (Flow's) is read as TSX where that is
    understood better."""
    reading = read_script(file, grammar("tree_sitter_javascript"), ranges)
    if not reading.unread:
        return reading
    with_types = read_tsx(file, ranges)
    return with_types if len(with_types.unread) < len(reading.unread) else reading
