"""What an apply that was killed had come to, for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from intercom_iac.applying import Left
from intercom_iac.text import printable

from .kit.styling import style


def left_text(left: Left) -> str:
    """How far it had come, and the names of the changes whose end nobody saw."""
    return "\n".join(_lines(left))


def _lines(left: Left) -> Iterator[str]:
    at = datetime.fromtimestamp(left.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    untried = left.changes - len(left.done) - len(left.failed) - len(left.unknown)
    counts = [f"{len(left.done)} done"]
    counts += [f"{len(left.failed)} failed"] if left.failed else []
    counts += [f"{len(left.unknown)} not known", f"{max(untried, 0)} not tried"]
    what = f"the last apply to `{printable(left.workspace)}` was cut off (process {left.pid}, {at})"
    yield f"{style('warning', fg='yellow', bold=True)}: {what}: {', '.join(counts)}"
    yield from (f"  not known whether done: {printable(each)}" for each in left.unknown)
    yield f"  {style('help', dim=True)}: nothing has to be undone; what is planned now is what is left to do"
