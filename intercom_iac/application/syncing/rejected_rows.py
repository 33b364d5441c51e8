"""The file of rows that may not be sent: a line for each mistake, whole or not there at all."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.tables import RejectsFile

from ..files import staged_streams

if TYPE_CHECKING:
    from intercom_iac.tables import RejectedValue, RejectSink


@contextmanager
def rejects_file(path: Path | None, *, many: bool) -> Generator[Callable[[str], RejectSink]]:
    """Gives what takes the rows of a source, by its name; of `many` sources each line has the name.

    The file takes its place when all is done. Without a path the rows are written nowhere. Raises `IntercomIacError`
    where it cannot be written.
    """
    if path is None:
        yield lambda _: _ignore
        return
    with staged_streams(path) as (stream,):
        yield RejectsFile(stream.write, many=many).sink_for


def _ignore(_: RejectedValue) -> None:
    pass
